"""Exports of other systems into the canonical tables: read once, each table by the SQL of the formats that fill it.

A source row is loaded if all that came of it was loaded; else it is rejected, once, with every reason. A row of which
nothing came is rejected too: none is lost in silence. So rows read = loaded + rejected, per file.
"""

from __future__ import annotations

from collections.abc import Sequence

from tieout.canonical.files import literal, quoted
from tieout.canonical.loader import Loader
from tieout.canonical.tables import TABLES
from tieout.errors import UnreadableFile
from tieout.settings import Settings
from tieout.sources import cells, merging, nested, reading, repeated_settlements, shared_numbers, stored
from tieout.sources.derived import Derived
from tieout.sources.format import Format
from tieout.sources.formats import known as known_formats
from tieout.sources.nested import NestedTable
from tieout.sources.reading import ExportFile
from tieout.sources.sheets import garbled_line
from tieout.sources.stored import StoredTable
from tieout.store import sql_text

_SKUS = ("msku", "seller_sku", "sku")
_CODES = ("fnsku", "asin", "fsn")
_CREATE = """
    create temp table export_files (
        source_file varchar, origin varchar, format varchar, tables varchar[], said varchar, place integer, rank integer
    );
    create temp table export_names (source_file varchar, kind varchar, original varchar, name varchar);
    create temp table export_seen (origin varchar, kind varchar, name varchar);
    create temp table export_broken (source_file varchar, source_row bigint, reason varchar);
    create temp table export_doubtful (source_file varchar, source_row bigint);
    create temp table export_skus (name varchar, sku varchar, units decimal(18, 4));
    create temp table export_codes (code varchar, sku varchar);
    create temp table export_used (source_file varchar, source_row bigint);
    create table source_controls (
        source varchar, file varchar, control varchar, id varchar, expected decimal(38, 6), found decimal(38, 6),
        difference decimal(38, 6)
    );
"""


class Exports:
    """The exports of all sources: ``read`` them, load the ``inputs`` of each table, ``settle`` what became of each."""

    def __init__(self, loader: Loader, settings: Settings, files: Sequence[ExportFile | StoredTable]) -> None:
        self.loader = loader
        self.connection = loader.connection
        self.settings = settings
        self.repeats = merging.repeated(files)
        self.found = list(files)
        self.files = [file for file in files if file.name not in self.repeats]
        self.formats = list({file.format.name: file.format for file in files}.values())
        used = {name: known_formats()[name] for known in self.formats for name in known.uses}
        self.readable = list((used | {known.name: known for known in self.formats}).values())

    def read(self) -> None:
        """All files into the tables of their formats; raises ``UnreadableFile`` or ``ConfigError``."""
        self.connection.execute(_CREATE)
        for name, alias in self.settings.skus.items():
            self.connection.execute("insert into export_skus values (?, ?, ?)", [name, alias.sku, alias.units])
        merging.create_tables(self.connection)
        if not self.files:
            return
        self.connection.execute(sql_text("sources/macros"))
        for known in self.readable:
            reading.create_tables(self.connection, known)
        try:
            for file in self.files:
                self._read(file)
        finally:
            for file in self.files:
                if isinstance(file, StoredTable):
                    file.origin.close()
        self._prepare()

    def has_rows(self) -> bool:
        """Whether anything but headers and totals was read."""
        rows = " union all ".join(
            ["select 1 from export_broken", *(f"select 1 from {known.name} where is_data" for known in self.formats)]
        )
        return bool(self.files) and self.connection.execute(f"from ({rows}) limit 1").fetchall() != []

    def inputs(self, table: str) -> list[Derived]:
        """What the formats make of their rows for one canonical table."""
        return [part for known in self.formats for part in self._derived(known) if part.table == table]

    def _prepare(self) -> None:
        """What several exports have is kept once, data is told from totals, and what several SQL files read is made."""
        overlapping = [known for known in self.formats if sum(file.format is known for file in self.files) > 1]
        for known in overlapping:
            if known.document:
                merging.merge_rows(self.connection, known)
        self._name_accounts()
        self._tell_data()
        for known in self.readable:
            for name in known.prepares:
                self.connection.execute(f"create or replace temp table {name} as {known.sql(name)}")
        derived = [part for known in self.formats for part in self._derived(known)]
        shared_numbers.part(self.connection, derived, self.settings.path)
        for known in overlapping:
            if not known.document:
                merging.merge_documents(self.connection, known, self._derived(known))
        repeated_settlements.tell_once(self.connection, derived)

    def _name_accounts(self) -> None:
        """Each source after the first of a format is another account: names that the SQL makes up are to say so."""
        for known in self.formats:
            names = list(dict.fromkeys(file.settings.name for file in self.files if file.format is known))
            for name in names[1:]:
                self.connection.execute(
                    f"update {known.name} set file_account = origin from export_files as files"
                    f" where files.source_file = {known.name}.source_file and origin = ?",
                    [name],
                )

    def _derived(self, known: Format) -> list[Derived]:
        path = next(file.match.sheet.path for file in self.files if file.format is known)
        return [Derived(table, known, path) for table in known.fills]

    def settle(self) -> None:
        """Say of every source row whether it was loaded or rejected, and check the control totals."""
        for known in self.formats:
            self._reject_unused(known)
            self._check_controls(known)
            if known.has_findings:
                self._note_findings(known)
        for file in self.files:
            self._merge_rejects(file)
            self._count(file)
        for file in self.found:
            if file.name in self.repeats:
                self._count_repeated(file)
        for known in self.formats:
            self._note_codes(known)
        for known in self.readable:
            for name in (known.name, *known.prepares):
                self.connection.execute(f"drop table if exists {name}")

    def _read(self, file: ExportFile | StoredTable) -> None:
        self._refuse_repeated(file)
        if isinstance(file, StoredTable):
            stored.read(self.connection, file)
            if file.origin.version is not None:
                self.loader.report("version_read", file.name, f"{file.origin.version} was read", file.table)
        elif isinstance(file, NestedTable):
            nested.read(self.connection, file)
        else:
            reading.read(self.connection, file)
            nested.spread_objects(self.connection, file)
        self._describe(file)
        cells.set_date_order(self.connection, file, self.settings.path)
        self._note_drift(file)

    def _refuse_repeated(self, file: ExportFile | StoredTable) -> None:
        repeated = sorted(set(reading.repeated_headers(file.match)))
        if repeated:
            problem = f"row {file.match.header_row} names a column twice: {', '.join(repeated)}"
            raise UnreadableFile(file.match.sheet.path, problem, "Rename one of them.")

    def _describe(self, file: ExportFile | StoredTable) -> None:
        self.loader.note_origin(file.name, file.settings.name)
        self.connection.execute(
            """
            insert into export_files
            select ?, ?, ?, ?, ?, count(*), count(*) from export_files
            """,
            [file.name, file.settings.name, file.format.name, reading.tables_of(file), merging.said_in(file.name)],
        )
        for kind, names in (("channel", file.settings.channels), ("location", file.settings.locations)):
            for original, name in names.items():
                self.connection.execute(
                    "insert into export_names values (?, ?, ?, ?)", [file.name, kind, original, name]
                )

    def _note_drift(self, file: ExportFile | StoredTable) -> None:
        for header in file.match.unknown:
            is_own = isinstance(file, StoredTable)
            what = f"not one of {file.format.fills[0]}" if is_own else f"new in this format ({file.format.title})"
            self.loader.report("unknown_column", file.name, f"column {header} is {what} and was not read")
        # Most columns of a canonical table may be missing; what an API nests is as the format says.
        if file.match.missing and not isinstance(file, StoredTable | NestedTable):
            remark = f"has no column {', '.join(file.match.missing)} ({file.format.title})"
            self.loader.report("missing_column", file.name, remark)
        if isinstance(file, ExportFile) and (line := garbled_line(file.match.sheet)):
            remark = (
                f"is not in UTF-8 throughout, so it was read as Windows-1252: the letters of line {line} are garbled"
            )
            self.loader.report("mixed_encoding", file.name, f"{remark}. Save it as CSV UTF-8, and load again")

    def _tell_data(self) -> None:
        """Totals and headings are no data, nor what a format leaves out; what holds no number for one may be a head."""
        for known in self.formats:
            if known.skips != "false":
                self.connection.execute(
                    f"update {known.name} set is_data = false where coalesce(({known.skips}), false)"
                )
        for known in self.formats:
            self._leave_out(known)
        cells.reject_no_numbers(self.connection, self.formats)

    def _leave_out(self, known: Format) -> None:
        """Reject, with their reasons, the rows that the format leaves out; conditions may read other formats' rows."""
        if not known.leaves_out:
            return
        out = "".join(f" when {condition} then {literal(reason)}" for condition, reason in known.leaves_out.items())
        self.connection.execute(
            f"""
            insert into export_broken
            select source_file, source_row, reason
            from (
                select source_file, source_row, case {out} end as reason
                from {known.name} where is_data
            )
            where reason is not null;
            update {known.name} set is_data = false
            from export_broken as broken
            where broken.source_file = {known.name}.source_file and broken.source_row = {known.name}.source_row
            """
        )

    def _reject_unused(self, known: Format) -> None:
        """Rows that none of the format's tables has anything of, where the source asked for all tables."""
        if not known.fills:
            return
        used = " union all ".join(
            f"select source_file, source_row from {table}" for table in known.fills
        )  # fmt: skip
        self.connection.execute(
            f"""
            insert into export_broken
            select source_file, source_row, 'nothing came of this row: what it means is not known to this format'
            from {known.name} as raw
            semi join (select source_file from export_files where len(tables) = $tables) using (source_file)
            anti join (
                {used} union all from export_used union all from export_merged union all from export_doubtful
                union all select file, row from rejected_rows
            ) as used using (source_file, source_row)
            where is_data
            """,
            {"tables": len(known.fills)},
        )

    def _note_findings(self, known: Format) -> None:
        """What the format remarks on a file, unless on a table that it fills and the file's source is not asked for."""
        self.connection.execute(
            f"""
            insert into findings by name
            select * from ({known.sql("findings")}) as told
            where not exists (
                select 1 from export_files
                where source_file = told.id and list_contains($fills, told."table")
                    and not list_contains(tables, told."table")
            )
            """,
            {"fills": list(known.fills)},
        )

    def _merge_rejects(self, file: ExportFile | StoredTable) -> None:
        """One rejected row per source row, with every reason and the taken columns as they came."""
        columns = ", ".join(f"{literal(column.name)}, {quoted(column.name)}" for column in file.format.takes)
        self.connection.execute(
            """
            create or replace temp table refused as
            select row, string_agg(distinct reason, '; ' order by reason) as reason,
                string_agg(distinct "table", ', ' order by "table") as "table", max(value) as value
            from (
                select row, reason, "table", value from rejected_rows where file = $file
                union all
                select source_row, reason, null, null from export_broken where source_file = $file
            )
            group by row
            """,
            {"file": file.name},
        )
        self.connection.execute("delete from rejected_rows where file = ?", [file.name])
        self.connection.execute(
            f"""
            insert into rejected_rows
            select $source, $file, refused.row, refused.reason, raw.content, refused."table", refused.value
            from refused
            left join (
                select source_row as row, json_merge_patch('{{}}', json_object({columns}))::varchar as content
                from {file.format.name}
                where source_file = $file and source_row in (select row from refused)
            ) as raw using (row)
            order by refused.row
            """,
            {"source": file.settings.name, "file": file.name},
        )

    def _count(self, file: ExportFile | StoredTable) -> None:
        values = (
            " + ".join(
                f"coalesce((select sum(try_cast({TABLES[table].value} as decimal(38, 2))) from {table}"
                " where source_file = $file), 0)"
                for table in file.format.fills
            )
            or "0"
        )
        self.connection.execute(
            f"""
            insert into source_files
            with rejected as (select row from rejected_rows where file = $file),
            merged as (
                select source_row as row from export_merged where source_file = $file
                except select source_row from {file.format.name} where source_file = $file and not is_data
                except from rejected
            ),
            present as (
                select source_row as row from {file.format.name} where source_file = $file and is_data
            ),
            others as (
                -- Every row of the file is present once, so what is neither rejected nor merged need only be counted.
                from present anti join rejected using (row) anti join merged using (row)
            ),
            counts as (
                select (select count(*) from others) + (select count(*) from merged) as loaded,
                    (select count(*) from rejected) as rejected, (select count(*) from merged) as merged
            )
            select $source, $file, $tables, loaded + rejected, loaded, rejected, $sha256, {values}, merged
            from counts
            """,
            {
                "source": file.settings.name, "file": file.name, "tables": ", ".join(file.format.fills),
                "sha256": file.fingerprint(self.connection),
            },
        )  # fmt: skip
        read = self.connection.execute("select rows_read from source_files where file = ?", [file.name]).fetchall()
        if read == [(0,)] and not isinstance(file, NestedTable):
            self.loader.report("empty_export", file.name, f"{file.name} has a header ({file.format.title}) and no rows")

    def _count_repeated(self, file: ExportFile | StoredTable) -> None:
        """A file that was not read, as another has its bytes: its rows are that one's."""
        first = self.repeats[file.name]
        self.connection.execute(
            """
            insert into source_files
            select source, $file, "table", rows_read, rows_read, 0, sha256, 0, rows_read
            from source_files where source = $source and file = $first
            """,
            {"source": file.settings.name, "file": file.name, "first": first},
        )
        self.loader.report("repeated_file", file.name, f"{file.name} has the same content as {first}, which was read")

    def _note_codes(self, known: Format) -> None:
        """Which codes of a marketplace stand for which sku, where an export has both."""
        names = {column.name for column in known.takes}
        sku = next((name for name in _SKUS if name in names), None)
        for code in _CODES:
            if sku and code in names:
                self.connection.execute(
                    f"insert into export_codes select distinct {code}, {sku} from {known.name}"
                    f" where is_data and {code} is not null and {sku} is not null"
                )

    def _check_controls(self, known: Format) -> None:
        """Totals that the export itself states, against the sum of its rows."""
        if not known.has_controls:
            return
        self.connection.execute(
            f"""
            create or replace temp table controls as
            select files.origin as source, source_file as file, control, id, expected, found,
                found - expected as difference
            from ({known.sql("controls")})
            join export_files as files using (source_file)
            """
        )
        self.connection.execute("insert into source_controls from controls order by all")
        self.connection.execute(
            r"""
            insert into findings
            select 'control_total', 'warning', null, file,
                concat_ws(' of ', control, id) || format(': {} stated, {} found', told[1], told[2]), null, difference
            from controls, lateral (select list_transform([expected, found],
                lambda amount: regexp_replace(amount::varchar, '(\.\d*[1-9])0+$|\.0+$', '\1')) as told)
            where difference <> 0 order by all
            """
        )
