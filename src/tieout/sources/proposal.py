"""The ``tieout.toml`` that ``tieout init`` writes: what was recognised; as comments, what its user has to confirm."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tieout.canonical.tables import TABLES
from tieout.errors import InputError, UnknownFormat
from tieout.sources import data_files, sheets, suggestion
from tieout.sources.formats import known
from tieout.sources.recipes import RECIPES
from tieout.sources.recognise import ENOUGH, Recognised, recognise
from tieout.store import sql_text

_SHOWN = 5
_ROLES = ", ".join(next(column.choices for column in TABLES["gl_accounts"].columns if column.name == "role"))
_WITH_CHANNEL = ("order_lines", "refunds", "fees", "settlements")


@dataclass(frozen=True, slots=True)
class Seen:
    """One file of the folder: what it was recognised as, or why it was not."""

    name: str
    matches: tuple[Recognised, ...] = ()
    table: str = ""
    problem: str = ""

    @property
    def sentence(self) -> str:
        """What the file is, and how sure that is."""
        if self.table:
            return f"{self.name}: canonical table {self.table}"
        if not self.matches:
            return f"{self.name}: not recognised: {self.problem}"
        said = (
            f"{match.format.title}{f' (sheet {match.sheet.title})' if len(self.matches) > 1 else ''}, "
            f"{match.sureness:.0%} of its columns known"
            for match in self.matches
        )
        return f"{self.name}: {'; '.join(said)}"


def look(folder: Path) -> list[Seen]:
    """Every data file under ``folder``, in the order of names."""
    command = "tieout init " if folder == Path() else f"tieout init {shlex.quote(str(folder))} "
    found = []
    for path in data_files(folder, folder):
        name = str(path.relative_to(folder))
        try:
            if _is_canonical(path):
                found.append(Seen(name, table=path.stem))
            else:
                found.append(Seen(name, tuple(recognise(path, list(known().values())))))
        except UnknownFormat as error:
            found.append(Seen(name, problem=_likeness(path, f"{command}--map {shlex.quote(name)}", error.nearest)))
        except InputError as error:
            found.append(Seen(name, problem=str(error).removeprefix(f"{path}: ")))
    return found


def _is_canonical(path: Path) -> bool:
    """Whether a file has the name and the columns of a canonical table; a refunds.csv may be anybody's."""
    if path.stem not in TABLES or path.suffix not in (".csv", ".parquet"):
        return False
    headers = {cell.strip().lower() for sheet in sheets.look(path) for cell in sheet.rows[0]}
    return headers >= set(TABLES[path.stem].required)


def _likeness(path: Path, command: str, nearest: str) -> str:
    """What a table of no known format is most like, and the command that says how to read it."""
    best = next(iter(suggestion.evidence(path).fits), None)
    close = f"{nearest}; " if nearest else ""
    if best is None or best.share < suggestion.ENOUGH:
        return f"{close}it is like no canonical table: leave it out, or map it by hand (`{command}`)"
    about = f"{best.table} ({RECIPES[best.table].about})"
    return f"{close}it looks like {about}: `{command}` writes how to read it"


def sources(seen: list[Seen]) -> Iterator[tuple[str, str]]:
    """Format and path of each ``[[source]]``: one a folder; a format by name where the folder holds nothing else."""
    for folder in dict.fromkeys(Path(file.name).parts[0] if len(Path(file.name).parts) > 1 else "." for file in seen):
        inside = [file for file in seen if folder in (".", Path(file.name).parts[0])]
        if folder == ".":
            inside = [file for file in inside if len(Path(file.name).parts) == 1]
        if any(file.table for file in inside):
            yield "canonical", f"{folder}/"
        formats = {match.format.name for file in inside for match in file.matches}
        unsure = any(match.sureness < ENOUGH for file in inside for match in file.matches)
        if formats:
            name = next(iter(formats)) if len(formats) == 1 and not unsure and folder != "." else "auto"
            yield name, f"{folder}/"


def config(
    name: str, currency: str | None, seen: list[Seen], channels: dict[str, list[str]], locations: dict[str, list[str]]
) -> str:
    """The company and its sources; comments say what was seen and what to confirm."""
    lines = [
        "# Written by `tieout init`. A setting behind a # is a proposal: confirm it by removing the #, and the # of the"
    ]
    lines += ["# heading in brackets above it. Until then it has no effect.", ""]
    lines += ["# What was seen:", *(f"#   {remark(file.sentence)}" for file in seen), ""]
    lines += ["[company]", f"name = {string(name)}", _currency(currency)]
    lines += [
        '# timezone = "America/New_York"   # yours; without it UTC: times without a zone, and where a day ends',
        "",
    ]
    for format_name, path in sources(seen):
        lines += ["[[source]]", f"format = {string(format_name)}", f"path = {string(path)}"]
        if format_name != "canonical":
            lines += ['# timezone = "America/New_York"   # of times that carry no zone, where it is not the company\'s']
        lines += _names("channels", channels.get(path, []))
        lines += _names("locations", locations.get(path, []))
        lines.append("")
    return "\n".join(lines)


def _currency(seen: str | None) -> str:
    return f"currency = {string(seen)}" if seen else 'currency = "USD"   # no file tells it: yours'


def _names(section: str, seen: list[str]) -> list[str]:
    if not seen:
        return []
    lines = [f"# [source.{section}]   # your names for those of the export"]
    return lines + [f"# {string(name)} = {string(_full_name(name, seen))}" for name in seen]


def _full_name(name: str, seen: list[str]) -> str:
    """``amazon.ca`` for ``amazon``, if no other such name was seen: a settlement of fees alone does not say which."""
    longer = [other for other in seen if other.startswith(f"{name}.")]
    return longer[0] if len(longer) == 1 else name


def named(connection: duckdb.DuckDBPyConnection, column: str, tables: Iterable[str]) -> dict[str, list[str]]:
    """The names in a column of the exports' rows, by the source that they come from."""
    texts = " union ".join(
        f"select files.source, {column} as name from {table} join source_files as files on source_file = files.file"
        for table in tables
    )
    rows = connection.execute(f"select source, name from ({texts}) where name is not null order by all").fetchall()
    found: dict[str, list[str]] = {}
    for source, name in rows:
        found.setdefault(source, []).append(name)
    return found


def names_seen(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Channels and locations, each by source."""
    places = named(connection, "location", ["stock_snapshots", "cycle_counts"])
    for column in ("from_location", "to_location"):
        for source, names in named(connection, column, ["stock_events"]).items():
            places[source] = sorted({*places.get(source, []), *names})
    return named(connection, "channel", _WITH_CHANNEL), places


def accounts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """``[accounts]``: a role for every account without one, all as comments."""
    rows = connection.execute(sql_text("sources/account_proposals")).fetchall()
    if not rows:
        return []
    allowed = textwrap.wrap(f"Allowed are {_ROLES}.", 110, break_on_hyphens=False)
    lines = ["# Roles of the ledger's accounts, by their names.", *(f"# {line}" for line in allowed), "# [accounts]"]
    for account, name, role in rows:
        why = name or "no name" if role else f"{name or 'no name'}: no role suggests itself"
        lines.append(f"# {string(account)} = {string(role or 'other')}   # {remark(why)}")
    return [*lines, ""]


def accounts_called(names: Mapping[str, str]) -> list[str]:
    """The same of accounts that a file names, each with what the file calls it, or blank."""
    with duckdb.connect() as connection:
        connection.execute("create table gl_lines (account varchar)")
        connection.execute("create table gl_accounts (account varchar, name varchar, role varchar)")
        for account, name in names.items():
            connection.execute("insert into gl_accounts values (?, nullif(?, ''), null)", [account, name])
        return accounts(connection)


def skus(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """``[skus]``: names that may mean another item, all as comments."""
    rows = connection.execute(sql_text("sources/sku_proposals")).fetchall()
    if not rows:
        return []
    lines = ["# Names of items that may mean another one:", "# [skus]"]
    lines += [
        f"# {string(name)} = {{ sku = {string(sku)}, units = {units} }}   # {why}" for name, sku, units, _, why in rows
    ]
    return [*lines, ""]


def limits(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What these data cannot tell apart, a sentence each for what costs most; the rest is counted."""
    ((known, told),) = connection.execute(
        "select count(*), count(*) filter (best_evidence <> 'D') from capability"
    ).fetchall()
    lacking = _lacking(connection)
    lines = [f"{told} of {known} causes of difference can be told apart with these data"]
    for name, titles in lacking[:_SHOWN]:
        about = f" ({RECIPES[name].about})" if name in RECIPES else ""
        more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
        lines.append(f"without {name}{about} these look like others: {'; '.join(titles[:_SHOWN])}{more}")
    if rest := lacking[_SHOWN:]:
        causes = len({title for _, titles in rest for title in titles})
        lines.append(
            f"{len(rest)} more inputs are missing, for {causes} causes: `tieout export capability` has them all"
        )
    return lines


def _lacking(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """What these data lack (a table without rows, else a column) and the causes that need it; what most need first."""
    rows = connection.execute(
        """
        select trim(unnest(string_split(missing_inputs, ','))) as input, title
        from capability
        join causes using (cause)
        where capability.best_evidence = 'D' and missing_inputs <> '' order by causes.rowid
        """
    ).fetchall()
    tables = {row[0].partition(".")[0] for row in rows} & set(TABLES)
    empty = {table for table in tables if not connection.execute(f"from {table} limit 1").fetchall()}
    found: dict[str, dict[str, None]] = {}
    for name, title in rows:
        table = name.partition(".")[0]
        found.setdefault(table if table in empty else name, {})[title] = None
    return sorted(((name, list(titles)) for name, titles in found.items()), key=lambda item: (-len(item[1]), item[0]))


def string(text: str) -> str:
    """A text as a TOML string, whatever it holds."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def remark(text: str) -> str:
    """A text that fits into a comment."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text)
