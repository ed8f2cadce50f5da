"""One module an export format: it finds the files and says which canonical table each one fills."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tieout.canonical.files import SourceFile
from tieout.errors import ConfigError, UnknownName
from tieout.settings import Settings
from tieout.sources import canonical_folder

_DATA = (".csv", ".json", ".parquet", ".tsv", ".txt", ".xls", ".xlsx")
_FORMATS: dict[str, Callable[[str, Path], list[SourceFile]]] = {"canonical": canonical_folder.find}


def find_files(settings: Settings) -> list[SourceFile]:
    """All files of all configured sources; raises ``UnknownName`` for a format that does not exist."""
    if not settings.source:
        raise ConfigError(settings.path, "source", "is missing", "Add [[source]] with format and path.")
    found = []
    for source in settings.source:
        if source.format not in _FORMATS:
            raise UnknownName(f"format (in {settings.path}, source.format)", source.format, _FORMATS)
        found += _FORMATS[source.format](source.path, settings.root / source.path)
    places = [file.path.resolve() for file in found]
    doubled = next((file for file in found if places.count(file.path.resolve()) > 1), None)
    if doubled:
        raise ConfigError(settings.path, "source.path", f"leads to {doubled.path} twice", "Remove one [[source]].")
    return found


def unused_files(settings: Settings, found: list[SourceFile]) -> list[str]:
    """Data files in the sources' folders that no format took (misspelt, perhaps), as their source reaches them."""
    used = {file.path.resolve() for file in found}
    return [
        f"{source.path.rstrip('/')}/{path.relative_to(settings.root / source.path)}"
        for source in settings.source
        for path in sorted((settings.root / source.path).rglob("*"))
        if path.suffix.lower() in _DATA and path.is_file() and path.resolve() not in used
    ]
