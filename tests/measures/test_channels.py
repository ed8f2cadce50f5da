"""Channels: what each keeps, who pays for whom, what compares; each figure from the planted truth by another way."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import companies
from measures.conftest import NO_ERRORS, Planted
from tieout.reporting import channels, facts
from tieout.reporting.run import report

BOOKS = ("recorded", "corrected", "expected")
ROLES = ("revenue", "shipping_income", "discounts", "returns", "cogs", "fees", "write_off", "marketing")
STEPS = {"revenue": "gross_sales", "cogs": "cost_of_goods_sold"}
PARTS = ("mix", "price", "cost", "price_and_cost", "fees", "returns", "discounts", "other")
Sums = dict[Any, Decimal]


def contribution_lines(lines: pd.DataFrame) -> list[dict[Any, Any]]:
    return lines[lines["role"].isin(ROLES)].to_dict("records")


def not_zero(sums: Sums) -> Sums:
    return {key: amount for key, amount in sums.items() if amount}


def table(planted: Planted, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Columns of a measure, blank where empty."""
    frame = planted.company.table(name)[list(columns)].astype(object)
    return list(frame.where(frame.notna(), "").itertuples(index=False, name=None))


@pytest.mark.parametrize("book", BOOKS)
def test_the_waterfall_is_that_of_the_planted_truth(planted: Planted, book: str) -> None:
    types = dict(planted.company.sql("select fee_id, type from fees").itertuples(index=False, name=None))
    orders = planted.company.sql("select order_id, line_no, discount_funded_by from order_lines")
    events = planted.company.sql("select event_id, order_id, line_no from stock_events where type = 'shipment'")
    funders = events.merge(orders, on=["order_id", "line_no"]).set_index("event_id")["discount_funded_by"]
    own = funders.astype(object).fillna("shop").to_dict()
    wanted: Sums = defaultdict(Decimal)
    for line in contribution_lines(planted.book(book)):
        step = STEPS.get(line["role"], line["role"])
        if step == "fees":
            step = f"fees_{types.get(line['event_id'], 'unclassified')}"
        if step == "discounts":
            step = f"promotions_by_{own[line['event_id']]}" if line["event_id"] in own else "promotions_unclassified"
        if step == "write_off":
            step = "return_handling" if line["event_type"] == "customer_return" else "write_offs"
        wanted[line["period"], line["channel"], step] -= line["amount"]
    rows = table(planted, "channel_waterfall", "period", "channel", "step", "amount", "book")
    assert not_zero({row[:3]: row[3] for row in rows if row[4] == book}) == not_zero(wanted)


def test_the_steps_add_up_to_the_contribution_in_every_book(planted: Planted) -> None:
    sums: Sums = defaultdict(Decimal)
    derived: Sums = defaultdict(Decimal)
    last: Sums = {}
    columns = ("period", "channel", "book", "step", "amount", "derived", "contribution_so_far")
    for period, channel, book, step, amount, moved, so_far in table(planted, "channel_waterfall", *columns):
        sums[period, channel, book] += amount
        derived[period, book, step] += moved
        last[period, channel, book] = so_far
    margins = table(planted, "channel_margin", "period", "channel", "book", "contribution")
    wanted = {row[:3]: row[3] for row in margins}
    assert {row[2] for row in margins} >= {"first_reported", *BOOKS}
    assert not_zero(sums) == not_zero(wanted)
    assert last == sums
    assert not not_zero(derived)


def test_what_the_channel_pays_is_its_share_of_the_discounts(planted: Planted) -> None:
    rows = table(planted, "channel_waterfall", "book", "step", "paid_by_channel")
    shipped = planted.company.sql(
        """
        select sum(discount) from order_lines
        where discount_funded_by = 'channel' and cancelled_at is null
            and (order_id, line_no) in (select (order_id, line_no) from stock_events where type = 'shipment')
        """
    ).iat[0, 0]
    paid = sum((row[2] for row in rows if row[0] == "expected"), Decimal(0))
    assert paid == round(shipped, 2) > 0
    assert {row[1] for row in rows if row[2]} == {"promotions_by_channel"}


def subsidies(planted: Planted) -> Sums:
    """By period, channel and component: what the truth moves between channels and nowhere else."""
    truth = planted.truth[~planted.truth["cause"].isin(NO_ERRORS)]
    wanted: Sums = defaultdict(Decimal)
    for _, lines in truth.groupby(["cause", "event_id"]):
        if (lines.groupby(["role", "period"])["amount"].sum() != 0).any():
            continue
        known = lines[lines["role"].isin(ROLES)]
        component = known["role"].where(
            known["role"].isin(["revenue", "discounts", "returns", "cogs", "fees"]), "other"
        )
        for row, part in zip(known.to_dict("records"), component, strict=True):
            wanted[row["period"], row["channel"], part] += row["amount"]
    return not_zero(wanted)


def test_cross_subsidy_is_that_of_the_planted_truth(planted: Planted) -> None:
    columns = ("period", "channel", "component", "position", "overstated", "understated")
    rows = table(planted, "cross_subsidy", *columns)
    assert not_zero({row[:3]: row[3] for row in rows}) == subsidies(planted)
    assert all(row[3] == row[4] - row[5] for row in rows)
    over: Sums = defaultdict(Decimal)
    for period, _, component, position, _, _ in rows:
        over[period, component] += position
    assert over
    assert not not_zero(over)


def test_pairs_settle_the_positions(planted: Planted) -> None:
    positions: Sums = defaultdict(Decimal)
    for (period, channel, _), amount in subsidies(planted).items():
        positions[period, channel] += amount
    settled: Sums = defaultdict(Decimal)
    for period, payer, receiver, amount, basis in table(
        planted, "subsidy_pairs", "period", "payer", "receiver", "amount", "basis"
    ):
        assert amount > 0
        settled[period, payer] -= amount
        settled[period, receiver] += amount
        assert basis == ("unique" if sum(key[0] == period for key in not_zero(positions)) == 2 else "net positions")
    assert not_zero(settled) == not_zero(positions)


def test_the_bridge_is_that_of_the_planted_truth(planted: Planted) -> None:
    wanted: Sums = defaultdict(Decimal)
    for line in contribution_lines(planted.truth):
        wanted[line["period"], line["channel"], line["cause"]] -= line["amount"]
    columns = (
        "period",
        "channel",
        "cause",
        "contribution",
        "overstated",
        "understated",
        "gross",
        "in_corrected",
        "margin_points",
    )
    rows = table(planted, "channel_bridge", *columns)
    assert not_zero({row[:3]: row[3] for row in rows}) == not_zero(wanted)
    assert all(row[3] == row[5] - row[4] and row[6] >= abs(row[3]) for row in rows)
    margins = {
        row[:3]: row[3] for row in table(planted, "channel_margin", "period", "channel", "book", "contribution_margin")
    }
    for period, channel in {row[:2] for row in rows}:
        before, after = (margins.get((period, channel, book), "") for book in ("recorded", "corrected"))
        points = [row[8] for row in rows if row[:2] == (period, channel) and row[7]]
        if before != "" and after != "" and points:
            assert sum(points) == pytest.approx(after - before, abs=1e-9)


def test_the_blend_adds_up_and_its_goods_are_those_of_the_planted_truth(planted: Planted) -> None:
    blend = planted.company.channel_blend()
    known = blend.dropna(subset=["difference"])
    assert len(known) > 20
    parts = known[list(PARTS)].astype(float).sum(axis=1)
    assert (abs(parts - known["difference"].astype(float)) <= 1e-12).all()
    kits = planted.company.sql(
        "select event_id, sku from stock_events join items using (sku) where kit_type = 'virtual'"
    ).set_index("event_id")["sku"].to_dict()  # fmt: skip
    for book in ("recorded", "corrected"):
        for period, lines in planted.book(book).groupby("period"):
            goods = goods_shares(contribution_lines(lines), kits)
            rows = known[(known["period"] == period) & (known["book"] == book)].fillna({"channel": ""})
            for row in rows.to_dict("records"):
                mix, rest = goods[row["channel"]]
                assert row["mix"] == pytest.approx(mix, abs=1e-9)
                assert row["price"] + row["cost"] + row["price_and_cost"] == pytest.approx(rest, abs=1e-9)


def goods_shares(lines: list[dict[Any, Any]], kits: dict[str, str]) -> dict[str, tuple[float, float]]:
    """By channel: what mix, and what price and cost together, do to the share of the cost of goods sold."""
    revenue: dict[Any, Fraction] = defaultdict(Fraction)
    cost: dict[Any, Fraction] = defaultdict(Fraction)
    for line in lines:
        if line["role"] == "revenue":
            for channel in (line["channel"], None):
                revenue[channel, line["sku"]] -= Fraction(line["amount"])
        if line["role"] == "cogs":
            for channel in (line["channel"], None):
                cost[channel, kits.get(line["event_id"], line["sku"])] += Fraction(line["amount"])
    skus = {sku for _, sku in [*revenue, *cost]}
    whole = {key: sum(revenue[key, sku] for sku in skus) for key in {channel for channel, _ in [*revenue, *cost]}}
    shares = {}
    for channel in whole:
        if channel is None or whole[channel] <= 0 or whole[None] <= 0:
            continue
        mix, rest = Fraction(0), Fraction(0)
        for sku in skus:
            own, every = (revenue[key, sku] for key in (channel, None))
            spent, all_spent = (cost[key, sku] for key in (channel, None))
            if every > 0 and (own > 0 or own == spent == 0):
                common = all_spent / every
                ratio = spent / own if own else common
                own_share, share = own / whole[channel], every / whole[None]
                mix -= (ratio + common) / 2 * (own_share - share)
                rest -= (own_share + share) / 2 * (ratio - common)
            else:
                rest -= spent / whole[channel] - all_spent / whole[None]
        shares[channel] = float(mix), float(rest)
    return shares


def test_ranks_are_those_of_the_margins(planted: Planted) -> None:
    margins = planted.company.channel_margin().dropna(subset=["channel"])
    for period, rows in planted.company.channel_ranks().groupby("period"):
        for book in ("recorded", "corrected"):
            month = margins[(margins["period"] == period) & (margins["book"] == book) & (margins["revenue"] > 0)]
            placed = rows.dropna(subset=["rank_change"])
            month = month[month["channel"].isin(placed["channel"])]
            order = month.sort_values("contribution_margin", ascending=False)["channel"].tolist()
            assert placed.sort_values(f"rank_{book}")["channel"].tolist() == order
            assert order
        assert (rows["distortion"] == rows["contribution_recorded"] - rows["contribution_corrected"]).all()


def test_guards_are_those_of_the_planted_truth(planted: Planted) -> None:
    types = dict(planted.company.sql("select fee_id, type from fees").itertuples(index=False, name=None))
    sums: Sums = defaultdict(Decimal)
    for line in contribution_lines(planted.book("corrected")):
        kind = types.get(line["event_id"], "unclassified") if line["role"] == "fees" else line["role"]
        sums[line["period"], line["channel"], kind] += line["amount"]
    has = set(not_zero(sums))
    freight = {period for period, _, kind in has if kind == "fulfilment"}
    advertising = {period for period, _, kind in has if kind in ("advertising", "marketing")}
    columns = ("period", "channel", "has_fulfilment", "has_advertising", "has_returns", "is_comparable", "reason")
    rows = table(planted, "channel_guards", *columns)
    assert {row[:2] for row in rows} == {key[:2] for key in has if key[2] == "revenue" and key[1]}
    for period, channel, has_freight, has_advertising, has_returns, is_comparable, reason in rows:
        assert has_freight == ((period, channel, "fulfilment") in has)
        assert has_advertising == any((period, channel, kind) in has for kind in ("advertising", "marketing"))
        assert has_returns == ((period, channel, "returns") in has)
        assert is_comparable == (
            (has_freight or period not in freight) and (has_advertising or period not in advertising)
        )
        assert reason.startswith("not comparable: no ") != is_comparable
    assert any(row[5] for row in rows)
    assert any(not row[5] for row in rows)


def test_return_rates_are_those_of_the_planted_truth(planted: Planted) -> None:
    rows = table(planted, "channel_returns", "period", "channel", "book", "sales", "returns", "return_rate", "reason")
    for book in BOOKS:
        sums: Sums = defaultdict(Decimal)
        for line in contribution_lines(planted.book(book)):
            sums[line["period"], line["channel"], line["role"]] += line["amount"]
        for period, channel, _, sales, returns, rate, reason in (row for row in rows if row[2] == book):
            assert sales == -sums[period, channel, "revenue"] - sums[period, channel, "discounts"]
            assert returns == sums[period, channel, "returns"]
            assert rate == (pytest.approx(float(returns / sales)) if sales > 0 else "")
            assert reason == ("" if sales > 0 else "no sales")


def test_what_is_set_aside_adds_up_to_the_accounts(planted: Planted) -> None:
    rows = table(planted, "channel_returns", "period", "book", "refund_liability", "return_asset")
    start = min(row[0] for row in rows)
    for book in BOOKS:
        lines = planted.book(book)
        lines = lines[lines["period"] == start]
        for place, role, sign in ((2, "refund_liability", -1), (3, "return_asset", 1)):
            balance = sum((row[place] for row in rows if row[:2] == (start, book)), Decimal(0))
            assert balance == sign * sum(lines.loc[lines["role"] == role, "amount"], Decimal(0))


def test_each_view_shows_all_corrections(planted: Planted) -> None:
    corrections = planted.company.corrections()
    views = planted.company.cause_views()
    for _, rows in views.groupby("view"):
        assert sum(rows["gross"], Decimal(0)) == sum(abs(corrections["amount"]), Decimal(0))
        assert sum(rows["net"], Decimal(0)) == sum(corrections["amount"], Decimal(0))
        for _, month in rows.groupby("period"):
            assert sorted(month["rank"]) == list(range(1, len(month) + 1))
    assert set(views["view"]) == {"finance", "operations", "sales"}


def test_sales_sees_the_planted_effects(planted: Planted) -> None:
    categories = planted.company.sql("select sku, category from items").set_index("sku")["category"].to_dict()
    wanted: Sums = defaultdict(Decimal)
    for line in contribution_lines(planted.truth):
        if line["role"] in ("revenue", "shipping_income", "discounts", "returns", "cogs"):
            wanted[line["period"], line["channel"], categories.get(line["sku"], "")] -= line["amount"]
    rows = table(planted, "cause_views", "period", "channel", "category", "gross_profit", "view")
    assert not_zero({row[:3]: row[3] for row in rows if row[4] == "sales"}) == not_zero(wanted)


def test_the_notebook_says_what_the_measures_say(planted: Planted, tmp_path: Path) -> None:
    page = report(planted.company.database, tmp_path, "channels").read_text("utf-8")
    assert "Not comparable: no outbound freight" in page
    for name in (
        "channel_waterfall",
        "cross_subsidy",
        "channel_blend",
        "channel_bridge",
        "channel_returns",
        "cause_views",
    ):
        assert f"tieout export {name}" in page
    for name in ("waterfall", "positions", "blend", "returns", "view-finance", "view-operations", "view-sales"):
        assert f'id="table-{name}"' in page


SALE = {
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, discount, discount_funded_by, ordered_at
        O1,       1,       web,     A,   10,       50,         20,       channel,            2025-01-02T08:00Z
        O2,       1,       shop,    A,   10,       40,         ,         ,                   2025-01-02T08:00Z
        """,
    "stock_events": """
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  A,   100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, A,   10,       EAST,          ,            ,          O1,       1,       2025-01-03T09:00Z
        S2,       shipment, A,   10,       EAST,          ,            ,          O2,       1,       2025-01-03T09:00Z
        """,
    "fees": """
        fee_id, channel, type,       amount, charged_at
        F1,     web,     fulfilment, 30,     2025-01-03T10:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, sku, quantity, location, channel, external_id, effective_date
        J1,         1,       1000,    2000,   A,   100,      EAST,     ,        R1,          2025-01-01
        J1,         2,       1200,    -2000,  A,   ,         EAST,     ,        R1,          2025-01-01
        J2,         1,       1100,    500,    A,   ,         ,         web,     S1,          2025-01-03
        J2,         2,       4000,    -500,   A,   ,         ,         web,     S1,          2025-01-03
        J3,         1,       5000,    200,    A,   10,       EAST,     web,     S1,          2025-01-03
        J3,         2,       1000,    -200,   A,   -10,      EAST,     ,        S1,          2025-01-03
        J4,         1,       1100,    400,    A,   ,         ,         shop,    S2,          2025-01-03
        J4,         2,       4000,    -400,   A,   ,         ,         shop,    S2,          2025-01-03
        J5,         1,       5000,    200,    A,   10,       EAST,     shop,    S2,          2025-01-03
        J5,         2,       1000,    -200,   A,   -10,      EAST,     ,        S2,          2025-01-03
        J6,         1,       6000,    30,     ,    ,         ,         ,        F1,          2025-01-03
        J6,         2,       1100,    -30,    ,    ,         ,         web,     F1,          2025-01-03
        J7,         1,       6000,    7,      ,    ,         ,         shop,    ,            2025-01-04
        J7,         2,       1100,    -7,     ,    ,         ,         shop,    ,            2025-01-04
        """,
}


@pytest.fixture(scope="module")
def sale(tmp_path_factory: pytest.TempPathFactory) -> companies.tieout.Company:
    """Two sales of one item, web at 50 and shop at 40; web's fee carries no channel, a fee of shop names nothing."""
    return companies.reconcile(companies.write(tmp_path_factory.mktemp("sale"), SALE))


def test_what_is_derived_stands_beside_what_is_recorded(sale: companies.tieout.Company) -> None:
    rows = sale.sql(
        "select channel, step, amount, derived from channel_waterfall "
        "where book = 'recorded' and starts_with(step, 'fees')"
    )
    assert companies.lines(rows, list(rows.columns)) == [
        ("", "fees_fulfilment", "-30", "30"), ("shop", "fees_unclassified", "-7", "0"),
        ("web", "fees_fulfilment", "0", "-30"),
    ]  # fmt: skip


def test_a_promotion_that_the_channel_pays_costs_nothing(sale: companies.tieout.Company) -> None:
    rows = sale.sql("from channel_waterfall where step = 'promotions_by_channel' and book = 'corrected'")
    assert companies.lines(rows, ["channel", "amount", "paid_by_channel"]) == [("web", "0", "20")]


def test_price_alone_parts_two_channels_that_sell_the_same(sale: companies.tieout.Company) -> None:
    """Company: 20 units, revenue 900, cost 400. Web: 10 units, 500, 200: 1/50 against 1/45 units a unit of money."""
    row = sale.sql("from channel_blend where channel = 'web' and book = 'recorded'").iloc[0]
    assert row["price"] == pytest.approx(float(-20 * (Fraction(1, 50) - Fraction(1, 45))))
    assert row["cost"] == row["mix"] == row["price_and_cost"] == 0
    assert row["fees"] == pytest.approx(float(Fraction(37, 900)))
    assert row["difference"] == pytest.approx(float(Fraction(300, 500) - Fraction(463, 900)))


def test_without_quantities_price_and_cost_are_one_part(tmp_path: Path) -> None:
    bare = SALE["gl_lines"].replace(",   10,  ", ",   ,    ")
    row = companies.reconcile(companies.write(tmp_path, {**SALE, "gl_lines": bare})).sql(
        "from channel_blend where channel = 'web' and book = 'recorded'"
    ).iloc[0]  # fmt: skip
    assert row["price_and_cost"] == pytest.approx(float(-20 * (Fraction(1, 50) - Fraction(1, 45))))
    assert row["price"] == row["cost"] == 0
    assert row["reason"] == "price and cost not told apart for 1 item"


BARE = {
    "gl_lines": """
        journal_id, line_no, account, amount, channel, external_id, effective_date, posted_at
        J1,         1,       1100,    -60,    web,     ,            2025-01-03,     2025-01-03T10:00Z
        J1,         2,       4200,    60,     web,     ,            2025-01-03,     2025-01-03T10:00Z
        J2,         1,       1100,    10,     shop,    ,            2025-01-03,     2025-01-03T10:00Z
        J2,         2,       4000,    -10,    shop,    ,            2025-01-03,     2025-01-03T10:00Z
        J3,         1,       5000,    25,     shop,    ,            2025-01-03,     2025-01-03T10:00Z
        J3,         2,       1000,    -25,    shop,    ,            2025-01-03,     2025-01-03T10:00Z
        J4,         1,       1100,    30,     desk,    ,            2025-01-03,     2025-01-03T10:00Z
        J4,         2,       4000,    -30,    desk,    ,            2025-01-03,     2025-01-03T10:00Z
        """
}


def test_without_sales_fees_or_units_there_is_a_value_or_a_reason(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, BARE))
    blend = company.sql("select channel, difference, reason from channel_blend where book = 'recorded'")
    assert companies.lines(blend, ["channel", "reason"]) == [
        ("desk", "price and cost not told apart for 1 item"), ("shop", "price and cost not told apart for 1 item"),
        ("web", "no revenue"),
    ]  # fmt: skip
    assert blend.set_index("channel")["difference"].isna().to_dict() == {"desk": False, "shop": False, "web": True}
    margin = company.sql("select margin_recorded from channel_ranks where channel = 'shop'").iat[0, 0]
    assert margin == pytest.approx(-1.5)
    returns = company.sql("select channel, return_rate, reason from channel_returns where book = 'recorded'")
    assert companies.lines(returns, list(returns.columns)) == [
        ("desk", "0", ""), ("shop", "0", ""), ("web", "", "no sales"),
    ]  # fmt: skip
    assert company.channel_guards()["is_comparable"].all()
    assert company.subsidy_pairs().empty


def test_without_channels_there_are_words(tmp_path: Path) -> None:
    empty = companies.reconcile(
        companies.write(tmp_path / "empty", {"stock_events": SALE["stock_events"].split("S1")[0]})
    )
    for name in ("channel_waterfall", "channel_blend", "channel_guards", "channel_ranks", "channel_returns"):
        assert empty.table(name).empty, name
    month = facts.read(empty)
    assert "contribution of January 2025 is as recorded" in channels.opening(month).summary["headline"]
    assert "No channel bears what belongs to another." in repr(channels.subsidy(month))
    assert "No channel changes its place" in repr(channels.ranks(month))
    assert "No channel paid for promotions itself." in repr(channels.promotions(month))
    assert channels.waterfall_pictures(month) == channels.blend_pictures(month) == channels.bridge_pictures(month) == []
    tables = [draw(month) for draw in (channels.waterfall, channels.positions, channels.blend, channels.returns)]
    for shown in [*tables, *(channels.view(month, view) for view in ("finance", "operations", "sales"))]:
        assert "<table" in shown.as_raw_html()
