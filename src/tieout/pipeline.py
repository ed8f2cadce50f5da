"""The stages in order, on one page: load, then replay, journals, reconciliation, measures; published in one step."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from tieout import forecasting, journal, measures, reconciliation
from tieout.canonical import records
from tieout.canonical.files import sha256
from tieout.canonical.loader import Input, Loader
from tieout.canonical.tables import TABLES
from tieout.canonical.typing import define_macros
from tieout.costing.replay import replay
from tieout.errors import NothingToLoad, UnsettledInput
from tieout.measures.intervals import replay_intervals
from tieout.settings import Settings
from tieout.sources import Exports, Found, find, proposal
from tieout.store import Draft, Reader, create_table, policy_of, run_id, sql_text
from tieout.version import __version__

Progress = Callable[[str], None]
_LOADED = [*TABLES, "rejected_rows", "source_files", "source_controls", "this_load"]
_TOLD = ("source_files", "capability")


def load(settings: Settings, database: Path, progress: Progress) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sources to canonical tables, published at once.

    Returns rows read, loaded and rejected per file, and ``capability``: what the data can tell, per cause. Where the
    published database was loaded from the same content under the same settings and version, it stays as it is.
    """
    found = find(settings)
    if database.exists() and (told := _loaded_before(database, _content_of(found, settings))):
        progress("nothing new: sources, settings and version are those of the last load")
        return told
    stamps = found.stamps()
    with Draft(database) as draft:
        counts = load_into(draft, settings, progress, None if found.stored else found)
        if changed := [name for name, stamp in found.stamps().items() if stamp != stamps[name]]:
            raise UnsettledInput(", ".join(changed), "changed while it was read", 0, "Load again once it is written.")
        reconciliation.note_capability(draft.connection)
        capability = draft.connection.sql("from capability").to_arrow_table().to_pylist()
        draft.publish()
    return counts, capability


def remarks(database: Path) -> list[str]:
    """What to tell of the published load beside its counts: rows rejected, files passed over, documents replaced."""
    with Reader(database).connection as connection:
        return [remark for remark, _ in connection.execute(sql_text("sources/load_remarks")).fetchall()]


def limits(database: Path) -> list[str]:
    """What the published load cannot tell apart, and without which inputs: the handful that costs most."""
    with Reader(database).connection as connection:
        return proposal.limits(connection)


def reconcile(settings: Settings, database: Path, as_of: datetime | None, progress: Progress) -> None:
    """Replay, journals, reconciliation and measures on what is loaded, published at once."""
    with Draft(database) as draft:
        define_macros(draft.connection, settings.company)
        draft.copy_published([*_LOADED, "load_findings"], "load")
        _carry_history(draft)
        reconcile_in(draft, settings, as_of, progress)
        draft.publish()


def rebuild(draft: Draft, settings: Settings, as_of: datetime | None, progress: Progress) -> list[dict[str, Any]]:
    """Load and reconcile into an open draft, which the caller publishes once its reports are done."""
    counts = load_into(draft, settings, progress)
    reconcile_in(draft, settings, as_of, progress)
    return counts


def reconcile_in(draft: Draft, settings: Settings, as_of: datetime | None, progress: Progress) -> None:
    """Reconcile and measure what a draft has loaded."""
    forecasting.require(settings)
    explain(draft, settings, as_of, progress)
    _measure(draft, settings, progress)


def load_into(draft: Draft, settings: Settings, progress: Progress, found: Found | None = None) -> list[dict[str, Any]]:
    """Sources to canonical tables of an open draft, and the runs on record; returns rows per file."""
    found = found or find(settings)
    if not (found.canonical or found.exports or found.stored):
        raise NothingToLoad(settings.path, found.unused)
    loader = Loader(draft.connection, settings.company)
    exports = Exports(loader, settings, [*found.exports, *found.stored])
    if exports.files:
        progress("reading exports")
    exports.read()
    if not exports.has_rows() and all(file.is_bare() for file in found.canonical):
        headers = [(file.name, "has a header and no rows") for file in (*found.canonical, *exports.found)]
        raise NothingToLoad(settings.path, [*headers, *found.unused])
    for name, table in TABLES.items():
        inputs: list[Input] = [*(file for file in found.canonical if file.table == name), *exports.inputs(name)]
        if inputs:
            progress(f"loading {name}")
            loader.load(table, inputs)
    exports.settle()
    unmatched, accounts = sql_text("sources/unmatched_names"), list(settings.accounts)
    draft.connection.execute(f"insert into findings by name {unmatched}", {"accounts": accounts})
    kinds = {file.format.ledger: file.format for file in found.exports if "gl_lines" in file.format.fills}
    ledgers = sorted(known.title for known in kinds.values())
    if len(ledgers) > 1:
        told = f"the ledger comes from {len(ledgers)} kinds of report ({'; '.join(ledgers)})"
        loader.report("several_ledgers", "gl_lines", f"{told}; if two of them tell the same entries, keep one")
    for name, why in found.unused:
        loader.report("unused_file", name, f"{name} {why}; it was not read")
    draft.connection.execute("alter table findings rename to load_findings")
    read = draft.connection.execute('select "table", file, sha256 from source_files order by all').fetchall()
    content = _content(read, found, settings)
    draft.connection.execute("create or replace table this_load as select ? as content", [content])
    _carry_history(draft)
    counts: list[dict[str, Any]] = draft.connection.sql("from source_files").to_arrow_table().to_pylist()
    return counts


def _loaded_before(database: Path, content: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]] | None:
    """What ``load`` told of the published database, if it holds this content."""
    reader = Reader(database)
    with reader.connection as connection:
        if "this_load" not in reader.tables() or connection.execute("from this_load").fetchall() != [(content,)]:
            return None
        counts, capability = (connection.sql(f"from {name}").to_arrow_table().to_pylist() for name in _TOLD)
    return counts, capability


def _content_of(found: Found, settings: Settings) -> str | None:
    """What ``this_load`` would say if all were loaded now; None where only the rows of a database could tell."""
    inputs = [(table, name, sha256(path)) for _, table, name, path in found.files()]
    try:
        for stored in found.stored:
            if (version := stored.version()) is None:
                return None
            inputs.append((", ".join(stored.format.fills), stored.name, version))
    finally:
        for stored in found.stored:
            stored.origin.close()
    return _content(sorted(inputs), found, settings)


def _content(inputs: Sequence[Sequence[str]], found: Found, settings: Settings) -> str:
    """Unlike a run's id, also of the order of the sources and of what was passed over: the findings tell it."""
    passed_over = sorted(found.unused)
    return run_id(inputs, policy_of(settings), json.dumps([[source.name for source in settings.source], passed_over]))


def explain(draft: Draft, settings: Settings, as_of: datetime | None, progress: Progress) -> None:
    """Replay, journals and reconciliation of what is loaded; ends with the proofs and puts the run on record."""
    connection = draft.connection
    connection.execute("create or replace table findings as from load_findings")
    _write_settings(connection, settings, as_of)
    for record in records.RECORDS:
        record.load(connection, settings.root)
    for name in ("as_of", "days", "periods", "rates"):
        create_table(connection, f"canonical/{name}")
    progress("replaying the stock history")
    replay(connection, settings)
    progress("posting the journals")
    journal.post(connection)
    progress("explaining the differences")
    reconciliation.reconcile(connection, settings)
    _record_run(connection, settings)
    _choose_earlier_run(connection)


def _measure(draft: Draft, settings: Settings, progress: Progress) -> None:
    progress("replaying postings at intervals")
    replay_intervals(draft.connection, settings)
    progress("summing the measures")
    measures.measure(draft.connection)
    forecasting.make(draft.connection, settings, progress)


def _write_settings(connection: duckdb.DuckDBPyConnection, settings: Settings, as_of: datetime | None) -> None:
    """What the SQL files read of the settings: ``settings`` (one row), ``policy_overrides`` and ``account_roles``."""
    decimals = {
        "materiality_amount": settings.materiality.amount,
        "materiality_percent": settings.materiality.percent_of_gross_profit,
        **settings.trust.model_dump(),
        **settings.labour.model_dump(),
        **settings.inventory.model_dump(include={"carrying_percent", "capital_percent", "count_tolerance_percent"}),
        **settings.purchasing.model_dump(exclude={"lead_time_weeks", "review_weeks"}),
        "inventory_target": settings.inventory.target,
    }
    others = {
        "company": settings.company.name,
        "currency": settings.company.currency,
        "timezone": settings.company.timezone,
        **settings.company.model_dump(include={"confidentiality", "distribution", "questions_to"}),
        **settings.policy.model_dump(exclude={"override", "accepted_causes"}),
        "entries_group": settings.entries.group,
        "warehouse_system": settings.inventory.warehouse_system,
    }
    forecast = settings.forecast.model_dump(exclude={"learning"})
    typed: dict[str, tuple[str, Any]] = {
        "decimals": ("integer", settings.company.decimals),
        "fiscal_year_start": ("integer", settings.company.fiscal_year_start),
        "cover_days": ("integer", settings.inventory.cover_days),
        **{f"forecast_{name}": ("integer", value) for name, value in forecast.items()},
        "lead_time_weeks": ("integer", settings.purchasing.lead_time_weeks),
        "review_weeks": ("integer", settings.purchasing.review_weeks),
        "accepted_causes": ("varchar[]", list(settings.policy.accepted_causes)),
        "retained_earnings": ("varchar", settings.entries.retained_earnings),
        "as_of": ("timestamptz", as_of),
    }
    columns = [
        *(f"${name}::decimal(18, 4) as {name}" for name in decimals),
        *(f"${name} as {name}" for name in others),
        *(f"${name}::{kind} as {name}" for name, (kind, _) in typed.items()),
    ]
    values = {**decimals, **others, **{name: value for name, (_, value) in typed.items()}}
    connection.execute(f"create or replace table settings as select {', '.join(columns)}", values)
    connection.execute("create or replace table account_roles (account varchar, role varchar)")
    for account, role in settings.accounts.items():
        connection.execute("insert into account_roles values (?, ?)", [account, role])
    connection.execute(
        """
        create or replace table policy_overrides (
            number integer, sku varchar, category varchar, channel varchar, cost_method varchar, revenue_point varchar,
            starts_at timestamptz, change varchar
        )
        """
    )
    fields = ("sku", "category", "channel", "cost_method", "revenue_point", "starts", "change")
    for number, override in enumerate(settings.policy.override, start=1):
        connection.execute(
            """
            insert into policy_overrides
            select ?, ?, ?, ?, ?, ?, earlier_in_overlap(timezone(settings.timezone, ?::date::timestamp)), ?
            from settings
            """,
            [number, *(getattr(override, field) for field in fields)],
        )


def _carry_history(draft: Draft) -> None:
    """Earlier runs stay on record: their rows move on from database to database.

    So do forecasts and, in brief, what the last ones corrected. Which of them a run is compared with shows when it has
    its id.
    ``trigger``, ``seconds`` and what follows is known of `tieout run` alone: ``stages`` are the seconds by stage,
    ``reported`` the periods, both as JSON. A run that failed has no ``run_id`` and left its ``error``.
    """
    draft.connection.execute(
        """
        create table runs (
            run_id varchar, started_at timestamptz, as_of timestamptz, inputs varchar, policy varchar, versions varchar,
            status varchar, rows bigint, trigger varchar, seconds double, stages varchar, reported varchar,
            error varchar
        );
        create table earlier_runs as from runs;
        create table earlier_corrections (
            run_id varchar, correction_id varchar, cause varchar, in_corrected boolean, event_id varchar,
            period varchar, role varchar, amount decimal(18, 4)
        );
        create table forecast_cache (hash blob, units double[])
        """
    )
    draft.carry_rows("runs")
    draft.carry_rows("earlier_runs")
    draft.carry_rows("earlier_runs", "from published.this_run")
    draft.carry_rows("forecast_cache")
    draft.carry_rows("earlier_corrections")
    draft.carry_rows(
        "earlier_corrections",
        """
        select run_id, correction_id, cause, evidence in ('A', 'B', 'C') as in_corrected, event_id, period, role, amount
        from published.corrections
        cross join (select run_id from published.this_run)
        """,
    )


def _record_run(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Who asked what of which inputs: the same inputs, policy and version give the same ``run_id``."""
    inputs = connection.execute('select "table", file, sha256 from source_files order by all').fetchall()
    inputs += records.hashes(settings.root)
    policy = policy_of(settings)
    versions = {"tieout": __version__, "duckdb": duckdb.__version__, "python": platform.python_version()}
    as_of = connection.execute("select moment::varchar from as_of").fetchall()[0][0]
    identity = run_id(inputs, policy, as_of)
    connection.execute("delete from runs where run_id = ?", [identity])
    connection.execute(
        """
        insert into runs by name
        select ? as run_id, ? as started_at, moment as as_of, ? as inputs, ? as policy, ? as versions,
            'reconciled' as status, (select sum(rows_read) from source_files) as rows
        from as_of
        """,
        [identity, datetime.now(UTC), json.dumps(inputs), policy, json.dumps(versions)],
    )
    connection.execute("create or replace table this_run as select * from runs where run_id = ?", [identity])


def _choose_earlier_run(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``earlier_run``, the last one of something else than this run, and forget what others corrected."""
    create_table(connection, "measures/close/earlier_run")
    connection.execute(
        """
        delete from earlier_runs where run_id not in (select run_id from earlier_run);
        delete from earlier_corrections where run_id not in (select run_id from earlier_run)
        """
    )
