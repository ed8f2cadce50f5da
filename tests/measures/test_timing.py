"""Timing and what-if, from the planted truth by another way; and where there is next to nothing to measure."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import companies
from measures.conftest import NO_ERRORS, Planted

GROSS_PROFIT = ("revenue", "shipping_income", "discounts", "returns", "cogs")
STOCK = ("inventory", "in_transit")
SHIFTED = ("revenue_shifted", "cogs_shifted", "gross_profit_shifted")


def total(lines: pd.DataFrame, *roles: str) -> Decimal:
    """Sum of the lines of some roles, Dr + / Cr −."""
    return sum(lines.loc[lines["role"].isin(roles), "amount"], Decimal(0))


def reversing(planted: Planted) -> pd.DataFrame:
    """The lines of errors that cross periods and leave nothing in any role, told from the truth alone."""
    truth = planted.truth[~planted.truth["cause"].isin(NO_ERRORS)]
    kept = []
    for _, lines in truth.groupby(["cause", "event_id"]):
        by_role = lines.groupby("role")["amount"].agg(lambda amounts: sum(amounts, Decimal(0)))
        by_period = lines.groupby(["role", "period"])["amount"].agg(lambda amounts: sum(amounts, Decimal(0)))
        if (by_role == 0).all() and (by_period != 0).any():
            kept.append(lines)
    return pd.concat(kept)


def company_zone(planted: Planted) -> ZoneInfo:
    return ZoneInfo(planted.company.sql("select timezone from settings").iat[0, 0])


def moments(planted: Planted) -> dict[str, datetime]:
    """When each event happened, on the company's clock."""
    table = planted.company.sql("select event_id, occurred_at from event_keys")
    zone = company_zone(planted)
    return {event: moment.tz_convert(zone).to_pydatetime() for event, moment in table.itertuples(index=False)}


def test_timing_is_that_of_the_planted_truth(planted: Planted) -> None:
    lines, timing = reversing(planted), planted.company.timing().set_index("period")
    corrected = planted.book("corrected")
    assert len(lines) > 50
    for period, row in timing.iterrows():
        here = lines[lines["period"] == period]
        by_event = [total(group, *GROSS_PROFIT) for _, group in here.groupby("event_id")]
        assert row["revenue_shifted"] == total(here, "revenue")
        assert row["cogs_shifted"] == -total(here, "cogs")
        assert row["gross_profit_shifted"] == total(here, *GROSS_PROFIT) == row["overstated"] - row["understated"]
        assert row["overstated"] == sum((amount for amount in by_event if amount > 0), Decimal(0))
        profit = total(corrected[corrected["period"] == period], *GROSS_PROFIT)
        assert row["margin_spike"] == pytest.approx(float(abs(row["gross_profit_shifted"] / profit)))
    spikes = sum(abs(timing["gross_profit_shifted"])) / sum(
        abs(total(group, *GROSS_PROFIT)) for _, group in corrected.groupby("period")
    )
    assert [float(index) for index in timing["spike_index"]] == pytest.approx([float(spikes)] * len(timing))


def test_what_one_period_loses_another_gains(planted: Planted) -> None:
    timing = planted.company.timing()
    for column in SHIFTED:
        assert timing[column].abs().sum() > 0
        assert timing[column].sum() == 0


def test_rollover_is_the_misstatement_of_the_period_and_iron_curtain_its_sum(planted: Planted) -> None:
    rollover = planted.company.rollover()
    roles = planted.company.sql("from roles")
    profit_roles = tuple(roles.loc[roles["is_profit"], "role"])
    so_far, stock = Decimal(0), Decimal(0)
    whole = rollover[(rollover["cause"] == "total") & (rollover["timing"] == "total")].set_index("period")
    recorded, corrected = planted.book("recorded"), planted.book("corrected")
    for period in planted.company.periods()["period"]:
        ours, theirs = (book[book["period"] == period] for book in (recorded, corrected))
        misstated = total(theirs, *profit_roles) - total(ours, *profit_roles)
        so_far += misstated
        stock += total(ours, *STOCK) - total(theirs, *STOCK)
        if period in whole.index:
            row = whole.loc[period]
            assert (row["rollover"], row["iron_curtain"], row["inventory_error"]) == (misstated, so_far, stock)
            assert row["overstated"] - row["understated"] == misstated
    parts = rollover[(rollover["cause"] != "total")].groupby("period")[["rollover", "iron_curtain"]].sum()
    pd.testing.assert_frame_equal(parts, whole[["rollover", "iron_curtain"]], check_dtype=False)
    ends = rollover[(rollover["timing"] == "reversing") & (rollover["period"] == rollover["period"].iloc[-1])]
    assert not ends.empty
    assert (ends["iron_curtain"] == 0).all()


def test_every_cause_that_reverses_has_its_rollover(planted: Planted) -> None:
    rollover = planted.company.rollover()
    rollover = rollover[rollover["timing"] == "reversing"].set_index(["cause", "period"])["rollover"]
    roles = planted.company.sql("from roles where is_profit")["role"]
    for (cause, period), lines in reversing(planted).groupby(["cause", "period"]):
        assert rollover[cause, period] == total(lines, *roles), (cause, period)


def test_gaps_name_the_sales_that_crossed_a_period(planted: Planted) -> None:
    gaps = planted.company.timing_gaps().set_index("event_id")
    lines = reversing(planted)
    sales = lines[lines["role"].isin(GROSS_PROFIT) & (lines["event_type"] != "expected_returns")]
    sales = sales[sales["cause"] != "reversal_other_period"]  # its own entry came in time
    crossed = gaps[gaps["crosses_period"]]
    assert set(crossed.index) == set(sales["event_id"])
    when = moments(planted)
    for event, row in gaps.iterrows():
        for side in ("revenue", "cogs"):
            if not pd.isna(row[f"{side}_days"]):
                assert row[f"{side}_days"] == (row[f"{side}_date"] - row[f"{side}_due"]).days
        assert str(row["event_period"]) == f"{when[event]:%Y-%m}"


@pytest.mark.parametrize("hours", [1, 4, 24, 72])
def test_exposure_is_what_was_sold_in_the_last_hours(planted: Planted, hours: int) -> None:
    when, zone = moments(planted), company_zone(planted)
    exposure = planted.company.cut_off_exposure()
    exposure = exposure[exposure["hours"] == hours].set_index("period")
    expected, shifted = planted.book("expected"), reversing(planted)
    for period, end in planted.company.periods()[["period", "end_date"]].itertuples(index=False):
        midnight = datetime(end.year, end.month, end.day, tzinfo=zone) + timedelta(days=1)
        late = {event for event, moment in when.items() if midnight - timedelta(hours=hours) <= moment < midnight}

        def of_them(lines: pd.DataFrame, period: str = period, late: set[str] = late) -> pd.DataFrame:
            is_sale = (lines["event_type"] == "shipment") & lines["event_id"].isin(late)
            return lines[is_sale & (lines["period"] == period)]

        due, moved, row = of_them(expected), of_them(shifted), exposure.loc[period]
        assert (row["revenue"], row["cogs"]) == (-total(due, "revenue"), total(due, "cogs"))
        assert row["revenue_elsewhere"] == -total(moved, "revenue")
        assert row["cogs_elsewhere"] == total(moved, "cogs")


def test_lags_are_those_of_the_events_and_of_their_entries(planted: Planted) -> None:
    lags = planted.company.lags().set_index(["lag", "system", "event_type"])
    events = planted.company.sql("select system, type, occurred_at, recorded_at from stock_events")
    for (system, kind), group in events.groupby(["system", "type"]):
        row = lags.loc[("recorded", system, kind)]
        seconds = sorted((group["recorded_at"] - group["occurred_at"]).dropna().dt.total_seconds())
        assert row["entries"] == len(seconds)
        assert row["without_time"] == len(group) - len(seconds)
        if seconds:
            middle, last = seconds[-(-len(seconds) // 2) - 1], seconds[-1]
            assert (row["median_hours"], row["max_hours"]) == pytest.approx((middle / 3600, last / 3600))
        else:
            assert row["reason"] == "no time is given"
    posted = lags.loc["posted"]
    lines = reversing(planted)
    halves = planted.company.sql("select role, half from roles").set_index("role")["half"]
    late = lines[~lines["cause"].isin(["reversal_other_period"]) & (lines["event_type"] != "expected_returns")]
    assert posted["out_of_period"].sum() == len({(row.event_id, halves[row.role]) for row in late.itertuples()})


def test_revelation_grows_to_what_was_ever_booked(planted: Planted) -> None:
    revelation = planted.company.revelation()
    expected, known = planted.book("expected"), set(moments(planted))
    now = pd.Timestamp(planted.company.as_of).tz_convert("America/New_York").date()
    ends = planted.company.periods().set_index("period")["end_date"]
    for (period, measure), curve in revelation.groupby(["period", "measure"]):
        to_come = [ends[period] + timedelta(days=days) > now for days in curve["days_after"]]
        assert list(curve["known"].isna()) == to_come
        assert set(curve.loc[curve["known"].isna(), "reason"]) <= {"that day is still to come"}
        if all(to_come):
            continue
        curve = curve[curve["known"].notna()]
        assert curve["known"].is_monotonic_increasing
        assert (curve["known"] <= curve["final"]).all()
        days = curve["days_to_99"].iloc[0]
        for row in curve.itertuples():
            if pd.isna(days):
                assert row.known_share < 0.99
                assert row.reason
            else:
                assert (row.known_share >= 0.99) == (row.days_after >= days)
        if measure == "revenue":  # gross of returns: |amount| of each event
            sales = expected[(expected["period"] == period) & expected["role"].isin(GROSS_PROFIT[:4])]
            sales = sales[sales["event_id"].isin(known)]  # an orphan and what takes it out again are none
            by_event = [abs(sum(group["amount"], Decimal(0))) for _, group in sales.groupby("event_id")]
            assert curve["final"].iloc[0] == sum(by_event, Decimal(0))


def test_without_a_family_the_ledger_is_recorded_plus_its_truth(planted: Planted) -> None:
    families = planted.company.causes().set_index("cause")["family"]
    truth = planted.truth[~planted.truth["cause"].isin(NO_ERRORS)]
    scenarios = planted.company.what_if_periods()
    scenarios = scenarios[scenarios["kind"] == "cause_family"].set_index(["scenario", "period"])
    assert set(scenarios.index.get_level_values(0)) == set(families[truth["cause"].unique()])
    for (family, period), row in scenarios.iterrows():
        mine = truth[(truth["cause"].map(families) == family) & (truth["period"] == period)]
        book = planted.recorded[planted.recorded["period"] == period]
        assert row["revenue"] == -total(book, "revenue") - total(mine, "revenue")
        assert row["cogs"] == total(book, "cogs") + total(mine, "cogs")
        assert row["gross_profit"] == -total(book, *GROSS_PROFIT) - total(mine, *GROSS_PROFIT)
        assert row["to_recorded"] == -total(mine, *GROSS_PROFIT)


def test_the_families_together_lead_to_the_corrected_book(planted: Planted) -> None:
    scenarios = planted.company.what_if().set_index("scenario")
    family = scenarios[scenarios["kind"] == "cause_family"]
    assert family["to_recorded"].sum() == scenarios.loc["corrected", "to_recorded"]
    assert scenarios.loc["corrected", "profit_misplaced"] == 0


def test_posted_at_once_the_book_is_the_expected_one(planted: Planted) -> None:
    scenarios = planted.company.what_if_periods().set_index(["scenario", "period"])
    at_once, expected = scenarios.loc["every_0_minutes"], planted.book("expected")
    for period, row in at_once.iterrows():
        lines = expected[expected["period"] == period]
        assert (row["revenue"], row["cogs"]) == (-total(lines, "revenue"), total(lines, "cogs"))
        assert row["gross_profit"] == -total(lines, *GROSS_PROFIT)
        assert (row["misplaced"], row["distorted"]) == (0, 0)
    assert planted.company.sql("select count(*) from interval_lines where minutes = 0").iat[0, 0] == 0


@pytest.mark.parametrize("minutes", [15, 60, 24 * 60, 7 * 24 * 60])
def test_posted_at_an_interval_revenue_stands_where_its_interval_closes(planted: Planted, minutes: int) -> None:
    when, sold = moments(planted), defaultdict(Decimal)
    expected = planted.book("expected")
    last = planted.company.sql("select max(date) from days").iat[0, 0]
    for line in expected[expected["role"] == "revenue"].itertuples():
        moment = when.get(line.event_id)
        period = line.period
        if moment is not None and f"{moment:%Y-%m}" == line.period:
            clock, monday = moment.replace(tzinfo=UTC), datetime(2024, 1, 1, tzinfo=UTC)  # what the clock shows
            intervals = -((monday - clock) // timedelta(minutes=minutes))  # rounded up
            close = monday + intervals * timedelta(minutes=minutes)
            period = f"{close:%Y-%m}" if close.date() <= last else line.period
        sold[period] -= line.amount
    scenarios = planted.company.what_if_periods().set_index(["scenario", "period"])
    for period, row in scenarios.loc[f"every_{minutes}_minutes"].iterrows():
        assert row["revenue"] == sold[period], period


def test_a_longer_interval_never_misplaces_less(planted: Planted) -> None:
    posted = planted.company.what_if().query("kind == 'interval'").sort_values("minutes")
    assert list(posted["minutes"]) == [0, 15, 60, 1440, 10080]
    assert posted["distorted"].is_monotonic_increasing
    assert posted["distorted"].iloc[-1] > posted["distorted"].iloc[0] == 0
    assert posted["hours"].is_monotonic_increasing


def test_hours_are_exceptions_at_the_minutes_of_the_configuration(planted: Planted) -> None:
    settings = planted.company.sql("from settings").iloc[0]
    causes = planted.company.causes().set_index("cause")["work"]
    skus = planted.company.sql("select event_id, sku from event_keys").set_index("event_id")["sku"]
    corrections = planted.company.corrections()
    found = set()
    for (cause, _), lines in corrections[corrections["evidence"] != "N"].groupby(["cause", "event_id"]):
        work, origin = causes[cause], lines["origin_event_id"].min()
        sku = skus.get(origin)
        item = (origin if pd.isna(sku) else sku, lines["period"].min()) if work == "recompute" else (origin,)
        found.add((cause, work, item))
    minutes = sum((settings[f"minutes_{work}"] for _, work, _ in found), Decimal(0))
    row = planted.company.what_if().set_index("scenario").loc["recorded"]
    assert row["exceptions"] == len(found)
    assert row["hours"] == (minutes / 60).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert row["cost"] == (row["hours"] * settings["hourly_rate"]).quantize(Decimal("0.01"), ROUND_HALF_UP)


STOCK_ONLY = """
event_id, type, sku, quantity, to_location, unit_cost, occurred_at
R1, receipt, A, 10, EAST, 20, 2025-01-01T09:00Z
"""


def test_without_sales_or_entries_there_are_reasons(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, {"stock_events": STOCK_ONLY}))
    timing = company.timing().iloc[0]
    assert timing["gross_profit_shifted"] == 0
    assert pd.isna(timing["margin_spike"])
    assert timing["reason"] == "no corrected gross profit to compare with"
    assert company.revelation().empty
    assert company.timing_gaps().empty
    assert (company.cut_off_exposure()["events"] == 0).all()
    assert list(company.lags()["reason"]) == ["no time is given"]
    scenarios = company.what_if()
    assert scenarios["gross_margin"].isna().all()
    assert set(scenarios["reason"]) == {"no revenue"}


def test_without_any_event_the_tables_are_empty(tmp_path: Path) -> None:
    empty = "journal_id, line_no, account, amount, effective_date\n"
    company = companies.reconcile(companies.write(tmp_path, {"gl_lines": empty}))
    for name in ("timing", "rollover", "timing_gaps", "cut_off_exposure", "lags", "revelation", "what_if_periods"):
        assert company.table(name).empty, name
