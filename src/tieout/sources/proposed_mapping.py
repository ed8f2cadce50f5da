"""The ``[[source]]`` of a file of no known format, to be corrected: its table, and an expression for each column.

Nothing is guessed in silence: a remark stands beside all that the names and cells of the file do not tell alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tieout.canonical.files import literal, quoted
from tieout.canonical.tables import TABLES, Column
from tieout.sources.proposal import remark, string
from tieout.sources.recipes import DATES, NUMBERS, RECIPES
from tieout.sources.suggestion import ENOUGH, Evidence, Fit, filled
from tieout.sources.vocabulary import kind

_SHOWN = 20  # kinds of movement that are written out
_IN = ("receipt", "customer_return", "opening", "assembly_in")
_OUT = ("shipment", "vendor_return", "write_off", "assembly_out")
_BY_SIGN = ("adjustment", "count")
_TOLD_BY = {
    "receipt": ("received", "received_date", "receipt"),
    "shipment": ("shipped", "shipped_date", "shipment"),
    "customer_return": ("refund", "refund_date"),
}
_MADE = {
    "channel": ("'web'", "the file names no channel: name yours"),
    "system": ("'warehouse'", "which system it is from: name yours"),
    "line_no": (
        "source_row::varchar",
        "the file numbers no lines: their row does, while it is exported whole",
    ),
    "period": ("", "such as '2025-03'"),
    "taken_at": ("", "the file names no moment: write it, as in '2025-03-31T23:59'"),
}


def block(file: Evidence, path: str) -> str:
    """What to put into ``tieout.toml``; ``path`` is how the configuration reaches the file."""
    if not file.fits:
        return "\n".join([*_nothing_known(file), *_unmapped(path)])
    best = file.fits[0]
    mapping = _Mapping(file, best)
    lines = [*_reasons(file), "[[source]]", 'format = "csv"', f"path = {string(path)}"]
    lines += [
        f"table = {string(best.table)}",
        *mapping.source_keys(),
        *mapping.open_numbers(),
        "[source.columns]",
        *mapping.lines(),
    ]
    return "\n".join([*lines, f"# The file has: {remark(', '.join(file.header))}", *_repeated(file)])


def _reasons(file: Evidence) -> Iterator[str]:
    """Why this table, and which come next and why not."""
    best, *others = file.fits
    telling = ", ".join(best.telling[:4])
    if best.share >= ENOUGH and not best.lacks:
        yield f"# Row {file.header_row} names the columns. They are {_about(best)}, told by {remark(telling)}."
    else:
        lacks = f", but it has no {', '.join(best.lacks)}" if best.lacks else ", which is little of what it says"
        yield f"# No canonical table fits this file well. {_about(best)} comes nearest, by {remark(telling)}{lacks}."
        yield "# If it holds nothing that docs/reference.md lists under canonical tables, leave it out."
    next_ones = [other for other in others[:2] if other.share >= best.share / 3]
    for other in next_ones:
        why = f"it has no {', '.join(other.lacks)}" if other.lacks else "it takes less of what the file says"
        yield f"# Next comes {_about(other)}, told by {remark(', '.join(other.telling[:3]))}; {why}."
    also = [other.table for other in next_ones if not other.lacks]
    if also and best.share >= ENOUGH:
        yield f"# If its rows are {' or '.join(also)}, too, add a second [[source]] with this path and that table."


def _about(fit: Fit) -> str:
    return f"{fit.table} ({RECIPES[fit.table].about})"


def _nothing_known(file: Evidence) -> Iterator[str]:
    yield f"# No name in row {file.header_row} tells what the file holds: {remark(', '.join(file.header))}."
    yield from _repeated(file)
    yield "# Choose a table from docs/reference.md, canonical tables, and say which column fills which of its."


def _unmapped(path: str) -> Iterator[str]:
    yield from ("[[source]]", 'format = "csv"', f"path = {string(path)}", 'table = ""', "[source.columns]")


def _repeated(file: Evidence) -> Iterator[str]:
    if file.repeated:
        yield f"# Named twice, so that none of them can be read; rename one: {remark(', '.join(file.repeated))}"


@dataclass(frozen=True)
class _Mapping:
    """The columns of one table, from those of the file."""

    file: Evidence
    fit: Fit

    @cached_property
    def headers(self) -> dict[str, str]:
        """For each canonical column the column of the file that fills it."""
        return filled(self.file, self.fit.table)

    @cached_property
    def has_decimal_commas(self) -> bool:
        """Whether the file writes 1.234,50: some number has a comma that cannot part thousands, and none such a dot."""
        cells = self._numbers()
        commas = any(re.search(r"([.\s]\d{3},\d|^\D*\d+,(\d{1,2}|\d{4,})\D*$|^\D*0,\d+\D*$)", cell) for cell in cells)
        dots = any(re.search(r"(,\d{3}\.\d|^\D*\d+\.(\d{1,2}|\d{4,})\D*$)", cell) for cell in cells)
        return commas and not dots

    def _numbers(self) -> list[str]:
        headers = [header for name, header in self.file.columns.items() if name in NUMBERS]
        return [cell for header in headers for cell in self.file.cells(header)]

    def source_keys(self) -> Iterator[str]:
        """Beside the columns: the order of days and months and the zone, where the file leaves them open."""
        dates = [header for name, header in self.file.columns.items() if name in DATES and header in self._read()]
        cells = [cell for header in dates for cell in self.file.cells(header)]
        numbered = [found for cell in cells if (found := re.match(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}", cell))]
        if numbered and all(int(found[1]) <= 12 and int(found[2]) <= 12 for found in numbered):
            yield f'# dates = "day_first"   # or "month_first": {remark(numbered[0][0])} may be both, so say which'
        if any(re.search(r"\d:\d\d(:\d\d(\.\d+)?)?( ?[AP]M)?$", cell, re.IGNORECASE) for cell in cells):
            yield '# timezone = "Europe/Berlin"   # of its times, which state none; without it the company\'s'

    def open_numbers(self) -> Iterator[str]:
        """A number of which the file does not tell whether its comma or point parts thousands."""
        cells = self._numbers()
        told = any(re.search(r"[.,](\d{1,2}|\d{4,})\D*$|[.,]\d{3}[.,]", cell) for cell in cells)
        doubtful = next((cell for cell in cells if re.fullmatch(r"\D*[1-9]\d{0,2}[.,]\d{3}\D*", cell)), None)
        if doubtful and not told:
            yield f"# {remark(doubtful)} may be thousands or decimals: plain_number takes a comma for thousands,"
            yield "# a point for decimals; where it is the other way round, write comma_number in its place."

    def _read(self) -> set[str]:
        return set(self.headers.values())

    def lines(self) -> Iterator[str]:
        """One line a column; what nothing of the file fills is named at the end, unless the table needs it."""
        special = _SPECIAL[self.fit.table](self) if self.fit.table in _SPECIAL else {}
        unfilled = []
        for column in TABLES[self.fit.table].columns:
            expression, why = special.get(column.name) or self._plain(column)
            choices = f"one of {', '.join(column.choices)}" if column.choices and not expression else ""
            said = "; ".join(filter(None, (why, choices)))
            if expression or column.required:
                yield f"{column.name} = {_toml(expression)}{f'   # {remark(said)}' if said else ''}"
            else:
                unfilled.append(f"{column.name}{f' ({remark(said)})' if said else ''}")
        if unfilled:
            yield f"# Nothing was found for: {', '.join(unfilled)}."

    def _plain(self, column: Column) -> tuple[str, str]:
        header = self.headers.get(column.name)
        if header is None:
            return _MADE.get(column.name, ("", "")) if column.required else ("", "")
        if column.choices:
            return self._choice(column, header)
        if column.kind in ("text", "flag"):
            return quoted(header), ""
        return (self.date(header, column.kind), "") if column.kind in ("date", "time") else (self.number(header), "")

    def _choice(self, column: Column, header: str) -> tuple[str, str]:
        """A column of few words: as it is if they are ours."""
        words = {cell.casefold() for cell in self.file.cells(header)}
        if words and words <= set(column.choices):
            return f"lower({quoted(header)})", ""
        _, expression, why = self.kinds(header)
        return expression, why if column.required or expression else ""

    def kinds(self, header: str) -> tuple[dict[str, str], str, str]:
        """What each word of a column is called here, the expression that says so, and what it leaves open."""
        seen = Counter(self.file.cells(header))
        shown = [word for word, _ in seen.most_common(_SHOWN)]
        told = {word: found for word in shown if (found := kind(self.fit.table, word))}
        unsaid = [f"{word} ({seen[word]} rows)" for word in shown if word not in told]
        unsaid += [f"{len(seen) - _SHOWN} other words"] if len(seen) > _SHOWN else []
        why = f"add what these are, or their rows are rejected: {', '.join(unsaid)}" if unsaid else ""
        if not told:
            return {}, "", why or f"{header} may tell it"
        whens = "".join(f"\n    when {literal(word)} then '{told[word]}'" for word in sorted(told))
        return told, f"case {quoted(header)}{whens} end", why

    def number(self, header: str) -> str:
        """A number as the file writes it."""
        return f"{'comma_number' if self.has_decimal_commas else 'plain_number'}({quoted(header)})"

    def date(self, header: str, kind: str) -> str:
        """A date or time as the file writes it: also as 20250314, or as the days that a spreadsheet counts."""
        column, cells = quoted(header), self.file.cells(header)
        text = column
        if cells and all(re.fullmatch(r"20\d{6}", cell) for cell in cells):
            text = f"try_strptime({column}, '%Y%m%d')::date::varchar"
        elif cells and all(re.fullmatch(r"[34]\d{4}(\.\d+)?", cell) for cell in cells):
            text = f"(timestamp '1899-12-30' + to_seconds(round(try_cast({column} as double) * 86400)))::varchar"
        return f"iso_date({text}, file_dates)" if kind == "date" else f"iso_time({text}, file_zone, file_dates)"

    def key(self, *columns: str) -> dict[str, tuple[str, str]]:
        """The first of these columns, if it numbers the rows; else all of them together."""
        headers = list(dict.fromkeys(self.headers[name] for name in columns if name in self.headers))
        if not headers or columns[0] not in self.headers:
            return {}
        cells = [row.get(headers[0], "") for row in self.file.rows]
        if all(cells) and len(set(cells)) == len(cells):
            return {columns[0]: (quoted(headers[0]), "")}
        together = f"concat_ws(':', {', '.join(map(quoted, headers))})"
        return {columns[0]: (together, "no column numbers the rows: they go by these, which must not repeat")}


def _moves(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    """Movements: their kind in our words, and a place on the side where the goods come from or go to."""
    headers, present = mapping.headers, mapping.file.columns
    kinds, expression, why = _kinds(mapping)
    found = {"type": (expression, why)} | mapping.key("event_id", "document", "sku", "occurred_at", "type")
    quantity = headers.get("quantity")
    if (
        "quantity_in" in present
        and "quantity_out" in present
        and not {"quantity", "received", "shipped"} & set(present)
    ):
        inward, outward = (mapping.number(present[f"quantity_{way}"]) for way in ("in", "out"))
        found["quantity"] = (f"case when number({inward}) <> 0 then {inward} else {outward} end", "whichever is filled")
        is_in = f"number({inward}) <> 0"
        if not kinds:
            found["type"] = (f"case when {is_in} then 'receipt' else 'shipment' end", "by the column that is filled")
        return found | _sides(mapping, is_in)
    if quantity is None:
        return found
    amount = mapping.number(quantity)
    is_signed = any(re.match(r"[-(]|.*-$", cell) for cell in mapping.file.cells(quantity))
    if is_signed:
        found["quantity"] = (f"abs(number({amount}))", "the sign says in or out")
    if "from_place" in present or "to_place" in present:
        return found
    return found | _sides(mapping, _is_in(kinds, mapping, f"number({amount}) > 0"))


def _kinds(mapping: _Mapping) -> tuple[dict[str, str], str, str]:
    """As ``_Mapping.kinds``; where no column says the kind, all movements are of the one that the names tell."""
    if header := mapping.headers.get("type"):
        return mapping.kinds(header)
    present = mapping.file.columns
    for told, names in _TOLD_BY.items():
        if name := next((name for name in names if name in present), None):
            return {"": told}, f"'{told}'", f"told by {present[name]}"
    return {}, "", "the file names none"


def _is_in(kinds: dict[str, str], mapping: _Mapping, by_sign: str) -> str:
    """The condition under which goods come in."""
    header = mapping.headers.get("type")
    if header is None or not kinds:
        only = next(iter(kinds.values()), "")
        return {"shipment": "false"}.get(only, "true" if only else by_sign)
    inward, signed = (
        ", ".join(literal(word) for word, kind in sorted(kinds.items()) if kind in which) for which in (_IN, _BY_SIGN)
    )
    parts = [f"{quoted(header)} in ({inward})"] if inward else []
    parts += [f"{quoted(header)} in ({signed}) and {by_sign}"] if signed else []
    return " or ".join(parts) or "false"


def _sides(mapping: _Mapping, is_in: str) -> dict[str, tuple[str, str]]:
    """One place in the file: goods go to it or come from it; none: a place to be named."""
    header = mapping.file.columns.get("place")
    place, why = (quoted(header), "") if header else ("'MAIN'", "the file names no place: name yours")
    ways = {"true": (place, ""), "false": ("", place)}
    to, origin = ways.get(is_in, (f"case when {is_in} then {place} end", f"case when not ({is_in}) then {place} end"))
    return {"to_location": (to, why if to else ""), "from_location": (origin, why if origin else "")}


def _ledger(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    """Lines of a ledger: debit less credit where it has both."""
    present = mapping.file.columns
    found: dict[str, tuple[str, str]] = {}
    if "debit" in present and "credit" in present:
        sides = (mapping.number(present[side]) for side in ("debit", "credit"))
        found["amount"] = (f"debit_less_credit({', '.join(sides)})", "")
    elif header := mapping.headers.get("amount"):
        found["amount"] = (mapping.number(header), "debits must be positive, credits negative")
    if "external_id" not in mapping.headers:
        why = "the number of the order, receipt or bill, which links entries; regexp_extract takes it out of a text"
        found["external_id"] = ("", why)
    if "journal_id" not in mapping.headers:
        found["journal_id"] = ("", "what holds the lines of one entry together; they must balance")
    return found


def _bills(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    """Bills of suppliers, unless their kind says otherwise; several lines of one bill are told apart."""
    found = mapping.key("cost_id", "sku", "po_id", "type")
    if "type" not in mapping.headers:
        found["type"] = ("'vendor_bill'", "or 'landed_cost' for freight and duty")
    return found


def _order_lines(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    if "line_no" in mapping.headers or "sku" not in mapping.headers:
        return {}
    item = quoted(mapping.headers["sku"])
    return {"line_no": (item, "the file numbers no lines: its item does, if no order has one twice")}


def _refunds(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    return mapping.key("refund_id", "order_id", "sku")


def _fees(mapping: _Mapping) -> dict[str, tuple[str, str]]:
    return mapping.key("fee_id", "order_id", "sku", "type", "charged_at")


_SPECIAL: dict[str, Callable[[_Mapping], dict[str, tuple[str, str]]]] = {
    "stock_events": _moves, "gl_lines": _ledger, "costs": _bills, "order_lines": _order_lines, "refunds": _refunds,
    "fees": _fees,
}  # fmt: skip


def _toml(expression: str) -> str:
    """As a string of TOML in which quotes stay as they are, where one can hold it."""
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", expression) or "'''" in expression or expression.endswith("'"):
        return string(expression)
    if "\n" in expression or "'" in expression:
        return f"'''{expression}'''"
    return f"'{expression}'" if expression else '""'
