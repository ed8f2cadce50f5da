"""``tieout init``: write a configuration for a folder of files, to confirm; propose or try the mapping of one file."""

from __future__ import annotations

import contextlib
import shlex
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from tieout import pipeline, settings
from tieout.errors import AlreadyThere, InputError, MissingFile, UnknownFormat, UnreadableFile, UnwritablePath
from tieout.pipeline import Progress
from tieout.reconciliation import note_capability
from tieout.sources import proposal, proposed_mapping, suggestion
from tieout.sources.formats import known
from tieout.sources.recognise import ENOUGH, recognise
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
    shown = shlex.quote(str(path))
    return str(path), [*said, f"next: read {shown}, take the # off what is right, then `tieout load --config {shown}`"]


def _propose(folder: Path, progress: Progress) -> tuple[str, list[str]]:
    """The configuration, and what was seen and is missing; the files are loaded aside and nothing of it is kept."""
    progress("looking at the files")
    seen = proposal.look(folder)
    said = [file.sentence for file in seen]
    name = folder.resolve().name or "Company"
    bare = proposal.config(name, None, seen, {}, {})
    if not list(proposal.sources(seen)):
        return bare, [*said, "nothing was recognised: put into tieout.toml what `tieout init --map FILE` writes"]
    with tempfile.TemporaryDirectory() as aside, Draft(Path(aside) / "init.duckdb") as draft:
        try:
            pipeline.load_into(draft, settings.parse(folder / "tieout.toml", bare), progress)
        except InputError as error:
            remark = f"The files could not be loaded as they stand: {error}"
            return f"{bare}\n# {proposal.remark(remark)}\n", [*said, remark]
        connection = draft.connection
        note_capability(connection)
        currency = connection.execute(_CURRENCY).fetchall()[0][0]
        limits = proposal.limits(connection)
        said += [message for (message,) in connection.execute(_SEVERAL_LEDGERS).fetchall()]
        lines = [proposal.config(name, currency, seen, *proposal.names_seen(connection))]
        lines += [*proposal.accounts(connection), *proposal.skus(connection)]
    lines += ["# What these data cannot tell:", *(f"#   {remark}" for remark in limits), ""]
    return "\n".join(lines), [*said, *limits]


def try_mapping(folder: Path, file: Path, progress: Progress) -> tuple[str, list[str]]:
    """What the mapping of ``file`` in ``folder``'s configuration makes of it; without one, a mapping to start from."""
    file = file if file.exists() else folder / file
    if not file.exists():
        raise MissingFile(file, "Name the file to map, from here or from DIR on.")
    config = folder / "tieout.toml"
    mapped = settings.load(config) if config.exists() else None
    entries = [entry for entry in mapped.source if entry.format in ("csv", "parquet")] if mapped else []
    sources = tuple(entry for entry in entries if mapped and _leads_to(mapped.root / entry.path, file))
    if mapped is None or not sources:
        return _start(folder, file, mapped.accounts if mapped else ())
    progress("trying the mapping")
    with tempfile.TemporaryDirectory() as aside, Draft(Path(aside) / "map.duckdb") as draft:
        counts = pipeline.load_into(draft, mapped.model_copy(update={"source": sources}), progress)
        lines = [
            "{file}: {rows_read} read = {rows_loaded} loaded + {rows_rejected} rejected".format(**row) for row in counts
        ]
        rejected = draft.connection.execute(
            "select file, row, reason from rejected_rows order by file, row limit 10"
        ).fetchall()
        lines += [f"{f'{name}, ' * (len(counts) > 1)}row {row}: {reason}" for name, row, reason in rejected]
        for source in sources:
            lines += _first_rows(draft.connection, source)
    return "\n".join(lines), []


def _first_rows(connection: duckdb.DuckDBPyConnection, source: settings.SourceSettings) -> Iterator[str]:
    """The first rows that a mapping has loaded, as its columns."""
    names = list(source.columns or {})
    query = f"select {', '.join(names)} from {source.table} order by source_row limit 5"
    for row in connection.execute(query).fetchall():
        yield "; ".join(f"{name} {value}" for name, value in zip(names, row, strict=True))


def _leads_to(place: Path, file: Path) -> bool:
    return file.resolve() == place.resolve() or place.resolve() in file.resolve().parents


def _start(folder: Path, file: Path, accounts: Collection[str]) -> tuple[str, list[str]]:
    """The ``[[source]]`` of a file that no format fits, to be corrected; of one that is recognised, what it is.

    With roles for the accounts of a ledger, but for those that the configuration has.
    """
    with contextlib.suppress(UnknownFormat, UnreadableFile):
        known_as = recognise(file, list(known().values()))
        if all(match.sureness >= ENOUGH for match in known_as):
            title = known_as[0].format.title
            raise InputError(f'{file}: is a {title}, which needs no mapping: name its folder with format = "auto".')
    path = file.resolve()
    shown = path.relative_to(folder.resolve()) if folder.resolve() in path.parents else path
    remedy = f"Put this into {folder / 'tieout.toml'}, correct it, and try it by the same command."
    seen = suggestion.evidence(file)
    return "\n".join([proposed_mapping.block(seen, str(shown)), *_roles(seen, accounts)]), [remedy]


def _roles(file: suggestion.Evidence, known_ones: Collection[str]) -> list[str]:
    account, name = (file.columns.get(means) for means in ("account", "account_name"))
    if not file.fits or file.fits[0].table != "gl_lines" or account is None:
        return []
    names = {row[account]: row.get(name or "", "") for row in file.rows if row.get(account)}
    return proposal.accounts_called({number: title for number, title in names.items() if number not in known_ones})
