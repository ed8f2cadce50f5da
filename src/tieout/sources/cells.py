"""What must be known of cells before the SQL of a format reads them: how dates are written, and what is no number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from tieout.canonical.files import quoted
from tieout.errors import ConfigError
from tieout.sources.expression import read_as_numbers
from tieout.sources.format import Format
from tieout.sources.reading import ExportFile
from tieout.sources.stored import StoredTable


def set_date_order(connection: duckdb.DuckDBPyConnection, file: ExportFile | StoredTable, config: Path) -> None:
    """Whether the day or the month comes first, as the file tells; if it tells neither or both, as source or format do.

    Raises ``ConfigError`` where nothing says it.
    """
    present = [name for name in file.format.dates if name in file.match.places]
    if not present:
        return
    prefixes = " union ".join(
        f"select left({quoted(name)}, 10) as prefix from {file.format.name} where source_file = $file"
        for name in present
    )
    ((by_day, by_month, written),) = connection.execute(
        f"""
        select min(start) filter (where contains(start, '.') or parts[1] > 12 and parts[2] <= 12),
            min(start) filter (where parts[2] > 12 and parts[1] <= 12), min(start)
        from (  -- no condition on what is no date: it would be asked of every row, not of the distinct prefixes
            select nullif(regexp_extract(prefix, '^\\d{{1,2}}[./-]\\d{{1,2}}[./-]\\d+'), '') as start,
                regexp_extract_all(start, '\\d+')::bigint[] as parts
            from ({prefixes})
        )
        """,
        {"file": file.name},
    ).fetchall()
    if written is None:
        return
    order = file.settings.dates or file.format.date_order
    if by_day and not by_month:
        order = "day_first"
    elif by_month and not by_day:
        order = "month_first"
    if order is None:
        doubt = f'"{by_day}" is day/month and "{by_month}" is month/day'
        doubt = doubt if by_day else f'"{written}" may be day/month or month/day'
        problem = f"is missing: in {file.name} {doubt}"
        raise ConfigError(config, "source.dates", problem, 'Add dates = "day_first" or "month_first".')
    connection.execute(f"update {file.format.name} set file_dates = ? where source_file = ?", [order, file.name])


def reject_no_numbers(connection: duckdb.DuckDBPyConnection, formats: Sequence[Format]) -> None:
    """Rows that hold something else where SQL reads a number, which would take it for nothing, are broken and doubtful.

    Of these nothing is loaded; but what they say of others (a currency, a day) holds. A dash alone is nil, and of a
    mapping its user decides.
    """
    made = [known for known in formats if not known.is_mapping]
    read = {
        known.name: set().union(*(read_as_numbers(known.sql(name)) for name in (*known.fills, *known.prepares)))
        for known in made
    }
    for known in made:
        readers = [known] if known.fills else [other for other in made if known.name in other.uses]
        numbers = set().union(*(read[other.name] for other in readers)) - known.shapes.keys()
        faults = {
            column.name: f"({column.name} is not null and number({column.name}) is null"
            f" and not regexp_full_match({column.name}, '[-–—]*'))"
            for column in known.takes
            if column.name in numbers
        }
        if faults:
            reasons = ", ".join(
                f"case when {fault} then '{name}: \"' || left({name}, 60) || '\" is not a number' end"
                for name, fault in faults.items()
            )
            connection.execute(
                f"""
                create or replace temp table no_numbers as
                select source_file, source_row, concat_ws('; ', {reasons}) as reason
                from {known.name}
                where is_data and ({" or ".join(faults.values())});
                insert into export_broken from no_numbers;
                insert into export_doubtful select source_file, source_row from no_numbers;
                drop table no_numbers
                """
            )
