"""What an export format states about itself: how it is recognised, what is taken of it, and which tables it fills.

Headers are compared by their normalised names: letters and digits alone, lower case, so that ``Posted-Date``,
``posted date`` and ``posted_date`` are one.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias

from tieout.store import sql_text

# Cyrillic letters that look like Latin ones: exports of WooCommerce have them in their headers.
_LOOK_ALIKES = str.maketrans("асеорхукмтвн", "aceopxykmtbh")

# Tools that land tables, and the columns in which they keep their own books: those say nothing of a file's format.
TOOLS = ("airbyte", "dlt", "fivetran")
_BOOKKEEPING = ("_airbyte_", "_dlt_", "_fivetran_", "airbyte_cursor", "dataEndTime")

DateOrder = Literal["day_first", "month_first"]
Shape: TypeAlias = "str | list[Shape] | dict[str, Shape]"  # of json, as DuckDB's from_json takes it


@lru_cache(maxsize=65_536)  # each format asks for each cell of the first rows of each file
def normalised(header: str) -> str:
    """A header as it is compared; blank where it holds no letter and no digit."""
    text = unicodedata.normalize("NFKC", header).casefold().translate(_LOOK_ALIKES)
    return "".join(letter for letter in text if letter.isalnum())


@dataclass(frozen=True, slots=True)
class TakenColumn:
    """A column that a format takes: its name in the format's SQL and the normalised headers it may have."""

    name: str
    headers: tuple[str, ...]
    required: bool


def _names(header: str) -> set[str]:
    """A header as it is compared, and the objects that it is a field of: dlt writes ``item__price__amount``."""
    parts = header.split("__")
    return {normalised("".join(parts[:count])) for count in range(1, len(parts) + 1)}


def takes(text: str) -> tuple[TakenColumn, ...]:
    """Columns in the short form ``*sku  quantity=qty|units``: ``*`` must be there, ``=`` other headers for it.

    A name is also its own header, with ``_`` for anything but letters and digits; ``#1`` is the first column where
    its header is blank.
    """
    found = []
    for word in text.split():
        name, _, headers = word.removeprefix("*").partition("=")
        known = (normalised(name), *(header if header[0] == "#" else normalised(header) for header in _parts(headers)))
        found.append(TakenColumn(name, known, word.startswith("*")))
    return tuple(found)


def _parts(headers: str) -> list[str]:
    return [header for header in headers.split("|") if header]


def drops(text: str) -> frozenset[str]:
    """Headers that the format has and that are not taken, so that they count as known."""
    return frozenset(normalised(word) for word in text.split())


@dataclass(frozen=True, slots=True)
class Nested:
    """A column with json lists whose objects are rows of another format: APIs nest what other tools land as a table.

    ``fields``: columns of that format, and where each comes from: a field of the object (``account.id`` goes into an
    object in it), ``#`` for its place in the list, from 0, or ``^column`` for a column of the row around it.
    """

    column: str
    format: Format
    fields: Mapping[str, str]

    @property
    def shape(self) -> Shape:
        """What is kept of the column."""
        return [_shape({name: path for name, path in self.fields.items() if path[0] not in "#^"}, self.format.holds)]


def nested(column: str, format_: Format, text: str) -> Nested:
    """The short form ``sku  account_id=detail.account.id  index=#  order_id=^id``; a name alone is its own field."""
    words = (word.partition("=") for word in text.split())
    return Nested(column, format_, {name: path or name for name, _, path in words})


def _shape(paths: Mapping[str, str], holds: tuple[Nested, ...]) -> dict[str, Shape]:
    """The structure that has these paths; a column that holds rows itself has theirs."""
    inner = {held.column: held.shape for held in holds}
    found: dict[str, Shape] = {}
    for name, path in paths.items():
        *objects, last = path.split(".")
        place = found
        for part in objects:
            place = place.setdefault(part, {})  # type: ignore[assignment]
        place[last] = inner.get(name, "varchar")
    return found


@dataclass(frozen=True, slots=True)
class Format:
    """One export format; ``name`` is also the folder of its SQL and the table of its rows.

    ``fills``: canonical tables, each by ``formats/<name>/<table>.sql``; none where others only look its rows up, such
    as the heads of documents. ``zone``: of times that carry none (an IANA
    name; None: the source's setting, else the company's). ``dates``: columns with dates written in numbers, whose
    order (day or month first) is found in the file; ``date_order`` where the file leaves it open. ``skips``: SQL
    condition of rows that are no data (totals, headings). ``leaves_out``: SQL conditions of rows that are rejected,
    with the reason. ``uses``: other formats whose rows its SQL reads. ``prepares``: tables that several of its SQL
    files read, each by ``formats/<name>/<table>.sql``. ``is_ragged``: short rows are normal. ``blanks``: cells that
    mean nothing was said. ``preamble``: a pattern whose groups, in the text above the header, are kept as column
    ``file_preamble``, with tabs between them. ``spreads``: a column that is neither taken nor dropped is one of several
    of a kind (a place each, say): all of them are kept as the map ``file_rest``, header to cell. ``has_controls``,
    ``has_findings``: there is a ``controls.sql``, a ``findings.sql``. A mapping (``is_mapping``) brings its SQL in
    ``texts`` and knows only the headers that it takes. ``is_styled``: column ``file_style`` says how the first cell of
    a workbook's row is set, such as ``bold 0`` or ``plain 2`` (its indent), where levels are told by nothing else.
    ``within``: columns that some tool puts into the json text of a taken column, as ``money.amount``. ``holds``:
    columns whose json text holds rows of other formats (``Nested``). Of json nothing else is kept: it is dropped at the
    door. ``keeps``: of columns that people write into, a pattern whose first group is all that is kept of a cell.
    ``document``: columns that name the rows that are only ever corrected together, where the SQL must see them once: of
    those that stand in several files it sees the latest. Else what the SQL makes is merged (``merging``).
    ``books``: the ledger whose entries the format tells together with others that name the same.
    """

    name: str
    title: str
    takes: tuple[TakenColumn, ...]
    drops: frozenset[str]
    fills: tuple[str, ...]
    zone: str | None = None
    dates: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    skips: str = "false"
    leaves_out: Mapping[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    prepares: tuple[str, ...] = ()
    is_ragged: bool = False
    blanks: tuple[str, ...] = ()
    preamble: str | None = None
    spreads: bool = False
    is_styled: bool = False
    within: Mapping[str, str] = field(default_factory=dict)
    holds: tuple[Nested, ...] = ()
    keeps: Mapping[str, str] = field(default_factory=dict)
    document: tuple[str, ...] = ()
    books: str = ""
    has_controls: bool = False
    has_findings: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    is_mapping: bool = False

    def sql(self, name: str) -> str:
        """The text that makes a table, the controls or the findings."""
        return self.texts.get(name) or sql_text(f"sources/formats/{self.name}/{name}")

    @property
    def ledger(self) -> str:
        """Of what ledger it tells entries, together with others: of its ``books``, else of all that one API has."""
        return self.books or self.name.partition("_api_")[0]

    @property
    def shapes(self) -> dict[str, str]:
        """Of columns that hold json, the structure that is kept of it, as DuckDB's ``from_json`` takes it."""
        paths = dict(self.within) | {held.column: held.column for held in self.holds}
        return {column: json.dumps(shape) for column, shape in _shape(paths, self.holds).items()}

    @property
    def required(self) -> tuple[TakenColumn, ...]:
        """The columns by which the format is recognised."""
        return tuple(column for column in self.takes if column.required)

    def places(self, cells: list[str]) -> dict[str, int]:
        """Where each taken column stands in a header row, by its name; the first of two."""
        headers = [normalised(cell) or f"#{place}" for place, cell in enumerate(cells, start=1)]
        found = {}
        for column in self.takes:
            place = next((headers.index(header) for header in column.headers if header in headers), None)
            if place is not None:
                found[column.name] = place
        return found

    def unknown(self, cells: list[str]) -> list[str]:
        """Headers that the format neither takes nor drops."""
        known = self.drops.union(*(column.headers for column in self.takes), {""})
        return (
            []
            if self.spreads or self.is_mapping
            else [
                cell.strip() for cell in cells if not cell.startswith(_BOOKKEEPING) and known.isdisjoint(_names(cell))
            ]
        )

    def rest(self, cells: list[str]) -> dict[int, str]:
        """The columns of a kind in a header row, by their place; none unless the format spreads."""
        known = self.drops.union(*(column.headers for column in self.takes), {""})
        named = {place: cell.strip() for place, cell in enumerate(cells) if normalised(cell) not in known}
        return named if self.spreads else {}
