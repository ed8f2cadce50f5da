"""What wrong records make a buyer do, in words: the money, by channel and cause, and what the simulation rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from great_tables import GT

from tieout.charts import purchasing_arms, purchasing_causes, wording
from tieout.charts.forecast_stability import CLASSES
from tieout.reporting import tables
from tieout.reporting.facts import Facts
from tieout.reporting.forecast import is_forecast, scope_of
from tieout.reporting.head import deck, head
from tieout.reporting.passage import Opening, Passage, paragraphs
from tieout.reporting.trust import definition_list

_SUBJECT = "Forecasts and purchasing"
ESTIMATE = "A simulation, thus an estimate: it is in no book"
_LACKING = {
    "off": "No forecasts were asked for", "short_history": "A history of {weeks} is too short for forecasts",
    "no_units": "The ledger names no units to forecast from", "no_items": "No item has a history to forecast from",
}  # fmt: skip
_COSTS = {
    "lost_margin": "lost margin", "carrying_cost": "carrying cost", "terminal_cost": "what must be sold off",
    "expedite_cost": "expediting", "change_cost": "changed orders",
}  # fmt: skip
_LINES = {
    "average_stock": "Average stock", "overstock_amount": "Overstock beside corrected",
    "understock_amount": "Understock beside corrected", "lost_margin": "Lost margin", "carrying_cost": "Carrying cost",
    "terminal_cost": "To be sold off", "cost": "Cost in all", "order_amount": "Ordered, at cost",
    "order_change_rate": "Orders that are others", "fill_rate": "Demand met", "bullwhip": "Bullwhip",
    "nervousness": "Nervousness",
}  # fmt: skip
_SHARES, _FACTORS = ("order_change_rate", "fill_rate"), ("bullwhip", "nervousness")


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, and what wrong records make the buyer do; or what is lacking for a forecast."""
    if not is_forecast(facts):
        return head(facts, _SUBJECT, _lacking(facts), paragraphs(scope_of(facts)["message"]))
    arms = _arms(facts)
    chance = ", and it may be chance" if _may_be_chance(_errors(facts)["lost_margin"]) else ""
    headline = f"{purchasing_arms.verdict(arms, facts.company.currency)}, by simulation{chance}"
    return head(facts, _SUBJECT, headline, deck(_effect(facts)), paragraphs(f"{ESTIMATE}."))


def _lacking(facts: Facts) -> str:
    scope = scope_of(facts)
    if scope["status"] == "short_history" and not scope["weeks"]:
        return "There is no demand to forecast from"
    return _LACKING[scope["status"]].format(weeks=wording.counted(int(scope["weeks"]), "week"))


def _arms(facts: Facts) -> dict[str, dict[str, Any]]:
    return purchasing_arms.of_arm(facts.company.table("purchasing_arms"))


def _errors(facts: Facts) -> dict[str, dict[str, Any]]:
    """What the errors do (RR − CC), by measure."""
    return {row["measure"]: row for row in facts.rows("purchasing_cost") if row["comparison"] == "errors"}


def _effect(facts: Facts) -> str:
    """Overstock, understock and lost margin, always together, with how sure that is."""
    errors, arms = _errors(facts), _arms(facts)
    over, under = (errors[f"{side}stock_amount"]["amount"] for side in ("over", "under"))
    lost = errors["lost_margin"]
    weeks = wording.counted(int(arms["RR"]["weeks"]), "week")
    if not arms["RR"]["lines_changed"]:
        return f"In {weeks} a buyer with the records as they were orders what one with right records does."
    return (
        f"In {weeks} a buyer with the records as they were holds {facts.money(over)} too much and {facts.money(under)} "
        f"too little on average, and loses {_more(facts, lost)} margin than one with right records "
        f"({_interval(facts, lost)})."
    )


def _more(facts: Facts, row: dict[str, Any]) -> str:
    size = facts.money(abs(row["amount"]))
    return "no more" if size == facts.money(Decimal(0)) else f"{size} {'more' if row['amount'] > 0 else 'less'}"


def _interval(facts: Facts, row: dict[str, Any]) -> str:
    """What other items might have given, in brackets; a single item tells nothing of others."""
    if row["low"] == row["high"]:
        return "the interval is not known"
    low, high = (facts.signed(row[end]) for end in ("low", "high"))
    return f"95%: {low} to {high}" + (", so that it may be chance" if _may_be_chance(row) else "")


def _may_be_chance(row: dict[str, Any]) -> bool:
    """Whether nothing lies within the interval, where one is known."""
    return bool(row["low"] < row["high"] and row["low"] <= 0 <= row["high"])


def buying(facts: Facts) -> Passage:
    """The misfires: through forecasts or through stock, orders changed, and what forecasting itself costs."""
    return Passage(paragraphs(_channels(facts), _better(facts), _orders(facts), _worth(facts), _oracle(facts)))


def _channels(facts: Facts) -> str:
    """Two ways from a wrong record to a wrong order."""
    errors = _errors(facts)
    lost, over = errors["lost_margin"], errors["overstock_amount"]
    if not _arms(facts)["RR"]["lines_changed"]:
        return "No order changes, neither through what is forecast nor through the stock that is counted on."
    return (
        f"Lost margin comes through forecasts from a wrong history ({facts.signed(lost['history_amount'])}) and "
        f"through wrong stock that is counted on ({facts.signed(lost['stock_amount'])}); so does overstock "
        f"({facts.signed(over['history_amount'])} and {facts.signed(over['stock_amount'])})."
    )


def _better(facts: Facts) -> str:
    """Where errors make inventory look better, and what that costs."""
    was, now = (_arms(facts)[arm] for arm in ("RR", "CC"))
    less, lost = now["average_stock"] - was["average_stock"], was["lost_margin"] - now["lost_margin"]
    if less <= 0 or lost <= 0:
        return ""
    return (
        f"Judged by stock alone the errors look good: {facts.money(less)} less is tied up. It is bought with "
        f"{facts.money(lost)} of lost margin."
    )


def _orders(facts: Facts) -> str:
    was, now = (_arms(facts)[arm] for arm in ("RR", "CC"))
    if not was["lines_changed"]:
        return ""
    units = was["order_units_changed"]
    by = "" if wording.is_missing(units) else f", by {wording.percent(units)} of the units"
    texts = [
        f"{name} {_factor(was[measure])} (corrected {_factor(now[measure])})"
        for measure, name in (("bullwhip", "the bullwhip ratio is"), ("nervousness", "the nervousness of plans is"))
        if not wording.is_missing(was[measure]) and not wording.is_missing(now[measure])
    ]
    what = f"{wording.percent(was['order_change_rate'])} of all reviews end in another order{by}"
    return f"{'; '.join([what, *texts])}."


def _worth(facts: Facts) -> str:
    """The value of correct information, with its parts."""
    errors = _errors(facts)
    whole = errors["cost"]
    parts = [f"{name} {facts.signed(errors[measure]['amount'])}" for measure, name in _COSTS.items()
             if errors[measure]["amount"]]  # fmt: skip
    if not parts:
        return ""
    return (
        f"Right records are worth {facts.money(whole['amount'])} in that time ({_interval(facts, whole)}): "
        f"{wording.listed(parts)}."
    )


def _oracle(facts: Facts) -> str:
    """What no record can mend: the loss of forecasting itself."""
    forecast = {
        row["measure"]: row["amount"] for row in facts.rows("purchasing_cost") if row["comparison"] == "forecast"
    }
    cost = forecast["cost"]
    larger = cost > abs(_errors(facts)["cost"]["amount"])
    return (
        f"With right records a buyer who cannot know the future still pays {facts.money(abs(cost))} "
        f"{'more' if cost >= 0 else 'less'} than one who does ({facts.signed(forecast['lost_margin'])} of lost margin)"
        + (": the policy costs more than the errors." if larger else ".")
    )


def arms(facts: Facts) -> GT | Passage:
    """The five buyers side by side."""
    known = _arms(facts)
    if not known:
        return Passage(paragraphs())
    cells = {("", purchasing_arms.ARMS[arm]): [_cell(facts, line, known[arm][line]) for line in _LINES]
             for arm in purchasing_arms.ARMS if arm in known}  # fmt: skip
    return tables.statement("purchasing-arms", list(_LINES.values()), cells)


def _cell(facts: Facts, line: str, value: Any) -> str:
    if wording.is_missing(value):
        return "–"
    if line in _SHARES:
        return wording.percent(value)
    return _factor(value) if line in _FACTORS else facts.exact(value)


def _factor(value: Any) -> str:
    return f"{value:,.2f}"


def classes(facts: Facts) -> GT | Passage:
    """What wrong records do by pattern of demand."""
    table = facts.company.table("purchasing_arms")
    known = {(row["class"], row["arm"]): row for row in table[~table["is_total"].astype(bool)].to_dict("records")}
    found = [name for name in CLASSES if (name, "RR") in known]
    if not found:
        return Passage(paragraphs())
    lost = [known[name, "RR"]["lost_margin"] - known[name, "CC"]["lost_margin"] for name in found]
    over, under = ([known[name, "RR"][f"{side}stock_amount"] for name in found] for side in ("over", "under"))
    cells = {
        ("", title): [facts.exact(amount) for amount in [*amounts, sum(amounts, Decimal(0))]]
        for title, amounts in (("Lost margin", lost), ("Overstock", over), ("Understock", under))
    }
    names = [*(name.capitalize() for name in found), "All items"]
    return tables.statement("purchasing-classes", names, cells, sums=[len(found)], totals=[len(found)])


def causes(facts: Facts) -> Passage:
    """Whose fault the misfires are, and how sure that is."""
    table = facts.company.table("purchasing_causes")
    texts = []
    for measure, what in (("lost_margin", "lost margin"), ("overstock_amount", "overstock")):
        row = purchasing_causes.largest(table, measure)
        if row:
            name = purchasing_causes.name_of(str(row["cause"]))
            texts.append(f"{name} make most {what}: {facts.money(row['amount'])} ({_interval(facts, row)}).")
    others = [str(row["families"]).split(", ") for row in facts.rows("purchasing_causes") if row["cause"] == "other"]
    rest = f"Other causes are {wording.listed([wording.family(name) for name in others[0]])}." if others else ""
    shares = "The shares are Shapley values: what a group adds, on average over all orders of correcting, to the cent."
    nothing = "No group of causes makes the buyer lose margin or hold too much."
    return Passage(paragraphs(*(texts or [nothing]), *([rest, shares] if texts else [])))


def cause_table(facts: Facts) -> GT | Passage:
    """Each group's lost margin and overstock, with their intervals; the picture shows the channels of both."""
    rows = {(row["measure"], row["cause"]): row for row in facts.rows("purchasing_causes")}
    sizes = {cause: abs(row["amount"]) for (measure, cause), row in rows.items() if measure == "lost_margin"}
    order = sorted(sizes, key=lambda cause: (-sizes[cause], cause))
    if not order:
        return Passage(paragraphs())
    whole = _errors(facts)
    cells = {
        (title, name): [facts.exact(row[part]) for row in [*(rows[measure, cause] for cause in order), whole[measure]]]
        for measure, title in purchasing_causes.MEASURES.items()
        for part, name in (("amount", "Amount"), ("low", "Low"), ("high", "High"))
    }
    names = [*map(purchasing_causes.name_of, order), "All causes"]
    return tables.statement("purchasing-causes", names, cells, sums=[len(order)], totals=[len(order)])


def basis(facts: Facts) -> Passage:
    """What the simulation takes for granted, and where its parameters come from."""
    row = dict(facts.company.sql("from settings").iloc[0])
    share = {name: _plain(row[f"{name}_percent"]) for name in ("service_level", "lost_share", "carrying", "markdown")}
    margins = [arm["items_without_margin"] for arm in _arms(facts).values()][:1]
    none = "loses none" if margins == [1] else "lose none"
    without = f" {wording.counted(int(margins[0]), 'item')} without a margin {none}." if any(margins) else ""
    terms = {
        "Buyers": "Five, of one policy and one demand. They forecast from the history and count on the stock as they "
        "were recorded at the time, or corrected; the last one knows what comes. All begin with the same goods.",
        "Stock": "The ledger's. A buyer who goes by the warehouse's own count is misled through forecasts alone.",
        "Demand": "Corrected: what was sold, orders that could not be filled, and what an empty shelf did not sell.",
        "Lead time": f"That of the item; where it has none, {_weeks(row['lead_time_weeks'])} (an assumption: "
        "purchasing.lead_time_weeks).",
        "Orders": f"{_every(int(row['review_weeks']))} (purchasing.review_weeks), up to the demand forecast until the "
        f"next order arrives and a safety stock for {share['service_level']}% service "
        "(purchasing.service_level_percent; 90 to 99 is usual), in whole packs.",
        "Lost sales": f"{_lost(share['lost_share'])} "
        f"(purchasing.lost_share_percent; in shops 33 to 58, Gruen and Corsten), at the item's own margin, never below "
        f"zero.{without}",
        "Carrying cost": f"{share['carrying']}% of value a year (inventory.carrying_percent; 18 to 35 is usual).",
        "To be sold off": f"What is left beyond {wording.counted(int(row['cover_days']), 'day')} of cover loses "
        f"{share['markdown']}% of its cost at the end (purchasing.markdown_percent, inventory.cover_days).",
        "Expediting, changing": f"{_price(facts, row['expedite_cost'])} and {_price(facts, row['order_change_cost'])} "
        "an order line (purchasing.expedite_cost, order_change_cost): no figure is usual.",
        "Intervals": "95% of what as many items, drawn anew from these, would give. They do not hold the assumptions.",
    }
    return Passage(definition_list(terms))


def _plain(percent: Decimal) -> str:
    return f"{percent.normalize():f}"


def _price(facts: Facts, amount: Decimal) -> str:
    return wording.money(amount, facts.company.currency, facts.company.decimals)


def _every(weeks: int) -> str:
    return "Every week" if weeks == 1 else f"Every {weeks} weeks"


def _lost(percent: str) -> str:
    return "All that is short is lost" if percent == "100" else f"{percent}% of what is short is lost, the rest waits"


def _weeks(count: Any) -> str:
    return wording.counted(int(count), "week")


def summary(facts: Facts) -> Passage:
    """For the leadership page: what wrong records made the buyer do, or in a sentence what is lacking for that."""
    if not is_forecast(facts):
        return Passage(paragraphs(f"{_lacking(facts)}."))
    worst = purchasing_causes.largest(facts.company.table("purchasing_causes"), "lost_margin")
    cause = (
        f" {purchasing_causes.name_of(str(worst['cause']))} lose most ({facts.money(worst['amount'])})."
        if worst
        else ""
    )
    return Passage(paragraphs(f"{_effect(facts)}{cause} {ESTIMATE}.", _better(facts), _oracle(facts)))
