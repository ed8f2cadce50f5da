"""Phantom margin, measure by measure, against the planted truth by another way, and at the edges."""

from __future__ import annotations

import itertools
import math
import random
import statistics
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import companies
import tieout
from measures.conftest import NO_ERRORS, Planted
from reconciliation import test_entries as booked
from reporting import played
from tieout.store import sql_text

GROSS_PROFIT = ("revenue", "shipping_income", "discounts", "returns", "cogs")
STOCK_LOSSES = ("shrinkage", "write_off", "purchase_price_variance", "inventory_revaluation", "recoveries")
# Measure: the sign that turns a planted correction (Dr +) into recorded − corrected, and the roles that it sums.
MEASURES: dict[str, tuple[int, tuple[str, ...]]] = {
    "revenue": (1, ("revenue",)),
    "shipping_income": (1, ("shipping_income",)),
    "discounts": (-1, ("discounts",)),
    "returns": (-1, ("returns",)),
    "cogs": (-1, ("cogs",)),
    "gross_profit": (1, GROSS_PROFIT),
    "stock_losses": (-1, STOCK_LOSSES),
    "profit_after_stock_losses": (1, GROSS_PROFIT + STOCK_LOSSES),
    "fees": (-1, ("fees",)),
    "marketing": (-1, ("marketing",)),
    "contribution": (1, (*GROSS_PROFIT, "fees", "write_off", "marketing")),
    "inventory": (-1, ("inventory", "in_transit")),
}
PROFIT = (*GROSS_PROFIT, *STOCK_LOSSES, "fees", "freight", "exchange_difference", "labour_absorbed", "marketing",
          "other_income")  # fmt: skip
CENT = Decimal("0.01")


def errors(planted: Planted) -> pd.DataFrame:
    return planted.truth[~planted.truth["cause"].isin(NO_ERRORS)]


def sums(lines: pd.DataFrame, *by: str) -> dict[Any, Decimal]:
    """Amounts by key, exact."""
    found: dict[Any, Decimal] = defaultdict(Decimal)
    for *key, amount in lines[[*by, "amount"]].itertuples(index=False):
        found[tuple(key) if len(key) > 1 else key[0]] += amount
    return found


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")


def distorted(planted: Planted, measure: str) -> dict[tuple[str, str], dict[str, Decimal]]:
    """By period and cause: net, overstated and understated, from the planted lines, each event and place by itself."""
    sign, roles = MEASURES[measure]
    place = ("sku", "location") if measure == "inventory" else ("channel",)
    lines = errors(planted)
    lines = lines[lines["role"].isin(roles)]
    found: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(("over", "under"), Decimal(0)))
    for (period, cause, *_), amount in sums(lines, "period", "cause", "event_id", *place).items():
        found[period, cause]["over" if sign * amount > 0 else "under"] += abs(amount)
    return found


@pytest.mark.parametrize("measure", MEASURES)
def test_distortion_is_that_of_the_planted_truth(planted: Planted, measure: str) -> None:
    table = planted.company.distortion()
    table = table[(table["measure"] == measure) & table["in_corrected"]]
    wanted = distorted(planted, measure)
    assert {(row["period"], row["cause"]) for row in rows(table)} == set(wanted)
    for row in rows(table):
        over, under = wanted[row["period"], row["cause"]].values()
        assert (row["overstated"], row["understated"]) == (over, under)
        assert (row["net"], row["gross"]) == (over - under, over + under)
        assert row["gross_min"] <= row["gross"] <= row["gross_max"]


def test_distortion_adds_up_to_the_difference_of_the_books(planted: Planted) -> None:
    company = planted.company
    table = company.distortion()
    margin = {(row["period"], row["book"]): row for row in rows(company.margin())}
    for measure, in_corrected in itertools.product(
        ("revenue", "shipping_income", "discounts", "returns", "cogs", "gross_profit", "stock_losses",
         "profit_after_stock_losses"), (True, False),
    ):  # fmt: skip
        books = ("recorded", "corrected") if in_corrected else ("corrected", "expected")
        lines = table[(table["measure"] == measure) & (table["in_corrected"] == in_corrected)]
        for period in company.periods()["period"]:
            net = sum(lines.loc[lines["period"] == period, "net"], Decimal(0))
            assert net == margin[period, books[0]][measure] - margin[period, books[1]][measure]
    stock: dict[Any, Decimal] = defaultdict(Decimal)
    for row in rows(company.inventory()):
        stock[row["period"], row["book"]] += row["amount"]
    lines = table[(table["measure"] == "inventory") & table["in_corrected"]]
    so_far = Decimal(0)
    for period in company.periods()["period"]:
        so_far += sum(lines.loc[lines["period"] == period, "net"], Decimal(0))
        assert so_far == stock[period, "recorded"] - stock[period, "corrected"]


def test_origins_add_up_to_the_bridge(planted: Planted) -> None:
    bridge = {(row["period"], row["cause"], row["in_corrected"]): row for row in rows(planted.company.margin_bridge())}
    profit: dict[Any, Decimal] = defaultdict(Decimal)
    points: dict[Any, float] = defaultdict(float)
    for row in rows(planted.company.margin_origins()):
        key = row["period"], row["cause"], row["in_corrected"]
        profit[key] += row["gross_profit"]
        points[key] += row["margin_points"]
    assert {key for key, row in bridge.items() if row["gross_profit"]} <= set(profit)
    for key, row in bridge.items():
        assert profit[key] == row["gross_profit"]
        assert points[key] == pytest.approx(row["margin_points"], abs=1e-12)


def test_a_missed_freight_bill_is_one_origin_of_many_sales(tmp_path: Path) -> None:
    """50 of freight on ten units never reached the ledger; six of them are sold, in three sales."""
    tables = {
        "costs": """
            cost_id, type,        event_id, amount, basis, effective_at
            F,       landed_cost, R,        50,     value, 2025-01-02T09:00Z""",
        "stock_events": """
            event_id, type,     sku, quantity, from_location, to_location, unit_cost, order_id, occurred_at
            R,        receipt,  A,   10,       ,              EAST,        20,        ,         2025-01-01T09:00Z
            S1,       shipment, A,   1,        EAST,          ,            ,          O1,       2025-01-11T09:00Z
            S2,       shipment, A,   2,        EAST,          ,            ,          O2,       2025-01-12T09:00Z
            S3,       shipment, A,   3,        EAST,          ,            ,          O3,       2025-01-13T09:00Z""",
        "gl_lines": "journal_id, line_no, account, amount, sku, quantity, location, external_id, effective_date\n"
        "JR, 1, 1000, 200, A, 10, EAST, R, 2025-01-01\nJR, 2, 1200, -200, A, , EAST, R, 2025-01-01\n"
        + "\n".join(
            f"J{sale}, {line}, {account}, {sign * 20 * sale}, A, {sign * sale}, EAST, S{sale}, 2025-01-1{sale}"
            for sale in (1, 2, 3)
            for line, account, sign in ((3, 5000, 1), (4, 1000, -1))
        ),
    }
    (row,) = rows(companies.reconcile(companies.write(tmp_path, tables)).margin_origins())
    assert (row["cause"], row["origin_event_id"], row["origin_type"]) == ("landed_cost_omitted", "F", "landed_cost")
    assert (row["events"], row["gross_profit"], row["margin_points"]) == (3, Decimal(-30), None)


def test_causes_beyond_materiality_and_the_rest_are_all_corrections(planted: Planted) -> None:
    company = planted.company
    corrections = company.corrections().fillna({"account": ""})
    gross: dict[Any, Decimal] = defaultdict(Decimal)
    for period, role, account, cause, amount in corrections[
        ["period", "role", "account", "cause", "amount"]
    ].itertuples(index=False):
        gross[period, role, account, cause] += abs(amount)
    profits = {row["period"]: row["gross_profit"] for row in rows(company.margin()) if row["book"] == "corrected"}
    limits = {period: max(Decimal(1000), abs(profit) * Decimal("0.005")) for period, profit in profits.items()}
    table = company.material_causes().fillna({"account": ""})
    shown = {
        (row["period"], row["role"], row["account"], row["cause"]): row["gross"]
        for row in rows(table)
        if row["cause"] != "other"
    }
    assert shown == {key: amount for key, amount in gross.items() if amount > limits[key[0]]}
    assert sums(table, "period", "role", "account") == sums(corrections, "period", "role", "account")
    assert table["gross"].sum() == sum(gross.values())


def test_the_trial_balance_balances_beside_its_misstatement(planted: Planted) -> None:
    company = planted.company
    table = company.misstatement()
    booked, planned = sums(planted.recorded, "period", "role"), sums(errors(planted), "period", "role")
    closing: dict[str, Decimal] = defaultdict(Decimal)
    correction: dict[str, Decimal] = defaultdict(Decimal)
    for period in company.periods()["period"]:
        here = table[table["period"] == period]
        for kind in ("opening", "movement", "closing", "corrections", "corrected", "misstatement"):
            assert here[kind].sum() == 0, (period, kind)
        for role in {role for _, role in (*booked, *planned)}:
            lines = here[here["role"] == role]
            assert sum(lines["opening"], Decimal(0)) == closing[role]
            closing[role] += booked[period, role]
            correction[role] += planned[period, role]
            assert sum(lines["closing"], Decimal(0)) == closing[role]
            assert sum(lines["misstatement"], Decimal(0)) == -correction[role]
            assert sum(lines["corrected"], Decimal(0)) == closing[role] + correction[role]
    assert (table["misstatement"] != 0).any()


def timings(planted: Planted) -> dict[tuple[str, str], str]:
    """What becomes of each cause and event, from the planted lines alone."""
    found = {}
    for key, lines in planted.truth.groupby(["cause", "event_id"]):
        left = {role: amount for role, amount in sums(lines, "role").items() if amount}
        if left:
            parked = {"inventory", "in_transit", "grni", "landed_cost_clearing"} & set(left)
            found[key] = "parked" if parked else "permanent"
        else:
            found[key] = "reversing" if any(sums(lines, "role", "period").values()) else "dimensional"
    return found


def test_timing_shares_are_those_of_the_planted_truth(planted: Planted) -> None:
    kinds = timings(planted)
    lines = errors(planted)
    lines = lines[lines["role"].isin(PROFIT)]
    lines = lines.assign(timing=[kinds[key] for key in zip(lines["cause"], lines["event_id"], strict=True)])
    net, gross = sums(lines, "period", "timing"), sums(lines.assign(amount=lines["amount"].abs()), "period", "timing")
    table = rows(planted.company.timing_shares())
    for row in table:
        if row["period"] is not None:
            assert (row["net"], row["gross"]) == (
                net[row["period"], row["timing"]],
                gross[row["period"], row["timing"]],
            )
            assert row["timing"] != "dimensional" or row["net"] == 0
    totals = {row["timing"]: row for row in table if row["period"] is None}
    assert totals["reversing"]["net"] == 0
    assert sum(row["gross"] for row in totals.values()) == sum(gross.values())
    assert sum(row["gross_share"] for row in totals.values()) == pytest.approx(1)
    assert totals["parked"]["gross_share"] == pytest.approx(float(totals["parked"]["gross"] / sum(gross.values())))


def test_variance_splits_into_trade_and_error(planted: Planted) -> None:
    company = planted.company
    complete = list(company.periods().query("is_complete")["period"])
    books = {}
    for book in ("recorded", "corrected"):
        by_role = sums(planted.book(book), "period", "role")
        profit = [-sum((by_role[period, role] for role in GROSS_PROFIT), Decimal(0)) for period in complete]
        books[book] = {
            "gross_profit": [float(value) for value in profit],
            "gross_margin": [
                float(value / -by_role[period, "revenue"]) for value, period in zip(profit, complete, strict=True)
            ],
        }
    table = {row["figure"]: row for row in rows(company.variance_split())}
    assert set(table) == {"gross_margin", "gross_profit", "units_sold"}
    for figure, row in table.items():
        assert row["n"] == len(complete) == 3
        assert row["recorded_variance"] == pytest.approx(
            row["true_variance"] + row["error_variance"] + 2 * row["covariance"], rel=1e-9
        )
        if figure != "units_sold":
            recorded, corrected = books["recorded"][figure], books["corrected"][figure]
            error = [was - now for was, now in zip(recorded, corrected, strict=True)]
            for name, values in (("recorded", recorded), ("true", corrected), ("error", error)):
                assert row[f"{name}_variance"] == pytest.approx(statistics.variance(values), rel=1e-9)
            assert row["covariance"] == pytest.approx(statistics.covariance(corrected, error), rel=1e-9)


def test_variance_does_not_depend_on_the_order_of_rows() -> None:
    months = [f"2025-{month:02}" for month in range(1, 13)]
    margins = [
        f"('{month}', '{book}', {math.sin(place)}, {1e6 * math.cos(place):.2f})"
        for place, (month, book) in enumerate(itertools.product(months, ("recorded", "corrected")))
    ]
    found = set()
    for seed in range(3):
        shuffled = random.Random(seed)
        with duckdb.connect() as connection:
            connection.execute(
                f"""
                create table periods as
                select period, true as is_complete from unnest({shuffled.sample(months, 12)}) as months (period);
                create table margin as
                from (values {", ".join(shuffled.sample(margins, 24))}) as m (period, book, gross_margin, gross_profit);
                create table book_totals as
                select period, book, 'cogs' as role, gross_profit::decimal(18, 4) as quantity from margin
                """
            )
            found.add(str(connection.execute(sql_text("measures/margin/variance_split")).fetchall()))
    assert len(found) == 1


def sold(planted: Planted) -> dict[Any, dict[str, Decimal]]:
    """Profit, net revenue, revenue and fees of both books by period, scope and what it is of; kits by their name."""
    kits = dict(
        planted.company.sql(
            """
            select event_id, sku from (
                select event_id, sku from stock_events union all select refund_id, sku from refunds
                union all select fee_id, sku from fees
            ) join items using (sku) where kit_type = 'virtual'
            """
        ).itertuples(index=False)
    )
    fields = ["period", "event_id", "role", "sku", "channel", "amount"]
    figures: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for book in ("recorded", "corrected"):
        for period, event, role, sku, channel, amount in planted.book(book)[fields].itertuples(index=False):
            item = kits.get(event, sku)
            sums_of = [name for name, roles in SUMS.items() if role in roles]
            for key in (("company",), ("channel", channel), ("sku", item), ("sku and channel", item, channel)):
                for name in sums_of:
                    figures[(period, *key)][f"{name} {book}"] -= amount
    return figures


SUMS = {"profit": GROSS_PROFIT, "net": GROSS_PROFIT[:-1], "revenue": ("revenue",), "fees": ("fees",)}


def ratio(part: Decimal, whole: Decimal) -> Any:
    return pytest.approx(float(part / whole)) if whole > 0 else None


def test_decisions_are_exposed_as_the_planted_truth_says(planted: Planted) -> None:
    moved = planted.company.sql(
        """
        select strftime(timezone(settings.timezone, occurred_at), '%Y-%m') as period, sku,
            case when type = 'shipment' then quantity else -quantity end as amount
        from stock_events, settings, as_of
        where type in ('shipment', 'customer_return') and voided_at is null and occurred_at <= moment
        """
    )
    units, figures = sums(moved, "period", "sku"), sold(planted)
    table = rows(planted.company.decision_exposure())
    for row in table:
        key: tuple[Any, ...] = (row["period"], row["scope"])
        key += tuple(row[name] or "" for name in ("sku", "channel") if name in row["scope"])
        figure = figures[key]
        for book in ("recorded", "corrected"):
            profit, net = figure[f"profit {book}"], figure[f"net {book}"]
            assert (row[f"gross_profit_{book}"], row[f"net_revenue_{book}"]) == (profit, net), key
            assert row[f"fees_{book}"] == -figure[f"fees {book}"]
            assert row[f"break_even_advertising_{book}"] == ratio(profit + figure[f"fees {book}"], net)
            assert row[f"discount_headroom_{book}"] == ratio(profit, figure[f"revenue {book}"])
        flips = (figure["profit recorded"] > 0) != (figure["profit corrected"] > 0)
        assert row["sign_flips"] == flips
        assert row["misjudged_profit"] == figure["profit recorded"] - figure["profit corrected"]
        assert row["decided_on_wrong_ground"] == (max(figure["net recorded"], Decimal(0)) if flips else 0)
        assert row["scope"] != "sku" or row["units"] == units[row["period"], row["sku"] or ""]
        each = (figure["profit corrected"] / row["units"]).quantize(CENT, ROUND_HALF_UP) if row["units"] > 0 else None
        assert row["profit_per_unit_corrected"] == each
    assert {row["scope"] for row in table} == {"company", "channel", "sku", "sku and channel"}


def test_a_ratio_that_is_not_there_has_a_reason(planted: Planted) -> None:
    table = planted.company.decision_exposure()
    values = table.drop(columns=["sku", "channel", "reason"])
    assert (values.isna().any(axis=1) == table["reason"].notna()).all()
    assert table["reason"].notna().any()


def test_errors_stand_from_the_event_to_the_correction(planted: Planted) -> None:
    company = planted.company
    happened = dict(
        company.sql(
            "select event_id, local from (select event_id, timezone(timezone, occurred_at)::date as local "
            "from stock_events, settings)"
        ).itertuples(index=False)
    )
    today = pd.Timestamp(company.as_of).tz_convert(str(company.sql("from settings")["timezone"].iat[0])).date()
    table = {row["cause"]: row for row in rows(company.correction_delay())}
    lines = errors(planted)
    for cause, events in lines[lines["cause"] == "missing_cogs"].groupby("cause"):
        days = [(today - happened[event]).days for event in events["event_id"].unique()]
        assert table[cause]["events"] == table[cause]["still_open"] == len(days)
        assert table[cause]["median_days"] == table[cause]["median_days_open"] == statistics.median(days)
        assert table[cause]["median_days_settled"] is None
        assert table[cause]["reason"] == "nothing is settled yet"
    lag = table["cogs_lag"]
    assert lag["still_open"] == 0
    assert 0 < lag["median_days_settled"] < 31
    assert lag["reason"] == "nothing is open"


def test_the_headline_is_the_corrected_margin_within_its_range(planted: Planted) -> None:
    margin = {row["period"]: row for row in rows(planted.company.margin()) if row["book"] == "corrected"}
    for row in rows(planted.company.headline()):
        assert row["gross_margin"] == margin[row["period"]]["gross_margin"]
        assert row["gross_margin_min"] <= row["gross_margin"] <= row["gross_margin_max"]
        assert row["gross_profit_min"] <= row["gross_profit"] <= row["gross_profit_max"]
        width = row["gross_margin_max"] - row["gross_margin_min"]
        assert row["decimals"] == (1 if width <= 0.001 else 0 if width <= 0.01 else None)
        assert not row["is_withheld"]
        assert row["known_cost_share"] > 0.98


# Eight months; from May on each month's second sale lacks its cost.
MONTHS = range(1, 9)
FIELDS = ("journal_id", "line_no", "account", "amount", "sku", "quantity", "location", "channel", "external_id",
          "effective_date", "posted_at")  # fmt: skip


def months(*, costs: str = "20", short: bool = False) -> dict[str, str]:
    events = ["event_id, type, sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at",
              f"R, receipt, A, {5 if short else 100}, , EAST, {costs}, , , 2025-01-01T09:00Z"]  # fmt: skip
    orders = ["order_id, line_no, channel, sku, quantity, unit_price, ordered_at"]
    lines = [
             ", ".join(FIELDS),
             "JR, 1, 1000, 2000, A, 100, EAST, , R, 2025-01-01, 2025-01-01T12:00Z",
             "JR, 2, 1200, -2000, A, , EAST, , R, 2025-01-01, 2025-01-01T12:00Z"]  # fmt: skip
    for month, sale in itertools.product(MONTHS, (1, 2)):
        name, day = f"S{month}{sale}", f"2025-{month:02}-1{sale}"
        events.append(f"{name}, shipment, A, {sale}, EAST, , , O{name}, 1, {day}T09:00Z")
        orders.append(f"O{name}, 1, web, A, {sale}, 50, {day}T08:00Z")
        posted = f"{name}, {day}, {day}T12:00Z"
        lines.append(f"J{name}, 1, 1100, {50 * sale}, A, , , web, {posted}")
        lines.append(f"J{name}, 2, 4000, {-50 * sale}, A, , , web, {posted}")
        if not (sale == 2 and month >= 5):
            lines.append(f"J{name}, 3, 5000, {20 * sale}, A, {sale}, EAST, web, {posted}")
            lines.append(f"J{name}, 4, 1000, {-20 * sale}, A, {-sale}, EAST, , {posted}")
    return {"stock_events": "\n".join(events), "order_lines": "\n".join(orders), "gl_lines": "\n".join(lines)}


@pytest.fixture(scope="module")
def shifting(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return companies.reconcile(companies.write(tmp_path_factory.mktemp("shifting"), months()), as_of="2025-08-31")


def test_a_shift_is_found_where_it_happened(shifting: tieout.Company) -> None:
    (row,) = rows(shifting.change_points())
    assert row == {
        "cause": "missing_cogs", "change_period": "2025-05", "mean_before": Decimal(0), "mean_after": Decimal(40),
        "n": 8, "share_explained": 1.0, "trend": slope([0, 0, 0, 0, 40, 40, 40, 40]), "reason": None,
    }  # fmt: skip


def slope(values: list[int]) -> Decimal:
    slopes = sorted(
        Fraction(values[later] - values[earlier], later - earlier)
        for earlier, later in itertools.combinations(range(len(values)), 2)
    )
    middle = (slopes[(len(slopes) - 1) // 2] + slopes[len(slopes) // 2]) / 2
    return (Decimal(middle.numerator) / Decimal(middle.denominator)).quantize(CENT, ROUND_HALF_UP)


def test_the_split_is_the_one_of_least_squares(shifting: tieout.Company) -> None:
    """Against every split of a series in which no shift is clean, with exact fractions."""
    series = [3, 1, 4, 1, 5, 9, 2, 6]
    sql = Path(tieout.__file__).parent / "measures" / "margin" / "change_points.sql"
    connection = shifting._reader.connection.cursor()
    connection.execute(
        """
        create or replace temp table distortion as
        select 'gross_profit' as measure, 'c' as cause, true as in_corrected, period,
            ($1::integer[])[number]::decimal(18, 2) as net
        from periods
        """,
        [series],
    )
    found = connection.execute(sql.read_text("utf-8")).fetchall()
    total = squares(series)
    splits = {place: squares(series[:place]) + squares(series[place:]) for place in range(2, len(series) - 1)}
    best = min(splits, key=lambda place: (splits[place], place))
    before, after = series[:best], series[best:]
    assert [row[:5] for row in found] == [("c", f"2025-{best + 1:02}", mean(before), mean(after), 8)]
    assert found[0][5] == pytest.approx(float(1 - splits[best] / total))
    assert found[0][6] == slope(series)


def squares(values: list[int]) -> Fraction:
    middle = Fraction(sum(values), len(values))
    return sum(((value - middle) ** 2 for value in values), Fraction(0))


def mean(values: list[int]) -> Decimal:
    return (Decimal(sum(values)) / len(values)).quantize(CENT, ROUND_HALF_UP)


def test_too_few_periods_have_no_shift(planted: Planted) -> None:
    table = planted.company.change_points()
    assert set(table["reason"]) == {"fewer than six complete periods: 3"}
    assert table[["change_period", "mean_before", "share_explained", "trend"]].isna().all(axis=None)


def test_costs_that_nobody_knows_withhold_the_headline(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, months(costs="")))
    row = rows(company.headline())[0]
    assert row["is_withheld"]
    assert row["known_cost_units"] == 0
    assert row["reason"] == "only 0.0% of the cost of sales comes from layers of known cost (98.0% are needed)"
    assert row["gross_margin_min"] == 0  # sold at no profit
    assert row["gross_margin_max"] == 1  # free


@pytest.mark.parametrize("method", ["fifo", "average"])
def test_a_part_of_unknown_cost_is_counted_by_value_and_units(tmp_path: Path, method: str) -> None:
    tables = months()
    tables["stock_events"] += "\nF, count, A, 25, , EAST, , , , 2025-01-02T09:00Z"
    company = companies.reconcile(companies.write(tmp_path, tables, policy={"cost_method": method}))
    first, last = (rows(company.headline())[place] for place in (0, -1))
    known = {"fifo": 1.0, "average": 0.8}[
        method
    ]  # the receipt's 100 units leave first; in a pool 25 of 125 are unknown
    assert first["known_cost_share"] == last["known_cost_share"] == pytest.approx(known)
    assert first["is_withheld"] == (known < 0.98)


def test_stock_below_zero_withholds_the_headline(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, months(short=True)))
    table = {row["period"]: row for row in rows(company.headline())}
    assert not table["2025-01"]["is_withheld"]
    assert table["2025-08"]["is_withheld"]
    assert table["2025-08"]["negative_stock_share"] == 1
    assert "100.0% of the stock stands below zero (1.0% are allowed)" in table["2025-08"]["reason"]
    assert table["2025-08"]["known_cost_units"] == 0


def test_what_is_open_widens_the_range(tmp_path: Path) -> None:
    """An entry without a name, like a sale of its month: a copy or an orphan, nobody can tell."""
    tables = months()
    for line, account, amount in ((1, 1100, 100), (2, 4000, -100)):
        tables["gl_lines"] += f"\nX, {line}, {account}, {amount}, A, , , web, , 2025-03-20, 2025-03-20T12:00Z"
    company = companies.reconcile(companies.write(tmp_path, tables))
    row = {row["period"]: row for row in rows(company.headline())}["2025-03"]
    assert (row["gross_profit_min"], row["gross_profit"], row["gross_profit_max"]) == (90, 190, 190)
    assert (row["gross_margin_min"], row["gross_margin"]) == (90 / 150, 190 / 250)
    assert row["decimals"] is None
    table = company.distortion("2025-03", "2025-03")
    profit = {row["cause"]: row for row in rows(table[table["measure"] == "gross_profit"])}
    for cause in ("duplicate_posting", "orphan_connector_entry"):
        assert (profit[cause]["net"], profit[cause]["net_min"], profit[cause]["net_max"]) == (0, 0, 100)
    assert (profit["ambiguous"]["net"], profit["ambiguous"]["in_corrected"]) == (100, False)


def test_booked_entries_are_in_both_books(tmp_path: Path) -> None:
    """Once the proposed entries are in the ledger, every period is as expected, and the errors count as settled."""
    before = companies.reconcile(booked.written(tmp_path / "before", booked.TABLES))
    after = companies.reconcile(booked.written(tmp_path / "after", booked.with_entries(before)))
    margin = {(row["period"], row["book"]): row["cogs"] for row in rows(after.margin())}
    assert margin["2025-02", "recorded"] == 60
    for period, cogs in (("2025-01", 20), ("2025-02", 40)):
        assert margin[period, "corrected"] == margin[period, "expected"] == cogs
    delay = {row["cause"]: row for row in rows(after.correction_delay())}
    assert delay["missing_cogs"]["settled"] == delay["missing_cogs"]["events"] == 2
    assert delay["missing_cogs"]["median_days_settled"] == statistics.median([31 - 10 + 28, 28 - 10])


MEASURE_NAMES = (
    "distortion", "margin_origins", "change_points", "decision_exposure", "correction_delay", "misstatement",
    "timing_shares", "variance_split", "headline", "material_causes",
)  # fmt: skip
ITEMS = {"items": "sku, name\nA, Mug"}
STOCK = {
    "stock_events": """
    event_id, type,    sku, quantity, to_location, unit_cost, occurred_at
    R,        receipt, A,   10,       EAST,        20,        2025-01-01T09:00Z"""
}


@pytest.mark.parametrize("tables", [ITEMS, ITEMS | STOCK], ids=["nothing", "no sales"])
def test_where_there_is_nothing_there_is_a_reason(tmp_path: Path, tables: dict[str, str]) -> None:
    company = companies.reconcile(companies.write(tmp_path, tables))
    for name in MEASURE_NAMES:
        company.table(name)
    for row in rows(company.headline()):
        assert (row["gross_margin"], row["decimals"], row["reason"]) == (None, None, "no sales")
        assert not row["is_withheld"]
    for row in rows(company.variance_split()):
        assert row["recorded_variance"] is None
        assert row["reason"].startswith("fewer than three")
    for row in rows(company.timing_shares()):
        assert (row["gross_share"], row["reason"]) == (None, "nothing distorts profit")


def test_the_notebook_says_what_the_measures_say(planted: Planted) -> None:
    page = played.page(planted.company, "2025-03", "margins")  # type: ignore[arg-type]
    text = page.replace("\N{WORD JOINER}", "")
    table = planted.company.misstatement("2025-03", "2025-03")
    size = sum((value for value in table["misstatement"] if value > 0), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP)
    assert f", and yet it is wrong by ${size:,}" in text
    assert "No shift can be told: fewer than six complete periods: 3." in text
    assert page.count("<figure") == 12
