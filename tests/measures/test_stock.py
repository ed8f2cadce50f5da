"""Cash in inventory: every measure of stock from the planted truth and the canonical tables by another way."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean, pstdev

import pandas as pd
import pytest

import companies
import tieout
from measures.conftest import Planted

STOCK = ("inventory", "in_transit")
BOOKS = ("recorded", "corrected", "expected")
MOVEMENTS = {
    "opening": "brought_forward", "receipt": "received", "vendor_return": "returned_to_vendors",
    "customer_return": "returned_by_customers", "refund": "returned_by_customers", "shipment": "sold",
    "adjustment": "adjusted", "count": "adjusted", "write_off": "written_off", "status_change": "written_off",
    "vendor_bill": "revalued", "landed_cost": "revalued", "transfer_freight": "revalued", "standard_cost": "revalued",
    "revaluation": "revalued",
}  # fmt: skip
WAYS = {"transfer": ("transferred_in", "transferred_out")} | dict.fromkeys(
    ("assembly_in", "assembly_out"), ("assembled", "used_in_assemblies")
)
ALL_MOVEMENTS = sorted({*MOVEMENTS.values(), *(name for names in WAYS.values() for name in names), "other"})
Coordinate = tuple[str, str, str]


def periods(planted: Planted) -> list[str]:
    return list(planted.company.periods().sort_values("number")["period"])


def stock_lines(planted: Planted, book: str) -> pd.DataFrame:
    lines = planted.book(book)
    return lines[lines["role"].isin(STOCK)]


def balances(planted: Planted, book: str) -> dict[Coordinate, Decimal]:
    """Value at each period's end by (period, sku, location), where it is not zero."""
    moved: dict[Coordinate, Decimal] = defaultdict(Decimal)
    for line in stock_lines(planted, book).itertuples():
        moved[line.period, line.sku, line.location] += line.amount
    running: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    ends: dict[Coordinate, Decimal] = {}
    for period in periods(planted):
        for (when, sku, location), amount in moved.items():
            if when == period:
                running[sku, location] += amount
        ends |= {(period, *place): amount for place, amount in running.items() if amount}
    return ends


def by_period(planted: Planted, book: str, *roles: str) -> dict[str, Decimal]:
    """Sum of the lines of some roles up to each period's end."""
    lines = planted.book(book)
    lines = lines[lines["role"].isin(roles)]
    total, ends = Decimal(0), {}
    for period in periods(planted):
        total += sum(lines.loc[lines["period"] == period, "amount"], Decimal(0))
        ends[period] = total
    return ends


def cells(table: pd.DataFrame, column: str) -> dict[Coordinate, Decimal]:
    keys = zip(table["period"], table["sku"].fillna(""), table["location"].fillna(""), strict=True)
    return {key: value for key, value in zip(keys, table[column], strict=True) if value}


def test_distortion_is_that_of_the_planted_truth_place_by_place(planted: Planted) -> None:
    table = planted.company.inventory_distortion()
    recorded, corrected = balances(planted, "recorded"), balances(planted, "corrected")
    assert cells(table, "recorded_amount") == recorded
    assert cells(table, "corrected_amount") == corrected
    apart = {key: recorded.get(key, Decimal(0)) - corrected.get(key, Decimal(0)) for key in recorded | corrected}
    assert cells(table, "overstated") == {key: amount for key, amount in apart.items() if amount > 0}
    assert cells(table, "understated") == {key: -amount for key, amount in apart.items() if amount < 0}
    known = table[table["reason"].isna()]
    assert (known["quantity_effect"] + known["cost_effect"] == known["net"]).all()
    # A kit that was booked as one has a line without units.
    assert len(known) > 0.9 * len(table)
    assert table.loc[table["reason"].notna(), ["quantity_effect", "cost_effect"]].isna().all(axis=None)


def test_the_range_of_the_distortion_is_that_of_its_evidence(planted: Planted) -> None:
    table = planted.company.inventory_distortion()
    lines = planted.company.corrections()
    lines = lines[lines["role"].isin(STOCK)]
    when = {period: number for number, period in enumerate(periods(planted))}
    for period, rows in table.groupby("period"):
        so_far = lines[[when[booked] <= when[str(period)] for booked in lines["period"]]]
        for column, levels in (("net_min", "AB"), ("net", "ABC"), ("net_max", "ABCD")):
            wanted = -sum(so_far.loc[so_far["evidence"].isin(list(levels)), "amount"], Decimal(0))
            assert sum(rows[column], Decimal(0)) == wanted, (period, column)


def mean_cost(recorded: tuple[Fraction, Fraction], corrected: tuple[Fraction, Fraction]) -> Fraction:
    """Of the unit costs (units, value) that can be told; stock below zero is asked only where the other tells none."""
    known = [(units, value / units) for units, value in (recorded, corrected) if units and units * value >= 0]
    above = [cost for units, cost in known if units > 0]
    costs = above or [cost for _, cost in known]
    return sum(costs, Fraction(0)) / max(len(costs), 1)


def test_units_that_differ_are_worth_the_mean_of_both_costs(planted: Planted) -> None:
    table = planted.company.inventory_distortion().query("reason.isna()")
    split = 0
    for row in table.itertuples():
        recorded = Fraction(row.recorded_quantity), Fraction(row.recorded_amount)
        corrected = Fraction(row.corrected_quantity), Fraction(row.corrected_amount)
        wanted = (recorded[0] - corrected[0]) * mean_cost(recorded, corrected)
        # Three roundings, each of half a cent at most.
        assert abs(Fraction(row.quantity_effect) - wanted) <= Fraction(3, 200), row
        split += row.quantity_effect != 0 and row.cost_effect != 0
    assert split > 10


def test_regions_add_up_to_the_memo_of_the_tax_return(planted: Planted) -> None:
    sums = planted.company.inventory_distortion().groupby(["period", "tax_region"], dropna=False)
    memo = planted.company.table("tax_stock").set_index(["period", "tax_region", "book"]).sort_index()
    regions = set()
    for (period, region), rows in sums:
        regions.add(region)
        for book in ("recorded", "corrected"):
            wanted = memo.loc[(period, region, book)]
            assert sum(rows[f"{book}_amount"]) == wanted["amount"]
            assert sum(rows[f"{book}_quantity"]) == wanted["quantity"]
    assert len(regions) > 1


def test_opening_and_all_movements_are_closing(planted: Planted) -> None:
    table = planted.company.roll_forward()
    for kind in ("quantity", "amount"):
        moved = sum(table[f"{name}_{kind}"] for name in ALL_MOVEMENTS)
        assert (table[f"opening_{kind}"] + moved == table[f"closing_{kind}"]).all()
        for book in BOOKS:
            own = table[table["book"] == book]
            closing = cells(own, f"closing_{kind}")
            stock = planted.company.inventory()
            assert closing == cells(stock[stock["book"] == book], f"{kind}")
            following = dict(zip(periods(planted), periods(planted)[1:], strict=False))
            carried = {(following[key[0]], *key[1:]): value for key, value in closing.items() if key[0] in following}
            assert cells(own, f"opening_{kind}") == carried


@pytest.mark.parametrize("book", BOOKS)
def test_movements_are_those_of_the_planted_truth(planted: Planted, book: str) -> None:
    wanted: dict[str, dict[Coordinate, Decimal]] = {name: defaultdict(Decimal) for name in ALL_MOVEMENTS}
    both_ways: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for line in stock_lines(planted, book).itertuples():
        if line.event_type in WAYS:
            both_ways[line.event_type, line.event_id, line.role, line.period, line.sku, line.location] += line.amount
        else:
            wanted[MOVEMENTS.get(line.event_type, "other")][line.period, line.sku, line.location] += line.amount
    for (kind, _, _, *where), amount in both_ways.items():
        wanted[WAYS[kind][amount < 0]][where[0], where[1], where[2]] += amount
    table = planted.company.roll_forward()
    table = table[table["book"] == book]
    for name in ALL_MOVEMENTS:
        assert cells(table, f"{name}_amount") == {key: value for key, value in wanted[name].items() if value}, name
    assert all(wanted[name] for name in ("received", "sold", "transferred_in", "transferred_out", "written_off"))


def test_counts_are_rolled_forward_by_the_history(planted: Planted) -> None:
    company = planted.company
    table = company.three_way()
    assert cells(table, "perpetual_amount") == balances(planted, "expected")
    assert cells(table, "ledger_amount") == balances(planted, "recorded")
    for one, other in (("physical", "perpetual"), ("perpetual", "ledger"), ("physical", "ledger")):
        for kind in ("quantity", "amount"):
            known = table.dropna(subset=[f"{one}_{kind}", f"{other}_{kind}"])
            apart = known[f"{one}_{kind}"] - known[f"{other}_{kind}"]
            assert (known[f"{one}_less_{other}_{kind}"] == apart).all()
    assert set(table.loc[table["physical_quantity"].isna(), "reason"]) <= {"not counted"}
    period = company.periods().query("is_complete").iloc[-1]
    counted = table[(table["period"] == period["period"]) & (table["counted_by"] == "wms")]
    kits = in_kits(company)
    moves = company.sql("select sku, from_location, to_location, quantity, occurred_at from stock_events")
    shots = company.sql("select sku, location, taken_at, quantity from stock_snapshots where system = 'wms'")
    seen = 0
    for row in counted.itertuples():
        if row.sku in kits:
            continue
        shot = shots[(shots["sku"] == row.sku) & (shots["taken_at"] == row.counted_at)]
        shot = shot[shot["location"] == row.location]
        since = moves[(moves["sku"] == row.sku) & (moves["occurred_at"] > row.counted_at)]
        until = since[since["occurred_at"].dt.tz_convert(zone(company)).dt.date <= period["end_date"]]
        moved = sum(until.loc[until["to_location"] == row.location, "quantity"], Decimal(0))
        moved -= sum(until.loc[until["from_location"] == row.location, "quantity"], Decimal(0))
        assert row.physical_quantity == sum(shot["quantity"], Decimal(0)) + moved, row
        seen += 1
    assert seen > 20


def in_kits(company: tieout.Company) -> set[str]:
    """Kits and their components: what an event moves of these is not the item that it names."""
    return set(company.sql("select unnest([kit_sku, component_sku]) as sku from kit_components")["sku"])


def zone(company: tieout.Company) -> str:
    return str(company.sql("select timezone from settings").iat[0, 0])


@pytest.mark.parametrize("book", BOOKS)
def test_the_periodic_cost_of_sales_leaves_a_gap_that_is_explained(planted: Planted, book: str) -> None:
    table = planted.company.periodic_gap()
    table = table[table["book"] == book].set_index("period")
    closing, cogs = by_period(planted, book, *STOCK), by_period(planted, book, "cogs")
    before, cost_before = Decimal(0), Decimal(0)
    for period in periods(planted):
        row = table.loc[period]
        assert (row["opening"], row["closing"]) == (before, closing[period])
        assert row["perpetual"] == cogs[period] - cost_before
        assert row["periodic"] == row["opening"] + row["purchases"] - row["closing"]
        assert row["gap"] == row["periodic"] - row["perpetual"]
        assert row["gap"] == row["stock_losses"] + row["other_movements"] + row["cost_without_goods"]
        before, cost_before = closing[period], cogs[period]


@pytest.mark.parametrize("book", BOOKS)
def test_ratios_are_those_of_the_planted_truth(planted: Planted, book: str) -> None:
    table = planted.company.inventory_ratios()
    table = table[table["book"] == book]
    lines = planted.book(book)
    categories = dict(planted.company.sql("select sku, category from items").itertuples(index=False, name=None))
    lines = lines.assign(category=[categories.get(sku, "") for sku in lines["sku"]])
    for row in table.itertuples():
        own = lines if row.is_total else lines[lines["category"] == ("" if pd.isna(row.category) else row.category)]
        place = periods(planted).index(row.period)
        earlier, here = own[own["period"].isin(periods(planted)[:place])], own[own["period"] == row.period]
        stock = [part[part["role"].isin(STOCK)] for part in (earlier, here)]
        begun = stock[1].loc[stock[1]["event_type"] == "opening", "amount"]
        opening = sum(stock[0]["amount"], Decimal(0)) + sum(begun, Decimal(0))
        closing = sum(stock[0]["amount"], Decimal(0)) + sum(stock[1]["amount"], Decimal(0))
        cogs = sum(here.loc[here["role"] == "cogs", "amount"], Decimal(0))
        margin = ("revenue", "shipping_income", "discounts", "returns", "cogs")
        profit = -sum(here.loc[here["role"].isin(margin), "amount"], Decimal(0))
        assert (row.opening, row.closing, row.cogs, row.gross_profit) == (opening, closing, cogs, profit)
        average = Fraction(opening + closing) / 2
        if cogs > 0:
            assert row.days_of_inventory == pytest.approx(float(average / Fraction(cogs) * row.days))
            assert pd.isna(row.turns) if average <= 0 else row.turns == pytest.approx(365 / row.days_of_inventory)
        else:
            assert pd.isna(row.days_of_inventory)
            assert "no cost of sales" in row.reason
        if average > 0:
            assert row.gross_return == pytest.approx(float(Fraction(profit) / average * 365 / row.days))
        cost = Decimal(float(average * 25 * row.days / 36500)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert abs(row.carrying_cost - cost) <= Decimal("0.01")
        assert pd.isna(row.open_to_buy)


def test_days_of_inventory_split_by_cause_exactly(planted: Planted) -> None:
    ratios = planted.company.inventory_ratios()
    days = ratios[ratios["is_total"]].set_index(["period", "book"])["days_of_inventory"]
    bridge = planted.company.inventory_days_bridge()
    for period in periods(planted):
        wanted = days[period, "recorded"] - days[period, "corrected"]
        assert sum(bridge.loc[bridge["period"] == period, "days"]) == pytest.approx(wanted, abs=1e-9)
    assert len(bridge) > 10


@pytest.mark.parametrize("book", BOOKS)
def test_cash_is_tied_up_as_the_planted_truth_says(planted: Planted, book: str) -> None:
    table = planted.company.cash_tied_up()
    table = table[table["book"] == book].set_index("period")
    stock = by_period(planted, book, *STOCK)
    unpaid = by_period(planted, book, "grni", "landed_cost_clearing", "payables")
    prepaid = by_period(planted, book, "prepaid")
    for period in periods(planted):
        row = table.loc[period]
        assert (row["stock"], row["unpaid"], row["prepaid"]) == (stock[period], -unpaid[period], prepaid[period])
        assert row["paid_stock"] == stock[period] + unpaid[period]
        assert row["cash_tied_up"] == row["paid_stock"] + row["prepaid"]


def test_cash_tied_up_splits_by_cause_exactly(planted: Planted) -> None:
    books = planted.company.cash_tied_up().set_index(["period", "book"])
    causes = planted.company.cash_tied_up_causes()
    for period in periods(planted):
        here = causes[causes["period"] == period]
        for kind in ("stock", "unpaid", "prepaid", "cash_tied_up"):
            known = sum(here.loc[here["in_corrected"], kind], Decimal(0))
            still_open = sum(here.loc[~here["in_corrected"], kind], Decimal(0))
            levels = [books.loc[(period, book), kind] for book in BOOKS]
            assert (known, still_open) == (levels[0] - levels[1], levels[1] - levels[2])
    assert (causes["cash_tied_up"] == causes["stock"] - causes["unpaid"] + causes["prepaid"]).all()


PARTS = ("recoverable", "lost", "already_sold", "purchasing", "other")


def part_of(role: str, event_type: str) -> str:
    """Whose money the other side of a line of stock is, where it is not a sale's own receivable."""
    if role in ("shrinkage", "write_off", "inventory_revaluation", "purchase_price_variance"):
        return "lost"
    if role == "cogs":
        return "lost" if event_type in ("adjustment", "count", "write_off", "status_change") else "already_sold"
    if role in ("grni", "landed_cost_clearing", "payables", "prepaid"):
        return "recoverable" if event_type == "vendor_return" else "purchasing"
    return "rest"


def test_the_parts_of_the_distortion_are_the_other_side_of_its_lines(planted: Planted) -> None:
    table = planted.company.distortion_parts()
    assert (sum(table[part] for part in PARTS) == table["net"]).all()
    cash = planted.company.cash().set_index(["period", "cause", "in_corrected"])["net"].to_dict()
    net = table.set_index(["period", "cause", "in_corrected"])["net"].to_dict()
    assert {key: value for key, value in net.items() if value} == {key: value for key, value in cash.items() if value}
    wanted: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for (cause, _, period), lines in planted.truth.groupby(["cause", "event_id", "period"]):
        if lines["role"].isin(STOCK).any():
            for line in lines.itertuples():
                wanted[period, cause, part_of(line.role, line.event_type)] += line.amount
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for period in periods(planted):
        for (when, cause, part), amount in wanted.items():
            if when == period:
                sums[cause, part] += amount
        here = table[table["period"] == period].groupby("cause")[["lost", "already_sold", "purchasing"]].agg("sum")
        for cause, row in here.iterrows():
            for part in ("lost", "already_sold", "purchasing"):
                assert row[part] == sums[str(cause), part], (period, cause, part)


def test_classes_come_from_what_was_shipped_and_from_what_was_booked(planted: Planted) -> None:
    company = planted.company
    table = company.stock_classes()
    kits = in_kits(company)
    today = pd.Timestamp(company.as_of).tz_convert(zone(company)).date()
    sources = {
        "corrected": company.sql(
            "select sku, quantity, occurred_at as moment from stock_events "
            "where type = 'shipment' and coalesce(owner, 'own') = 'own' and voided_at is null"
        ),
        "recorded": company.sql(
            "select sku, quantity, effective_date as moment from gl_lines join gl_accounts using (account) "
            "where role = 'cogs' and amount >= 0 and quantity > 0 and deleted_at is null and sku is not null"
        ),
    }
    first: dict[str, int] = {}
    ages: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    for book, rows in sources.items():
        for sku, quantity, moment in rows.itertuples(index=False):
            date = moment.tz_convert(zone(company)).date() if book == "corrected" else moment
            age = (today - date).days
            ages[book, sku].append((age, abs(quantity)))
            first[sku] = max(first.get(sku, 0), age)
    seen = 0
    for row in table.itertuples():
        if row.sku in kits or row.sku not in first:
            continue
        weeks = [Decimal(0)] * (first[row.sku] // 7 + 1)
        for age, quantity in ages[row.book, row.sku]:
            weeks[age // 7] += quantity
        assert row.units == sum(weeks), (row.sku, row.book)
        busy = [float(week) for week in weeks if week]
        if busy:
            assert row.variation == pytest.approx(pstdev(map(float, weeks)) / fmean(map(float, weeks)), abs=1e-6)
            assert row.demand_interval == pytest.approx(len(weeks) / len(busy))
            assert row.size_variation == pytest.approx((pstdev(busy) / fmean(busy)) ** 2, abs=1e-6)
            assert row.xyz == ("X" if row.variation <= 0.5 else "Y" if row.variation <= 1 else "Z")
        seen += 1
    assert seen > 20
    for book in ("recorded", "corrected"):
        own = table[table["book"] == book].sort_values(["usage", "sku"], ascending=[False, True])
        total, before = sum(own["usage"]), Decimal(0)
        for row in own.itertuples():
            share = Fraction(before) / Fraction(total)
            wanted = "C" if not row.usage or share >= Fraction(95, 100) else "B" if share >= Fraction(8, 10) else "A"
            assert row.abc == wanted
            before += row.usage
    moves = company.class_migrations()
    wide = table.pivot(index="sku", columns="book", values="abc")
    changed = moves[(moves["classification"] == "abc") & moves["moved"]]
    assert sum(changed["items"]) == sum(wide["recorded"] != wide["corrected"])


def test_two_systems_agree_on_units_and_not_on_value(planted: Planted) -> None:
    table = planted.company.valuation_only()
    pair = table[(table["system"] == "ledger") & (table["other_system"] == "replay")].set_index("period")
    stock = planted.company.inventory()
    units = {book: cells(stock[stock["book"] == book], "quantity") for book in ("recorded", "expected")}
    values = {book: balances(planted, book) for book in ("recorded", "expected")}
    places = {key for book in units for key in units[book] | values[book]}
    for period in periods(planted):
        here = [key for key in places if key[0] == period]
        same = [key for key in here if units["recorded"].get(key, 0) == units["expected"].get(key, 0)]
        other = [key for key in same if values["recorded"].get(key, 0) != values["expected"].get(key, 0)]
        row = pair.loc[period]
        assert (row["cells"], row["same_units_other_value"]) == (len(here), len(other))
        assert row["same_units_same_value"] == len(same) - len(other)
        assert row["valuation_only_share"] == pytest.approx(len(other) / len(here))
        apart = (abs(values["recorded"].get(key, 0) - values["expected"].get(key, 0)) for key in other)
        assert row["valuation_only_amount"] == sum(apart, Decimal(0))
    unvalued = table[table["system"] == "wms"]
    assert unvalued["valuation_only_share"].isna().all()
    assert unvalued["reason"].notna().all()


def small(folder: Path, events: str, lines: str, scope: str = "location", **tables: str) -> tieout.Company:
    """A company of January 2025 from its stock events and ledger lines, a row each."""
    event_columns = "event_id, type, sku, quantity, from_location, to_location, unit_cost, occurred_at\n"
    line_columns = "journal_id, line_no, account, amount, sku, quantity, location, external_id, effective_date\n"
    content = {"stock_events": event_columns + events, "gl_lines": line_columns + lines, **tables}
    return companies.reconcile(companies.write(folder, content, policy={"cost_scope": scope}))


RECEIPT = "R1, receipt, A, 10, , EAST, 20, 2025-01-02T09:00Z\n"


def test_a_company_without_a_sale_or_a_count_has_reasons_instead_of_ratios(tmp_path: Path) -> None:
    lines = "J1, 1, 1000, 200, A, , EAST, R1, 2025-01-02\nJ1, 2, 1200, -200, A, , EAST, R1, 2025-01-02"
    company = small(tmp_path, RECEIPT, lines)
    ratios = company.inventory_ratios()
    assert ratios[["days_of_inventory", "turns"]].isna().all(axis=None)
    assert all("no cost of sales" in reason for reason in ratios["reason"])
    assert company.inventory_days_bridge().empty
    assert set(company.three_way()["reason"]) == {"not counted; the ledger names no units"}
    assert set(company.inventory_distortion()["reason"]) == {"the ledger books goods without units"}
    assert company.inventory_distortion()["quantity_effect"].isna().all()
    classes = company.stock_classes().set_index("book")
    assert classes.loc["recorded", "reason"] == "the ledger books no units of cost of sales by item"
    assert pd.isna(classes.loc["recorded", "abc"])
    assert classes.loc["corrected", "pattern"] == "insufficient"
    assert company.distortion_parts().empty
    assert company.unrecovered_claims().empty


def test_a_company_without_any_movement_has_empty_tables(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, {"items": "sku, category\nA, toys"}))
    tables = ("inventory_distortion", "roll_forward", "three_way", "inventory_ratios", "cash_tied_up", "stock_classes")
    assert all(company.table(name).empty for name in tables)


def test_sold_before_it_came_is_negative_stock_and_no_turn(tmp_path: Path) -> None:
    lines = "J1, 1, 5000, 60, A, 3, EAST, S1, 2025-01-05\nJ1, 2, 1000, -60, A, -3, EAST, S1, 2025-01-05"
    company = small(tmp_path, "S1, shipment, A, 3, EAST, , , 2025-01-05T09:00Z", lines)
    recorded = company.inventory_ratios().query("is_total and book == 'recorded'").iloc[0]
    assert recorded["closing"] == -60
    assert pd.isna(recorded["turns"])
    assert "no stock" in recorded["reason"]
    assert company.stock_classes()["is_negative"].all()
    row = company.inventory_distortion().iloc[0]
    assert row["quantity_effect"] + row["cost_effect"] == row["net"]


def test_the_places_of_one_pool_are_counted_together(tmp_path: Path) -> None:
    company = small(
        tmp_path,
        RECEIPT + "R2, receipt, A, 10, , WEST, 20, 2025-01-02T09:00Z",
        "J1, 1, 1000, 200, A, 10, , R1, 2025-01-02\nJ1, 2, 1200, -200, A, , , R1, 2025-01-02",
        scope="company",
        stock_snapshots="system, taken_at, sku, location, quantity, value\n"
        "wms, 2025-01-31T12:00Z, A, EAST, 10, 200\nwms, 2025-01-31T12:00Z, A, WEST, 9, 180",
    )
    three = company.three_way().iloc[0]
    assert [three[f"{view}_quantity"] for view in ("physical", "perpetual", "ledger")] == [19, 20, 10]
    assert [three[f"{view}_amount"] for view in ("physical", "perpetual", "ledger")] == [380, 400, 200]
    assert set(company.valuation_only()["other_units_other_value"]) == {1}


def test_systems_with_values_are_compared_cell_by_cell(tmp_path: Path) -> None:
    company = small(
        tmp_path,
        RECEIPT
        + "R2, receipt, B, 5, , EAST, 10, 2025-01-02T09:00Z\nR3, receipt, C, 4, , FBA, 5, 2025-01-02T09:00Z\n"
        + "L1, adjustment, C, 2, FBA, , , 2025-01-10T09:00Z\nL2, adjustment, C, 1, FBA, , , 2025-01-20T09:00Z",
        "J1, 1, 1000, 200, A, 10, EAST, R1, 2025-01-02\nJ1, 2, 1200, -200, A, , EAST, R1, 2025-01-02\n"
        "J2, 1, 1000, 45, B, 5, EAST, R2, 2025-01-02\nJ2, 2, 1200, -45, B, , EAST, R2, 2025-01-02",
        stock_snapshots="system, taken_at, sku, location, quantity, value\n"
        "wms, 2025-01-31T12:00Z, A, EAST, 9, 180\nwms, 2025-01-31T12:00Z, B, EAST, 5, 50\n"
        "shop, 2025-01-31T12:00Z, A, EAST, 10, 200\nshop, 2025-01-31T12:00Z, B, EAST, 5, 60",
        locations="location, type\nEAST, warehouse\nFBA, fba",
        channels="channel, name\namazon, Amazon",
        settlements="settlement_id, channel, paid_at, gross, fees, refunds, net\n"
        "T1, amazon, 2025-01-31T10:00Z, 0, 0, 0, 0",
        settlement_lines="settlement_id, line_no, type, sku, quantity, amount, posted_at\n"
        "T1, 1, reimbursement, C, 2, 12, 2025-01-25T10:00Z",
    )
    table = company.valuation_only().set_index(["system", "other_system"])
    kinds = [f"{units}_units_{value}_value" for units in ("same", "other") for value in ("same", "other")]
    counts = {pair: list(table.loc[pair, kinds]) for pair in table.index}
    assert counts == {
        ("ledger", "replay"): [1, 1, 0, 1],
        ("shop", "ledger"): [1, 1, 0, 0], ("shop", "replay"): [1, 1, 0, 0], ("shop", "wms"): [0, 1, 0, 1],
        ("wms", "ledger"): [0, 1, 0, 1], ("wms", "replay"): [1, 0, 0, 1],
    }  # fmt: skip
    assert table.loc[("shop", "ledger"), "valuation_only_amount"] == 15
    three = company.three_way().set_index("sku")
    assert three.loc["A", "physical_quantity"] in (9, 10)
    assert three.loc["C", "reason"] == "not counted"
    claims = company.unrecovered_claims().set_index("event_id")
    assert claims.loc["L1", "unrecovered_amount"] == 0
    assert claims.loc["L2", ["unrecovered_amount", "bucket"]].to_list() == [5, "0–30"]
