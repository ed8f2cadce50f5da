"""Any table into a canonical one, by expressions over its columns that ``tieout.toml`` gives.

A mapping is a format like the others, made from the configuration: its headers are the columns that the expressions
read, its SQL is the expressions.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from tieout.canonical.files import quoted
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError, UnknownName
from tieout.settings import SourceSettings
from tieout.sources.expression import Refused, columns, dated_columns, parse
from tieout.sources.format import Format, TakenColumn, normalised

_EMPTY = "is empty: it needs an expression, such as '\"Column\"' for a column or \"'web'\" for a constant"
_BOTH_NEEDED = 'A mapped source needs table = "…" and columns = {…}.'
_OURS = ("file_zone", "file_dates", "source_file", "source_row")


def format_of(config: Path, source: SourceSettings, number: int) -> Format:
    """The format that a mapped source describes; raises ``ConfigError`` naming the key that is wrong."""
    if source.table is None or not source.columns:
        raise ConfigError(config, f'source "{source.path}", table', "is missing", _BOTH_NEEDED)
    if source.table not in TABLES:
        raise UnknownName(f'table (in {config}, source "{source.path}")', source.table, TABLES)
    _refuse_names(config, source)
    read: dict[str, str] = {}
    dated: list[str] = []
    for name, text in source.columns.items():
        if not text.strip():
            remedy = "Fill it, or leave the line out." if name not in TABLES[source.table].required else "Fill it."
            raise ConfigError(config, _key(source, name), _EMPTY, remedy)
        try:
            tree = parse(text)
        except Refused as error:
            raise ConfigError(config, _key(source, name), f"{text!r} {error}", "Correct the expression.") from error
        read |= {column.lower(): column for column in columns(tree) if column.lower() not in _OURS}
        dated += [column for column in dated_columns(tree) if column.lower() in read]
    if not read:
        raise ConfigError(config, _key(source), "read no column of the file", "Name its columns in the expressions.")
    taken = tuple(TakenColumn(column, (normalised(column),), required=True) for column in read.values())
    name = f"{source.format}_{number}"
    made = ",\n    ".join(f"(\n{text}\n) as {quoted(name)}" for name, text in source.columns.items())
    return Format(
        name=name,
        title=f"{source.format} of {source.path}",
        takes=taken,
        drops=frozenset(),
        fills=(source.table,),
        dates=tuple(dict.fromkeys(read[column.lower()] for column in dated)),
        texts={source.table: f"select {made},\n    source_file, source_row\nfrom {name}\nwhere is_data"},
        is_mapping=True,
    )


def _refuse_names(config: Path, source: SourceSettings) -> None:
    """Canonical columns that do not exist, and ones without which no row can be loaded."""
    table = TABLES[str(source.table)]
    known = [column.name for column in table.columns]
    for name in source.columns or {}:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            remedy = f"Did you mean {near[0]}?" if near else f"Use {', '.join(known)}."
            raise ConfigError(config, _key(source, name), f"is no column of {table.name}", remedy)
    missing = [name for name in table.required if name not in (source.columns or {})]
    if missing:
        problem = f"lack {', '.join(missing)}, without which {table.name} cannot be loaded"
        raise ConfigError(config, _key(source), problem, "Add them; a constant is written as \"'web'\".")


def _key(source: SourceSettings, column: str = "") -> str:
    """Which of several sources, and which of its columns."""
    return f'source "{source.path}", columns{"." * bool(column)}{column}'
