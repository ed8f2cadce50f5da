"""The notebook on channels: what each keeps, who pays for whom, and the same corrections seen by three teams."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd
from great_tables import GT

from tieout.charts import cause_views, channel_blend, channel_waterfall, wording
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.narrative import contribution_gaps
from tieout.reporting.passage import Opening, Passage, paragraphs
from tieout.reporting.tables import statement

PICTURED = 4  # channels with pictures of their own; tables hold all
_SHOWN = 12  # groups of a view with a row of their own
_BOOKS = ("recorded", "corrected")
_NOTHING = {"amount": Decimal(0), "derived": Decimal(0)}
_COMPONENTS = {"revenue": "Revenue", "discounts": "Discounts", "returns": "Returns", "cogs": "Cost of goods sold",
               "fees": "Fees", "other": "Other"}  # fmt: skip


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, and the one channel that the ledger misjudges most."""
    return head(facts, f"Channels, {facts.title}", _headline(facts), paragraphs(_comparability(facts)))


def _headline(facts: Facts) -> str:
    misjudged = [row for row in _month(facts, "channel_ranks").to_dict("records") if row["distortion"]]
    gaps = {f"Channel {row['channel']}": row["distortion"] for row in misjudged} or {
        name: gap for name, gap in contribution_gaps(facts.channels).items() if gap
    }
    if not gaps:
        return f"Each channel's contribution of {facts.title} is as recorded"
    worst = max(gaps, key=lambda name: (abs(gaps[name]), name))
    return f"{worst} looks {facts.money(abs(gaps[worst]))} {'better' if gaps[worst] > 0 else 'worse'} than it is"


def _comparability(facts: Facts) -> str:
    if len(facts.guards):
        comparable = "The channels are comparable: what one of them bears of freight and advertising, all do."
        return wording.not_comparable(facts.guards) or comparable
    if (facts.channels["revenue"] != 0).any():
        return "No sale in the ledger names its channel: what each of them keeps cannot be told."
    return "No channel had sales."


def ranks(facts: Facts) -> Passage:
    """Which channels have another place than the ledger says."""
    table = _month(facts, "channel_ranks")
    moved = [
        row for row in table.to_dict("records") if not wording.is_missing(row["rank_change"]) and row["rank_change"]
    ]
    texts = [
        f"By contribution margin {row['channel']} is number {row['rank_corrected']}, not {row['rank_recorded']}."
        for row in sorted(moved, key=lambda row: (row["rank_corrected"], row["channel"]))
    ]
    return Passage(paragraphs(*(texts or ["No channel changes its place by contribution margin."])))


def subsidy(facts: Facts) -> Passage:
    """Who pays for whom, and whether that is all that can be said."""
    pairs = _month(facts, "subsidy_pairs").fillna({"payer": "", "receiver": ""}).to_dict("records")
    if not pairs:
        return Passage(paragraphs("No channel bears what belongs to another."))
    texts = [
        f"{row['payer'] or 'What carries no channel'} pays {facts.money(row['amount'])} "
        f"for {row['receiver'] or 'what carries no channel'}."
        for row in pairs
    ]
    if pairs[0]["basis"] != "unique":
        texts.append("These are the fewest payments that settle the net positions; other pairs would settle them too.")
    return Passage(paragraphs(*texts))


def promotions(facts: Facts) -> Passage:
    """What the channels pay of the price themselves: it stands in no step, because it costs nothing."""
    table = _month(facts, "channel_waterfall")
    paid = table[(table["book"] == "corrected") & (table["paid_by_channel"] != 0)]
    texts = [
        f"{channel} itself paid {facts.money(amount)} of the price as promotions: they take nothing from contribution."
        for channel, amount in zip(paid["channel"].fillna("A channel"), paid["paid_by_channel"], strict=True)
    ]
    return Passage(paragraphs(*(texts or ["No channel paid for promotions itself."])))


def waterfall_pictures(facts: Facts) -> list[alt.LayerChart]:
    """The waterfall of each of the largest channels."""
    return [facts.company.charts.channel_waterfall(facts.period, name) for name in _names(facts)[:PICTURED]]


def blend_pictures(facts: Facts) -> list[alt.LayerChart]:
    """The largest channels against the company."""
    return [facts.company.charts.channel_blend(facts.period, name) for name in _names(facts)[:PICTURED]]


def bridge_pictures(facts: Facts) -> list[alt.LayerChart]:
    """What the causes do to the largest channels."""
    return [facts.company.charts.channel_bridge(facts.period, name) for name in _names(facts)[:PICTURED]]


def waterfall(facts: Facts) -> GT:
    """All steps of all channels: recorded, corrected, and what is derived rather than recorded."""
    table = _month(facts, "channel_waterfall").fillna({"channel": ""})
    amounts = {(row["channel"], row["step"], row["book"]): row for row in table.to_dict("records")}
    lines: list[tuple[str, list[str]]] = []
    sums = []
    for channel in _names(facts, table):
        steps = [step for step in channel_waterfall.STEPS if any((channel, step, book) in amounts for book in _BOOKS)]
        rows = [[amounts.get((channel, step, book), _NOTHING) for book in _BOOKS] for step in steps]
        lines += [
            (f"{channel or 'no channel'}: {channel_waterfall.STEPS[step]}", _figures(facts, pair))
            for step, pair in zip(steps, rows, strict=True)
        ]
        total = [{key: sum((pair[book][key] for pair in rows), Decimal(0)) for key in _NOTHING} for book in range(2)]
        sums.append(len(lines))
        lines.append((f"{channel or 'no channel'}: Contribution", _figures(facts, total)))
    headings = (("Amount", "Recorded"), ("Amount", "Corrected"), ("Derived", "Recorded"), ("Derived", "Corrected"))
    cells = {heading: [figures[place] for _, figures in lines] for place, heading in enumerate(headings)}
    return statement("waterfall", [name for name, _ in lines], cells, sums=sums)


def _figures(facts: Facts, pair: list[Any]) -> list[str]:
    return [facts.exact(book[kind]) for kind in ("amount", "derived") for book in pair]


def positions(facts: Facts) -> GT:
    """Net position of each channel by component; each column adds up to zero."""
    table = _month(facts, "cross_subsidy").fillna({"channel": ""})
    components = [part for part in _COMPONENTS if part in set(table["component"])]
    found = {(row["channel"], row["component"]): row["position"] for row in table.to_dict("records")}
    names = _names(facts, table)
    columns = {_COMPONENTS[part]: [found.get((name, part), Decimal(0)) for name in names] for part in components}
    columns["Net"] = [sum(row, Decimal(0)) for row in zip(*columns.values(), strict=True)]
    cells = {("", title): [*map(facts.exact, [*column, sum(column, Decimal(0))])] for title, column in columns.items()}
    return statement(
        "positions", [*(name or "no channel" for name in names), "All channels"], cells, totals=[len(names)]
    )


def blend(facts: Facts) -> GT:
    """The parts of each channel's distance to the company's contribution margin, in points, in the corrected book."""
    table = _month(facts, "channel_blend").fillna({"channel": ""})
    found = {(row["channel"], row["book"]): row for row in table.dropna(subset=["difference"]).to_dict("records")}
    names = [name for name in _names(facts, table) if (name, "corrected") in found]
    parts = list(channel_blend.PARTS)
    cells = {("", name or "no channel"): [_points(found[name, "corrected"][part]) for part in parts] for name in names}
    last = [len(parts) - 1]
    return statement("blend", [channel_blend.PARTS[part] for part in parts], cells, sums=last, totals=last)


def _points(change: float) -> str:
    return wording.points(change).removesuffix(" points")


def returns(facts: Facts) -> GT:
    """Return rates, and what is set aside for what is still to come back."""
    table = _month(facts, "channel_returns").fillna({"channel": ""})
    found = {(row["channel"], row["book"]): row for row in table.to_dict("records")}
    names = _names(facts, table)
    fields: dict[str, tuple[str, Callable[[Any], str]]] = {
        "Return rate": ("return_rate", wording.percent), "Refund liability": ("refund_liability", facts.exact),
        "Return asset": ("return_asset", facts.exact),
    }  # fmt: skip
    cells = {
        (title, book.capitalize()): [_cell(found.get((name, book), {}).get(field), write) for name in names]
        for title, (field, write) in fields.items()
        for book in _BOOKS
    }
    return statement("returns", [name or "no channel" for name in names], cells)


def view(facts: Facts, name: str) -> GT:
    """The corrections as one team sees them, its first groups and the rest; the sums are those of all corrections."""
    words = cause_views.VIEWS[name]
    table = _month(facts, "cause_views")
    rows = table[table["view"] == name].sort_values("rank").to_dict("records")
    shown, rest = rows[:_SHOWN], rows[_SHOWN:]
    lines = [words.name(row) for row in shown] + ([f"{len(rest)} more"] if rest else []) + ["All corrections"]
    cells = {}
    for field, title in words.figures.items():
        add = max if field == "oldest_days" else sum
        values = [row[field] for row in shown] + ([add(row[field] for row in rest)] if rest else [])
        write: Callable[[Any], str] = "{:,}".format if field in ("events", "oldest_days") else facts.exact
        whole = "" if field in ("events", "oldest_days") else facts.exact(sum((row[field] for row in rows), Decimal(0)))
        cells["", title] = [*map(write, values), whole]
    return statement(f"view-{name}", lines, cells, totals=[len(lines) - 1])


def _cell(value: Any, write: Callable[[Any], str]) -> str:
    return "–" if wording.is_missing(value) else write(value)


def _month(facts: Facts, name: str) -> pd.DataFrame:
    return facts.company.table(name, facts.period, facts.period)


def _names(facts: Facts, table: pd.DataFrame | None = None) -> list[str]:
    """The channels of ``table``, the largest by corrected revenue first; by default all that have a name."""
    rows = facts.channels[facts.channels["book"] == "corrected"]
    sales = dict(zip(rows["channel"], rows["revenue"], strict=True))
    found = set(table["channel"]) if table is not None else set(facts.channels["channel"]) - {""}
    return sorted(found, key=lambda name: (-sales.get(name, Decimal(0)), name))
