"""A file as sheets of rows: the first rows of each, its encoding and delimiter, whatever kind of file it is."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from tieout.errors import UnreadableFile

FIRST_ROWS = 40
DELIMITERS = ",\t;|"
_SAMPLE = 1 << 20
_CHUNK = 1 << 23
_KINDS = {
    b"PK\x03\x04": "a workbook or zip archive that breaks off",
    b"\x1f\x8b": "a gzip archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"PAR1": "a parquet file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
# A cell of a workbook with a formula and no result, as libraries write it; an empty text is one (``t="str"``).
_UNSOLVED = re.compile(rb"<c\b([^>]*)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_CELL = re.compile(rb'\br="(\w+)"')
# Letters such as é, and marks such as ’, as UTF-8 writes them; Windows-1252 hardly ever has these bytes in a row.
_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2[\x80-\xbf]{2}")
_QUOTED = re.compile(r'(?:^|\t)"[^\t]*"(?:\t|\r?$)', re.MULTILINE)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<table", b"<?xml")
_REMEDY = "Export it again as csv or xlsx."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first rows of a text under one delimiter, of one sheet of a workbook, or of one list of a json file.

    ``title``: of the sheet or list; ``quote``: what encloses a cell of a text, or nothing. Of a parquet file, and
    of a table of a database or lake, there is only the header.
    """

    path: Path
    kind: Literal["text", "workbook", "json", "parquet", "table"]
    title: str = ""
    encoding: str = ""
    delimiter: str = ""
    quote: str = '"'
    rows: tuple[list[str], ...] = ()


def look(path: Path) -> list[Sheet]:
    """The sheets of a workbook, or a text under each delimiter that it has; raises ``UnreadableFile``."""
    if path.is_dir():
        raise UnreadableFile(path, "is a folder, not a file", "Name the file, or the folder as path of the source.")
    if printable(path) != str(path):
        raise UnreadableFile(Path(printable(path)), "has a name that is not UTF-8", "Rename it.")
    if path.stat().st_size == 0:
        raise UnreadableFile(path, "the file is empty", "Export it again, or remove it.")
    if zipfile.is_zipfile(path):
        return _workbook(path)
    if path.suffix.lower() == ".parquet":
        return [_parquet(path)]
    if path.suffix.lower() == ".json":
        return [
            Sheet(path, "json", title, rows=tuple(islice(_records(records), FIRST_ROWS)))
            for title, records in _lists(path).items()
        ]
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as content:
        sample = content.read(_SAMPLE)
    sheets = [_text(path, encoding, delimiter, sample) for delimiter in DELIMITERS if delimiter in sample]
    if not sheets:
        raise UnreadableFile(path, "has no columns: no comma, tab, semicolon or bar stands in it", _REMEDY)
    return sheets


def printable(path: Path) -> str:
    """A path as it can be said and kept: what is no letter of a name on the disk is escaped."""
    return str(path).encode(errors="backslashreplace").decode()


def rows(sheet: Sheet) -> Iterator[list[str]]:
    """All rows of a sheet, as text, from the first on; not of a parquet file."""
    if sheet.kind == "workbook":
        _refuse_unsolved(sheet)
        yield from _cells(sheet.path, sheet.title)
        return
    if sheet.kind == "json":
        yield from _records(_lists(sheet.path)[sheet.title])
        return
    row = 1
    with sheet.path.open(encoding=sheet.encoding, newline="") as content:
        reader = csv.reader(content, delimiter=sheet.delimiter, quotechar=sheet.quote or None, strict=True)
        try:
            for cells in reader:
                yield cells
                row += 1
        except csv.Error as error:
            raise bad_quote(sheet.path, row) from error


def bad_quote(path: Path, row: int) -> UnreadableFile:
    """What is said of a row whose quotes do not close."""
    problem = f"row {row} has a quote out of place: it opens and never closes, or stands inside a cell"
    return UnreadableFile(path, problem, "Correct that row, or export the file again.")


def _text(path: Path, encoding: str, delimiter: str, sample: str) -> Sheet:
    # Tab-separated reports, as Amazon's, quote nothing: a quote in them means itself.
    quote = "" if delimiter == "\t" and not _QUOTED.search(sample) else '"'
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, quotechar=quote or None)
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        found.extend(islice(reader, FIRST_ROWS))
    return Sheet(path, "text", "", encoding, delimiter, quote, tuple(found))


def _encoding(path: Path) -> str:
    """utf-8-sig, utf-16 or cp1252; raises for what is no text, or ends inside a letter."""
    with path.open("rb") as content:
        start = content.read(_CHUNK)
    for signature, kind in _KINDS.items():
        if start.startswith(signature):
            if "EncryptedPackage".encode("utf-16-le") in start:
                raise UnreadableFile(path, "is protected by a password", "Save it without one.")
            raise UnreadableFile(path, f"is {kind}, not a table", _REMEDY)
    if start.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_PAGES):
        raise UnreadableFile(path, "is a web page or XML, whatever its name says", "Save it as csv or xlsx.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodable(path, "utf-16")
    with contextlib.suppress(UnicodeDecodeError):
        return _decodes(path, "utf-8-sig")
    return _decodable(path, "cp1252")


def _decodable(path: Path, encoding: str) -> str:
    try:
        return _decodes(path, encoding)
    except UnicodeDecodeError as error:
        problem = f"is text in no encoding that we know (not UTF-8, and not {encoding}: {error.reason})"
        raise UnreadableFile(path, problem, "Save it as CSV UTF-8.") from error


def _decodes(path: Path, encoding: str) -> str:
    """The encoding, if the whole file is in it; raises ``UnreadableFile`` for one that ends inside a letter."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            if "\0" in decoder.decode(chunk):
                raise UnreadableFile(path, "is not text: it holds NUL bytes", _REMEDY)
    if decoder.getstate()[0]:
        raise UnreadableFile(path, "breaks off inside a letter: it was not written to its end", "Export it again.")
    return encoding


def garbled_line(sheet: Sheet) -> int | None:
    """The first line of a text read as Windows-1252 that is in UTF-8: a letter of it has become two."""
    if sheet.encoding != "cp1252":
        return None
    with sheet.path.open("rb") as content:
        return next((number for number, line in enumerate(content, start=1) if _UTF8.search(line)), None)


def _workbook(path: Path) -> list[Sheet]:
    with zipfile.ZipFile(path) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            inside = ", ".join(archive.namelist()[:3])
            raise UnreadableFile(path, f"is a zip archive (it holds {inside}), not a table", "Unpack it first.")
    with _opened(path) as book:
        titles = [sheet.title for sheet in book.worksheets]
    return [Sheet(path, "workbook", title, rows=tuple(islice(_cells(path, title), FIRST_ROWS))) for title in titles]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The workbook; raises ``UnreadableFile`` for what its parsers stumble over, there or later."""
    import openpyxl

    book = None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        yield book
    except Exception as error:  # each of the parsers has its own
        words = str(error).strip().split("\n")[0] or type(error).__name__
        raise UnreadableFile(path, f"cannot be read as a workbook ({words})", _REMEDY) from error
    finally:
        if book is not None:
            book.close()


def _cells(path: Path, title: str) -> Iterator[list[str]]:
    with _opened(path) as book:
        book[title].reset_dimensions()
        for row in book[title].iter_rows(values_only=True):
            yield [_cell(value) for value in row]


def _refuse_unsolved(sheet: Sheet) -> None:
    """Raise ``UnreadableFile`` for a formula without its result: it would be read as a blank cell."""
    with _opened(sheet.path) as book:
        part = book[sheet.title]._worksheet_path
    with zipfile.ZipFile(sheet.path) as archive, archive.open(part) as content:
        before = b""
        while block := content.read(_SAMPLE):
            for found in _UNSOLVED.finditer(before + block):
                cell = _CELL.search(found[1])
                if b't="str"' not in found[1]:
                    where = f"cell {cell[1].decode()} of {sheet.title}" if cell else sheet.title
                    problem = f"holds a formula without its result in {where}"
                    raise UnreadableFile(sheet.path, problem, "Open it in Excel, save it, and load it again.")
            before = block[-2000:]


def styles(sheet: Sheet) -> Iterator[str]:
    """How the first filled cell of each row of a workbook is set: bold, italic or plain, and its indent."""
    with _opened(sheet.path) as book:
        book[sheet.title].reset_dimensions()
        for row in book[sheet.title].iter_rows():
            first = next((cell for cell in row if cell.value is not None), None)
            yield f"{_letters(first.font)} {first.alignment.indent:.0f}" if first else ""


def _letters(font: Any) -> str:
    return "bold" if font.b else "italic" if font.i else "plain"


def _cell(value: object) -> str:
    """A cell as text: times in ISO 8601, whole numbers without a decimal point."""
    from datetime import datetime, time

    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _parquet(path: Path) -> Sheet:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return Sheet(path, "parquet", rows=(parquet.read_schema(path).names,))
    except (pa.ArrowInvalid, OSError) as error:
        raise UnreadableFile(path, f"cannot be read as a parquet file ({error})", "Export it again.") from error


def _lists(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The records in a json file: the whole of it, or those under its keys, by their names.

    Where records stand under keys of their own, each has it as its field ``key``.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"is not json ({error})", "Export it again.") from error
    content = _keyed(content)
    named = {name: _keyed(part) for name, part in content.items()} if isinstance(content, dict) else {"": content}
    lists = {
        title: records for title, records in named.items()
        if isinstance(records, list) and records and all(isinstance(record, dict) for record in records)
    }  # fmt: skip
    if not lists:
        raise UnreadableFile(path, "holds no list of records", "Export it again.")
    return lists


def _keyed(content: Any) -> Any:
    """Records under keys of their own as a list of them; everything else as it is."""
    if isinstance(content, dict) and content and all(isinstance(record, dict) for record in content.values()):
        return [{"key": key, **record} for key, record in content.items()]
    return content


def _records(records: list[dict[str, Any]]) -> Iterator[list[str]]:
    """The names of all fields, then each record; what is nested stays json."""
    names = list(dict.fromkeys(name for record in records for name in record))
    yield names
    for record in records:
        yield [_field(record.get(name)) for name in names]


def _field(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
