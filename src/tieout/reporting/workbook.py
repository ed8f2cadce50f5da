"""What ``tieout report --xlsx`` leaves beside the page: a period's figures, sheet by sheet, and what is behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tieout.charts import wording
from tieout.reporting import spreadsheet
from tieout.reporting.definitions import terms
from tieout.reporting.facts import Facts
from tieout.reporting.spreadsheet import Cell, Column, Sheet, Table, Total
from tieout.reporting.tables import BOOKS, LINES
from tieout.reporting.trust import warnings

_PLAIN = ("recorded", "corrected", "expected")
_GAP = "Recorded − corrected"
_SUMMED_LINES = ("gross_profit", "profit_after_stock_losses")
_HEADLINE = ("revenue", "cogs", "gross_profit", "gross_margin", "stock_losses", "profit_after_stock_losses")
_WITHHELD = ("gross_profit", "gross_margin", "profit_after_stock_losses")
_CHANNEL = {
    "revenue": "Revenue", "discounts": "Discounts", "returns": "Returns", "cogs": "Cost of goods sold",
    "fees": "Fees", "contribution": "Contribution",
}  # fmt: skip
_OVER_AND_UNDER = ("overstated", "understated", "net")
_ROWS_AT_ONCE = 10_000


def write(facts: Facts, headline: str, path: Path) -> None:
    """Write the workbook of the facts' period to ``path``, in a folder that goes away if this fails."""
    behind = [Sheet(name, [make(facts)]) for name, make in _SHEETS.items()]
    cuts = [f"{sheet.name}: {sheet.tables[0].cut}" for sheet in behind if sheet.tables[0].cut]
    summary = Sheet("Summary", [_about(facts, headline, cuts), _figures(facts), _limits(facts)])
    created = datetime.fromisoformat(facts.company.as_of)
    spreadsheet.write(path, created, facts.company.decimals, [summary, *behind])


def _about(facts: Facts, headline: str, cuts: list[str]) -> Table:
    """Which company, period and run this is, and what to read first."""
    company, calendar = facts.company, facts.company.periods()
    days = calendar[calendar["period"] == facts.period].iloc[0]
    alarms = [*warnings(facts), *cuts]
    if facts.is_withheld:
        alarms.append(f"The headline is withheld: {facts.headline['reason']}.")
    rows = [
        ("Company", company.name), ("Period", facts.period), ("From", Cell("date", days["start_date"])),
        ("To", Cell("date", days["end_date"])), ("Currency of all amounts", company.currency),
        ("Data as of (UTC)", Cell("moment", datetime.fromisoformat(company.as_of).replace(tzinfo=None))),
        ("Run", company.run_id), ("Headline", headline),
        *(("Read first", Cell("alarm", sentence)) for sentence in alarms),
    ]  # fmt: skip
    if not alarms:
        rows.append(("Read first", "Rejected rows and what is unexplained are within limits; all proofs hold."))
    return _statement([Column("About"), Column("", "line")], rows)


def _figures(facts: Facts) -> Table:
    """The headline figures of the three books."""
    rows = [_headline_line(facts, line) for line in _HEADLINE]
    rows.append(("Inventory at the end", *_with_gap([facts.stock_value(book) for book in _PLAIN])))
    return _statement(_amounts("Headline figures", [*(BOOKS[book] for book in _PLAIN), _GAP]), rows)


def _headline_line(facts: Facts, line: str) -> tuple[Any, ...]:
    values = [facts.book(book)[line] for book in _PLAIN]
    if facts.is_withheld and line in _WITHHELD:
        return LINES[line], _typed(line, values[0]), *[Cell("text", "withheld")] * 3
    return LINES[line], *(_typed(line, value) for value in values), _line_gap(line, values[0], values[1])


def _limits(facts: Facts) -> Table:
    """What the report can be trusted for: each limit, and whether it holds."""
    trust = facts.trust
    recorded, corrected = (facts.book(book)["gross_profit"] for book in ("recorded", "corrected"))
    rejected, unexplained = (
        [Cell("percent", float(trust[f"{limit}{kind}_percent"]) / 100) for limit in ("", "max_")]
        for kind in ("rejected", "unexplained")
    )
    broken = [Cell("count", count) for count in (trust["broken_proofs"], 0)]
    limits: dict[str, list[Any]] = {
        "Rejected source rows, of the value read": rejected,
        "Unexplained, of the value booked": unexplained,
        f"Broken proofs, of {trust['proofs']:,}": broken,
    }
    if not facts.is_withheld:
        limits["Gross profit off by, against materiality"] = [abs(recorded - corrected), facts.materiality]
    rows: list[tuple[Any, ...]] = [
        (name, value, limit, "yes" if _plain(value) <= _plain(limit) else "no")
        for name, (value, limit) in limits.items()
    ]
    rows.append(("Unexplained amount", trust["unexplained_amount"], None, None))
    columns = [Column("Limits of trust"), Column("Value", "money"), Column("Limit", "money"), Column("Within")]
    return _statement(columns, rows)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Cell) else value


def _margin(facts: Facts) -> Table:
    """Revenue to profit in each book, beside the prior period."""
    books = {BOOKS[book]: facts.book(book) for book in BOOKS if book != "first_reported" or facts.was_closed}
    if facts.prior:
        books[f"Corrected, {wording.period_title(facts.prior)}"] = facts.book("corrected", facts.prior)
    recorded, corrected = facts.book("recorded"), facts.book("corrected")
    rows: list[tuple[Any, ...]] = []
    for line, title in LINES.items():
        cells = [_typed(line, book[line]) for book in books.values()]
        row = (title, *cells, _line_gap(line, recorded[line], corrected[line]))
        rows.append(Total(row) if line in _SUMMED_LINES else row)
    return _statement(_amounts(facts.title, [*books, _GAP]), rows)


def _typed(line: str, value: Any) -> Cell:
    return Cell("percent" if line == "gross_margin" else "money", value)


def _line_gap(line: str, was: Any, now: Any) -> Cell:
    """Recorded less corrected, of margins in points."""
    gap = _gap(was, now)
    return Cell("money", gap) if line != "gross_margin" else Cell("points", None if gap is None else gap * 100)


def _gap(was: Any, now: Any) -> Any:
    return None if wording.is_missing(was) or wording.is_missing(now) else was - now


def _with_gap(values: list[Any]) -> list[Any]:
    return [*values, _gap(values[0], values[1])]


def _bridge(facts: Facts) -> Table:
    """From recorded to corrected cause by cause, then up to expected."""
    effects = facts.bridge[(facts.bridge["gross_profit"] != 0) | (facts.bridge["margin_points"].fillna(0) != 0)]
    rows = [_level(facts, "recorded"), *_effects(facts, effects[effects["in_corrected"]]), _level(facts, "corrected")]
    still_open = _effects(facts, effects[~effects["in_corrected"]])
    if still_open:
        rows += [*still_open, _level(facts, "expected")]
    columns = [
        Column("Step"), Column("Cause"), Column("Gross profit", "money"), Column("Margin points", "points"),
        Column("Gross margin", "percent"),
    ]  # fmt: skip
    return _statement(columns, rows)


def _level(facts: Facts, book: str) -> Total:
    row = facts.book(book)
    return Total((BOOKS[book], None, row["gross_profit"], None, row["gross_margin"]))


def _effects(facts: Facts, effects: Any) -> list[tuple[Any, ...]]:
    """Causes, the largest first."""
    rows = sorted(effects.to_dict("records"), key=lambda row: (-abs(row["gross_profit"]), row["cause"]))
    return [
        (facts.titles.get(row["cause"], row["cause"]), row["cause"], row["gross_profit"],
         None if wording.is_missing(row["margin_points"]) else row["margin_points"] * 100, None)
        for row in rows
    ]  # fmt: skip


def _channels(facts: Facts) -> Table:
    """Each channel's contribution in each book, the largest channel first, and the sum of each book."""
    rows = facts.channels.to_dict("records")
    sales = {row["channel"]: row["revenue"] for row in rows if row["book"] == "corrected"}
    places = {book: place for place, book in enumerate(BOOKS)}
    rows.sort(key=lambda row: (-sales.get(row["channel"], Decimal(0)), row["channel"], places[row["book"]]))
    totals = []
    for book in [book for book in BOOKS if any(row["book"] == book for row in rows)]:
        sums = {name: _sum(row[name] for row in rows if row["book"] == book) for name in _CHANNEL}
        margin = float(sums["contribution"] / sums["revenue"]) if sums["revenue"] else None
        totals.append(Total(("All channels", BOOKS[book], *sums.values(), margin)))
    columns = [
        Column("Channel"), Column("Book"), *(Column(title, "money") for title in _CHANNEL.values()),
        Column("Contribution margin", "percent"),
    ]  # fmt: skip
    lines = [
        (row["channel"] or "no channel", BOOKS[row["book"]], *(row[name] for name in _CHANNEL),
         row["contribution_margin"])
        for row in rows
    ]  # fmt: skip
    return Table(columns, lines, len(lines), totals)


def _sum(values: Iterable[Any]) -> Any:
    """The sum of what is known; nothing where nothing is."""
    known = [value for value in values if not wording.is_missing(value)]
    return sum(known, Decimal(0)) if known else None


def _inventory(facts: Facts) -> Table:
    """Stock at the period's end, by place: units and money in each book."""
    stock = facts.stock.fillna({"location": ""})
    held: dict[str, dict[str, list[Any]]] = {}
    for place, book, quantity, amount in stock[["location", "book", "quantity", "amount"]].itertuples(index=False):
        for kind, value in (("quantity", quantity), ("amount", amount)):
            held.setdefault(place, {}).setdefault(f"{book} {kind}", []).append(value)
    columns = [
        Column("Place"), *(Column(f"{BOOKS[book]} units", "quantity") for book in _PLAIN),
        *(Column(title, "money") for title in (*(BOOKS[book] for book in _PLAIN), _GAP)),
    ]  # fmt: skip
    lines = [(place or "no place", *_stock_line([held[place]])) for place in sorted(held)]
    return Table(columns, lines, len(lines), [Total(("All places", *_stock_line(list(held.values()))))])


def _stock_line(held: list[dict[str, list[Any]]]) -> list[Any]:
    """The sums of some places; a book without units has none, rather than zero."""
    units, amounts = (
        [_sum(value for place in held for value in place.get(f"{book} {kind}", ())) for book in _PLAIN]
        for kind in ("quantity", "amount")
    )
    return [*units, *_with_gap([amount or Decimal(0) for amount in amounts])]


def _cash(facts: Facts) -> Table:
    """What over- and understates inventory at the period's end, with its sum; then what no cause is proven for."""
    rows: list[tuple[Any, ...]] = _distortions(facts, in_corrected=True)
    rows.append(_distorted(_GAP, rows))
    still_open = _distortions(facts, in_corrected=False)
    if still_open:
        rows += [*still_open, _distorted("Recorded − expected", [*rows[:-1], *still_open])]
    columns = [Column("Title"), Column("Cause"), *(Column(kind.capitalize(), "money") for kind in _OVER_AND_UNDER)]
    return _statement(columns, rows)


def _distortions(facts: Facts, *, in_corrected: bool) -> list[tuple[Any, ...]]:
    """Causes with what they overstate, understate and leave net, the largest first."""
    table = facts.cash[facts.cash["in_corrected"] == in_corrected]
    rows = table[["cause", *_OVER_AND_UNDER]].itertuples(index=False)
    named = [(facts.titles.get(cause, cause), cause, *amounts) for cause, *amounts in rows]
    return sorted(named, key=lambda row: (-(row[2] + row[3]), row[1]))


def _distorted(title: str, rows: list[tuple[Any, ...]]) -> Total:
    return Total((title, None, *(sum((row[place] for row in rows), Decimal(0)) for place in (2, 3, 4))))


def _corrections(facts: Facts) -> Table:
    table = facts.company.arrow("corrections", facts.period, facts.period)
    return _listing("corrections", table, ["amount"])


def _entries(facts: Facts) -> Table:
    """The proposed entries that correct something of the period, whole, so that each balances."""
    table = facts.company.arrow("entries")
    spans = pc.unique(table["corrected_period"]).to_pylist()
    ours = [periods for periods in spans if f" {facts.period} " in f" {periods} "]
    lines = table.filter(pc.is_in(table["corrected_period"], pa.array(ours, pa.string())))
    return _listing("entries", table.filter(pc.is_in(table["entry_id"], pc.unique(lines["entry_id"]))), ["amount"])


def _held(facts: Facts) -> Table:
    """The period's corrections that are not booked yet, summed by what keeps them from being proposed."""
    table = facts.company.arrow("proposals", facts.period, facts.period)
    sums: dict[str, list[Any]] = {}
    for reason, amount in _rows(table.select(["held", "amount"])):
        found = sums.setdefault(reason or "", [0, Decimal(0), Decimal(0)])
        found[0] += 1
        found[1 if amount > 0 else 2] += abs(amount)
    lines = [(reason or "nothing: proposed", *sums[reason]) for reason in sorted(sums)]
    total = Total(("All", *(sum(found[place] for found in sums.values()) for place in range(3))))
    columns = [
        Column("Held back because"), Column("Corrections", "count"), Column("Debits", "money"),
        Column("Credits", "money"),
    ]  # fmt: skip
    return Table(columns, lines, len(lines), [total])


def _sources(facts: Facts) -> Table:
    table = facts.company.arrow("source_files").sort_by([("source", "ascending"), ("file", "ascending")])
    return _listing("source_files", table, ["rows_read", "rows_loaded", "rows_rejected", "value", "rows_merged"])


def _proofs(facts: Facts) -> Table:
    return _listing("proofs", facts.company.arrow("proofs"), ["difference"])


def _definitions(facts: Facts) -> Table:
    rows = list({**terms(facts), **spreadsheet.RULES}.items())
    return Table([Column("Term"), Column("Meaning", "sentence")], rows, len(rows))


def _listing(export: str, table: pa.Table, sums: list[str]) -> Table:
    """A table of the run with all its columns, and a last row with some sums."""
    columns = [Column(field.name, _kind(field)) for field in table.schema]
    others = table.column_names[1:]
    total = Total(("Total", *(pc.sum(table[name]).as_py() if name in sums else None for name in others)))
    return Table(columns, _rows(table), table.num_rows, [total], export=f"tieout export {export} --output {export}.csv")


def _kind(field: pa.Field) -> str:
    """How a column of the run is written: its only numbers are units, money and counts."""
    if pa.types.is_decimal(field.type):
        return "quantity" if field.name == "quantity" else "money"
    kinds = {pa.types.is_integer: "count", pa.types.is_date: "date", pa.types.is_boolean: "flag"}
    return next((kind for holds, kind in kinds.items() if holds(field.type)), "text")


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE):
        yield from zip(*(_values(column) for column in batch.columns), strict=True)


def _values(column: pa.Array) -> list[Any]:
    """The column's values; of a list its entries in a row."""
    values: list[Any] = column.to_pylist()
    return [", ".join(value or ()) or None for value in values] if pa.types.is_list(column.type) else values


def _statement(columns: list[Column], rows: list[tuple[Any, ...]]) -> Table:
    return Table(columns, rows, len(rows), is_list=False)


def _amounts(first: str, titles: Iterable[str]) -> list[Column]:
    return [Column(first), *(Column(title, "money") for title in titles)]


_SHEETS: dict[str, Callable[[Facts], Table]] = {
    "Margin": _margin, "Bridge": _bridge, "Channels": _channels, "Inventory": _inventory, "Cash": _cash,
    "Corrections": _corrections, "Entries": _entries, "Held back": _held, "Sources": _sources, "Proofs": _proofs,
    "Definitions": _definitions,
}  # fmt: skip
