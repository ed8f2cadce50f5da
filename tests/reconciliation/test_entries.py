"""Correcting entries: proposed, taken by other people's ledgers, booked, and known again by the next run."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from beancount import loader

import companies
import tieout
from tieout.errors import ConfigError, InputError
from tieout.reporting import entries, export

GL = ("journal_id", "line_no", "account", "amount", "sku", "quantity", "location", "channel", "external_id",
      "effective_date", "posted_at", "source", "is_manual", "memo")  # fmt: skip
# Costs of a closed and of an open month were never booked; a fee went to the wrong channel; a name is hostile.
TABLES = {
    "gl_accounts": re.sub("(?m)^(.+), (.+)$", r"\1, \2, \2", companies.ACCOUNTS)
    .replace("role, role", "role, name")
    .replace("5000, cogs, cogs", '5000, cogs, "=Cost; of ""sales"" | (own)"'),
    "stock_events": """
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  A,   100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, A,   1,        EAST,          ,            ,          O1,       1,       2025-01-10T09:00Z
        S2, shipment, A, 2, EAST, , , O1, 2, 2025-02-10T09:00Z""",
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, ordered_at
        O1,       1,       web,     A,   1,        50,         2025-01-02T08:00Z
        O1,       2,       web,     A,   2,        50,         2025-01-02T08:00Z""",
    "fees": """
        fee_id, channel, order_id, type,     amount, charged_at
        F1,     web,     O1,       referral, 9,      2025-01-10T09:00Z""",
    "fiscal_periods": """
        period,  start_date, end_date,   closed_at
        2025-01, 2025-01-01, 2025-01-31, 2025-02-05T00:00Z
        2025-02, 2025-02-01, 2025-02-28,""",
    "gl_lines": f"""
        {", ".join(GL)}
        J1, 1, 1000, 2000, A, 100, EAST, , R1, 2025-01-01, 2025-01-01T12:00Z, wms, false,
        J1, 2, 1200, -2000, A, , EAST, , R1, 2025-01-01, 2025-01-01T12:00Z, wms, false,
        J2, 1, 1100, 50, A, , , web, S1, 2025-01-10, 2025-01-10T12:00Z, shop, false,
        J2, 2, 4000, -50, A, , , web, S1, 2025-01-10, 2025-01-10T12:00Z, shop, false,
        J3, 1, 1100, 100, A, , , web, S2, 2025-02-10, 2025-02-10T12:00Z, shop, false,
        J3, 2, 4000, -100, A, , , web, S2, 2025-02-10, 2025-02-10T12:00Z, shop, false,
        J4, 1, 6000, 9, , , , mkt, F1, 2025-01-10, 2025-01-10T12:00Z, shop, false,
        J4, 2, 1100, -9, , , , mkt, F1, 2025-01-10, 2025-01-10T12:00Z, shop, false,""",
}
TRUE_UP = """
        M1, 1, 5000, 60, , , , , , 2025-02-28, 2025-02-28T18:00Z, manual, true, to the count
        M1, 2, 1000, -60, , , , , , 2025-02-28, 2025-02-28T18:00Z, manual, true, to the count"""


def explained(folder: Path, tables: dict[str, str], config: str = "") -> tieout.Company:
    return companies.explain(written(folder, tables, config))


def written(folder: Path, tables: dict[str, str], config: str = "") -> Path:
    path = companies.write(folder, tables)
    path.write_text(path.read_text("utf-8") + config, "utf-8")
    return path


@pytest.fixture(scope="module")
def open_books(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    """The company before an entry of ours is in its ledger."""
    return explained(tmp_path_factory.mktemp("open"), TABLES)


def with_entries(company: tieout.Company, ids: str = "external_id") -> dict[str, str]:
    """The company's tables once its proposed entries are in its ledger, a day after their date."""
    return {**TABLES, "gl_lines": TABLES["gl_lines"] + booked(company.table("entries").to_dict("records"), ids)}


def booked(proposed: list[dict[str, Any]], ids: str = "external_id", number: str = "") -> str:
    rows = io.StringIO()
    for row in proposed:
        line = {
            **dict.fromkeys(GL, ""), **{name: row[name] for name in ("line_no", "account", "amount")},
            **{name: row[name] if isinstance(row[name], str) else "" for name in ("sku", "location", "channel")},
            "journal_id": row["entry_id"] + number, "effective_date": row["date"], "posted_at": f"{row['date']}T20:00Z",
            "source": "tieout", "is_manual": "true", "memo": row["memo"],
        }  # fmt: skip
        line[ids] = f"{row['memo']} {row['external_id']}" if ids == "memo" else row["external_id"]
        csv.DictWriter(rows, GL).writerow(line)
    return "\n" + rows.getvalue()


def sums(company: tieout.Company, query: str) -> Any:
    return company.sql(query).iloc[0, 0]


@pytest.mark.parametrize("group", ["event", "cause"])
@pytest.mark.parametrize("ids", ["external_id", "memo"])
def test_once_booked_nothing_is_proposed_again(tmp_path: Path, group: str, ids: str) -> None:
    config = f'\n[entries]\ngroup = "{group}"\n'
    before = explained(tmp_path / "before", TABLES, config)
    proposed = before.table("entries")
    assert sums(before, "select count(distinct entry_id) from entries") == 3
    assert sorted(zip(proposed["date"].astype(str), proposed["is_closed_part"], strict=True))[::2] == [
        ("2025-02-01", True), ("2025-02-01", True), ("2025-02-01", True), ("2025-02-10", False),
    ]  # fmt: skip
    after = companies.reconcile(written(tmp_path / "after", with_entries(before, ids), config))
    assert after.table("entries").empty
    found, again = (
        company.sql("select correction_id, amount from corrections where step <> 'posted' order by all").values.tolist()
        for company in (before, after)
    )
    assert found == again
    assert after.sql("select distinct status, posted_in from corrections").values.tolist() == [["posted", "2025-02"]]
    assert sums(after, "select sum(abs(difference)) from proofs") == 0
    # Each period is right: January's lines stand, February's entry is taken out of it.
    assert after.sql(
        "select period, sum(amount) from corrections where role = 'cogs' group by all order by all"
    ).values.tolist() == [["2025-01", Decimal(20)], ["2025-02", Decimal(-20)]]
    assert after.tie_out().empty


def test_what_is_booked_twice_is_a_copy(tmp_path: Path, open_books: tieout.Company) -> None:
    proposed = open_books.table("entries").to_dict("records")
    twice = {**TABLES, "gl_lines": TABLES["gl_lines"] + booked(proposed) + booked(proposed, number="-again").lstrip()}
    after = explained(tmp_path / "after", twice)
    open_causes = after.sql("select distinct cause from corrections where status = 'open'")["cause"].tolist()
    assert open_causes == ["duplicate_posting"]
    assert sums(after, "select sum(amount) filter (where amount > 0) from entries") == sum(
        row["amount"] for row in proposed if row["amount"] > 0
    )


def test_the_entry_of_a_finding_that_is_no_more_is_to_be_taken_back(tmp_path: Path, open_books: tieout.Company) -> None:
    tables = with_entries(open_books)
    tables["gl_lines"] += (
        "X2, 1, 5000, 40, A, 2, EAST, web, S2, 2025-02-10, 2025-02-20T12:00Z, shop, false,\n"
        "X2, 2, 1000, -40, A, -2, EAST, , S2, 2025-02-10, 2025-02-20T12:00Z, shop, false,\n"
    )
    after = explained(tmp_path / "after", tables)
    orphans = after.sql("select role, amount, step from corrections where status = 'open' order by amount")
    assert orphans.values.tolist() == [["cogs", Decimal(-40), "unfounded"], ["inventory", Decimal(40), "unfounded"]]


def test_what_a_reviewer_rejects_is_not_proposed_and_not_counted(tmp_path: Path, open_books: tieout.Company) -> None:
    (first,) = open_books.sql("select correction_id from corrections where event_id = 'S1' and role = 'cogs'").values[0]
    reviews = f"correction_id, status, reason\n{first}, rejected, agreed with the auditor"
    after = explained(tmp_path / "after", {**TABLES, "reviews": reviews})
    assert after.sql("select distinct held from proposals where event_id = 'S1'").values.tolist() == [["rejected"]]
    assert sums(after, "select count(distinct entry_id) from entries") == 2
    assert sums(after, "select count(*) from corrections where status = 'rejected'") == 1


def test_an_accepted_true_up_is_taken_back_with_what_it_stood_in_for(tmp_path: Path) -> None:
    tables = {**TABLES, "gl_lines": TABLES["gl_lines"] + TRUE_UP}
    before = explained(tmp_path / "before", tables)
    assert before.sql("select distinct cause from entries").values.tolist() == [["fee_unposted_or_misplaced"]]
    ids = before.sql("select correction_id from corrections where cause = 'unsupported_manual_je'")["correction_id"]
    reviews = "correction_id, status\n" + "\n".join(f"{one}, accepted" for one in ids)
    after = explained(tmp_path / "after", {**tables, "reviews": reviews})
    (entry,) = after.sql(
        "select list(distinct entry_id) from entries where cause <> 'fee_unposted_or_misplaced'"
    ).values
    assert len(entry[0]) == 1
    assert after.sql(
        "select account, sum(amount) from entries where cause <> 'fee_unposted_or_misplaced' group by all order by all"
    ).values.tolist() == [["1000", Decimal(0)], ["5000", Decimal(0)]]


def test_profit_of_a_closed_year_goes_to_retained_earnings(tmp_path: Path) -> None:
    periods = TABLES["fiscal_periods"] + "\n2025-00, 2024-12-01, 2024-12-31, 2025-01-20T00:00Z"
    events = (
        TABLES["stock_events"].replace("2025-01-10T09:00Z", "2024-12-10T09:00Z").replace("2025-01-01", "2024-12-01")
    )
    tables = {**TABLES, "fiscal_periods": periods, "stock_events": events}
    policy = companies.write(tmp_path / "before", tables, policy={"prior_year": "retained_earnings"})
    policy.write_text(policy.read_text("utf-8") + '\n[entries]\nretained_earnings = "3000"\n', "utf-8")
    company = companies.explain(policy)
    assert company.sql(
        "select account, role, amount from entries where memo like 'Cost%S1%' order by amount"
    ).values.tolist() == [["1000", "inventory", Decimal(-20)], ["3000", "other", Decimal(20)]]


def test_retained_earnings_need_an_account(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="retained_earnings"):
        companies.reconcile(companies.write(tmp_path, TABLES, policy={"prior_year": "retained_earnings"}))


@pytest.mark.parametrize("group", ["event", "cause"])
def test_other_ledgers_take_the_entries_with_our_balances(tmp_path: Path, group: str) -> None:
    company = explained(tmp_path, TABLES, f'\n[entries]\ngroup = "{group}"\n')
    ours = {row[0]: row[1] for row in company.sql("select account, sum(amount) from entries group by all").values}
    files = {}
    for form in ("quickbooks", "xero", "beancount", "hledger"):
        files[form] = tmp_path / f"entries.{form}"
        export.write(company.database, "entries", form, files[form])
    assert balances_of_beancount(files["beancount"]) == ours
    assert balances_of_hledger(files["hledger"]) == ours
    content = list(csv.DictReader(io.StringIO(files["xero"].read_text("utf-8"))))
    assert summed((row["*AccountCode"], Decimal(row["*Amount"])) for row in content) == ours
    content = list(csv.DictReader(io.StringIO(files["quickbooks"].read_text("utf-8"))))
    total = sum(Decimal(row["*Debits"] or 0) - Decimal(row["*Credits"] or 0) for row in content)
    assert total == 0
    assert '\'=Cost; of "sales" | (own)' in {row["*AccountName"] for row in content}
    ids = set(company.sql("select correction_id from proposals where held is null")["correction_id"])
    for form, path in files.items():
        assert all(one in path.read_text("utf-8") for one in ids), form


def summed(pairs: Any) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for account, amount in pairs:
        sums[account] += amount
    return dict(sums)


def balances_of_beancount(path: Path) -> dict[str, Decimal]:
    subprocess.run([Path(sys.executable).with_name("bean-check"), path], check=True)
    content, errors, _ = loader.load_file(str(path))
    assert errors == []
    return summed(
        (posting.account.split(":")[1], posting.units.number)
        for entry in content
        for posting in getattr(entry, "postings", ())
    )


def balances_of_hledger(path: Path) -> dict[str, Decimal]:
    program = shutil.which("hledger")
    if program is None:
        pytest.skip("asks hledger, which this machine lacks (Debian: apt-get install hledger)")
    subprocess.run([program, "--file", path, "check", "--strict"], check=True)
    command = [program, "--file", path, "balance", "--flat", "--no-total", "--empty", "--output-format", "csv"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = csv.DictReader(io.StringIO(text))
    return {row["account"].split(":")[1]: Decimal(row["balance"].split()[0].replace(",", "")) for row in rows}


def test_xero_takes_no_entry_of_more_than_three_hundred_lines(tmp_path: Path, open_books: tieout.Company) -> None:
    line = open_books.arrow("entries").slice(0, 1)
    with pytest.raises(InputError, match="301 lines"):
        entries.xero(pa.concat_tables([line] * 301), tmp_path / "entries.csv", "USD")
    assert not (tmp_path / "entries.csv").exists()
