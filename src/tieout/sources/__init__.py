"""Where the canonical tables come from: canonical folders, known exports, any file by a mapping, lakes, databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tieout.canonical.files import SourceFile
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError, InputError, MissingFile, UnknownName, UnreadableFile
from tieout.settings import Settings, SourceSettings
from tieout.sources import canonical_folder, lakes, mapping, postgres
from tieout.sources.exports import Exports
from tieout.sources.format import Format
from tieout.sources.formats import known
from tieout.sources.nested import inside, tables_in
from tieout.sources.reading import ExportFile, tables_of
from tieout.sources.recognise import ENOUGH, recognise
from tieout.sources.sheets import printable
from tieout.sources.stored import StoredTable, fingerprint

__all__ = ["Exports", "Found", "data_files", "find", "fingerprint"]

_DATA = (".csv", ".json", ".parquet", ".tsv", ".txt", ".xls", ".xlsx")
_AUTO = "auto"
_MAPPED = ("csv", "parquet")
_AS_IT_IS = "as it is"


@dataclass(slots=True)
class Found:
    """What all sources have: canonical files, exports, tables elsewhere, and what was passed over (name, and why)."""

    canonical: list[SourceFile] = field(default_factory=list)
    exports: list[ExportFile] = field(default_factory=list)
    stored: list[StoredTable] = field(default_factory=list)
    unused: list[tuple[str, str]] = field(default_factory=list)

    def files(self) -> list[tuple[str, str, str, Path]]:
        """Of every file that is read: its source, the table or tables that it fills, its name, and where it lies."""
        return [
            *((file.source, file.table, file.name, file.path) for file in self.canonical),
            *(
                (file.settings.name, ", ".join(file.format.fills), file.name, file.match.sheet.path)
                for file in self.exports
            ),
        ]

    def stamps(self) -> dict[str, tuple[int, int, int] | None]:
        """By which it shows, name by name, that a file was written to or replaced; None of one that is gone."""
        looks = ((name, path.stat() if path.exists() else None) for _, _, name, path in self.files())
        return {name: look and (look.st_size, look.st_mtime_ns, look.st_ino) for name, look in looks}


def find(settings: Settings) -> Found:
    """All files of all configured sources; raises ``UnknownName`` for a format that does not exist."""
    if not settings.source:
        raise ConfigError(settings.path, "source", "is missing", "Add [[source]] with format and path.")
    found = Found()
    for number, source in enumerate(settings.source, start=1):
        place = settings.root / source.path
        if source.format == "canonical":
            files = canonical_folder.find(source.path, place)
            found.canonical += files
            used = {file.path.resolve() for file in files}
            unused = [path for path in data_files(settings.root, place) if path.resolve() not in used]
            found.unused += [(_name(source, place, path), "names no canonical table") for path in unused]
        elif source.format == _AUTO or source.format in known():
            _refuse_unknown_tables(settings, source)
            formats = list(known().values()) if source.format == _AUTO else [known()[source.format]]
            _find_exports(settings, source, formats, found)
        elif source.format in _MAPPED:
            _find_exports(settings, source, [mapping.format_of(settings.path, source, number)], found)
        elif source.format == "postgres":
            found.stored += postgres.find(settings, source, number)
        elif source.format in ("delta", "iceberg"):
            found.stored.append(lakes.find(settings, source, number))
        else:
            allowed = ["canonical", "postgres", "delta", "iceberg", *_MAPPED, _AUTO, *known()]
            raise UnknownName(f"format (in {settings.path}, source.format)", source.format, allowed)
    _refuse_doubled(settings, found)
    _tell_apart(found)
    reached = {path.resolve() for _, _, _, path in found.files()}
    found.unused = [(name, why) for name, why in found.unused if (settings.root / name).resolve() not in reached]
    return found


def _find_exports(settings: Settings, source: SourceSettings, formats: list[Format], found: Found) -> None:
    """What is recognised is taken; what is not is passed over in a folder, and an error where it was named."""
    place = settings.root / source.path
    if not place.exists():
        raise MissingFile(place, f'Correct path = "{source.path}" in {settings.path}.')
    is_whole = place.is_file() or source.format == "parquet"  # no part of it may be passed over
    paths = [
        path for path in data_files(settings.root, place) if source.format != "parquet" or path.suffix == ".parquet"
    ]
    if not paths and source.format == "parquet":
        raise UnreadableFile(place, "holds no parquet file", "Correct source.path in tieout.toml.")
    for path in paths:
        name = _name(source, place, path)
        try:
            matches = recognise(path, formats)
        except InputError as error:
            if is_whole:
                raise
            found.unused.append((name, str(error).removeprefix(f"{printable(path)}: ").split(". ")[0]))
            continue
        sure = [match for match in matches if source.format != _AUTO or match.sureness >= ENOUGH]
        for match in matches:
            sheet = f"#{match.sheet.title}" if len(matches) > 1 else ""
            if match in sure:
                file = ExportFile(source, name + sheet, match)
                found.exports += [file, *tables_in(file)]
            else:
                share = f"{match.sureness:.0%} of its columns are known"
                found.unused.append((name + sheet, f"may be {match.format.name} ({share}): name the format to take it"))


def data_files(root: Path, place: Path) -> Iterator[Path]:
    """The file at ``place``, or all that may hold data under it; not what tieout itself leaves beside its config."""
    ours = [root / name for name in ("reports", "review", "notebooks")]
    for path in [place] if place.is_file() else sorted(place.rglob("*")):
        is_ours = path.name.startswith(".") or any(folder in path.parents for folder in ours)
        if path.is_file() and (path == place or (path.suffix.lower() in _DATA and not is_ours)):
            yield path


def _name(source: SourceSettings, place: Path, path: Path) -> str:
    """How the configuration reaches a file."""
    return source.path if path == place else f"{source.path.rstrip('/')}/{printable(path.relative_to(place))}"


def _refuse_unknown_tables(settings: Settings, source: SourceSettings) -> None:
    for table in source.tables or ():
        if table not in TABLES:
            raise UnknownName(f"table (in {settings.path}, source.tables)", table, TABLES)


def _refuse_doubled(settings: Settings, found: Found) -> None:
    """A file fills a table once. Beside one source that knows it, mappings may read it for other tables."""
    reached = [(file.path.resolve(), table) for file in found.canonical for table in (file.table, _AS_IT_IS)]
    of_sources = {  # sheets of one workbook are several exports of one file, by one source
        (file.match.sheet.path.resolve(), table, id(file.settings))
        for file in found.exports
        for table in (*tables_of(file), *([] if file.format.is_mapping else [_AS_IT_IS]))
    }
    reached += [(path, table) for path, table, _ in of_sources]
    doubled = min((path for (path, _), count in Counter(reached).items() if count > 1), default=None)
    if doubled:
        remedy = "Remove one [[source]], or let it fill another table by a mapping."
        raise ConfigError(settings.path, "source.path", f"leads to {doubled} twice", remedy)
    names = [table.name for table in found.stored]
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated:
        raise ConfigError(settings.path, "source", f"reads {repeated} twice", "Remove one [[source]].")


def _tell_apart(found: Found) -> None:
    """A mapping of a file that another source reads, too, is called for its table: ``bills.csv#costs``."""
    of_sources = {(file.match.sheet.path.resolve(), id(file.settings)) for file in found.exports}
    readers = Counter([file.path.resolve() for file in found.canonical] + [path for path, _ in of_sources])
    found.exports = [
        replace(file, name=inside(file.name, file.format.fills[0]))
        if file.format.is_mapping and readers[file.match.sheet.path.resolve()] > 1
        else file
        for file in found.exports
    ]
