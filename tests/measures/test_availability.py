"""Availability: the cells hold every unit once, the definitions follow from them, and errors stand apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import companies
import tieout
from measures.conftest import Planted

DEFINITIONS = ("operations", "finance", "sales", "available_to_sell", "books")
STOCK = ("inventory", "in_transit")
STEPS = [
    ("operations", "finance"), ("finance", "sales"), ("sales", "available_to_sell"), ("operations", "sales"),
    ("operations", "books"),
]  # fmt: skip


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def sums(table: pd.DataFrame, keys: list[str], value: str) -> dict[Any, Decimal]:
    """Σ by key without what is zero."""
    total: dict[Any, Decimal] = defaultdict(Decimal)
    for row in rows(table):
        total[tuple(row[key] for key in keys)] += row[value]
    return {key: amount for key, amount in total.items() if amount}


def moved(planted: Planted) -> list[dict[str, Any]]:
    """Each end of each stock event as the files tell it: where, whose, in what status; kits as their components."""
    events = rows(planted.company.sql("from stock_events where occurred_at <= (select moment from as_of)"))
    parts = defaultdict(list)
    for part in rows(planted.company.sql("select event_id, sku, quantity from kit_parts")):
        parts[part["event_id"]].append((part["sku"], part["quantity"]))
    roads = set(planted.company.sql("select location from locations where type = 'transit'")["location"])
    ends = []
    for event in events:
        if event["owner"] == "dropship" or not pd.isna(event["voided_at"]):
            continue
        for sign, place in ((-1, "from"), (1, "to")):
            where, status = event[f"{place}_location"], event[f"{place}_status"]
            if event["type"] == "status_change" and pd.isna(where):
                where = event["to_location"] if place == "from" else event["from_location"]
            if pd.isna(where):
                continue
            if pd.isna(status):
                came_damaged = sign == 1 and event["type"] == "customer_return" and event["disposition"] == "damaged"
                status = "damaged" if came_damaged else "in_transit" if where in roads else "available"
            owner = "own" if pd.isna(event["owner"]) else event["owner"]
            for sku, units in parts.get(event["event_id"], [(event["sku"], event["quantity"])]):
                ends.append({
                    "event": event["event_id"], "sku": sku, "location": where, "owner": owner, "status": status,
                    "units": sign * units, "at": event["occurred_at"],
                    "is_here": status != "in_transit" and where not in roads,
                })  # fmt: skip
    return ends


def ends_of_periods(planted: Planted) -> list[datetime]:
    cells = planted.company.availability_cells()
    return sorted(set(cells.loc[cells["is_period_end"], "taken_at"]))


def test_cells_hold_every_unit_of_the_history_once(planted: Planted) -> None:
    cells = planted.company.availability_cells()
    history = moved(planted)
    for moment in ends_of_periods(planted):
        there = pd.DataFrame([end for end in history if end["at"] <= moment])
        here = cells[cells["taken_at"] == moment]
        assert sums(here, ["sku", "location"], "units") == sums(there, ["sku", "location"], "units")
        for column, chosen in {
            "counts_in_operations": there[there["is_here"]],
            "state": there[~there["is_here"]],
        }.items():
            counted = here[here[column]] if column != "state" else here[here["state"] == "in transit"]
            assert sums(counted, ["sku", "location"], "units") == sums(chosen, ["sku", "location"], "units")
        consigned = here[here["funding"] == "consigned in"]
        lent = there[there["owner"] == "consigned"]
        assert sums(consigned, ["sku", "location"], "units") == sums(lent, ["sku", "location"], "units")
        damaged = there[(there["status"] == "damaged") & there["is_here"]]
        assert sums(here[here["state"] == "damaged"], ["sku"], "units") == sums(damaged, ["sku"], "units")


def test_promised_units_are_the_open_orders_as_far_as_there_is_stock(planted: Planted) -> None:
    """Per item: what was ordered and neither sent nor cancelled, at most what lies there free; kits as components."""
    cells = planted.company.availability_cells()
    orders = rows(planted.company.sql("from order_lines"))
    sent = defaultdict(list)
    for row in rows(planted.company.sql("from stock_events where type = 'shipment' and order_id is not null")):
        sent[row["order_id"], row["line_no"]].append((row["occurred_at"], row["quantity"]))
    recipes = defaultdict(list)
    for part in rows(
        planted.company.sql("from kit_components semi join items on kit_sku = sku and kit_type = 'virtual'")
    ):
        recipes[part["kit_sku"]].append(part)
    for moment in ends_of_periods(planted):
        promised: dict[str, Decimal] = defaultdict(Decimal)
        for line in orders:
            gone = sum((units for at, units in sent[line["order_id"], line["line_no"]] if at <= moment), Decimal(0))
            is_cancelled = not pd.isna(line["cancelled_at"]) and line["cancelled_at"] <= moment
            if line["ordered_at"] > moment or is_cancelled or gone >= line["quantity"]:
                continue
            parts = [
                (part["component_sku"], part["quantity"])
                for part in recipes[line["sku"]]
                if (pd.isna(part["valid_from"]) or part["valid_from"] <= line["ordered_at"])
                and (pd.isna(part["valid_to"]) or line["ordered_at"] < part["valid_to"])
            ] or [(line["sku"], Decimal(1))]
            for sku, units in parts:
                promised[sku] += units * (line["quantity"] - gone)
        here = cells[cells["taken_at"] == moment]
        free = here[here["state"].isin(["available", "reserved"]) & (here["units"] > 0)]
        capacity = {key[0]: units for key, units in sums(free, ["sku"], "units").items()}
        wanted = {(sku,): min(units, capacity.get(sku, Decimal(0))) for sku, units in promised.items()}
        reserved = here[(here["state"] == "reserved") & (here["units"] > 0)]
        assert sums(reserved, ["sku"], "units") == {key: units for key, units in wanted.items() if units}


def test_finance_and_books_by_separate_arithmetic(planted: Planted) -> None:
    """Places that no transfer reached: the oldest lots leave first, each is booked by its day, and paid by its bill."""
    papers = Papers(planted)
    reached = set(planted.company.sql("select to_location from stock_events where type = 'transfer'")["to_location"])
    made = set(planted.company.sql("select sku from stock_events where type = 'assembly_in'")["sku"])
    history = pd.DataFrame([end for end in moved(planted) if end["owner"] == "own"])
    history = history[~history["location"].isin(reached) & ~history["sku"].isin(made)]
    cells, checked = planted.company.availability_cells(), 0
    for moment in ends_of_periods(planted):
        for (sku, place), there in history[history["at"] <= moment].groupby(["sku", "location"]):
            if min(there.groupby("status")["units"].sum()) < 0:
                continue
            lots = there[(there["units"] > 0) & ~there["event"].isin(papers.status_changes)]
            finance, books = papers.counted(lots, sum(there["units"], Decimal(0)), moment)
            found = cells[(cells["taken_at"] == moment) & (cells["sku"] == sku) & (cells["location"] == place)]
            assert sum(found.loc[found["counts_in_books"], "units"], Decimal(0)) == books, (moment, sku, place)
            paid = sum(found.loc[found["funding"] == "paid", "units"], Decimal(0))
            assert abs(paid - finance) <= Decimal("0.0001"), (moment, sku, place)
            checked += 1
    assert checked > 30


class Papers:
    """What the ledger, the bills and the payments say of each receipt, read by separate code."""

    def __init__(self, planted: Planted) -> None:
        company = planted.company
        events = company.sql("from stock_events where type in ('opening', 'receipt')")
        self.receipts = {row["event_id"]: row for row in rows(events)}
        self.status_changes = set(company.sql("from stock_events where type = 'status_change'")["event_id"])
        self.bills = {row["cost_id"]: row for row in rows(company.sql("from costs where type = 'vendor_bill'"))}
        self.payments = rows(company.sql("from vendor_payments"))
        self.now = company.sql("select moment from as_of")["moment"].iloc[0]
        self.days = {row["at"]: row["day"] for row in rows(company.sql(
            "select distinct taken_at as at, local_date(taken_at) as day from availability_cells"))}  # fmt: skip
        self.booked = self._booked(company)

    def _booked(self, company: tieout.Company) -> dict[str, Any]:
        """The day on which the ledger took each receipt, by its own entry, its bill's, or a batch's."""
        lines = company.recorded()[["journal_id", "line_no", "role", "date"]]
        lines = lines[lines["role"].isin(STOCK)].merge(company.links(), on=["journal_id", "line_no"])
        members = company.sql("select event_id, batch_id from batches where half = 'goods'")
        batched = lines[lines["batch_id"].notna()].drop(columns="event_id").merge(members, on="batch_id")
        first: dict[str, Any] = {}
        for row in rows(pd.concat([lines[lines["event_id"].notna()], batched])):
            event = self.bills[row["event_id"]]["event_id"] if row["event_id"] in self.bills else row["event_id"]
            first[event] = min(first.get(event, row["date"]), row["date"])
        openings = "select event_id, local_date(occurred_at) as day from stock_events where type = 'opening'"
        return {**first, **{row["event_id"]: row["day"] for row in rows(company.sql(openings))}}

    def counted(self, lots: pd.DataFrame, units: Decimal, moment: datetime) -> tuple[Decimal, Decimal]:
        """Of the newest ``units`` of some lots: those booked and paid, and those booked."""
        finance = books = Decimal(0)
        for lot in rows(lots.sort_values(["at", "event"], ascending=False)):
            here = min(units, lot["units"])
            units -= here
            receipt = lot["event"] if lot["event"] in self.receipts else self._last(lot["sku"], lot["at"])
            if receipt in self.booked and self.booked[receipt] <= self.days[moment]:
                books += here
                paid = round(lot["units"] * self._paid(receipt, moment), 4)
                finance += min(max(paid - (lot["units"] - here), Decimal(0)), here)
        return finance, books

    def _last(self, sku: str, at: datetime) -> str:
        """The last receipt of an item anywhere: of what came back or was found, nothing else is known."""
        before = [(row["occurred_at"], name) for name, row in self.receipts.items() if row["sku"] == sku]
        return max((pair for pair in before if pair[0] <= at), default=(at, ""))[1]

    def _paid(self, receipt: str, moment: datetime) -> Decimal:
        """The share that is paid: by payments of its bills, then of its order, whose earlier receipts come first."""
        if self.receipts[receipt]["type"] == "opening":
            return Decimal(1)
        owed = self._owed(receipt)
        own = {name for name, bill in self.bills.items() if bill["event_id"] == receipt}
        paid = sum((p["amount"] for p in self.payments if p["cost_id"] in own and p["paid_at"] <= moment), Decimal(0))
        order = self._order(receipt)
        of_order = sum(
            (p["amount"] for p in self.payments
             if pd.isna(p["cost_id"]) and p["po_id"] == order and p["paid_at"] <= moment), Decimal(0),
        )  # fmt: skip
        at = self.receipts[receipt]["occurred_at"]
        earlier = [
            other for other, row in self.receipts.items()
            if self._order(other) == order and (row["occurred_at"], other) < (at, receipt)
        ]  # fmt: skip
        return min((paid + max(of_order - sum(map(self._owed, earlier), Decimal(0)), Decimal(0))) / owed, Decimal(1))

    def _order(self, receipt: str) -> str:
        orders = [bill["po_id"] for bill in self._bills_of(receipt) if not pd.isna(bill["po_id"])]
        return str(orders[0] if orders else self.receipts[receipt]["document"])

    def _owed(self, receipt: str) -> Decimal:
        row = self.receipts[receipt]
        bills = [bill["amount"] for bill in self._bills_of(receipt)]
        return sum(bills, Decimal(0)) if bills else round(row["quantity"] * row["unit_cost"], 2)

    def _bills_of(self, receipt: str) -> list[dict[str, Any]]:
        return [
            bill for bill in self.bills.values() if bill["event_id"] == receipt and bill["effective_at"] <= self.now
        ]


def test_cells_are_the_units_of_the_expected_book(planted: Planted) -> None:
    """Where nothing was ever damaged (it leaves the books at once), ours is what the expected journal holds."""
    cells, inventory = planted.company.availability_cells(), planted.company.inventory()
    keys = ["period", "sku", "location"]
    ours = sums(cells[cells["is_period_end"] & (cells["funding"] != "consigned in")], keys, "units")
    books = sums(inventory[inventory["book"] == "expected"], keys, "quantity")
    damaged = {(end["sku"], end["location"]) for end in moved(planted) if end["status"] == "damaged"}
    compared = {key for key in ours.keys() | books.keys() if key[1:] not in damaged}
    assert {key: ours.get(key) for key in compared} == {key: books.get(key) for key in compared}
    assert len(compared) > 100


def test_definitions_are_sums_of_cells(planted: Planted) -> None:
    cells, table = planted.company.availability_cells(), planted.company.availability()
    assert list(table.columns)[:7] == ["taken_at", "sku", "location", *DEFINITIONS[:4]]
    for definition in DEFINITIONS:
        counted = cells[cells[f"counts_in_{definition}"]]
        keys = ["taken_at", "sku", "location"]
        assert sums(table, keys, definition) == sums(counted, keys, "units")


@pytest.mark.parametrize(("first", "following"), STEPS)
def test_bridges_are_exact(planted: Planted, first: str, following: str) -> None:
    table, bridge = planted.company.availability(), planted.company.availability_bridge()
    step = bridge[(bridge["from_definition"] == first) & (bridge["to_definition"] == following)]
    changes = sums(step, ["taken_at"], "units")
    before, after = sums(table, ["taken_at"], first), sums(table, ["taken_at"], following)
    for moment in set(table["taken_at"]):
        key = (moment,)
        assert before.get(key, Decimal(0)) + changes.get(key, Decimal(0)) == after.get(key, Decimal(0))
    assert (step["units"] != 0).all() | step.empty


def test_the_error_part_is_what_was_planted(planted: Planted) -> None:
    """Money of the ledger's errors in stock at each period's end: minus the truth, cumulative."""
    errors = planted.company.availability_errors()
    truth = planted.truth[planted.truth["role"].isin(STOCK)]
    truth = truth[~truth["cause"].isin(("in_flight", "opening_difference", "accepted_policy_difference"))]
    periods = planted.company.periods().sort_values("number")
    for place, period in enumerate(periods["period"]):
        if not periods["is_complete"].iloc[place]:
            continue
        known = truth[truth["period"].isin(set(periods["period"].iloc[: place + 1]))]
        shown = errors[(errors["period"] == period) & errors["is_period_end"] & (errors["source"] == "ledger")]
        wanted = {key: -amount for key, amount in sums(known, ["sku", "location"], "amount").items()}
        assert sums(shown.fillna({"sku": "", "location": ""}), ["sku", "location"], "amount") == wanted


def test_drift_of_a_system_is_its_count_less_the_history(planted: Planted) -> None:
    """The shop's snapshots against what the stock events leave, item by item, by separate arithmetic."""
    counts = rows(planted.company.sql("from stock_snapshots where taken_at <= (select moment from as_of)"))
    history = moved(planted)
    drift = planted.company.system_drift()
    found = {(row["taken_at"], row["first_system"]): row for row in rows(drift[drift["second_system"] == "history"])}
    last = max(row["taken_at"] for row in counts)
    balance: dict[Any, Decimal] = defaultdict(Decimal)
    for end in history:
        if end["at"] <= last:
            balance[end["sku"], end["location"], end["status"]] += end["units"]
    for system in {row["system"] for row in counts}:
        gaps = [
            row["quantity"] - balance[row["sku"], row["location"], row["status"]]
            for row in counts
            if row["system"] == system and row["taken_at"] == last
        ]
        row = found[last, system]
        assert (row["cells"], row["equal"]) == (len(gaps), gaps.count(Decimal(0)))
        assert (row["units_net"], row["units_gross"]) == (sum(gaps), sum(map(abs, gaps)))
        assert row["equal_share"] == gaps.count(Decimal(0)) / len(gaps)
    assert {"web shop", "wms", "ledger"} == set(drift["first_system"])


def test_drift_of_the_ledger_is_what_its_corrections_take_back(planted: Planted) -> None:
    drift, corrections = planted.company.system_drift(), planted.company.corrections()
    ledger = {row["period"]: row for row in rows(drift[(drift["first_system"] == "ledger")])}
    stock = corrections[corrections["role"].isin(STOCK) & corrections["quantity"].notna() & corrections["sku"].notna()]
    past: set[str] = set()
    for period in planted.company.periods().sort_values("number")["period"]:
        past.add(period)
        assert ledger[period]["units_net"] == -sum(stock.loc[stock["period"].isin(past), "quantity"], Decimal(0))
        assert abs(ledger[period]["units_net"]) <= ledger[period]["units_gross"]


def test_accuracy_of_records_by_separate_arithmetic(planted: Planted) -> None:
    """The shop against the warehouse, all of a period's snapshots pooled."""
    counts = rows(planted.company.sql("from stock_snapshots where taken_at <= (select moment from as_of)"))
    shelf = {(row["taken_at"], row["sku"], row["location"]): row for row in counts if row["system"] == "wms"}
    pairs = [
        (row["quantity"], shelf[row["taken_at"], row["sku"], row["location"]]["quantity"])
        for row in counts
        if row["system"] == "web shop" and row["taken_at"].month == 2
    ]
    table = planted.company.record_accuracy(start="2025-02", end="2025-02")
    table = table[(table["record"] == "web shop") & (table["against"] == "wms")]
    found = {row["measure"]: row for row in rows(table)}
    assert len(found) == 10
    assert {row["n"] for name, row in found.items() if "value" not in name} == {len(pairs)}
    wanted = {
        "binary_ira": sum(r == p for r, p in pairs),
        "ira_with_tolerance": sum(abs(r - p) <= max(p, 1) / 100 for r, p in pairs),
        "absolute_unit_error": sum(abs(r - p) for r, p in pairs),
        "phantom_stock_rate": sum(r > 0 and p == 0 for r, p in pairs),
        "hidden_stock_rate": sum(r <= 0 and p > 0 for r, p in pairs),
        "negative_records": sum(r < 0 for r, p in pairs),
    }
    assert {name: found[name]["numerator"] for name in wanted} == wanted
    ratios = [2 * abs(r - p) / (abs(r) + p) if r != p else Decimal(0) for r, p in pairs]
    assert float(found["smape_of_records"]["value"]) == pytest.approx(float(sum(ratios) / len(ratios)), abs=2e-6)
    for row in found.values():
        if row["unit"] == "share" and pd.isna(row["reason"]) and row["measure"] != "smape_of_records":
            assert row["value"] == round(row["numerator"] / row["denominator"], 6)
    assert found["gross_value_variance"]["value"] >= abs(found["net_value_variance"]["value"])


def test_listings_against_what_can_be_sold(planted: Planted) -> None:
    counts = planted.company.sql("from stock_snapshots where system = 'web shop'")
    cells = planted.company.availability_cells()
    free = sums(cells[cells["counts_in_available_to_sell"]], ["taken_at", "sku", "location"], "units")
    phantom = hidden = 0
    for row in rows(counts[[at.month == 3 for at in counts["taken_at"]]]):
        is_there = free.get((row["taken_at"], row["sku"], row["location"]), Decimal(0)) > 0
        phantom += row["quantity"] > 0 and not is_there
        hidden += row["quantity"] <= 0 and is_there
    table = planted.company.listing_gaps(start="2025-03", end="2025-03")
    shown = {row["measure"]: row["numerator"] for row in rows(table[table["system"] == "web shop"])}
    assert shown == {"phantom_availability": phantom, "hidden_unavailability": hidden}
    sold_twice = table[table["measure"] == "oversell_rate"]
    lost = planted.company.sql("select * from oversells where strftime(ordered_at, '%Y-%m') = '2025-03'")["lost_demand"]
    assert sum(sold_twice["numerator"], Decimal(0)) == sum(lost, Decimal(0))


BARE = {
    "stock_events": """
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, occurred_at
        R1,       receipt,  A,   5,        ,              EAST,        10,        2025-01-02T09:00Z
        S1,       shipment, B,   2,        EAST,          ,            ,          2025-01-03T09:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, external_id, effective_date, posted_at
        J1,         1,       1000,    50,     R1,          2025-01-02,     2025-01-02T10:00Z
        J1,         2,       1200,    -50,    R1,          2025-01-02,     2025-01-02T10:00Z
        """,
}


def bare(folder: Path, **tables: str) -> tieout.Company:
    return companies.reconcile(companies.write(folder, {**BARE, **tables}))


def test_without_payments_finance_is_unknown_and_says_so(tmp_path: Path) -> None:
    company = bare(tmp_path)
    of = {row["sku"]: row for row in rows(company.availability())}
    assert pd.isna(of["A"]["finance"])
    assert of["A"]["reason"] == "no payments to suppliers are given"
    assert of["A"]["books"] == 5
    assert (of["B"]["operations"], of["B"]["finance"], of["B"]["books"]) == (-2, 0, -2)
    cells = {row["sku"]: row["cell"] for row in rows(company.availability_cells())}
    assert cells == {"A": "payment unknown", "B": "below zero"}


def test_without_a_ledger_books_are_unknown_and_say_so(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, {"stock_events": BARE["stock_events"]}))
    row = rows(company.availability()[company.availability()["sku"] == "A"])[0]
    assert pd.isna(row["books"])
    assert row["reason"] == "no ledger entry of stock belongs to an event"
    assert row["operations"] == row["sales"] == 5


def test_without_counts_the_gaps_have_reasons(tmp_path: Path) -> None:
    company = bare(tmp_path)
    drift = rows(company.system_drift())
    assert [(row["first_system"], row["second_system"], pd.isna(row["cells"])) for row in drift] == [
        ("ledger", "history", True)
    ]
    assert drift[0]["reason"] == "most ledger lines of stock name no item or no units"
    assert company.record_accuracy().empty
    gaps = rows(company.listing_gaps())
    assert {row["measure"] for row in gaps} == {"phantom_availability", "hidden_unavailability"}
    assert {row["reason"] for row in gaps} == {"no system but the warehouse's counts its stock"}
    assert all(pd.isna(row["value"]) for row in gaps)


def test_a_company_without_stock_has_no_rows(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, {"gl_lines": BARE["gl_lines"]}))
    assert company.availability_cells().empty
    assert company.availability_bridge().empty


def test_a_payment_in_part_and_by_order_pays_the_oldest_first(tmp_path: Path) -> None:
    """Half of the first receipt by its bill; a deposit on the order of the other two covers the earlier of them."""
    company = bare(
        tmp_path,
        stock_events="""
        event_id, type,    sku, quantity, to_location, unit_cost, document, occurred_at
        R1,       receipt, A,   10,       EAST,        10,        ,         2025-01-02T09:00Z
        R2,       receipt, A,   10,       EAST,        10,        PO2,      2025-01-03T09:00Z
        R3,       receipt, A,   10,       EAST,        10,        PO2,      2025-01-04T09:00Z
        """,
        costs="""
        cost_id, type,        event_id, unit_cost, effective_at
        B1,      vendor_bill, R1,       10,        2025-01-03T09:00Z
        """,
        vendor_payments="""
        payment_id, cost_id, po_id, amount, paid_at
        P1,         B1,      ,      50,     2025-01-05T09:00Z
        P2,         ,        PO2,   130,    2025-01-05T09:00Z
        """,
        gl_lines="""
        journal_id, line_no, account, amount, external_id, effective_date, posted_at
        J1,         1,       1000,    100,    R1,          2025-01-02,     2025-01-02T10:00Z
        J1,         2,       1200,    -100,   R1,          2025-01-02,     2025-01-02T10:00Z
        J2,         1,       1000,    100,    R2,          2025-01-03,     2025-01-03T10:00Z
        J2,         2,       1200,    -100,   R2,          2025-01-03,     2025-01-03T10:00Z
        J3,         1,       1000,    100,    R3,          2025-01-04,     2025-01-04T10:00Z
        J3,         2,       1200,    -100,   R3,          2025-01-04,     2025-01-04T10:00Z
        """,
    )
    cells = {row["cell"]: row["units"] for row in rows(company.availability_cells())}
    assert cells == {"clean": 18, "billed, unpaid": 5, "not billed, unpaid": 7}


def test_of_goods_without_a_price_nothing_is_known_to_be_paid(tmp_path: Path) -> None:
    company = bare(
        tmp_path,
        stock_events="""
        event_id, type,    sku, quantity, to_location, unit_cost, document, occurred_at
        R1,       receipt, A,   10,       EAST,        ,          PO1,      2025-01-02T09:00Z
        """,
        vendor_payments="""
        payment_id, po_id, amount, paid_at
        P1,         PO1,   500,    2025-01-05T09:00Z
        """,
    )
    cells = {row["cell"]: row["units"] for row in rows(company.availability_cells())}
    assert cells == {"not billed, unpaid": 10}


def test_what_is_left_of_a_payment_in_another_currency_is_converted(tmp_path: Path) -> None:
    """Billed 100 euros, at 1.10 dollars; 55 dollars pay half of it."""
    company = bare(
        tmp_path,
        stock_events="""
        event_id, type,    sku, quantity, to_location, unit_cost, currency, occurred_at
        R1,       receipt, A,   10,       EAST,        10,        EUR,      2025-01-02T09:00Z
        """,
        exchange_rates="""
        currency, rate_date,  rate
        EUR,      2025-01-01, 1.10
        """,
        costs="""
        cost_id, type,        event_id, unit_cost, currency, effective_at
        B1,      vendor_bill, R1,       10,        EUR,      2025-01-03T09:00Z
        """,
        vendor_payments="""
        payment_id, cost_id, amount, currency, paid_at
        P1,         B1,      55,     USD,      2025-01-05T09:00Z
        """,
    )
    cells = {row["cell"]: row["units"] for row in rows(company.availability_cells())}
    assert cells == {"clean": 5, "billed, unpaid": 5}


def test_a_moved_lot_keeps_what_is_known_of_its_receipt(tmp_path: Path) -> None:
    """The older, paid receipt is sent on: the place that it leaves keeps the one that is not in the ledger yet."""
    company = bare(
        tmp_path,
        stock_events="""
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, occurred_at
        R1,       opening,  A,   10,       ,              EAST,        10,        2025-01-02T09:00Z
        R2,       receipt,  A,   10,       ,              EAST,        10,        2025-01-03T09:00Z
        T1,       transfer, A,   12,       EAST,          WEST,        ,          2025-01-04T09:00Z
        """,
        gl_lines="""
        journal_id, line_no, account, amount, external_id, effective_date, posted_at
        J1,         1,       1000,    100,    R1,          2025-01-02,     2025-01-02T10:00Z
        J1,         2,       3000,    -100,   R1,          2025-01-02,     2025-01-02T10:00Z
        """,
    )
    found = {(row["location"], row["cell"]): row["units"] for row in rows(company.availability_cells())}
    assert found == {
        ("WEST", "clean"): 10, ("WEST", "received, not valued"): 2, ("EAST", "received, not valued"): 8,
    }  # fmt: skip


def test_the_moments_are_ends_of_periods_and_counts(planted: Planted) -> None:
    table = planted.company.availability()
    counted = set(planted.company.sql("select distinct taken_at from stock_snapshots")["taken_at"])
    ends = set(table.loc[table["is_period_end"], "taken_at"])
    assert set(table["taken_at"]) - ends == counted - ends
    periods = planted.company.periods()
    assert len(ends) == len(periods)
