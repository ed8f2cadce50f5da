"""What planted errors make buyers do, in the tables of purchasing."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pandas as pd
import pytest

from forecasting import planted
from tieout.forecasting import histories, misfires
from tieout.forecasting.buyers import NONE, Buyers, cases, tell
from tieout.forecasting.forecasts import Cache, forecast
from tieout.forecasting.purchasing import spreads
from tieout.settings import Settings

RATES = {"double": 0.15, "missed": 0.1, "stock": 0.1, "moved": 0.5}
ERRORS = "select measure, amount, history_amount, stock_amount from purchasing_cost where comparison = 'errors'"
CACHE = Cache()
TERMS = planted.settings(lost_share_percent=Decimal(80), markdown_percent=Decimal(30), expedite_cost=Decimal(20),
                         order_change_cost=Decimal("1.5"), review_weeks=2)  # fmt: skip


def made(connection: duckdb.DuckDBPyConnection, terms: Settings | None = None) -> duckdb.DuckDBPyConnection:
    misfires.make(connection, terms or planted.settings(), CACHE, lambda step: None)
    return connection


def frame(connection: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """Rows with exact amounts."""
    return connection.sql(query).to_arrow_table().to_pandas()


def effects(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    return {measure: amount for measure, amount, *_ in connection.execute(ERRORS).fetchall()}


@pytest.fixture(scope="module")
def clean() -> duckdb.DuckDBPyConnection:
    return made(planted.company({}))


@pytest.fixture(scope="module", params=["usual", "other"])
def dirty(request: pytest.FixtureRequest) -> duckdb.DuckDBPyConnection:
    """With terms as they are by default, and with others that all cost something."""
    terms = TERMS if request.param == "other" else None
    return made(planted.company(RATES, late=0.2, terms=terms), terms)


def test_without_errors_nothing_misfires(clean: duckdb.DuckDBPyConnection) -> None:
    assert set(effects(clean).values()) == {0}
    assert clean.execute("from purchasing_causes").fetchall() == []
    arms = "select columns(* exclude arm) from purchasing_weeks where arm = $arm order by sku, week"
    correct = clean.execute(arms, {"arm": "CC"}).fetchall()
    assert len(correct) == 8 * 10
    for arm in ("RR", "RC", "CR"):
        assert clean.execute(arms, {"arm": arm}).fetchall() == correct
    differing = "order_recorded <> order_corrected or (overstock_amount, understock_amount, lost_margin) <> (0, 0, 0)"
    assert clean.execute(f"select count(*), count(*) filter ({differing}) from purchasing").fetchall() == [(24, 0)]


def test_harm_grows_with_the_share_of_sales_booked_wrong(clean: duckdb.DuckDBPyConnection) -> None:
    for family in ("double", "missed"):
        several = [effects(clean), *(effects(made(planted.company({family: rate}))) for rate in (0.05, 0.2, 0.6))]
        for measure in ("orders_changed_amount", "overstock_amount" if family == "double" else "understock_amount"):
            values = [each[measure] for each in several]
            assert values == sorted(values)
            assert values[0] == 0 < values[1]
        assert several[-1]["lost_margin"] > 0 if family == "missed" else several[-1]["carrying_cost"] > 0


def test_causes_and_channels_add_up_to_the_cent(dirty: duckdb.DuckDBPyConnection) -> None:
    causes = frame(dirty, "from purchasing_causes")
    assert set(causes.cause) == {"double", "missed", "stock", "not_booked_yet"}  # "moved" moves no item's demand
    summed = "select measure, sum(amount), sum(history_amount), sum(stock_amount) from purchasing_causes group by all"
    assert sorted(dirty.execute(summed).fetchall()) == sorted(dirty.execute(ERRORS).fetchall())
    assert (causes.amount == causes.history_amount + causes.stock_amount).all()
    assert set(causes[causes.cause == "not_booked_yet"].stock_amount) == {0}
    assert set(causes[causes.cause == "stock"].history_amount) == {0}
    assert ((causes.low <= causes.amount) & (causes.amount <= causes.high)).all()


def test_tables_tell_the_same(dirty: duckdb.DuckDBPyConnection) -> None:
    arms = frame(dirty, "from purchasing_arms where is_total").set_index("arm")
    found = effects(dirty)
    parts = [name for name in misfires.MEASURES if name.endswith("_cost") or name in ("lost_margin", "cost")]
    for measure in parts:
        assert arms.loc["RR", measure] - arms.loc["CC", measure] == found[measure]
    assert found["cost"] == sum(found[measure] for measure in parts if measure != "cost")
    for measure in ("overstock_amount", "understock_amount", "orders_changed_amount"):
        assert arms.loc["RR", measure] == found[measure] > 0
    periods = dirty.execute("select sum(lost_margin), sum(carrying_cost) from purchasing").fetchall()[0]
    assert periods == (found["lost_margin"], found["carrying_cost"])
    classes = frame(dirty, "from purchasing_arms where not is_total").groupby("arm")
    assert (classes["cost"].apply(lambda amounts: amounts.sum()) == arms["cost"].sort_index()).all()
    assert arms.loc["O", "fill_rate"] >= arms.loc["CC", "fill_rate"] > arms.loc["RR", "fill_rate"]
    rest = frame(dirty, "from purchasing_cost where comparison = 'forecast'").set_index("measure")
    assert rest.loc["cost", "amount"] == arms.loc["CC", "cost"] - arms.loc["O", "cost"]


def test_channels_are_the_mean_of_both_ways_through_the_arms(dirty: duckdb.DuckDBPyConnection) -> None:
    arms = frame(dirty, "select * from purchasing_arms where is_total").set_index("arm")
    for measure, _, history, stock in dirty.execute(ERRORS).fetchall():
        at = arms[measure]
        # Every item's cents are whole: a half each at most.
        assert abs(history - (at["RR"] - at["CR"] + at["RC"] - at["CC"]) / 2) <= Decimal("0.01") * 8
        assert abs(stock - (at["RR"] - at["RC"] + at["CR"] - at["CC"]) / 2) <= Decimal("0.01") * 8


def test_ratios_by_hand(dirty: duckdb.DuckDBPyConnection) -> None:
    weeks = frame(dirty, "from purchasing_weeks").astype({"orders": float, "asked": float, "short": float})
    weeks = weeks.astype({"plan_change": float, "on_hand": float})
    arms = frame(dirty, "from purchasing_arms where is_total").set_index("arm")
    every = 2 if dirty.sql("select review_weeks from settings").fetchall()[0][0] == 2 else 1
    correct = weeks[weeks.arm == "CC"].reset_index()
    for arm, rows in weeks.groupby("arm"):
        found = arms.loc[arm]
        by_item = rows.groupby("sku")
        assert found.bullwhip == pytest.approx(by_item.orders.var().sum() / by_item.asked.var().sum())
        assert found.nervousness == pytest.approx(rows.plan_change.sum() / rows.orders.sum())
        assert found.fill_rate == pytest.approx(1 - rows.short.sum() / rows.asked.sum())
        change = (rows.reset_index().orders - correct.orders).abs()
        assert found.order_change_rate == pytest.approx((change > 0).sum() / (len(rows) / every))
        assert found.order_units_changed == pytest.approx(change.sum() / correct.orders.sum())
        cost = rows.sku.map(frame(dirty, "from forecast_items").set_index("sku").unit_cost.astype(float))
        assert float(found.average_stock) == pytest.approx((rows.on_hand * cost).sum() / 10, abs=0.1)


def test_buyers_are_told_what_is_known_at_the_end_of_the_week_before(dirty: duckdb.DuckDBPyConnection) -> None:
    """Stock and demand of each week by separate arithmetic: none of the future reaches a buyer."""
    weeks = (
        frame(dirty, "from purchasing_weeks order by arm, sku, week").set_index(["arm", "sku", "week"]).astype(float)
    )
    signs = "sum(if(part = 'correction', -units, units))"
    wrong, sold = (
        {(sku, week): float(units) for sku, week, units in dirty.execute(query).fetchall()}
        for query in (
            f"select sku, week, {signs} from stock_parts where part = 'correction' group by all",
            "select sku, week, sum(units) from demand_parts where part = 'sold' group by all",
        )
    )
    for (arm, sku, week), row in weeks.iterrows():
        assert row.asked == sold[sku, week]
        if (arm, sku, week - 1) in weeks.index:
            before = weeks.loc[arm, sku, week - 1]
            told = sum(wrong.get((sku, earlier), 0) for earlier in range(week)) if arm[-1] == "R" else 0
            assert row.position == pytest.approx(before.on_hand + before.on_order - before.owed + told)


def test_forecasts_and_spreads_end_with_the_week_of_origin(dirty: duckdb.DuckDBPyConnection) -> None:
    terms = planted.settings()
    (case,) = cases(dirty, terms)
    told = tell(dirty, terms, case, CACHE, lambda step: None)[NONE]
    foreseen = Buyers(case, {NONE: told})._foreseen()
    for moment, origin in enumerate(case.origins):
        known = case.actual[:, :origin]
        assert told.spread[:, moment].tolist() == spreads(known)[:, -1].tolist()
        made = forecast(list(known), case.models, terms.forecast.horizon_weeks, CACHE)
        assert told.forecasts[:, moment].tolist() == made.tolist()
        assert foreseen[:, moment, 0].tolist() == case.actual[:, origin].tolist()


def test_items_that_are_simulated_in_batches_are_as_all_at_once(
    dirty: duckdb.DuckDBPyConnection, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "_AT_ONCE", 3)
    terms = TERMS if "other" in request.node.name else None
    with made(planted.company(RATES, late=0.2, terms=terms), terms) as batched:
        for name in misfires.TABLES:
            assert batched.execute(f"from {name}").fetchall() == dirty.execute(f"from {name}").fetchall()


def test_units_become_money_at_cost_and_at_margin(dirty: duckdb.DuckDBPyConnection) -> None:
    query = """
        select arm, sku, sum(lost) as lost, sum(on_hand) as stock, arg_max(on_hand, week) as left, avg(asked) as asked,
            count(*) filter (short > 0 and on_order > 0) as late
        from purchasing_weeks group by all
    """
    weeks = frame(dirty, query).set_index(["arm", "sku"])
    ((expedite, markdown),) = dirty.execute("select expedite_cost, markdown_percent from settings").fetchall()
    items = frame(dirty, "from purchasing_items join forecast_items using (sku)")
    for row in items.itertuples():
        units = weeks.loc[(row.arm, row.sku)]
        cost, margin = float(row.unit_cost), max(float(row.unit_margin), 0)
        assert float(row.lost_margin) == pytest.approx(float(units.lost) * margin, abs=0.006)
        assert float(row.carrying_cost) == pytest.approx(float(units.stock) * cost * 0.25 * 7 / 365, abs=0.006)
        beyond = max(float(units.left) - units.asked * 90 / 7, 0)
        assert float(row.terminal_cost) == pytest.approx(beyond * cost * float(markdown) / 100, abs=0.01)
        assert row.expedite_cost == units.late * expedite


def test_an_item_sold_at_a_loss_loses_no_margin(dirty: duckdb.DuckDBPyConnection) -> None:
    losing = "select count(*), min(lost_margin), max(lost_margin) from purchasing_items join forecast_items using (sku)"
    count, least, most = dirty.execute(f"{losing} where unit_margin <= 0 and lost > 0").fetchall()[0]
    assert count > 0
    assert least == most == 0
    assert dirty.execute("select min(lost_margin) from purchasing_items").fetchall() == [(0,)]


def test_same_input_same_bytes() -> None:
    tables = []
    for threads in (1, 4):
        connection = planted.company(RATES, late=0.2)
        connection.execute(f"set threads = {threads}")
        made(connection)
        tables.append([connection.sql(f"from {name}").fetchall() for name in misfires.TABLES])
    assert tables[0] == tables[1]


def test_equal_histories_are_forecast_once() -> None:
    known = Cache()
    connection = planted.company({"stock": 0.5, "more stock": 0.5})
    misfires.make(connection, planted.settings(), known, lambda step: None)
    assert len(known.used) == 8 * 10


def test_where_nothing_is_forecast_the_tables_are_there_and_empty(clean: duckdb.DuckDBPyConnection) -> None:
    connection = planted.company(RATES)
    connection.execute("update forecast_scope set status = 'short_history', origins = 0, last_origin = null")
    made(connection)
    for name in misfires.TABLES:
        empty: pd.DataFrame = connection.sql(f"from {name}").df()
        assert len(empty) == 0
        assert list(empty.columns) == list(clean.sql(f"from {name}").df().columns)
