"""The top of the leadership report: the conclusion, by how much, why, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.head import deck, head
from tieout.reporting.passage import Opening, paragraphs, prose
from tieout.reporting.trust import warnings

_WITHHELD = "withheld"


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, the headline, one sentence on what to do, and the three figures that matter."""
    return head(
        facts, f"Gross margin, {facts.title}", _headline(facts), deck(_difference(facts)), paragraphs(_so_what(facts)),
        _key_figures(facts),
    )  # fmt: skip


def _headline(facts: Facts) -> str:
    recorded, corrected = facts.book("recorded"), facts.book("corrected")
    was, now = recorded["gross_margin"], corrected["gross_margin"]
    if wording.is_missing(was) and wording.is_missing(now):
        return f"{facts.title} had no sales, so there is no gross margin"
    if wording.is_missing(now):
        return f"{facts.title} had no sales, though the ledger shows a gross margin of {wording.percent(was)}"
    if facts.is_withheld:
        return f"Gross margin of {facts.title} is withheld: {facts.headline['reason']}"
    decimals = facts.headline["decimals"]
    if wording.is_missing(decimals):
        shows = "no sales" if wording.is_missing(was) else wording.percent(was, 0)
        return f"Gross margin of {facts.title} was {_range(facts)}; the ledger shows {shows}"
    right = wording.percent(now, decimals)
    if wording.is_missing(was):
        return f"Gross margin of {facts.title} was {right}; the ledger shows no sales"
    shown = wording.percent(was, decimals)
    if shown == right:
        return f"Gross margin of {facts.title} was {right}, as recorded"
    return f"Gross margin of {facts.title} was {right}, not {shown} as recorded"


def _range(facts: Facts) -> str:
    """The corrected margin from its lowest to its highest, as far as the evidence goes."""
    low, high = (wording.percent(facts.headline[f"gross_margin_{end}"]) for end in ("min", "max"))
    return f"between {low} and {high}"


def _difference(facts: Facts) -> str:
    recorded, corrected = facts.book("recorded"), facts.book("corrected")
    if facts.is_withheld and not wording.is_missing(corrected["gross_margin"]):
        was = recorded["gross_margin"]
        shown = "no sales" if wording.is_missing(was) else wording.percent(was)
        return f"By the evidence it lies {_range(facts)}; the ledger shows {shown}. {_largest_cause(facts)}"
    gap = recorded["gross_profit"] - corrected["gross_profit"]
    if gap == 0:
        return "No correction changes gross profit."
    size = f"{facts.money(facts.carried(abs(gap)))}{_in_points(facts, recorded, corrected)}"
    return f"The ledger {_direction(gap)} gross profit by {size}. {_largest_cause(facts)}"


def _in_points(facts: Facts, recorded: dict[str, Any], corrected: dict[str, Any]) -> str:
    was, now, decimals = recorded["gross_margin"], corrected["gross_margin"], facts.headline["decimals"]
    if any(wording.is_missing(value) for value in (was, now, decimals)) or decimals == 0:
        return ""
    points = wording.points(abs(was - now)).removeprefix("+")
    if points == wording.points(0):
        return ", yet leaves the margin as it is"
    same_way = (was > now) == (recorded["gross_profit"] > corrected["gross_profit"])
    return f", or {points} of margin" if same_way else f", yet {_direction(was - now)} the margin by {points}"


def _direction(gap: float | Decimal) -> str:
    return "overstates" if gap > 0 else "understates"


def _largest_cause(facts: Facts) -> str:
    known = facts.bridge[facts.bridge["in_corrected"]]
    if known.empty:
        return ""
    effects = zip(known["cause"], known["gross_profit"], strict=True)
    cause, effect = max(effects, key=lambda pair: (abs(pair[1]), pair[0]))
    title = facts.titles.get(cause, cause)
    return f"Largest cause: {wording.inside(title)} ({facts.signed(effect)})."


def _so_what(facts: Facts) -> str:
    recorded, corrected = facts.book("recorded"), facts.book("corrected")
    limit = facts.money(facts.materiality)
    if facts.is_withheld:
        return "Decide nothing on this margin until the costs or counts that are missing are known."
    if abs(recorded["gross_profit"] - corrected["gross_profit"]) <= facts.materiality:
        left = abs(facts.book("expected")["gross_profit"] - corrected["gross_profit"])
        if left > facts.materiality:
            return (
                f"That is within materiality ({limit}), but {facts.money(left)} more is in flight, ambiguous or "
                "unexplained: settle that before the recorded profit is relied on."
            )
        if warnings(facts):
            return f"That is within materiality ({limit}), with the reservations above."
        return f"That is within materiality ({limit}): the recorded profit can be relied on."
    return f"That is beyond materiality ({limit}): decide on the corrected figures until the corrections are posted."


def _key_figures(facts: Facts) -> Markup:
    """Margin, profit and inventory: what is right in large; what was recorded and what was before beside it."""
    figures = {
        "Gross margin": [_margin(facts), _recorded_margin(facts), *_before(facts, _margin_of)],
        "Gross profit": [
            _profit(facts), facts.money(facts.book("recorded")["gross_profit"]), *_before(facts, _profit_of)
        ],
        "Cash in inventory": [
            facts.money(facts.stock_value("corrected")), facts.money(facts.stock_value("recorded")),
            *_before(facts, _stock_of),
        ],
    }  # fmt: skip
    return Markup('<dl class="key">{}</dl>').format(Markup("").join(_cell(*item) for item in figures.items()))


def _cell(title: str, figures: list[str]) -> Markup:
    right, recorded, *before = figures
    lines = Markup("").join(Markup("<span>{}</span>").format(prose(line)) for line in (f"recorded {recorded}", *before))
    return Markup("<div><dt>{}</dt><dd><b>{}</b>{}</dd></div>").format(title, prose(right), lines)


def _before(facts: Facts, write: Callable[[Facts, str], str]) -> list[str]:
    """The corrected figure of the period before and of the year before, where there are any."""
    periods = [period for period in (facts.prior, facts.prior_year) if period]
    return [f"{wording.period_title(period)} {write(facts, period)}" for period in periods]


def _margin_of(facts: Facts, period: str) -> str:
    margin = facts.book("corrected", period)["gross_margin"]
    if wording.is_missing(margin):
        return "no sales"
    return _WITHHELD if facts.is_withheld_in(period) else wording.percent(margin)


def _profit_of(facts: Facts, period: str) -> str:
    if facts.is_withheld_in(period):
        return _WITHHELD
    return facts.money(facts.book("corrected", period)["gross_profit"])


def _stock_of(facts: Facts, period: str) -> str:
    stock = facts.company.inventory(start=period, end=period)
    return facts.money(sum(stock.loc[stock["book"] == "corrected", "amount"], Decimal(0)))


def _margin(facts: Facts) -> str:
    margin, decimals = facts.headline["gross_margin"], facts.headline["decimals"]
    if wording.is_missing(margin):
        return "no sales"
    if facts.is_withheld:
        return _WITHHELD
    return _range(facts) if wording.is_missing(decimals) else wording.percent(margin, decimals)


def _recorded_margin(facts: Facts) -> str:
    margin = facts.book("recorded")["gross_margin"]
    return "no sales" if wording.is_missing(margin) else wording.percent(margin)


def _profit(facts: Facts) -> str:
    if facts.is_withheld:
        return _WITHHELD
    return facts.money(facts.carried(facts.book("corrected")["gross_profit"]))
