"""Correcting entries in the forms that ledgers import: QuickBooks, Xero, Beancount, hledger.

Each takes the rows of ``entries`` and writes one file. Amounts stay exact decimals; names and memos come from outside
and are made harmless for the form they go into. The corrections that a line books travel with it, wherever the form has
room for text: with them the next run knows the entry again.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from tieout.errors import InputError

Row = dict[str, Any]

_ROOTS = {
    **dict.fromkeys(("inventory", "in_transit", "clearing", "cash", "prepaid", "return_asset"), "Assets"),
    **dict.fromkeys(
        ("grni", "payables", "landed_cost_clearing", "tax", "deferred_revenue", "refund_liability"), "Liabilities"
    ),
    **dict.fromkeys(("revenue", "discounts", "returns", "shipping_income", "recoveries", "other_income"), "Income"),
    "other": "Equity",
}
_QUICKBOOKS = (
    "*JournalNo", "*JournalDate", "*AccountName", "*Debits", "*Credits", "Description", "Name", "Currency", "Location",
    "Class",
)  # fmt: skip
_XERO = (
    "*Narration", "*Date", "Description", "*AccountCode", "*TaxRate", "*Amount", "TrackingName1", "TrackingOption1",
    "TrackingName2", "TrackingOption2",
)  # fmt: skip
_XERO_LINES = 300
_FORMULA = re.compile(r"^[=+@\t\r-]")


def quickbooks(table: pa.Table, path: Path, currency: str) -> None:
    """QuickBooks Online's journal import: dates MM/DD/YYYY, one of debit and credit, accounts by name."""
    _write_csv(path, _QUICKBOOKS, (
        {
            "*JournalNo": row["entry_id"], "*JournalDate": f"{row['date']:%m/%d/%Y}",
            "*AccountName": _cell(row["account_name"] or row["account"]),
            "*Debits": row["amount"] if row["amount"] > 0 else "",
            "*Credits": -row["amount"] if row["amount"] < 0 else "",
            "Description": _described(row), "Currency": currency,
            "Location": _cell(row["location"]), "Class": _cell(row["channel"]),
        }
        for row in table.to_pylist()
    ))  # fmt: skip


def xero(table: pa.Table, path: Path, currency: str) -> None:
    """Xero's manual journal import: debit +, credit −, accounts by code; one narration and date, one entry.

    Raises ``InputError`` for an entry of more lines than Xero takes.
    """
    for entry, number in Counter(table["entry_id"].to_pylist()).items():
        if number > _XERO_LINES:
            raise InputError(
                f"entry {entry} has {number} lines, and Xero takes {_XERO_LINES}."
                ' Set group = "event" under [entries], or use another format.'
            )
    _write_csv(path, _XERO, (
        {
            "*Narration": row["entry_id"], "*Date": f"{row['date']:%d/%m/%Y}", "Description": _described(row),
            "*AccountCode": _cell(row["account"]), "*TaxRate": "Tax Exempt", "*Amount": row["amount"],
            **({"TrackingName1": "Location", "TrackingOption1": _cell(row["location"])} if row["location"] else {}),
            **({"TrackingName2": "Channel", "TrackingOption2": _cell(row["channel"])} if row["channel"] else {}),
        }
        for row in table.to_pylist()
    ))  # fmt: skip


def beancount(table: pa.Table, path: Path, currency: str) -> None:
    """A Beancount file that stands by itself: it opens its accounts, and every entry carries its id as a link."""
    rows = table.to_pylist()
    names = _account_names(rows)
    path.write_text("\n".join(_beancount_lines(rows, names, currency)) + "\n", "utf-8", newline="\n")


def _beancount_lines(rows: list[Row], names: dict[str, str], currency: str) -> Iterator[str]:
    yield f'option "operating_currency" "{currency}"'
    first = min((row["date"] for row in rows), default=None)
    titles = {row["account"]: row["account_name"] for row in rows}
    for account, name in sorted(names.items(), key=lambda pair: pair[1]):
        yield f"{first} open {name} {currency}"
        yield f"  code: {_quoted(account)}"
        if titles[account]:
            yield f"  name: {_quoted(titles[account])}"
    for _, lines in _entries(rows):
        yield ""
        yield f'{lines[0]["date"]} * "tieout" {_quoted(_narration(lines))} ^{lines[0]["entry_id"]}'
        for row in lines:
            yield f"  {names[row['account']]}  {row['amount']} {currency}"
            yield f"    correction: {_quoted(row['external_id'])}"
            yield f"    memo: {_quoted(row['memo'])}"
            for name in ("sku", "location", "channel"):
                if row[name]:
                    yield f"    {name}: {_quoted(row[name])}"


def hledger(table: pa.Table, path: Path, currency: str) -> None:
    """An hledger journal that declares its accounts and its commodity, so that ``check --strict`` accepts it."""
    rows = table.to_pylist()
    names = {account: name.lower() for account, name in _account_names(rows).items()}
    path.write_text("\n".join(_hledger_lines(rows, names, currency)) + "\n", "utf-8", newline="\n")


def _hledger_lines(rows: list[Row], names: dict[str, str], currency: str) -> Iterator[str]:
    places = max((-int(row["amount"].as_tuple().exponent) for row in rows), default=2)
    yield f"commodity {Decimal(1000):,.{places}f} {currency}" if places else f"commodity 1,000. {currency}"
    for name in sorted(names.values()):
        yield f"account {name}"
    for _, lines in _entries(rows):
        yield ""
        yield f"{lines[0]['date']} * ({lines[0]['entry_id']}) {_plain(_narration(lines))}"
        for row in lines:
            tags = ", ".join(f"{name}:{_tag(row[name])}" for name in ("sku", "location", "channel") if row[name])
            yield f"    {names[row['account']]}  {row['amount']} {currency}"
            yield f"    ; correction:{row['external_id']}" + (f", {tags}" if tags else "")


FORMATS = {"quickbooks": quickbooks, "xero": xero, "beancount": beancount, "hledger": hledger}


def _entries(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    for entry, lines in groupby(rows, key=lambda row: str(row["entry_id"])):
        yield entry, list(lines)


def _narration(lines: list[Row]) -> str:
    """The memos of an entry, each once, in order."""
    return "; ".join(dict.fromkeys(row["memo"] for row in lines))


def _described(row: Row) -> str:
    """Memo and ids; importers split at commas even within quotes, so there are none."""
    return _cell(f"{row['memo']} {row['external_id']}".replace(",", ";"))


def _account_names(rows: list[Row]) -> dict[str, str]:
    """What Beancount and hledger call each account: its kind and its code; codes that become equal get a number."""
    names: dict[str, str] = {}
    for account, role in sorted({(row["account"], row["role"]) for row in rows}):
        code = re.sub(r"[^A-Za-z0-9-]+", "-", account).strip("-") or "0"
        plain = f"{_ROOTS.get(role, 'Expenses')}:{code[0].upper()}{code[1:]}"
        taken = {name.lower() for name in names.values()}
        names[account] = next(
            name for name in chain([plain], (f"{plain}-{number}" for number in count(2))) if name.lower() not in taken
        )
    return names


def _quoted(text: str) -> str:
    return '"' + " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split()) + '"'


def _plain(text: str) -> str:
    """One line without what hledger takes for a comment, a payee or an end."""
    return " ".join(re.sub(r"[;|()]", " ", text).split())


def _tag(text: str) -> str:
    return _plain(text).replace(",", " ").replace(":", " ")


def _cell(text: str | None) -> str:
    """Text that no spreadsheet runs as a formula."""
    return "" if text is None else "'" + text if _FORMULA.match(text) else text


def _write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
