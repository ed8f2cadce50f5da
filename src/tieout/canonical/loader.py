"""Rows of source files into the canonical tables; what breaks a rule goes to ``rejected_rows`` with its reason.

Per file, rows read = loaded + rejected. Every loaded row keeps the file and the row number that it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import duckdb

from tieout.canonical.files import RawRows, SourceFile, quoted, sha256
from tieout.canonical.tables import TABLES, Table
from tieout.canonical.typing import (
    create_statement,
    define_macros,
    plain_expressions,
    reason_expressions,
    text_expressions,
    typed_expressions,
    zone_marks,
    zoneless_expressions,
)
from tieout.errors import MissingColumns
from tieout.settings import CompanySettings

_CREATE_BOOKKEEPING = """
    create table rejected_rows (
        source varchar, file varchar, row bigint, reason varchar, content varchar, "table" varchar, value decimal(38, 2)
    );
    create table source_files (
        source varchar, file varchar, "table" varchar, rows_read bigint, rows_loaded bigint, rows_rejected bigint,
        sha256 varchar, value decimal(38, 2), rows_merged bigint
    );
    create table findings (
        finding varchar, severity varchar, "table" varchar, id varchar, message varchar, quantity decimal(18, 4),
        amount decimal(38, 6)
    );
"""


class Input(Protocol):
    """Rows for one canonical table."""

    @property
    def table(self) -> str:
        """Which one."""

    def read(self, connection: duckdb.DuckDBPyConnection) -> RawRows:
        """Make the rows and ``raw_rejects`` (with their origin), each row with its source_file and source_row."""


class Loader:
    """Fills the canonical tables of a draft; create one per load, ``load`` each table once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, company: CompanySettings) -> None:
        self.connection = connection
        self.company = company
        define_macros(connection, company)
        connection.execute(_CREATE_BOOKKEEPING)
        connection.execute("create temp table origins (source_file varchar, origin varchar)")
        for table in TABLES.values():
            connection.execute(create_statement(table, company))

    def note_origin(self, file: str, origin: str) -> None:
        """Of which source a file is, for its rejected rows; a ``SourceFile`` says it itself."""
        self.connection.execute("insert into origins values (?, ?)", [file, origin])

    def load(self, table: Table, inputs: Sequence[Input]) -> None:
        """Read all rows of one table; raises ``MissingColumns`` or ``UnreadableFile`` before a row is kept."""
        self._create_stage(table)
        for source in inputs:
            last = self._last_place()
            if isinstance(source, SourceFile):
                self.note_origin(source.name, source.source)
            self._stage(table, source)
            if table.is_named and not isinstance(source, SourceFile):
                self._fill_names(table, last)
        self._reject_repeated_keys(table)
        if table.span:
            self._reject_overlaps(*table.span)
        self._keep(table)
        for source in inputs:
            if isinstance(source, SourceFile):
                self._count(source)

    def _create_stage(self, table: Table) -> None:
        columns = create_statement(table, self.company).split("(", 1)[1].rsplit(")", 1)[0]
        self.connection.execute(
            f"create or replace table stage ({columns}, rejection varchar, raw_content varchar, zoneless utinyint)"
        )

    def _stage(self, table: Table, source: Input) -> None:
        raw = source.read(self.connection)
        missing = [name for name in table.required if name not in raw.columns]
        if missing:
            raise MissingColumns(raw.path, table.name, missing, raw.columns)
        if isinstance(source, SourceFile):
            self._report_unknown_columns(table, source, raw)
        known = [column.name for column in table.columns if column.name in raw.columns]
        plain = ", ".join([*map(quoted, known), *plain_expressions(table, raw.columns)])
        texts = ", ".join([*map(quoted, known), *text_expressions(table, raw.columns)])
        typed = ", ".join(typed_expressions(table, raw.columns, self.company))
        reasons = ", ".join(reason_expressions(table, raw.columns, self.company))
        zoneless = " + ".join(zoneless_expressions(table, raw.columns, self.company)) or "0"
        names = ", ".join(column.name for column in table.columns)
        raws = ", ".join(f"{quoted(name)} as {quoted(f'{name} raw')}" for name in known)
        content = ", ".join(f"'{name}', {quoted(f'{name} raw')}::varchar" for name in known)
        rules = ", ".join(f"case when ({rule.condition}) is false then '{rule.reason}' end" for rule in table.rules)
        self.connection.execute(
            f"""
            insert into stage by name
            with seen as (
                select source_row, source_file, {plain} from {raw.name}
            ),
            texts as (
                select source_row, source_file, {texts} from seen
            ),
            typed as (
                select texts.* like '% text', {raws}, {typed}, source_row, source_file, {zoneless} as zoneless
                from texts
            ),
            readable as (
                select *, nullif(concat_ws('; ', {reasons}), '') as unreadable from typed
            ),
            judged as (
                select *, coalesce(unreadable, nullif(concat_ws('; ', {rules or "''"}), '')) as rejection from readable
            )
            select {names}, source_row, source_file, rejection, zoneless,
                case when rejection is not null then json_object({content})::varchar end as raw_content
            from judged
            """
        )
        # The text of a broken record is kept only where no column of the file is unknown to us: it may be private.
        kept = "content" if len(known) == len(raw.columns) else "null"
        self.connection.execute(
            f"""
            insert into rejected_rows
            select origin, source_file, source_row, reason, {kept}, $table, null from raw_rejects order by source_row
            """,
            {"table": table.name},
        )

    def _last_place(self) -> int:
        ((place,),) = self.connection.execute("select coalesce(max(rowid), -1) from stage").fetchall()
        return int(place)

    def _fill_names(self, table: Table, last: int) -> None:
        """A name that an earlier source has is no repeat: what that one leaves blank is filled, column by column."""
        same = " and ".join(f"stage.{name} = more.{name}" for name in table.key)
        more = f"(from stage where rowid > {last} and rejection is null) as more"
        others = [column.name for column in table.columns if column.name not in table.key]
        filled = ", ".join(f"{name} = coalesce(stage.{name}, more.{name})" for name in others)
        self.connection.execute(
            f"""
            update stage set {filled} from {more}
            where {same} and stage.rowid <= {last} and stage.rejection is null;
            delete from stage using (from stage where rowid <= {last} and rejection is null) as more
            where {same} and stage.rowid > {last} and stage.rejection is null
            """
        )

    def _report_unknown_columns(self, table: Table, source: SourceFile, raw: RawRows) -> None:
        unknown = sorted(set(raw.columns) - {column.name for column in table.columns})
        for name in unknown:
            remark = f"column {name} is not one of {table.name} and was not read"
            self.report("unknown_column", source.name, remark, table.name)

    def report(self, finding: str, identifier: str, remark: str, table: str | None = None) -> None:
        """Note an oddity of the sources that costs no row."""
        self.connection.execute(
            "insert into findings values (?, 'info', ?, ?, ?, null, null)", [finding, table, identifier, remark]
        )

    def _reject_repeated_keys(self, table: Table) -> None:
        """The first row of a key stays; a row that repeats it is rejected and names the first."""
        key = ", ".join(table.key)
        self.connection.execute(
            f"""
            create or replace temp table repeated_keys as
            select {key} from stage where rejection is null group by {key} having count(*) > 1
            """
        )
        if not self.connection.execute("from repeated_keys limit 1").fetchall():
            return
        same_key = " and ".join(f"stage.{name} is not distinct from keys.{name}" for name in table.key)
        shown = " || ', ' || ".join(f"'{name}=' || coalesce({name}::varchar, '')" for name in table.key)
        self.connection.execute(
            f"""
            create or replace temp table repeated as
            select place_in_stage,
                'repeats the key ' || {shown} || ' of row ' || first_row || ' in ' || first_file as rejection
            from (
                select *, stage.rowid as place_in_stage,
                    row_number() over same_key as place,
                    first_value(source_row) over same_key as first_row,
                    first_value(source_file) over same_key as first_file
                from stage
                semi join repeated_keys as keys on {same_key}
                where rejection is null
                window same_key as (partition by {key} order by source_file, source_row, stage.rowid)
            )
            where place > 1
            """
        )
        self.connection.execute(
            """
            update stage set rejection = repeated.rejection
            from repeated
            where stage.rowid = repeated.place_in_stage
            """
        )

    def _reject_overlaps(self, start: str, end: str) -> None:
        """Of two rows whose spans overlap the one that starts first stays."""
        self.connection.execute(
            f"""
            update stage set rejection = 'overlaps the one before it, which ends on ' || spans.taken_until
            from (
                select source_file, source_row, {start} as starts, max({end}) over before as taken_until
                from stage
                where rejection is null
                window before as (
                    order by {start}, source_file, source_row rows between unbounded preceding and 1 preceding
                )
            ) as spans
            where stage.source_file = spans.source_file and stage.source_row = spans.source_row
                and spans.starts <= spans.taken_until
            """
        )

    def _keep(self, table: Table) -> None:
        """What is left of the stage becomes the table itself: its rows are written once."""
        self._note_zoneless(table)
        if self.connection.execute("select 1 from stage where rejection is not null limit 1").fetchall():
            self._move_rejected(table)
        self.connection.execute(
            f"""
            alter table stage drop column rejection;
            alter table stage drop column raw_content;
            alter table stage drop column zoneless;
            drop table {table.name};
            alter table stage rename to {table.name}
            """
        )

    def _move_rejected(self, table: Table) -> None:
        """To ``rejected_rows``, with the content of each as it came, or as it was read."""
        typed = ", ".join(f"'{column.name}', {column.name}::varchar" for column in table.columns)
        self.connection.execute(
            f"""
            insert into rejected_rows
            select origin, source_file, source_row, rejection, coalesce(raw_content, json_object({typed})::varchar),
                '{table.name}', try_cast({table.value} as decimal(38, 2))
            from stage left join origins using (source_file)
            where rejection is not null order by source_file, source_row;
            delete from stage where rejection is not null
            """
        )

    def _note_zoneless(self, table: Table) -> None:
        """Say how many times of which file were taken as the company's for want of a zone."""
        told = " union all ".join(
            f"select source_file, '{name}' as name, count(*) as times from stage where zoneless & {mark} > 0"
            " group by source_file"
            for name, mark in zone_marks(table).items()
        )
        if told:
            self.connection.execute(
                f"""
                insert into findings
                select 'time_without_zone', 'info', '{table.name}', source_file,
                    format('{{:,}} times of {{}} state no zone: they are taken as {self.company.timezone}, the zone of'
                        || ' the company; timezone in the [[source]] of an export says another', times, name),
                    times, null
                from ({told}) order by all
                """
            )

    def _count(self, source: SourceFile) -> None:
        self.connection.execute(
            f"""
            insert into source_files
            with loaded as (
                select count(*) as rows, sum(try_cast({TABLES[source.table].value} as decimal(38, 2))) as value
                from {source.table} where source_file = $file
            ),
            rejected as (
                select count(*) as rows from rejected_rows where source = $source and file = $file and "table" = $table
            )
            select $source, $file, $table, loaded.rows + rejected.rows, loaded.rows, rejected.rows, $sha256,
                loaded.value, 0
            from loaded, rejected
            """,
            {"source": source.source, "file": source.name, "table": source.table, "sha256": sha256(source.path)},
        )
