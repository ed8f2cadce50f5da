"""Work, growth and close, each computed a second time: from what was planted, and from the tables that came in."""

from __future__ import annotations

import itertools
import math
import statistics
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import companies
from measures.conftest import NO_ERRORS, Planted
from reconciliation import test_entries as entries
from tieout.reconciliation import REGISTRY

MINUTES = {"look": 2, "match": 10, "investigate": 30, "recompute": 120}
PROFIT = ("revenue", "shipping_income", "discounts", "returns", "cogs")


def found(planted: Planted) -> pd.DataFrame:
    """The planted errors; what is no error is no work."""
    return planted.truth[~planted.truth["cause"].isin(NO_ERRORS)]


def firsts(planted: Planted) -> dict[tuple[str, str], str]:
    """The first period of each cause and event (periods are months, in the order of their names)."""
    return dict(found(planted).groupby(["cause", "event_id"])["period"].min())


def hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_work_is_that_of_the_planted_errors(planted: Planted) -> None:
    origins = planted.company.sql("select distinct cause, event_id, origin_event_id from corrections")
    origin_of = {(cause, event): origin for cause, event, origin in origins.itertuples(index=False)}
    skus = dict(planted.company.sql("select event_id, sku from stock_events").itertuples(index=False))
    skus |= dict(planted.company.sql("select cost_id, sku from costs where sku is not null").itertuples(index=False))
    pieces: dict[tuple[Any, ...], str] = {}
    for (cause, event), period in sorted(firsts(planted).items(), key=lambda pair: pair[1]):
        work = REGISTRY[cause].work
        origin = origin_of[cause, event]
        key = (cause, period, skus.get(origin, origin)) if work == "recompute" else (cause, origin)
        pieces.setdefault((work, *key), period)
    labour = planted.company.labour()
    estimated = labour[~labour["is_measured"]]
    for row in estimated[estimated["activity"].isin(MINUTES)].itertuples(index=False):
        count = sum(key[0] == row.activity and period == row.period for key, period in pieces.items())
        assert (row.exceptions, row.hours) == (count, hours(count * MINUTES[row.activity])), (row.period, row.activity)
        assert row.cost == cents(row.hours * 65)
    assert sum(estimated.loc[estimated["activity"].isin(MINUTES), "cases"]) == len(firsts(planted))


def test_manual_entries_and_noted_hours_are_those_that_came_in(planted: Planted) -> None:
    labour = planted.company.labour()
    by_hand = planted.company.sql(
        "select strftime(effective_date, '%Y-%m') as period, count(distinct journal_id) as entries from gl_lines"
        " where is_manual and deleted_at is null group by all"
    )
    entries = dict(by_hand.itertuples(index=False))
    rows = labour[labour["activity"] == "manual_entries"]
    assert sum(entries.values()) > 0
    assert dict(zip(rows["period"], rows["exceptions"], strict=True)) == {
        period: entries.get(period, 0) for period in rows["period"]
    }
    noted = planted.company.sql("select period, activity, hours from close_log")
    measured = labour[labour["is_measured"]]
    assert list(measured["exceptions"].dropna()) == []
    assert sorted(measured[["period", "activity", "hours"]].itertuples(index=False)) == sorted(
        noted.itertuples(index=False)
    )


def test_rates_keep_the_estimate_apart_from_what_was_measured(planted: Planted) -> None:
    labour, rates = planted.company.labour(), planted.company.labour_rates()
    events = 0
    for row in rates.itertuples(index=False):
        month = labour[labour["period"] == row.period]
        assert row.hours == sum(month.loc[~month["is_measured"], "hours"])
        noted = list(month.loc[month["is_measured"], "hours"])
        assert row.measured_hours == sum(noted) if noted else pd.isna(row.measured_hours)
        assert row.hours_per_1000_events == pytest.approx(1000 * float(row.hours) / row.events)
        events += row.events
    rows = "stock_events", "refunds", "fees", "costs", "settlements", "vendor_payments"
    assert events == sum(planted.company.sql(f"select count(*) as n from {name}")["n"].iat[0] for name in rows)


def test_trends_are_theil_sen_and_mann_kendall() -> None:
    """Held against the textbook, by SQL on series of our own: rising, tied, constant, too short."""
    import duckdb

    from tieout.store import sql_text

    series = {
        "rising": [1.0, 2.5, 2.0, 4.0, 5.5, 5.0, 7.0],
        "tied": [3.0, 3.0, 2.0, 2.0, 1.0, 3.0],
        "equal": [2.0] * 5,
        "short": [1.0, 2.0, 3.0],
    }
    connection = duckdb.connect()
    connection.execute("create table rate_series (subject varchar, measure varchar, number bigint, rate double)")
    for name, values in series.items():
        for number, value in enumerate(values):
            connection.execute("insert into rate_series values ('labour', ?, ?, ?)", [name, number, value])
    shown = connection.sql(sql_text("measures/close/trends")).df().set_index("measure")
    for name in ("rising", "tied", "equal"):
        slope, score, tau, chance = _trend(series[name])
        assert shown.loc[name, "slope"] == pytest.approx(slope)
        assert shown.loc[name, "s"] == score
        assert shown.loc[name, "tau"] == pytest.approx(tau, nan_ok=True)
        assert shown.loc[name, "p_value"] == pytest.approx(chance, abs=2e-7)
    assert list(shown["direction"].fillna("")) == ["no clear trend", "rising", "", "no clear trend"]
    assert pd.isna(shown.loc["short", "slope"])
    assert shown.loc["short", "reason"] == "fewer than four complete periods"


def _trend(values: list[float]) -> tuple[float, int, float, float]:
    pairs = list(itertools.combinations(enumerate(values), 2))
    slope = statistics.median((late - early) / (j - i) for (i, early), (j, late) in pairs)
    score = sum((late > early) - (late < early) for (_, early), (_, late) in pairs)
    n, sizes = len(values), [values.count(value) for value in set(values)]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in sizes)) / 18
    untied = len(pairs) - sum(t * (t - 1) // 2 for t in sizes)
    tau = score / math.sqrt(len(pairs) * untied) if untied else math.nan
    chance = math.erfc((abs(score) - 1) / math.sqrt(2 * variance)) if score and variance else 1.0
    return slope, score, tau, chance


def test_distortion_per_driver_is_that_of_the_planted_truth(planted: Planted) -> None:
    truth, growth = found(planted), planted.company.growth().set_index(["period", "driver"])
    sums = truth.groupby(["cause", "event_id", "period", "role", "sku", "location", "channel"])["amount"].sum()
    gross = sums.abs().reset_index()
    families = {"kits_sold": "kits", "transfer_lanes": "transfers"}
    for (period, driver), row in growth.iterrows():
        lines = gross[gross["period"] == period]
        if driver in families:
            lines = lines[lines["cause"].map(lambda cause: REGISTRY[cause].family) == families[driver]]
        assert row["distortion"] == sum(lines["amount"], Decimal(0)), (period, driver)
        assert row["net"] == row["overstated"] - row["understated"]
        if row["count"] > 0:
            assert row["ratio"] == pytest.approx(float(row["distortion"] / row["count"]))
        else:
            assert pd.isna(row["ratio"])
            assert row["reason"] == "none of the driver in the period"
    profit = truth[truth["role"].isin(_profit_roles(planted))]
    effects = -profit.groupby(["period", "cause", "event_id"])["amount"].sum()
    for period, changes in effects.groupby("period"):
        assert growth.loc[(period, "revenue"), "net"] == -sum(changes)
        assert growth.loc[(period, "revenue"), "overstated"] == -sum(change for change in changes if change < 0)


def _profit_roles(planted: Planted) -> list[str]:
    return list(planted.company.sql("select role from roles where is_profit")["role"])


def test_drivers_are_counted_from_what_came_in(planted: Planted) -> None:
    growth = planted.company.growth()
    kits = planted.company.sql(
        "select sum(quantity) as n from stock_events join items using (sku)"
        " where type = 'shipment' and kit_type <> 'none'"
    )
    assert sum(growth.loc[growth["driver"] == "kits_sold", "count"]) == kits["n"].iat[0]
    moved = planted.company.sql(
        "select from_location, to_location, occurred_at from stock_events where type = 'transfer'"
    )
    local = moved["occurred_at"].dt.tz_convert("America/New_York").dt.strftime("%Y-%m")
    lanes = moved.groupby(local).apply(lambda rows: len(rows[["from_location", "to_location"]].drop_duplicates()))
    shown = growth[growth["driver"] == "transfer_lanes"].set_index("period")["count"]
    assert {period: int(count) for period, count in shown.items() if count} == dict(lanes)


def test_the_range_holds_the_corrected_profit(planted: Planted) -> None:
    ranges, margin = planted.company.range_width(), planted.company.margin()
    open_lines = planted.company.sql(
        "select period, cause, event_id, -sum(amount) as effect from corrections"
        f" where evidence in ('C', 'D', 'U') and role in {PROFIT} group by all"
    )
    assert len(open_lines) > 0
    for row in ranges.itertuples(index=False):
        corrected = margin[(margin["period"] == row.period) & (margin["book"] == "corrected")].iloc[0]
        assert row.gross_profit == corrected["gross_profit"]
        assert row.gross_profit_min <= row.gross_profit <= row.gross_profit_max
        effects = open_lines.loc[open_lines["period"] == row.period, "effect"]
        assert row.width == sum((abs(effect) for effect in effects), Decimal(0))
        assert row.gross_profit_max - row.gross_profit_min == row.width
        assert row.ratio == pytest.approx(float(row.width / row.revenue))


def test_the_close_is_that_of_the_planted_truth(planted: Planted) -> None:
    close, truth = planted.company.close().set_index("period"), found(planted)
    closed = planted.company.sql("select period, end_date, closed_at from fiscal_periods").set_index("period")
    for period, row in close.iterrows():
        month = truth[truth["period"] == period]
        assert row["cases"] == len(month.drop_duplicates(["cause", "event_id"]))
        at = closed.loc[period, "closed_at"]
        if pd.isna(at):
            assert pd.isna(row["days_to_close"])
            assert pd.isna(row["restated"])
            assert row["closed_cases"] == 0
            assert "not closed" in row["reason"]
        else:
            local = at.tz_convert("America/New_York").date()
            assert row["days_to_close"] == (local - closed.loc[period, "end_date"]).days
            assert row["closed_cases"] == row["cases"]
            assert row["restated"] == row["corrected_gross_profit"] - row["first_reported_gross_profit"]
    counts = planted.company.sql("select event_id, counted_quantity, system_quantity from cycle_counts")
    assert sum(close["counts"]) == len(counts)
    booked = set(planted.company.links()["event_id"])
    assert sum(close["counts_linked"]) == sum(event in booked for event in counts["event_id"])
    unposted = {event for cause, event in firsts(planted) if cause == "adjustment_unposted"}
    assert sum(close["counts_differing"] - close["counts_linked"]) == len(unposted & set(counts["event_id"]))


def test_the_work_list_holds_every_planted_error_oldest_first(planted: Planted) -> None:
    exceptions = planted.company.exceptions()
    keys = list(exceptions[["cause", "event_id"]].itertuples(index=False, name=None))
    assert set(keys) == set(firsts(planted))
    assert len(keys) == len(set(keys))
    assert list(exceptions["age_days"]) == sorted(exceptions["age_days"], reverse=True)
    assert sum(exceptions["amount"]) == sum(planted.company.close()["gross"])
    sums = found(planted).groupby(["cause", "event_id", "period", "role", "sku", "location", "channel"])["amount"].sum()
    gross = sums.abs().groupby(["cause", "event_id"]).sum()
    assert dict(zip(keys, exceptions["amount"], strict=True)) == dict(gross)
    first = dict(zip(keys, exceptions["period"], strict=True))
    assert first == firsts(planted)


def test_the_integrity_summary_repeats_what_the_tables_say(planted: Planted) -> None:
    facts, company = planted.company.integrity().set_index("fact"), planted.company
    trust = company.trust().iloc[0]
    assert facts.loc["broken_proofs", ["value", "n", "holds"]].tolist() == [0, trust["proofs"], True]
    assert facts.loc["rows_unaccounted_for", "holds"]
    assert facts.loc["unexplained_amount", "value"] == trust["unexplained_amount"]
    assert facts.loc["open_exceptions", "value"] == len(company.exceptions())
    held = company.proposals()["held"]
    assert facts.loc["pending_corrections", "n"] == held.isna().sum()
    assert facts.loc["closed_periods_wrong", "value"] == (company.close()["closed_cases"] > 0).sum()
    journals = company.sql(
        "select journal_id from gl_lines where deleted_at is null group by all having sum(amount) <> 0"
    )
    assert facts.loc["unbalanced_journals", "value"] == len(journals)
    assert facts.loc["counts_in_the_ledger", "value"] == pytest.approx(
        sum(company.close()["counts_linked"]) / sum(company.close()["counts_differing"]), abs=1e-6
    )
    assert set(facts["source"]) <= {*company.sql("select view_name as n from duckdb_views() union"
                                                 " select table_name from duckdb_tables()")["n"]}  # fmt: skip


ONE_SALE = {
    "stock_events": """
        event_id, type, sku, quantity, from_location, to_location, unit_cost, occurred_at
        R1, receipt, A, 10, , EAST, 20, 2025-01-02T09:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, sku, location, external_id, effective_date, posted_at
        J1, 1, 1000, 200, A, EAST, R1, 2025-01-02, 2025-01-02T10:00Z
        J1, 2, 1200, -200, A, EAST, R1, 2025-01-02, 2025-01-02T10:00Z
        """,
}


def test_without_errors_sales_closes_or_counts_there_are_reasons(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, ONE_SALE))
    labour = company.labour()
    assert set(labour["hours"]) == {0}
    assert set(labour["is_measured"]) == {False}
    rates = company.labour_rates().iloc[0]
    assert pd.isna(rates["avoidable_share"])
    assert "no exceptions" in rates["reason"]
    assert "no close_log" in rates["reason"]
    trend = company.labour_trend()
    assert list(trend["slope"].dropna()) == []
    assert set(trend["reason"]) <= {"fewer than four complete periods"}
    close = company.close().iloc[0]
    for name in ("days_to_close", "restated", "explained_share", "median_age_days", "detection_days", "rework_share"):
        assert pd.isna(close[name]), name
    for word in ("not closed", "no difference", "no open exception", "no count differs", "no trial balance"):
        assert word in close["reason"]
    growth = company.growth()
    assert set(growth.loc[growth["ratio"].isna(), "driver"]) == {"kits_sold", "transfer_lanes", "revenue"}
    ranges = company.range_width().iloc[0]
    assert (ranges["width"], ranges["reason"]) == (0, "no sales")
    assert company.exceptions().empty
    facts = company.integrity().set_index("fact")
    assert pd.isna(facts.loc["explained_share", "value"])
    assert facts.loc["explained_share", "reason"] == "no difference"
    assert facts.loc["unbalanced_trial_balances", "reason"] == "no trial balance"
    assert pd.isna(facts.loc["unbalanced_trial_balances", "holds"])


def test_a_company_without_anything_has_no_rows(tmp_path: Path) -> None:
    tables = {
        "gl_lines": "journal_id, line_no, account, amount, effective_date",
        "stock_events": "event_id,type,sku,quantity,occurred_at",
    }
    company = companies.reconcile(companies.write(tmp_path, tables))
    for name in (
        "labour",
        "labour_rates",
        "labour_trend",
        "growth",
        "growth_trend",
        "range_width",
        "close",
        "exceptions",
    ):
        assert company.table(name).empty, name
    assert company.integrity().set_index("fact").loc["unbalanced_journals", "reason"] == "no journals"


def test_one_missing_bill_is_one_piece_of_work_and_minutes_are_configuration(tmp_path: Path) -> None:
    sales = "".join(f"\n        S{n}, shipment, A, 1, EAST, , , O{n}, 1, 2025-01-{10 + n}T09:00Z" for n in range(1, 4))
    tables = {
        "stock_events": f"""
        event_id, type, sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1, receipt, A, 10, , EAST, 20, , , 2025-01-02T09:00Z{sales}
        """,
        "costs": """
        cost_id, type, event_id, amount, effective_at
        F1, landed_cost, R1, 50, 2025-01-05T09:00Z
        """,
        "order_lines": "order_id, line_no, channel, sku, quantity, unit_price, ordered_at\n"
        + "\n".join(f"O{n}, 1, web, A, 1, 50, 2025-01-09T09:00Z" for n in range(1, 4)),
        "gl_lines": "journal_id, line_no, account, amount, sku, quantity, location, channel, external_id,"
        " effective_date\n"
        "J1, 1, 1000, 200, A, 10, EAST, , R1, 2025-01-02\nJ1, 2, 1200, -200, A, , EAST, , R1, 2025-01-02\n"
        + "\n".join(
            f"S{n}, 1, 1100, 50, A, , , web, S{n}, 2025-01-{10 + n}\n"
            f"S{n}, 2, 4000, -50, A, , , web, S{n}, 2025-01-{10 + n}\n"
            f"S{n}, 3, 5000, 20, A, 1, EAST, web, S{n}, 2025-01-{10 + n}\n"
            f"S{n}, 4, 1000, -20, A, -1, EAST, , S{n}, 2025-01-{10 + n}"
            for n in range(1, 4)
        ),
        "close_log": """
        period, activity, role, hours
        2025-01, tie out, clerk, 1.5
        2025-01, tie out, controller,
        """,
    }
    config = companies.write(tmp_path, tables)
    config.write_text(config.read_text() + "\n[labour]\nhourly_rate = 30\nminutes_recompute = 100\n")
    company = companies.reconcile(config)
    assert set(company.exceptions()["cause"]) == {"landed_cost_omitted"}
    assert len(company.exceptions()) == 4
    labour = company.labour().set_index("activity")
    row = labour.loc["recompute"]
    assert row[["exceptions", "cases", "hours", "cost"]].tolist() == [1, 4, Decimal("1.6667"), Decimal("50.00")]
    noted = labour.loc["tie out"]
    assert (noted["hours"], noted["cost"], noted["is_measured"]) == (Decimal("1.5"), 45, True)
    assert noted["reason"] == "1 of 2 rows give no hours"


def test_once_booked_a_difference_is_detected_and_no_more_work(tmp_path: Path) -> None:
    before = companies.reconcile(entries.written(tmp_path / "before", entries.TABLES))
    assert set(before.exceptions()["owner_system"].dropna()) <= {"shop", "wms"}
    after = companies.reconcile(entries.written(tmp_path / "after", entries.with_entries(before)))
    assert after.exceptions().empty
    close = after.close().set_index("period")
    # January's are booked on the first of February, three weeks later; February's on its own day.
    assert close[["detected", "detection_days"]].values.tolist() == [[2, 22], [1, 0]]
    assert close["cases"].tolist() == [2, 1]
    assert set(before.labour_rates()["manual_entries"]) == set(after.labour_rates()["manual_entries"]) == {0}
    facts = after.integrity().set_index("fact")
    assert facts.loc["pending_corrections", ["value", "holds"]].tolist() == [0, True]


def test_what_is_booked_after_the_close_is_counted_and_restates(tmp_path: Path) -> None:
    late = entries.TABLES["gl_lines"].replace("S1, 2025-01-10, 2025-01-10T12", "S1, 2025-01-10, 2025-02-06T12")
    company = companies.reconcile(entries.written(tmp_path, {**entries.TABLES, "gl_lines": late}))
    month = company.close().iloc[0]
    assert month[["days_to_close", "late_entries", "closed_cases"]].tolist() == [5, 1, 2]
    assert month["first_reported_gross_profit"] == 0
    assert month[["recorded_gross_profit", "corrected_gross_profit", "restated"]].tolist() == [50, 30, 30]
    assert company.integrity().set_index("fact").loc["closed_periods_changed", ["value", "n"]].tolist() == [1, 1]
    manual = {**entries.TABLES, "gl_lines": entries.TABLES["gl_lines"] + entries.TRUE_UP}
    company = companies.reconcile(entries.written(tmp_path / "manual", manual))
    assert company.labour_rates()["manual_entries"].tolist() == [0, 1]
    assert company.close()["unmatched_lines"].tolist() == [0, 2]
    width = company.range_width().iloc[1]
    assert (width["width"], width["gross_profit_max"] - width["gross_profit_min"]) == (60, 60)


def test_figures_are_those_of_the_margin_and_the_stock(planted: Planted) -> None:
    company = planted.company
    figures = company.figures().groupby(["period", "book", "figure"])["amount"].sum()
    books = company.margin().melt(["period", "book"], var_name="figure", value_name="amount")
    books = books[books["book"].isin(["recorded", "corrected"]) & (books["figure"] != "gross_margin")]
    stock = company.inventory()[["period", "book", "amount"]].assign(figure="inventory")
    stock = stock[stock["book"] != "expected"]
    wanted = pd.concat([books, stock]).groupby(["period", "book", "figure"])["amount"].sum()
    wanted = wanted[wanted != 0]
    assert wanted.to_dict() == figures.to_dict()
    recorded = company.figures()
    assert set(recorded.loc[recorded["book"] == "recorded", "component"]) == {"recorded"}
