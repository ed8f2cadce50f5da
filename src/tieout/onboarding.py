"""``tieout init``: write a configuration for a folder of files, to confirm; propose or try the mapping of one file."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path

from tieout import pipeline, settings
from tieout.canonical.tables import TABLES, Table
from tieout.errors import AlreadyThere, InputError, MissingFile, UnwritablePath
from tieout.pipeline import Progress
from tieout.sources import proposal, sheets
from tieout.sources.format import normalised
from tieout.store import Draft

_CURRENCY = """
    select mode(currency)
    from (
        select currency from order_lines union all select currency from settlements
        union all select currency from gl_lines
    )
"""
_SEVERAL_LEDGERS = "select message from load_findings where finding = 'several_ledgers'"


def write_config(folder: Path, progress: Progress) -> tuple[str, list[str]]:
    """Leave ``tieout.toml`` in ``folder``; gives its path and what to tell the user. Never replaces one."""
    path = folder / "tieout.toml"
    if not folder.is_dir():
        raise MissingFile(folder, "Name the folder that holds the files.")
    if path.exists():
        raise AlreadyThere(path)
    text, said = _propose(folder, progress)
    try:
        with path.open("x", encoding="utf-8") as config:
            config.write(text)
    except OSError as error:
        raise UnwritablePath(path, str(error.strerror)) from error
    return str(path), said


def _propose(folder: Path, progress: Progress) -> tuple[str, list[str]]:
    """The configuration, and what was seen and is missing; the files are loaded aside and nothing of it is kept."""
    progress("looking at the files")
    seen = proposal.look(folder)
    said = [file.sentence for file in seen]
    name = folder.resolve().name or "Company"
    bare = proposal.config(name, "USD", seen, {}, {})
    if not list(proposal.sources(seen)):
        return bare, [*said, "nothing was recognised: map a file with `tieout init --map FILE`"]
    with tempfile.TemporaryDirectory() as aside, Draft(Path(aside) / "init.duckdb") as draft:
        try:
            pipeline.load_into(draft, settings.parse(folder / "tieout.toml", bare), progress)
        except InputError as error:
            remark = f"The files could not be loaded as they stand: {error}"
            return f"{bare}\n# {proposal.remark(remark)}\n", [*said, remark]
        connection = draft.connection
        currency = connection.execute(_CURRENCY).fetchall()[0][0] or "USD"
        lacking = proposal.missing(connection)
        said += [message for (message,) in connection.execute(_SEVERAL_LEDGERS).fetchall()]
        lines = [proposal.config(name, currency, seen, *proposal.names_seen(connection))]
        lines += [*proposal.accounts(connection), *proposal.skus(connection)]
    if lacking:
        lines += ["# What these data lack, and the causes that cannot be told from their look-alikes without it:"]
        lines += [*(f"#   {name}: {', '.join(causes)}" for name, causes in lacking.items()), ""]
        said += [
            f"without {name} {len(causes)} causes cannot be told from their look-alikes"
            for name, causes in lacking.items()
        ]
    return "\n".join(lines), said


def try_mapping(folder: Path, file: Path, progress: Progress) -> tuple[str, list[str]]:
    """What the mapping of ``file`` in ``folder``'s configuration makes of it; without one, a mapping to start from."""
    if not file.exists():
        raise MissingFile(file, "Name the file to map.")
    config = folder / "tieout.toml"
    mapped = settings.load(config) if config.exists() else None
    sources = [entry for entry in mapped.source if entry.path] if mapped else []
    source = next((entry for entry in sources if mapped and _leads_to(mapped.root / entry.path, file)), None)
    if mapped is None or source is None or source.format not in ("csv", "parquet"):
        return _start(folder, file), [f"Put this into {config}, correct it, and try it by the same command."]
    progress("trying the mapping")
    with tempfile.TemporaryDirectory() as aside, Draft(Path(aside) / "map.duckdb") as draft:
        counts = pipeline.load_into(draft, mapped.model_copy(update={"source": (source,)}), progress)
        lines = [
            "{file}: {rows_read} read = {rows_loaded} loaded + {rows_rejected} rejected".format(**row) for row in counts
        ]
        rejected = draft.connection.execute("select row, reason from rejected_rows order by row limit 10").fetchall()
        lines += [f"row {row}: {reason}" for row, reason in rejected]
        names = ", ".join(source.columns or {})
        first = draft.connection.execute(f"select {names} from {source.table} order by source_row limit 5").fetchall()
        lines += [
            "; ".join(f"{name} {value}" for name, value in zip(source.columns or {}, row, strict=True)) for row in first
        ]
    return "\n".join(lines), []


def _leads_to(place: Path, file: Path) -> bool:
    return file.resolve() == place.resolve() or place.resolve() in file.resolve().parents


def _start(folder: Path, file: Path) -> str:
    """The ``[[source]]`` of a file that no format fits: the table whose columns come nearest, to be corrected."""
    header = max((row for sheet in sheets.look(file) for row in sheet.rows), key=lambda row: sum(map(bool, row)))
    names = [cell.strip() for cell in header if cell.strip()]
    table, nearest = max(((table, _nearest(table, names)) for table in TABLES.values()), key=lambda pair: _fit(*pair))
    path = file.resolve()
    shown = path.relative_to(folder.resolve()) if folder.resolve() in path.parents else path
    lines = ["[[source]]", 'format = "csv"', f"path = {proposal.string(str(shown))}"]
    lines += [f"table = {proposal.string(table.name)}   # the nearest; any canonical table", "[source.columns]"]
    for column in table.columns:
        expression = f'"{nearest[column.name]}"' if column.name in nearest else ""
        mark = "" if column.name in nearest or column.required else "# "
        lines.append(f"{mark}{column.name} = {proposal.string(expression)}")
    return "\n".join([*lines, f"# The file has: {proposal.remark(', '.join(names))}"])


def _nearest(table: Table, names: list[str]) -> dict[str, str]:
    """For each canonical column the column of the file whose name is nearest, where one is near."""
    by_letters = {normalised(name): name for name in names}
    found = {}
    for column in table.columns:
        near = difflib.get_close_matches(normalised(column.name), list(by_letters), 1, cutoff=0.75)
        if near:
            found[column.name] = by_letters[near[0]].replace('"', '""')
    return found


def _fit(table: Table, nearest: dict[str, str]) -> float:
    return len([name for name in table.required if name in nearest]) / len(table.required) + len(nearest) / 100
