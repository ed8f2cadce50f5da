"""Tables and measures as files: what ``tieout export`` writes. A file appears whole or not at all."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import xlsxwriter

from tieout.company import Company
from tieout.errors import InputError, UnknownName
from tieout.reporting import entries
from tieout.reporting.spreadsheet import write_text
from tieout.store import Reader

_EXCEL_ROWS = 1_048_575
# A spreadsheet runs text that begins with one of these as a formula; an apostrophe in front keeps it text.
_FORMULA = "^[=+@\\t\\r-]"


def write(database: Path, name: str, form: str, output: Path | None) -> None:
    """Write table ``name`` of the published run as ``form`` to ``output``, or to standard output.

    Raises ``UnknownName`` for a table or format that does not exist, ``InputError`` where Excel cannot hold the rows.
    """
    writers = {**_WRITERS, **_ledgers(Company(database).currency)} if name == "entries" else _WRITERS
    if form not in writers:
        raise UnknownName("format", form, writers)
    table = _of_load(database, name)
    if table is None:
        table = Company(database).arrow(name)
    with tempfile.TemporaryDirectory(dir=output.absolute().parent if output else None) as folder:
        draft = Path(folder) / "export"
        writers[form](table, draft)
        if output:
            draft.replace(output)
        else:
            with draft.open("rb") as content:
                shutil.copyfileobj(content, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def _of_load(database: Path, name: str) -> pa.Table | None:
    """A table of a load that is not reconciled yet, such as the rows that it rejected; else None."""
    reader = Reader(database)
    with reader.connection as connection:
        present = reader.tables()
        held = "load_findings" if name == "findings" else name
        if "this_run" in present or held not in present:
            return None
        return connection.sql(f'from "{held}" order by all').to_arrow_table()


def _ledgers(currency: str) -> dict[str, Callable[[pa.Table, Path], None]]:
    """The forms that only correcting entries have."""
    return {name: partial(form, currency=currency) for name, form in entries.FORMATS.items()}


def _copy(options: str, guard: bool = False) -> Callable[[pa.Table, Path], None]:
    def write_table(table: pa.Table, path: Path) -> None:
        with duckdb.connect() as connection:
            connection.execute("set TimeZone = 'UTC'")
            connection.register("exported", table)
            query = f"select {_guarded(table) if guard else '*'} from exported"
            connection.execute(f"copy ({query}) to '{str(path).replace(chr(39), chr(39) * 2)}' ({options})")

    return write_table


def _guarded(table: pa.Table) -> str:
    columns = []
    for field in table.schema:
        name = '"' + field.name.replace('"', '""') + '"'
        is_text = pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        columns.append(f"case when regexp_matches({name}, '{_FORMULA}') then '''' || {name} else {name} end as {name}"
                       if is_text else name)  # fmt: skip
    return ", ".join(columns)


def _write_xlsx(table: pa.Table, path: Path) -> None:
    if table.num_rows > _EXCEL_ROWS:
        raise InputError(f"{table.num_rows} rows are more than an Excel sheet holds. Use --format csv or parquet.")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "constant_memory": True,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  the same rows give the same bytes
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, table.column_names, book.add_format({"bold": True}))
        for place, row in enumerate(zip(*[column.to_pylist() for column in table.columns], strict=True), start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, place, column, value)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, datetime):
        sheet.write_string(row, column, value.isoformat())
    elif isinstance(value, str | list | dict):
        write_text(sheet, row, column, str(value))
    else:
        sheet.write(row, column, value)


write_csv = _copy("format csv, header true", guard=True)
_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    "csv": write_csv,
    "parquet": _copy("format parquet"),
    "json": _copy("format json, array true"),
    "xlsx": _write_xlsx,
}
