"""Accuracy and stability in SQL, against a hand-made example, against numpy and against utilsforecast."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import duckdb
import numpy as np
import pandas as pd
import pytest
from utilsforecast import losses
from utilsforecast.evaluation import evaluate

from tieout.store import create_table, create_view

HORIZON, ORIGINS, FIRST = 4, 8, 9  # weeks ahead, origins, the first of them
CLASSES = {"smooth": [0, 2, 4], "lumpy": [1, 3, 5], "A": [0, 1, 2], "B": [3, 4]}  # the last item has no usage
MEANS = {
    "mase": "actual mase", "rmsse": "actual rmsse",
    "smapc": "previous smape", "masc": "previous mase", "rmssc": "previous rmsse",
    "smapc_initial": "initial smape", "masc_initial": "initial mase", "rmssc_initial": "initial rmsse",
    "smapc_horizontal": "horizontal smape", "masc_horizontal": "horizontal mase",
    "rmssc_horizontal": "horizontal rmsse",
    "smapc_dropped": "previous dropped", "smapc_initial_dropped": "initial dropped",
    "smapc_horizontal_dropped": "horizontal dropped",
}  # fmt: skip
Drawn = tuple[np.ndarray, np.ndarray, duckdb.DuckDBPyConnection]


def measure(actuals: pd.DataFrame, forecasts: pd.DataFrame, items: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """The measures made from: actuals (sku, week, units), forecasts (as the table, units) and items (sku, class)."""
    connection = duckdb.connect()
    for name, frame in {"demand_history": actuals.assign(book="corrected"), "forecasts": forecasts}.items():
        connection.register("frame", frame)
        connection.execute(f"create table {name} as select * replace (units::decimal(18, 4) as units) from frame")
    connection.register("frame", items)
    connection.execute("create table forecast_items as from frame")
    for view in ("forecast_scales", "forecast_pairs", "forecast_comparisons"):
        create_view(connection, f"forecasting/{view}")
    for table in ("forecast_measures", "forecast_stability", "forecast_classes"):
        create_table(connection, f"forecasting/{table}")
    return connection


def rows(sku: str, book: str, origin: int, units: list[float]) -> list[tuple[str, str, int, int, int, float]]:
    return [(sku, book, origin, origin + step, step, value) for step, value in enumerate(units, start=1)]


COLUMNS = ["sku", "book", "origin", "week", "horizon", "units"]


def test_example_by_hand() -> None:
    """One item sold 2 4 2 5 4 2 0 a week; 4 4 2 were forecast after week 3, and 6 2 0 after week 4.

    Revisions: week 5 from 4 to 6, week 6 from 2 to 2. The weekly changes known at week 4 are 2, 2 and 3, mean 7/3, mean
    square 17/3; at week 3 they are 2 and 2, mean 2, mean square 4.
    """
    actuals = pd.DataFrame({"sku": "A", "week": range(1, 8), "units": [2, 4, 2, 5, 4, 2, 0]})
    corrected = [*rows("A", "corrected", 3, [4, 4, 2]), *rows("A", "corrected", 4, [6, 2, 0])]
    recorded = [*rows("A", "recorded", 3, [2, 4, 2]), *rows("A", "recorded", 4, [6, 2, 0])]
    forecasts = pd.DataFrame([*corrected, *recorded], columns=COLUMNS)
    connection = measure(actuals, forecasts, pd.DataFrame({"sku": ["A"], "class": ["lumpy"], "abc": ["A"]}))
    found = connection.sql("from forecast_stability where level = 'sku' and book = 'corrected'").df().iloc[0]
    expected = {
        "wape": 3 / 17,  # |4−5| + |6−4| of 5+4+2 + 4+2+0
        "bias": 1 / 17,  # −1 + 2
        "mase": (1 / 3 / 2 + 2 / 3 / (7 / 3)) / 2,
        "rmsse": ((1 / 3 / 4) ** 0.5 + (4 / 3 / (17 / 3)) ** 0.5) / 2,
        "smapc": 200 / 2 * (2 / 10 + 0 / 4),
        "masc": (2 + 0) / 2 / (7 / 3),
        "rmssc": (4 / 2 / (17 / 3)) ** 0.5,
        "wapc": 2 / ((6 + 4 + 2 + 2) / 2),
        "net_drift": 2 / 7,
        "smapc_initial": 20,  # with two origins the first forecast is the previous one
        "smapc_horizontal": ((200 / 2 * (0 + 2 / 6)) + 200 / 2 * (4 / 8 + 2 / 2)) / 2,
        "masc_horizontal": ((0 + 2) / 2 / 2 + (4 + 2) / 2 / (7 / 3)) / 2,
        "restatement_change": 0,
        "smapc_dropped": 0,
        "unscaled": 0,
        "forecast_origins": 2,
    }
    assert {name: found[name] for name in expected} == pytest.approx(expected, rel=1e-10, abs=1e-11)
    query = "select restatement_change from forecast_stability where level = 'total' and book = 'recorded'"
    [(change,)] = connection.execute(query).fetchall()
    assert change == pytest.approx(2 / (18 + 16) * 2)  # 2 and 4 were forecast for week 4


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """Demand (6 items, 20 weeks) and forecasts (item, book, origin, horizon), with their measures.

    Item 2 never sells, item 3 sells the same every week, item 4 begins in week 11, item 5 is never forecast to sell.
    """
    random = np.random.default_rng(7)
    demand = random.poisson(2.0, (6, 20)).astype(float)
    demand[2], demand[3], demand[4, :10] = 0, 5, np.nan
    forecasts = random.choice([0.0, 0.5, 1.25, 2.0, 7.75], (6, 2, ORIGINS, HORIZON))
    forecasts[5] = 0
    forecasts[4, :, :3] = np.nan
    actuals = pd.DataFrame([
        (f"item {item}", week + 1, units) for (item, week), units in np.ndenumerate(demand) if not np.isnan(units)
    ], columns=["sku", "week", "units"])  # fmt: skip
    made = pd.DataFrame([
        row
        for item in range(6) for book, name in enumerate(("recorded", "corrected")) for origin in range(ORIGINS)
        if not np.isnan(forecasts[item, book, origin, 0])
        for row in rows(f"item {item}", name, FIRST + origin, list(forecasts[item, book, origin]))
    ], columns=COLUMNS)  # fmt: skip
    items = pd.DataFrame({"sku": [f"item {item}" for item in range(6)], "class": ["smooth", "lumpy"] * 3,
                          "abc": ["A"] * 3 + ["B"] * 2 + [None]})  # fmt: skip
    return demand, forecasts, measure(actuals, made, items)


def pairs(
    demand: np.ndarray, made: np.ndarray, corrected: np.ndarray
) -> Iterator[tuple[str, int, np.ndarray, np.ndarray]]:
    """One item's forecasts beside what they are compared with, by origin (its place)."""
    begun = [origin for origin in range(ORIGINS) if not np.isnan(made[origin, 0])]
    for origin in begun:
        week = FIRST + origin  # weeks known
        yield "actual", origin, made[origin], demand[week : week + HORIZON]
        yield "horizontal", origin, made[origin, 1:], made[origin, :-1]
        yield "corrected", origin, made[origin], corrected[origin]
        if origin > begun[0]:
            yield "previous", origin, made[origin, :-1], made[origin - 1, 1:]
            first = [max(begun[0], origin + step + 1 - HORIZON) for step in range(HORIZON - 1)]
            initial = np.array([made[early, origin - early + step] for step, early in enumerate(first)])
            yield "initial", origin, made[origin, :-1], initial


def share(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else math.nan


def flip_flops(made: np.ndarray, origin: int) -> list[bool]:
    """Of each week that was forecast at this origin and at the two before it: up, then down, or the reverse."""
    found = []
    for step in range(HORIZON - 2 if origin > 1 and not np.isnan(made[origin - 2, 0]) else 0):
        first, then, now = (made[origin - back, step + back] for back in (2, 1, 0))
        changes = [(new - old) / ((new + old) / 2) if new + old else 0 for old, new in ((first, then), (then, now))]
        found.append(changes[0] * changes[1] < 0 and min(np.abs(changes)) > 0.05)
    return found


def by_numpy(demand: np.ndarray, forecasts: np.ndarray, items: Sequence[int], book: int) -> dict[str, float]:
    """The measures of some items as their authors define them, step by step."""
    terms: dict[str, list[float]] = defaultdict(list)
    sums: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(4))
    for item in items:
        for name, origin, new, other in pairs(demand[item], forecasts[item, book], forecasts[item, 1]):
            known = demand[item, : FIRST + origin]
            moves, gap, both = np.diff(known[~np.isnan(known)]), new - other, new + other
            sums[name] += abs(gap).sum(), gap.sum(), other.sum(), both.sum() / 2
            terms[f"{name} dropped"] += list(both == 0)
            terms[f"{name} unscaled"].append(not any(moves))
            if name == "previous":
                terms["flip flops"] += flip_flops(forecasts[item, book], origin)
            if any(both):
                terms[f"{name} smape"].append(200 * np.mean(abs(gap)[both > 0] / both[both > 0]))
            if any(moves):
                terms[f"{name} mase"].append(abs(gap).mean() / abs(moves).mean())
                terms[f"{name} rmsse"].append(np.sqrt((gap**2).mean() / (moves**2).mean()))
    return {
        "wape": share(sums["actual"][0], sums["actual"][2]),
        "bias": share(sums["actual"][1], sums["actual"][2]),
        "wapc": share(sums["previous"][0], sums["previous"][3]),
        "net_drift": share(sums["previous"][1], sums["previous"][3]),
        "flip_flop_rate": share(sum(terms["flip flops"]), len(terms["flip flops"])),
        "wapc_initial": share(sums["initial"][0], sums["initial"][3]),
        "restatement_change": share(sums["corrected"][0], sums["corrected"][3]),
        "items": len(items),
        "forecast_origins": len(terms["actual unscaled"]),
        "unscaled": sum(terms["actual unscaled"]),
        **{column: share(sum(terms[name]), len(terms[name])) for column, name in MEANS.items()},
    }


@pytest.mark.parametrize("book", ["recorded", "corrected"])
def test_measures_are_those_of_their_authors(drawn: Drawn, book: str) -> None:
    demand, forecasts, connection = drawn
    number = ("recorded", "corrected").index(book)
    found = connection.sql("from forecast_measures where book = $book", params={"book": book}).df()
    members = {
        "sku": lambda row: [int(row.sku[-1])],
        "class": lambda row: CLASSES[row["class"]],
        "total": lambda row: range(6),
    }
    assert len(found) == 6 + 2 + 2 + 1
    for _, row in found.iterrows():
        expected = by_numpy(demand, forecasts, members[row.level](row), number)
        assert row[list(expected)].astype(float).to_dict() == pytest.approx(expected, rel=1e-9, abs=1e-11, nan_ok=True)


def test_nothing_is_infinite_or_not_a_number(drawn: Drawn) -> None:
    *_, connection = drawn
    ratios = "columns(* exclude (level, sku, class, book))"
    assert (
        connection.sql(f"select {ratios} from forecast_measures where not isfinite(coalesce({ratios}, 0))").fetchall()
        == []
    )
    flat = connection.sql(
        "select wape, bias, mase, masc, rmssc from forecast_stability where sku in ('item 2', 'item 3')"
    )
    assert all(row[2:] == (None, None, None) for row in flat.fetchall())
    never = connection.sql("select wape, bias from forecast_stability where sku = 'item 2'").fetchall()
    assert never == [(None, None), (None, None)]
    zero = "select smapc, wapc, smapc_dropped from forecast_stability where sku = 'item 5'"
    assert connection.sql(zero).fetchall() == [(None, None, 1), (None, None, 1)]


def test_utilsforecast_agrees(drawn: Drawn) -> None:
    *_, connection = drawn
    names = {"sku": "unique_id", "origin": "cutoff", "week": "ds"}
    made = connection.sql(
        """
        select forecasts.*, actuals.units::double as y, forecasts.units::double as model
        from forecasts join demand_history as actuals using (sku, week)
        where forecasts.book = 'recorded' and sku in ('item 0', 'item 1', 'item 4')
        """
    ).df().rename(columns=names)  # fmt: skip
    known = connection.sql("select sku as unique_id, week as ds, units::double as y from demand_history").df()
    judged = []
    for cutoff, rolled in made.groupby("cutoff"):
        frame = rolled[["unique_id", "ds", "y", "model"]]
        metrics = [partial(losses.mase, seasonality=1), partial(losses.rmsse, seasonality=1)]
        judged.append(evaluate(frame, metrics, models=["model"], train_df=known[known.ds <= cutoff]))
    verdict = pd.concat(judged).groupby(["unique_id", "metric"]).model.mean().unstack()
    made = made.drop(columns="cutoff")
    verdict["wape"] = losses.nd(made, ["model"]).set_index("unique_id").model
    verdict["bias"] = losses.bias(made, ["model"]).set_index("unique_id").model / made.groupby("unique_id").y.mean()
    ours = connection.sql(
        "select sku, mase, rmsse, wape, bias from forecast_stability where book = 'recorded' and level = 'sku'"
    ).df().set_index("sku").loc[verdict.index]  # fmt: skip
    for name in ("mase", "rmsse", "wape", "bias"):
        assert ours[name].to_list() == pytest.approx(verdict[name].to_list())
