"""Histories of demand and stock: what the ledger has, what happened, and every unit between them under its cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tieout
from tieout.forecasting import histories
from tieout.store import Reader, sql_text

KEYS = ["sku", "channel", "week"]


def booked_sales(company: tieout.Company) -> pd.DataFrame:
    """The ledger's sales in units, by separate arithmetic: sku, channel, date, quantity and day of posting.

    Entries without an event count where they take goods out. Booked on another day of its period, a sale stands on its
    own day; the journal does not see where a cost of nothing stands.
    """
    lines = company.recorded().merge(company.links()[["journal_id", "line_no", "event_id"]], how="left")
    types = company.sql("select event_id, event_type from event_keys").set_index("event_id")["event_type"]
    due = company.expected().query("role == 'cogs' and event_type == 'shipment'").groupby("event_id")
    lines = lines.astype(object).query("role == 'cogs' and quantity.notna()")
    kind = lines["event_id"].map(types.astype(object))
    lines = lines[(kind == "shipment") | kind.isna() & (lines["quantity"] > 0)]
    own = lines["event_id"].map(due["date"].min().astype(object))
    is_free = (lines["amount"] == 0) & own.notna()
    is_own = is_free | (lines["event_id"].map(due["period"].min().astype(object)) == lines["period"])
    channel = lines["event_id"].map(due["channel"].min().astype(object)).where(is_free, lines["channel"])
    zone = company.sql("select timezone from settings").iat[0, 0]
    posted = pd.to_datetime(lines["posted_at"], utc=True).dt.tz_convert(zone).dt.date
    return lines.assign(date=own.where(is_own, lines["date"]), channel=channel, posted=posted)


def by_week(company: tieout.Company, lines: pd.DataFrame) -> dict[tuple[str, str, int], float]:
    """Units per sku, channel and week, without zeros."""
    first, last = company.weeks()["starts_on"].iloc[0], company.weeks()["ends_on"].iloc[-1]
    lines = lines[(lines["date"] >= first) & (lines["date"] <= last)]
    week = [(date - first).days // 7 + 1 for date in lines["date"]]
    sums = lines.assign(week=week, quantity=lines["quantity"].astype(float)).groupby(KEYS)["quantity"].sum()
    return {key: units for key, units in sums.items() if units}


def units(frame: pd.DataFrame, keys: list[str], column: str = "units") -> dict[tuple[object, ...], float]:
    sums = frame.assign(value=frame[column].astype(float)).groupby(keys)["value"].sum()
    return {key: value for key, value in sums.items() if value}


def read(company: tieout.Company, corrected: list[str], origin: int | None = None) -> histories.Histories:
    return histories.read(Reader(company.database).connection, corrected, origin)


def every_family(company: tieout.Company) -> list[str]:
    return [name for group in histories.families(Reader(company.database).connection) for name in group]


def test_the_recorded_history_is_what_the_ledger_sold(erring: tieout.Company) -> None:
    recorded = erring.demand().query("book == 'recorded'")
    unmet = units(recorded, KEYS, "unmet")
    shown = {key: value - unmet.get(key, 0) for key, value in units(recorded, KEYS).items()}
    booked = by_week(erring, booked_sales(erring))
    assert len(booked) > 400
    assert {key: value for key, value in shown.items() if value} == booked


def test_the_corrected_history_is_what_left_for_customers_but_for_what_is_no_error(erring: tieout.Company) -> None:
    shipped = erring.expected().query("role == 'cogs' and event_type == 'shipment' and quantity.notna()")
    left = erring.corrections().query("role == 'cogs' and evidence in ('D', 'N', 'U') and quantity.notna()")
    assert set(left["cause"]) == {"in_flight"}
    corrected = erring.demand().query("book == 'corrected'").astype({"units": float, "unmet": float})
    assert units(corrected.assign(units=corrected["units"] - corrected["unmet"]), KEYS) == by_week(
        erring, pd.concat([shipped, left.assign(quantity=-left["quantity"])])
    )


def test_corrections_of_all_causes_are_the_difference(erring: tieout.Company) -> None:
    demand = erring.demand().astype({"units": float})
    sign = demand["book"].map({"recorded": 1.0, "corrected": -1.0})
    corrections = erring.demand_parts().query("part == 'correction' and in_corrected").astype({"units": float})
    assert corrections["family"].nunique() > 4
    difference = units(demand.assign(units=demand["units"] * sign), KEYS)
    assert difference == units(corrections.assign(units=-corrections["units"]), KEYS)


def test_each_group_of_causes_corrects_its_own_units(erring: tieout.Company) -> None:
    groups = histories.families(Reader(erring.database).connection)
    assert len(groups) == 6
    recorded, corrected = read(erring, []), read(erring, every_family(erring))
    alone = [read(erring, list(group)) for group in groups]
    moved = sum(book.on_hand - recorded.on_hand for book in alone)
    assert np.array_equal(moved, corrected.on_hand - recorded.on_hand, equal_nan=True)
    parts = erring.demand_parts().query("part == 'correction' and in_corrected").astype({"units": float})
    for group, book in zip(groups, alone, strict=True):
        own = units(parts[parts["family"].isin(group)], ["sku", "week"])
        # Where no week is lost or below zero, demand moves by just these units.
        shown = {
            (sku, week + 1): book.demand[row, week] - recorded.demand[row, week]
            for row, sku in enumerate(book.skus) for week in np.flatnonzero(book.on_hand[row] > 0)
            if recorded.on_hand[row, week] > 0 and book.demand[row, week] > 0 < recorded.demand[row, week]
        }  # fmt: skip
        assert len(shown) > 100
        assert {key: units for key, units in shown.items() if units} == {key: own[key] for key in shown if key in own}


def test_with_a_right_ledger_the_books_are_the_same(clean: tieout.Company) -> None:
    history = clean.demand_history()
    recorded, corrected = (
        history[history["book"] == book].drop(columns="book").reset_index(drop=True)
        for book in ("recorded", "corrected")
    )
    assert len(recorded) > 400
    assert recorded.equals(corrected)
    assert histories.families(Reader(clean.database).connection) == []


def test_with_a_right_ledger_nothing_is_forecast_or_bought_otherwise(clean: tieout.Company) -> None:
    forecasts = clean.forecasts()
    corrected = forecasts[forecasts["book"] == "corrected"].drop(columns="book").reset_index(drop=True)
    assert len(corrected) > 200
    for book in ("as_of", "recorded"):
        assert forecasts[forecasts["book"] == book].drop(columns="book").reset_index(drop=True).equals(corrected)
    bought = clean.purchasing()
    assert (bought["order_corrected"] > 0).any()
    assert bought["order_recorded"].equals(bought["order_corrected"])
    assert not bought[["overstock_amount", "understock_amount", "lost_margin"]].astype(float).any(axis=None)


@pytest.mark.parametrize("name", ["clean", "erring"])
def test_as_of_the_last_week_all_is_known(name: str, request: pytest.FixtureRequest) -> None:
    company = request.getfixturevalue(name)
    known = read(company, [], len(company.weeks()))
    now = read(company, [])
    assert np.array_equal(known.demand, now.demand, equal_nan=True)
    assert np.array_equal(known.on_hand, now.on_hand, equal_nan=True)


def test_as_of_an_earlier_week_later_postings_are_unknown(erring: tieout.Company) -> None:
    weeks = erring.weeks()
    lines = booked_sales(erring)
    batches = erring.sql("select journal_id, line_no from links where batch_id is not null")
    assert batches.empty
    lacking = 0
    for origin in (8, 16, 24):
        ends = weeks["ends_on"].iloc[origin - 1]
        later = lines[(lines["posted"] > ends) & (lines["date"] <= ends)]
        week = [(date - weeks["starts_on"].iloc[0]).days // 7 + 1 for date in later["date"]]
        unknown = units(later.assign(week=week), ["sku", "week"], "quantity")
        late = erring.late_demand().query("week <= @origin < known_week")
        assert units(late, ["sku", "week"]) == unknown
        lacking += len(unknown)
        known, now = read(erring, [], origin), read(erring, [])
        assert known.demand.shape == (len(now.skus), origin)
        assert np.array_equal(known.on_hand, now.on_hand[:, :origin], equal_nan=True)
    assert lacking > 0


def test_what_a_cause_takes_out_of_its_week_is_late_until_it_is_corrected(erring: tieout.Company) -> None:
    every = every_family(erring)
    late = erring.late_demand().astype({"units": float})
    assert set(late["family"].dropna()) <= set(every)
    assert late["family"].nunique() > 1
    assert late["family"].isna().any()
    now = read(erring, every)
    row = {sku: place for place, sku in enumerate(now.skus)}
    for origin in range(8, len(erring.weeks())):
        unknown = np.zeros((len(now.skus), origin))
        own = late[late["family"].isna() & late["sku"].isin(row)].query("week <= @origin < known_week")
        for sku, week, amount in zip(own["sku"], own["week"], own["units"], strict=True):
            unknown[row[sku], week - 1] += amount
        known, wholly = read(erring, every, origin), np.maximum(now.demand[:, :origin] - unknown, 0)
        is_in_stock = known.on_hand > 0  # elsewhere lost demand makes good for it
        assert np.array_equal(known.demand[is_in_stock], wholly[is_in_stock])


def test_items_as_known_at_weeks_of_their_own_are_those_of_the_book_of_that_week(erring: tieout.Company) -> None:
    skus = read(erring, []).skus
    asked = [(sku, origin) for origin in (25, 9, 17) for sku in skus[::-2]]
    known = histories.read_as_of(Reader(erring.database).connection, ["timing"], asked)
    for (sku, origin), demand in zip(asked, known, strict=True):
        book = read(erring, ["timing"], origin)
        row = skus.index(sku)
        assert demand.tolist() == book.demand[row, book.first[row] :].tolist()


@pytest.mark.parametrize("name", ["clean", "erring"])
def test_stock_on_hand_is_what_came_and_went(name: str, request: pytest.FixtureRequest) -> None:
    company = request.getfixturevalue(name)
    history = company.demand_history().query("book == 'corrected'")
    last = company.weeks()["ends_on"].iloc[-1]
    events = company.sql(
        """
        select sku, sum(quantity * ((to_location is not null)::integer - (from_location is not null)::integer)) as units
        from stock_events
        where local_date(occurred_at) <= $last and voided_at is null and coalesce(owner, 'own') = 'own'
            and type <> 'status_change' and disposition is distinct from 'damaged'
        group by sku
        """,
        {"last": last},
    ).set_index("sku")["units"]
    kits = set(
        company.sql("select kit_sku from kit_components union select component_sku from kit_components")["kit_sku"]
    )
    shown = history[history["week"] == len(company.weeks())].set_index("sku")["on_hand"]
    plain = [sku for sku in shown.index if sku not in kits and sku in events.index]
    assert len(plain) > 5
    assert {sku: float(shown[sku]) for sku in plain} == {sku: float(events[sku]) for sku in plain}


def test_every_item_has_every_week_from_its_first_demand(erring: tieout.Company) -> None:
    history = erring.demand_history()
    last = len(erring.weeks())
    for (sku, _), weeks in history.groupby(["sku", "book"])["week"]:
        assert list(weeks) == list(range(weeks.min(), last + 1)), sku
    read_in = read(erring, [])
    for row, first in enumerate(read_in.first):
        assert np.isnan(read_in.demand[row, :first]).all()
        assert np.isfinite(read_in.demand[row, first:]).all()
        assert (read_in.demand[row, first:] >= 0).all()
    assert list(read_in.skus) == sorted(read_in.skus)


def test_a_query_binds_what_it_is_asked(erring: tieout.Company) -> None:
    hostile = "x'); drop table demand_parts; --"
    connection = Reader(erring.database).connection
    rows = connection.execute(
        sql_text("forecasting/history"), {"corrected": [hostile], "skus": [hostile], "origins": [8]}
    ).fetchall()
    assert rows == []
