"""What a format makes of its rows for one canonical table, under the names that the settings give to things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tieout.canonical.files import RawRows
from tieout.canonical.tables import TABLES
from tieout.errors import UnreadableFile
from tieout.sources.format import Format

PROVENANCE = ("source_file", "source_row", "source_rows", "origin")
_NAMED = {"channel": "channel", "location": "location", "from_location": "location", "to_location": "location"}
_COUNTED = ("quantity", "counted_quantity", "system_quantity")
_PER_UNIT = ("unit_price", "unit_cost", "standard_cost", "list_price", "recoverable")


@dataclass(frozen=True, slots=True)
class Derived:
    """What one format makes of its rows for one canonical table, by ``formats/<format>/<table>.sql``.

    ``path`` is the first of its files, for messages.
    """

    table: str
    format: Format
    path: Path

    @property
    def made(self) -> str:
        """The table that ``make`` leaves."""
        return f"made_{self.format.name}_{self.table}"

    @property
    def marketplace(self) -> str:
        """Whose report it is: the first word of the format's name."""
        return self.format.name.split("_")[0]

    def make(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Run the format's SQL, once; raises ``UnreadableFile`` where the expressions of a mapping fail."""
        if not self._is_made(connection):
            self._create(connection, "table")

    def _is_made(self, connection: duckdb.DuckDBPyConnection) -> bool:
        return connection.execute("from duckdb_tables() where table_name = ?", [self.made]).fetchall() != []

    def _create(self, connection: duckdb.DuckDBPyConnection, kind: str) -> None:
        try:
            connection.execute(
                f"""
                create or replace temp {kind} {self.made} as
                select made.*, files.origin
                from ({self.format.sql(self.table)}) as made
                join export_files as files on made.source_file = files.source_file
                anti join export_doubtful as doubtful
                    on made.source_file = doubtful.source_file and made.source_row = doubtful.source_row
                where list_contains(files.tables, '{self.table}')
                """
            )
        except duckdb.Error as error:
            if not self.format.is_mapping:
                raise
            problem = f"cannot be mapped ({str(error).splitlines()[0]})"
            raise UnreadableFile(
                self.path, problem, "Correct source.columns; try_cast refuses only the row."
            ) from error

    def columns(self, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
        """The columns of what was made, with their types; not where a row came from."""
        described = connection.execute(f"describe {self.made}").fetchall()
        return {name: kind for name, kind, *_ in described if name not in PROVENANCE}

    def read(self, connection: duckdb.DuckDBPyConnection) -> RawRows:
        """The rows; names of channels and locations as the source's settings translate them.

        A row that is made of several source rows names them in ``source_rows``; its ``source_row`` is one of them.
        """
        connection.execute(
            "create or replace temp table raw_rejects (source_row bigint, content varchar, reason varchar,"
            " fault varchar, origin varchar, source_file varchar)"
        )
        if not self._is_made(connection):
            self._create(connection, "view")
            if self._is_final(connection):
                return RawRows(self.path, self.columns(connection), self.made)
            connection.execute(f"drop view {self.made}")
            self._create(connection, "table")
        columns = self.columns(connection)
        connection.execute(f"drop table if exists raw_rows; alter table {self.made} rename to raw_rows")
        note_sources(connection, "raw_rows", "export_used")
        connection.execute("alter table raw_rows drop column if exists source_rows")
        if self.table == "stock_snapshots":
            connection.execute("alter table raw_rows add column counted_as varchar")
            connection.execute(f"update raw_rows set counted_as = {_place_and_item(columns)}")
        _note_names(connection, columns)
        self._rename(connection, columns)
        if "sku" in columns:
            self._translate_skus(connection, columns)
        if self.table == "stock_snapshots":
            _sum_counts(connection, columns)
        elif TABLES[self.table].is_named:
            self._fill_names(connection, columns)
        return RawRows(self.path, columns)

    def _is_final(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether the rows are loaded as they are made, so that they need not be written down before."""
        ((is_translated,),) = connection.execute(
            "select (select count(*) from export_names) + (select count(*) from export_skus) > 0"
        ).fetchall()
        is_changed = self.table == "stock_snapshots" or TABLES[self.table].is_named
        return not (is_translated or is_changed or self.format.is_mapping or has_sources(connection, self.made))

    def _rename(self, connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
        for column, kind in _NAMED.items():
            if column in columns:
                connection.execute(
                    f"""
                    update raw_rows set {column} = names.name
                    from (
                        select raw.rowid as place, arg_min(names.name, names.original = '*') as name
                        from raw_rows as raw
                        join export_names as names on raw.source_file = names.source_file and names.kind = ?
                            and (names.original = raw.{column} or names.original = '*' and raw.{column} is not null)
                        group by all
                    ) as names
                    where raw_rows.rowid = names.place
                    """,
                    [kind],
                )

    def _translate_skus(self, connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
        """A pack is so many units: quantities grow by it, prices and costs of one shrink."""
        grown = [f"{name} = number({name}::varchar) * skus.units" for name in _COUNTED if name in columns]
        shrunk = [
            f"{name} = 0.000001 * half_up("
            f"(number({name}::varchar) * 1000000)::hugeint * 10000, ten_thousandths(skus.units))::decimal(30, 0)"
            for name in _PER_UNIT
            if name in columns
        ]
        connection.execute(
            f"update raw_rows set {', '.join(['sku = skus.sku', *grown, *shrunk])}"
            " from export_skus as skus where raw_rows.sku = skus.name"
        )

    def _fill_names(self, connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
        """One row a name: of each column the first that is filled, from the latest export on. No row of it is lost."""
        connection.execute("insert into export_used select source_file, source_row from raw_rows")
        keys = TABLES[self.table].key
        key, order = ", ".join(keys), "order by files.rank desc, raw.source_row"
        firsts = ", ".join(
            f"first(raw.{name} {order}) filter (where raw.{name} is not null) as {name}"
            for name in (*(name for name in columns if name not in keys), "source_file", "source_row", "origin")
        )
        connection.execute(
            f"""
            create or replace temp table named_once as
            select {key}, {firsts}
            from raw_rows as raw
            join export_files as files using (source_file)
            group by {key};
            drop table raw_rows;
            alter table named_once rename to raw_rows
            """
        )


def _note_names(connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
    """As the exports have them, so that a name of the settings that none has can be told."""
    for column, kind in {**_NAMED, "sku": "sku"}.items():
        if column in columns:
            connection.execute(
                f"insert into export_seen select distinct origin, ?, {column} from raw_rows where {column} is not null",
                [kind],
            )


def note_sources(connection: duckdb.DuckDBPyConnection, table: str, target: str) -> None:
    """Into ``target`` every source row that the rows of ``table`` name in ``source_rows``, if they do."""
    if has_sources(connection, table):
        connection.execute(f"insert into {target} select source_file, unnest(source_rows) from {table}")


def has_sources(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the rows of ``table`` may be made of several source rows each, and name them."""
    return "source_rows" in {name for name, *_ in connection.execute(f"describe {table}").fetchall()}


def _place_and_item(columns: Iterable[str]) -> str:
    parts = ", ".join(f"{name}::varchar" for name in TABLES["stock_snapshots"].key if name in columns)
    return f"json_array({parts})::varchar"


def _sum_counts(connection: duckdb.DuckDBPyConnection, columns: dict[str, str]) -> None:
    """Places and items that became one are counted as one. A row that the export itself repeats stays a repeat."""
    key = ", ".join(name for name in TABLES["stock_snapshots"].key if name in columns)
    cost = "number(unit_cost::varchar)" if "unit_cost" in columns else "null::decimal(18, 6)"
    value = "number(value::varchar)" if "value" in columns else "null::decimal(18, 6)"
    worth = f"coalesce({value}, money(times(number(quantity::varchar), {cost})))"
    others = [name for name in ("unit_cost", "value") if name in columns]
    connection.execute(
        f"""
        create or replace temp table summed_counts as
        with firsts as (
            select rowid as place, *, number(quantity::varchar) as units, {cost} as cost, {worth} as worth
            from raw_rows
            where units is not null
            qualify row_number() over (partition by origin, counted_as order by source_file, source_row) = 1
        ),
        sums as (
            select {key}, min(place) as place, list(place) as places, sum(units) as quantity,
                case when count(cost) = count(*) and min(cost) = max(cost) then min(cost) end as same_cost,
                case when count(worth) = count(*) then sum(worth) end as value,
                list({{'file': source_file, 'row': source_row}}) as sources
            from firsts
            group by {key}
            having count(distinct counted_as) > 1
        )
        select *, coalesce(same_cost, case when quantity > 0 then 0.000001 * half_up(
            (value * 1000000)::hugeint * 10000, ten_thousandths(quantity))::decimal(30, 0) end) as unit_cost
        from sums;
        insert into export_used
        select source.file, source.row from (select unnest(sources) as source from summed_counts);
        update raw_rows set {", ".join(f"{name} = summed.{name}" for name in ("quantity", *others))}
        from summed_counts as summed where raw_rows.rowid = summed.place;
        delete from raw_rows using (select unnest(places) as gone, place from summed_counts) as summed
        where raw_rows.rowid = summed.gone and summed.gone <> summed.place;
        alter table raw_rows drop column counted_as;
        drop table summed_counts
        """
    )
