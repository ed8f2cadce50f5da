"""Small random companies whose ledger is right, and errors to plant in it: each on an event of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import companies

Row = dict[str, Any]
Error = tuple[str, int]  # kind, and which of the events it hits
ROLES = {row["account"]: row["role"] for row in companies.rows(companies.ACCOUNTS)}
ACCOUNTS = {role: account for account, role in ROLES.items()}
MONEY = ("revenue", "discounts", "returns", "clearing", "deferred_revenue", "shipping_income", "tax", "fees")
OLD_COST = 3  # what the recording system believed of every item; no receipt costs so little
OTHER = {"EAST": "WEST", "WEST": "EAST", "web": "market", "market": "web", "A": "B", "B": "A"}
START = date(2025, 1, 1)
SKUS = ("A", "B", "K")  # K is a kit of A and two B
# What a kind can hit, by the first letter of the id: Sale of an item, Unit of a kit sold, Fee; else any event.
HIT = {
    "stale_cost": "S", "quantity": "S", "wrong_sku": "S", "wrong_location": "SU", "wrong_channel": "SUF",
}  # fmt: skip


@dataclass(frozen=True)
class Books:
    """A company's tables, its ledger lines among them, and its policy."""

    tables: dict[str, list[Row]]
    policy: dict[str, Any]

    def with_ledger(self, lines: list[Row]) -> Books:
        return replace(self, tables={**self.tables, "gl_lines": lines})

    def with_errors(self, errors: Sequence[Error]) -> Books:
        """Each error on an event that has none yet."""
        lines, hit = self.tables["gl_lines"], set[str]()
        for kind, number in errors:
            event = target(kind, number, lines, hit)
            hit.add(event)
            lines = plant(kind, event, lines)
        return self.with_ledger(lines)


def target(kind: str, number: int, lines: list[Row], hit: set[str]) -> str:
    """The event that an error of this kind and number hits."""
    events = {line["external_id"] for line in lines if line["external_id"][:1] in HIT.get(kind, "RSUBTF")} - hit
    return sorted(events)[number % len(events)]


def plant(kind: str, event: str, lines: list[Row]) -> list[Row]:
    """The ledger with one error in it: on the goods lines of the event, or all of its lines where it moves no goods."""
    booked = [line for line in lines if line["external_id"] == event]
    own = [line for line in booked if ROLES[line["account"]] not in MONEY] or booked
    rest = [line for line in lines if line not in own]
    match kind:
        case "late":
            return rest + [line | {"effective_date": line["effective_date"] + timedelta(days=31)} for line in own]
        case "missing":
            return rest
        case "repeated":
            return lines + [line | {"journal_id": f"{line['journal_id']}-again"} for line in own]
        case "stale_cost":
            return rest + [line | _worth(line, abs(line["quantity"]) * OLD_COST * 100) for line in own]
        case "quantity":
            return rest + [line | _worth(line, abs(line["amount"]) * 2, line["quantity"] * 2) for line in own]
        case "wrong_location":
            return rest + [line | {"location": OTHER.get(line["location"], "")} for line in own]
        case "wrong_sku":
            return rest + [line | {"sku": OTHER[line["sku"]]} for line in own]
        case "wrong_channel":
            others = [line for line in lines if line not in booked]
            return others + [line | {"channel": OTHER.get(line["channel"], "")} for line in booked]
        case "orphan":
            return lines + [line | {"journal_id": f"X-{event}", "external_id": f"X-{event}"} for line in own]
        case _:  # made up for by hand
            manual = {"journal_id": f"M-{event}", "external_id": "", "is_manual": "true"}
            return rest + [line | manual for line in own]


def _worth(line: Row, amount: int, quantity: int | None = None) -> Row:
    signed = amount if line["amount"] > 0 else -amount
    return {"amount": signed, "quantity": line["quantity"] if quantity is None else quantity}


KINDS = (
    "late", "missing", "repeated", "stale_cost", "quantity", "wrong_location", "wrong_sku", "wrong_channel", "orphan",
    "made_up_for",
)  # fmt: skip


@cache
def company(seed: int, events: int = 24) -> Books:
    """A company whose amounts never need rounding (whole units, first or last in first out), and its right ledger."""
    random = Random(seed)
    tables: dict[str, list[Row]] = {
        "items": [{"sku": sku, "kit_type": "virtual" if sku == "K" else "none"} for sku in SKUS],
        "kit_components": [
            {"kit_sku": "K", "component_sku": sku, "quantity": n} for sku, n in (("A", 1), ("B", 2))
        ],
        "cost_table": [
            {"system": "erp", "sku": sku, "unit_cost": OLD_COST, "valid_from": "2024-01-01T00:00Z"} for sku in SKUS
        ],
        "stock_events": [], "order_lines": [], "fees": [],
    }  # fmt: skip
    for sku in ("A", "B"):
        for place in ("EAST", "WEST"):
            for number in range(3):
                _add(tables, f"R{sku}{place}{number}", "receipt", sku, 400, START + timedelta(days=number),
                     to_location=place, unit_cost=random.randrange(5, 40))  # fmt: skip
    for number in range(events):
        _add_event(tables, random, number)
    books = Books(tables, {"cost_method": random.choice(("fifo", "lifo"))})
    return books.with_ledger(journal(books))


def _add_event(tables: dict[str, list[Row]], random: Random, number: int) -> None:
    day, place = START + timedelta(days=10 + random.randrange(60)), random.choice(("EAST", "WEST"))
    sku, quantity, channel = random.choice(SKUS), random.randrange(1, 9) * 2, random.choice(("web", "market"))
    if random.random() < 0.2:
        kind = random.choice(("transfer", "count", "write_off"))
        ends = {"from_location": place, "to_location": OTHER[place] if kind == "transfer" else ""}
        _add(tables, f"T{number}", kind, random.choice("AB"), quantity, day, **ends)
        return
    event = f"U{number}" if sku == "K" else f"S{number}"
    order = {"order_id": f"O{number}", "line_no": 1, "channel": channel}
    _add(tables, event, "shipment", sku, quantity, day, from_location=place, **order)
    price = random.randrange(60, 300)
    at = f"{day - timedelta(days=2)}T08:00Z"
    tables["order_lines"].append({**order, "sku": sku, "quantity": quantity, "unit_price": price, "ordered_at": at})
    if random.random() < 0.3:
        back = {"to_location": place, "source_event_id": event, "disposition": "sellable"}
        _add(tables, f"B{number}", "customer_return", sku, 1, day + timedelta(days=5), **order, **back)
    if random.random() < 0.3:
        fee = {"fee_id": f"F{number}", "channel": channel, "order_id": f"O{number}", "line_no": 1, "sku": sku}
        tables["fees"].append({**fee, "type": "referral", "amount": number + 5, "charged_at": f"{day}T20:00Z"})


def _add(tables: dict[str, list[Row]], event: str, kind: str, sku: str, quantity: int, day: date, **other: Any) -> None:
    moment = f"{day}T12:{len(tables['stock_events']):02}Z"
    tables["stock_events"].append(
        {"event_id": event, "type": kind, "sku": sku, "quantity": quantity, "occurred_at": moment, **other}
    )


def journal(books: Books) -> list[Row]:
    """The expected journal as a ledger that has booked it: an entry for each event, day and half; amounts in cents."""
    lines: list[Row] = []
    for number, line in enumerate(run(books).expected):
        half = "money" if line["role"] in MONEY else "goods"
        lines.append({
            "journal_id": f"{line['event_id']}-{line['date']}-{half}", "line_no": number,
            "account": ACCOUNTS[line["role"]], "amount": int(line["amount"] * 100), "sku": line["sku"] or "",
            "quantity": "" if line["quantity"] is None else int(line["quantity"]), "location": line["location"] or "",
            "channel": line["channel"] or "", "external_id": line["event_id"], "effective_date": line["date"],
            "posted_at": f"{line['date']}T18:00Z", "source": "connector", "is_manual": "false", "document": "",
        })  # fmt: skip
    return lines


@dataclass(frozen=True)
class Result:
    """What came out: rows of the tables, money as decimals."""

    expected: list[Row]
    recorded: list[Row]
    corrections: list[Row]
    proofs: list[Row]


def run(books: Books) -> Result:
    """Write a company and reconcile it."""
    tables = {name: _text(name, rows) for name, rows in books.tables.items() if rows}
    with tempfile.TemporaryDirectory() as folder:
        reconciled = companies.explain(companies.write(Path(folder), tables, policy=books.policy))
        connection = reconciled._reader.connection
        results = {
            name: connection.sql(f"from {name}").to_arrow_table().to_pylist()
            for name in ("expected", "recorded", "corrections", "proofs")
        }
        connection.close()
    return Result(**results)


def _text(name: str, rows: list[Row]) -> str:
    if name == "gl_lines":
        rows = [row | {"amount": f"{row['amount'] / 100:.2f}"} for row in rows]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(columns), *(",".join(str(row.get(column, "")) for column in columns) for row in rows)]
    return "\n".join(lines)
