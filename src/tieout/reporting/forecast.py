"""The page on forecasts: what is forecast, how steady, close and biased that is, and which margin was foreseen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd
from great_tables import GT

from tieout.charts import forecast_stability, wording
from tieout.reporting import exhibits, tables
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs

BOOKS = {
    "as_of": "As recorded then", "recorded": "As recorded now", "corrected": "Corrected",
    "benchmark": "Naive, corrected",
}  # fmt: skip
_PLURALS = {
    "no_demand": "nobody asks for", "dead": "nobody has asked for in half a year", "new": "new",
    "short": "too young, or in demand in one week only",
    "beyond_limit": "left out by the limit of items",
}  # fmt: skip
_MEASURES = {
    "wape": "Error (WAPE)", "bias": "Bias", "mase": "MASE", "rmsse": "RMSSE", "forecast_value_added": "Value added",
    "wapc": "Change (WAPC)", "net_drift": "Net drift", "flip_flop_rate": "Flip-flops",
    "smapc": "sMAPC", "masc": "MASC", "rmssc": "RMSSC", "wapc_initial": "WAPC, initial",
    "smapc_initial": "sMAPC, initial", "masc_initial": "MASC, initial", "rmssc_initial": "RMSSC, initial",
    "smapc_horizontal": "sMAPC, horizontal", "masc_horizontal": "MASC, horizontal",
    "rmssc_horizontal": "RMSSC, horizontal", "restatement_change": "Against corrected",
}  # fmt: skip
_LEARNING = "learning_"  # before the name of a book: by one model that learns from all items
_OF_CLASS = ("wape", "bias", "wapc", "flip_flop_rate")
_COMPARED = ("wape", "bias", "mase", "rmsse", "wapc", "smapc", "masc", "rmssc", "restatement_change")
_SHARES = ("wape", "bias", "wapc", "net_drift", "flip_flop_rate", "wapc_initial", "restatement_change")


def scope_of(facts: Facts) -> dict[str, Any]:
    """The row of ``forecast_scope``."""
    (row,) = facts.rows("forecast_scope")
    return row


def is_forecast(facts: Facts) -> bool:
    """Whether there are forecasts at all."""
    return bool(scope_of(facts)["status"] == "forecast")


def section(facts: Facts, heading: str, tell: Callable[[Facts], Passage]) -> Passage:
    """What is told of forecasts under its heading; without forecasts nothing, since the head of the page says so."""
    if not is_forecast(facts):
        return Passage(paragraphs())
    told = tell(facts)
    told.heading = heading
    return told


def exhibit(facts: Facts, measures: str, *shown: alt.LayerChart | GT | Passage) -> Passage:
    """Pictures and tables of all weeks that are forecast; nothing without forecasts."""
    if not is_forecast(facts):
        return Passage(paragraphs())
    return exhibits.exhibit(facts, measures, *shown)


def scope(facts: Facts) -> Passage:
    """How many items are forecast, how much of the demand they are, and why others are not."""
    items = facts.company.table("forecast_items")
    left_out = [
        f"{wording.counted(count, 'item')} {'is' if count == 1 else 'are'} {what}"
        if status in ("new", "short", "beyond_limit")
        else f"{wording.counted(count, 'item')} {what}"
        for status, what in _PLURALS.items()
        if (count := int((items["status"] == status).sum()))
    ]
    # Of all weeks: a week of an item that came late is no larger share for it.
    values = items["weekly_value"] * items["weeks"].map(Decimal)
    whole, part = (sum(some, Decimal(0)) for some in (values, values[items["status"] == "forecast"]))
    share = f"That is {wording.percent(float(part / whole))} of demand at cost." if part else ""
    others = f"Not forecast: {'; '.join(left_out)}. forecast_items says of each what it lacks." if left_out else ""
    said = f"{scope_of(facts)['message']} {share}" if is_forecast(facts) else ""  # the head of the page has said it
    return Passage(paragraphs(said.strip(), others))


def classes(facts: Facts) -> GT | Passage:
    """The items forecast by pattern of demand, with the model of each, and the others by what they lack."""
    items = facts.company.table("forecast_items")
    forecast = items[items["status"] == "forecast"]
    groups = [(name.capitalize(), forecast[forecast["class"] == name]) for name in forecast_stability.CLASSES]
    groups += [(f"Not: {what}", items[items["status"] == status]) for status, what in _PLURALS.items()]
    shown = [(name, rows) for name, rows in groups if len(rows)]
    if not shown:
        return Passage(paragraphs("No item is known that anybody asks for."))
    cells = {
        ("", "Items"): [f"{len(rows):,}" for _, rows in shown],
        ("", "Demand a week, at cost"): [facts.exact(sum(rows["weekly_value"], Decimal(0))) for _, rows in shown],
        ("", "Model"): [_model(rows) for _, rows in shown],
    }
    return tables.statement("forecast-items", [name for name, _ in shown], cells)


def _model(rows: pd.DataFrame) -> str:
    return wording.listed(sorted(set(rows["model"].dropna()))) if (rows["status"] == "forecast").all() else ""


def steadiness(facts: Facts) -> Passage:
    """How steady, close and biased the forecasts of all items together are; one is never said without the others."""
    books = _whole(facts)
    was, now = books["as_of"], books["corrected"]
    if was["restatement_change"] == 0:
        worth = _worth(now)
        same = f"Recorded and corrected history give the same forecasts. {wording.beginning(worth)}"
        return Passage(paragraphs(same, _naive(books)))
    return Passage(
        paragraphs(
            f"From the history as it was recorded at the time: {_worth(was)} From corrected history: {_worth(now)}",
            _restated(books),
            _naive(books),
        )
    )


def _worth(row: dict[str, Any]) -> str:
    """Change, error and bias of one book's forecasts."""
    change, error = (_share(row[measure]) for measure in ("wapc", "wape"))
    return (
        f"the forecast of a week changes by {change} from one week to the next (WAPC), misses demand by {error} (WAPE) "
        f"and is {_bias(row['bias'])}."
    )


def _bias(bias: Any) -> str:
    if wording.is_missing(bias):
        return "of unknown bias"
    size = wording.percent(abs(bias))
    return "without bias" if size == wording.percent(0) else f"{size} too {'high' if bias > 0 else 'low'} (bias)"


def _restated(books: dict[str, dict[str, Any]]) -> str:
    """By how much correction moves forecasts, now and once late entries are there, and what it does to the error."""
    was, now = books["as_of"], books["corrected"]
    late = _share(books["recorded"]["restatement_change"])
    moved = f"Correction moves forecasts by {_share(was['restatement_change'])} on average ({late} once all is booked)"
    if wording.is_missing(was["wape"]) or wording.is_missing(now["wape"]):
        return f"{moved}."
    gain = was["wape"] - now["wape"]
    points = wording.points(abs(gain)).removeprefix("+")
    if points == wording.points(0):
        return f"{moved}; the error stays as it is."
    return f"{moved} and {'lowers' if gain > 0 else 'raises'} the error by {points}."


def _naive(books: dict[str, dict[str, Any]]) -> str:
    """What the models are worth against a repeat of the past."""
    naive, error = books.get("benchmark"), books["corrected"]["wape"]
    if naive is None or wording.is_missing(naive["wape"]) or wording.is_missing(error):
        return ""
    worth = wording.points(abs(error - naive["wape"])).removeprefix("+")
    side = "less" if error < naive["wape"] else "more"
    compared = f"the models miss by {worth} {side}" if worth != wording.points(0) else "the models miss by as much"
    return (
        f"A repeat of the past (the naive forecast) changes by {_share(naive['wapc'])} and misses by "
        f"{_share(naive['wape'])}; from corrected history {compared}."
    )


def _share(ratio: Any) -> str:
    return "an unknown share" if wording.is_missing(ratio) else wording.percent(ratio)


def measures(facts: Facts) -> GT | Passage:
    """All measures of all items together, by book."""
    books = _whole(facts)
    if not books:
        return Passage(paragraphs())
    shown = [book for book in BOOKS if book in books]
    cells = {("", BOOKS[book]): [_cell(measure, books[book][measure]) for measure in _MEASURES] for book in shown}
    return tables.statement("forecast-measures", list(_MEASURES.values()), cells)


def by_usage(facts: Facts) -> GT | Passage:
    """Accuracy, bias and stability of the items with most usage (A), of the next (B) and of the rest (C)."""
    table = facts.company.table("forecast_classes")
    found = [(name, forecast_stability.of_book(table[table["class"] == name])) for name in "ABC"]
    known = [(name, books) for name, books in found if books]
    if not known:
        return Passage(paragraphs())
    cells = {
        (BOOKS[book], _MEASURES[measure]): [_cell(measure, books[book][measure]) for _, books in known]
        for book in ("as_of", "corrected") for measure in _OF_CLASS
    }  # fmt: skip
    names = [f"{name}, {wording.counted(int(books['as_of']['items']), 'item')}" for name, books in known]
    return tables.statement("forecast-usage", names, cells)


def _cell(measure: str, value: Any) -> str:
    if wording.is_missing(value):
        return "–"
    if measure == "forecast_value_added":
        return wording.points(value)
    return wording.percent(value) if measure in _SHARES else f"{value:,.2f}".replace("-", wording.MINUS)


def _whole(facts: Facts) -> dict[str, dict[str, Any]]:
    stability = facts.company.table("forecast_stability")
    return forecast_stability.of_book(stability[stability["level"] == "total"])


def best_seller(facts: Facts) -> Passage:
    """The forecasts of one best-seller, a line each."""
    return exhibit(facts, "forecasts demand_history", facts.company.charts.forecast_fan())


def learning(facts: Facts) -> Passage:
    """How far a model that learns from all items is moved by errors in history, beside the models by pattern of demand.

    Nothing where the company has not asked for it.
    """
    books = _whole(facts)
    learnt = {book: books[f"{_LEARNING}{book}"] for book in BOOKS if f"{_LEARNING}{book}" in books}
    if not learnt:
        return Passage(paragraphs())
    cells = {
        (title, BOOKS[book]): [_cell(measure, rows[book][measure]) for measure in _COMPARED]
        for title, rows in (("By pattern of demand", books), ("Learning from all items", learnt)) for book in learnt
    }  # fmt: skip
    table = tables.statement("forecast-learning", [_MEASURES[measure] for measure in _COMPARED], cells)
    words = Passage(paragraphs(_amplified(books["as_of"], learnt["as_of"]), _learnt(learnt), _spread(facts)))
    told = exhibit(facts, "forecast_stability", words, table)
    told.heading = "Does a smarter forecast amplify the errors?"
    return told


def _amplified(usual: dict[str, Any], learnt: dict[str, Any]) -> str:
    """Which of the two kinds of models the errors move more."""
    moved, by = usual["restatement_change"], learnt["restatement_change"]
    if wording.is_missing(moved) or wording.is_missing(by):
        return "How far the errors move forecasts is not known."
    sizes = (
        f"the errors move forecasts of a model that learns from all items (LightGBM) by {_share(by)}, those of the "
        f"models by pattern of demand by {_share(moved)}"
    )
    if _share(by) == _share(moved):
        return f"No: {sizes}."
    return f"{'Yes' if by > moved else 'No, less'}: {sizes}."


def _learnt(learnt: dict[str, dict[str, Any]]) -> str:
    then, right = (_worth(learnt[book]).removesuffix(".") for book in ("as_of", "corrected"))
    return f"By that model, from the history as it was recorded at the time, {then}; from corrected history {right}."


def _spread(facts: Facts) -> str:
    """How errors in some items reach others through what is learnt."""
    moved = facts.company.table("forecast_stability")
    moved = moved[moved["level"] == "sku"].pivot(index="sku", columns="book", values="restatement_change")
    untouched = moved.loc[moved["as_of"] == 0, f"{_LEARNING}as_of"].dropna()
    if untouched.empty:
        return ""
    reached, items = int((untouched > 0).sum()), wording.counted(len(untouched), "item")
    without = "whose own history has no error that moves a forecast"
    if not reached:
        return f"It moves none of {items} {without}."
    these = f"all {items}" if reached == len(untouched) > 1 else f"{reached:,} of {items}"
    by = _share(float(untouched.mean()))
    return f"It moves {these} {without}, by {by} on average: it has learnt from the others."


def margins(facts: Facts) -> Passage:
    """How far margins foreseen from either history were from what came, and whose fault the difference is.

    Nothing in a company that can have neither these nor other forecasts.
    """
    if not _has_margins(facts):
        return Passage(paragraphs())
    (known,) = facts.rows("margin_forecast_scope")
    table = facts.company.table("margin_forecast")
    heading = "The margin that was foreseen"
    if table.empty:
        return Passage(paragraphs(known["message"]), heading)
    means = {
        book: sum((abs(error) for error in rows["error"]), Decimal(0)) / len(rows)
        for book, rows in table.groupby("book")
    }
    was, now = (facts.money(means[book]) for book in ("recorded", "corrected"))
    off = f"Gross profit foreseen from recorded history was off by {was} on average, from corrected history by {now}."
    return Passage(paragraphs(known["message"], off, _foreseen(facts), _blame(facts)), heading)


def margin_exhibit(facts: Facts, picture: alt.LayerChart) -> Passage:
    """The margins foreseen and what came, with what each cause adds to the error; nothing where none is foreseen."""
    if facts.company.table("margin_forecast").empty:
        return Passage(paragraphs())
    named = "margin_forecast margin_forecast_causes"
    return exhibits.exhibit(facts, named, picture, margin_causes(facts))


def _has_margins(facts: Facts) -> bool:
    return is_forecast(facts) or not facts.company.table("margin_forecast").empty


def _foreseen(facts: Facts) -> str:
    """What was foreseen of the report's period one period before."""
    rows = [row for row in facts.rows("margin_forecast") if row["horizon"] == 1]
    margins = {row["book"]: row["gross_margin"] for row in rows}
    ratios = [margins.get("recorded"), margins.get("corrected"), rows[0]["actual_gross_margin"] if rows else None]
    known = [wording.percent(ratio) for ratio in ratios if ratio is not None and not wording.is_missing(ratio)]
    if len(known) < len(ratios):
        return ""
    was, now, came = known
    return (
        f"For {facts.title} recorded history foresaw a gross margin of {was} one period before, corrected history "
        f"{now}; it was {came}."
    )


def _blame(facts: Facts) -> str:
    """The cause that adds most to the error of what was foreseen from recorded history."""
    rows = [row for row in facts.rows("margin_forecast_causes") if row["absolute_error"] > 0]
    if not rows:
        return ""
    worst = max(rows, key=lambda row: (row["absolute_error"], row["cause"]))
    name = facts.titles.get(worst["cause"], worst["cause"])
    each = facts.money(worst["absolute_error"] / worst["forecasts"])
    return f"The cause that adds most to the error: {wording.inside(name)} ({each} a forecast)."


def margin_causes(facts: Facts) -> GT | Passage:
    """What each cause adds to the error of margins foreseen from recorded history, on average over all forecasts."""
    rows = facts.rows("margin_forecast_causes")
    if not rows:
        return Passage(paragraphs())
    names = [facts.titles.get(row["cause"], str(row["cause"]).capitalize()) for row in rows]
    errors = [row["absolute_error"] / row["forecasts"] for row in rows]
    points = [float(row["error_points"]) / row["forecasts"] for row in rows]
    cells = {
        ("Added to the error", "Gross profit"): [facts.exact(error) for error in [*errors, sum(errors, Decimal(0))]],
        ("Added to the error", "Margin"): [wording.points(value) for value in [*points, sum(points)]],
    }
    last = [len(rows)]
    return tables.statement("margin-forecast", [*names, "All causes"], cells, sums=last, totals=last)
