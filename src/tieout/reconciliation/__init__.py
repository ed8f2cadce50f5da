"""Reconciliation: links, the walk, and the corrections with their causes."""

from __future__ import annotations

from importlib import import_module

import duckdb

from tieout.costing.replay import suppose
from tieout.errors import BrokenIdentity
from tieout.reconciliation.causes import AMBIGUOUS, REGISTRY, SCENARIOS, UNEXPLAINED
from tieout.settings import Settings
from tieout.store import create_table, create_view

__all__ = ["note_capability", "reconcile"]

# In the order in which they are asked: what is more specific comes first.
FAMILIES = ("existence", "timing", "returns", "purchasing", "quantity", "kits", "transfers", "channels", "cost")
for family in FAMILIES:
    import_module(f"tieout.reconciliation.causes.{family}")

_LINKED = (
    "posted_lines", "cancelled_items",
    "open_entries", "open_events", "entry_spans", "derived_batches", "derived_members", "derived_lines",
    "candidates", "alike", "linked_lines", "batches", "sides",
)  # fmt: skip
_COMPARED = (
    "payout_parts", "payout_plugs", "line_grain", "capability", "grain", "differing", "expected_points",
    "fates", "kept_points", "walk", "moves", "values", "differences",
)  # fmt: skip
_SUPPOSED = (
    "unbooked_costs", "without_unbooked_costs", "doubted_pools", "one_method", "one_pool", "as_known",
    "booked_receipts", "receipts_as_booked", "unbooked_transfers", "without_unbooked_transfers",
)  # fmt: skip
# What a ledger may have done, each as a table like the kernel's input, and the method of the cells there.
_HYPOTHESES = {
    "without_unbooked_costs": ("without_unbooked_costs", "method"),
    "as_fifo": ("one_method", "shelf_method('fifo', is_shelf)"),
    "as_average": ("one_method", "shelf_method('average', is_shelf)"),
    "as_lifo": ("one_method", "shelf_method('lifo', is_shelf)"),
    "as_standard": ("one_method", "shelf_method('standard', is_shelf)"),
    "one_pool": ("one_pool", "method"),
    "one_average": ("one_pool", "shelf_method('average', is_shelf)"),
    "as_known": ("as_known", "method"),
    "receipts_as_booked": ("receipts_as_booked", "method"),
    "without_unbooked_transfers": ("without_unbooked_transfers", "method"),
}
# What proves the same as an input that is missing.
_INSTEAD = {"trial_balance": "(select coalesce(bool_and(is_whole), false) from journal_numbers)"}
_KNOWN = (
    "supposed_amounts", "supposed_costs", "intervals", "told_apart", "cost_votes", "funding", "cost_origins",
    "booked_origins",
    "transfer_origins", "known_costs", "believed_costs", "unit_facts", "cost_facts", "blended_sales",
    "oversold_lines", "unshipped_orders", "double_corrections", "orphan_copies", "counted_stock",
    "quantity_drift", "contradicted_places", "absence_names", "batch_causes",
    "link_doubts", "policy_votes", "bill_facts", "control_totals", "facts",
)  # fmt: skip

_FINDINGS = (
    "drift_findings", "control_findings", "contradiction_findings", "policy_findings", "periodic_findings",
    "payout_findings",
)  # fmt: skip


def reconcile(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Explain expected − recorded line by line; leaves ``links``, ``corrections``, ``causes`` and ``proofs``.

    Raises ``BrokenIdentity`` where a proof fails.
    """
    note_capability(connection)
    create_table(connection, "reconciliation/event_keys")
    create_view(connection, "reconciliation/event_numbers")
    for name in _LINKED:
        create_table(connection, f"reconciliation/{name}")
    _join_periods(connection)
    _join_torn_units(connection)
    _match_payouts(connection)
    for name in _COMPARED:
        create_table(connection, f"reconciliation/{name}")
    create_view(connection, "reconciliation/links")
    create_view(connection, "reconciliation/link_findings")
    connection.execute("insert into findings from link_findings")
    for name in _SUPPOSED:
        create_table(connection, f"reconciliation/{name}")
    for hypothesis, (rows, methods) in _HYPOTHESES.items():
        suppose(connection, settings, hypothesis, rows, methods)
    create_table(connection, "reconciliation/stock_moves")
    for name in _KNOWN:
        create_table(connection, f"reconciliation/{name}")
    _attribute(connection)
    for name in ("explained", "postings", "decided", "corrections", "ambiguity", "oversells", "proposals", "entries"):
        create_table(connection, f"reconciliation/{name}")
    for name in _FINDINGS:
        create_view(connection, f"reconciliation/{name}")
        connection.execute(f"insert into findings from {name}")
    connection.execute("create or replace table findings as from findings order by all")
    create_table(connection, "reconciliation/proofs")
    _require_proofs(connection)


def _join_periods(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the goods of a ledger that keeps periodic inventory into one batch a period."""
    create_table(connection, "reconciliation/periodic_units")
    connection.execute(
        """
        update linked_lines set batch_id = 'periodic ' || period, rung = coalesce(rung, 'L3'), evidence = 'C'
        from periodic_units
        where half = 'goods'
            and coalesce(linked_lines.batch_id, event_id, external_id, journal_id) = periodic_units.unit_id;
        update sides set unit_kind = 'batch', unit_id = 'periodic ' || period
        from periodic_units
        where half = 'goods' and sides.unit_kind = periodic_units.unit_kind and sides.unit_id = periodic_units.unit_id
        """
    )


def _join_torn_units(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the units of a journal that balances only as a whole into one batch, until all journals balance per unit."""
    create_table(connection, "reconciliation/torn_units")
    while connection.execute("select count(*) from torn_units").fetchall() != [(0,)]:
        connection.execute(
            """
            update sides set unit_kind = 'batch', unit_id = torn_units.batch_id
            from torn_units
            where sides.unit_kind = torn_units.unit_kind and sides.unit_id = torn_units.unit_id;
            update linked_lines set batch_id = torn_units.batch_id, rung = coalesce(rung, 'L3'), evidence = 'C'
            from torn_units
            where coalesce(linked_lines.batch_id, event_id, external_id, journal_id) = torn_units.unit_id
            """
        )
        create_table(connection, "reconciliation/torn_units")


def _match_payouts(connection: duckdb.DuckDBPyConnection) -> None:
    """Find the row of its settlement that each ledger line books, the surest matches first, until there are no more."""
    for name in ("payout_entries", "payout_rows"):
        create_table(connection, f"reconciliation/{name}")
    connection.execute(
        """
        create or replace table payout_matches (settlement_id varchar, journal_id varchar, line_no varchar,
            row_no varchar, type varchar, cash decimal(38, 4), is_main boolean, is_carried boolean)
        """
    )
    create_view(connection, "reconciliation/payout_pairs")
    while connection.execute("insert into payout_matches from payout_pairs").fetchall() != [(0,)]:
        pass


def note_capability(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``causes``, ``inputs`` and ``capability``: what the loaded data can tell apart, before any result."""
    causes = [*REGISTRY.values(), AMBIGUOUS, UNEXPLAINED]
    fields = ("name", "family", "root", "title", "sentence", "needs", "best_evidence", "work", "scenario")
    columns = {field: [getattr(cause, field) for cause in causes] for field in fields}
    columns["scenario_title"] = [SCENARIOS[cause.scenario] for cause in causes]
    # Bound as lists: to hand over an Arrow table would import pandas, which takes longer than a small load.
    unnested = ", ".join(f"unnest(${name}) as {'cause' if name == 'name' else name}" for name in columns)
    connection.execute(f"create or replace table causes as select {unnested}", columns)
    create_table(connection, "reconciliation/journal_numbers")
    found = []
    for name in sorted({need for cause in REGISTRY.values() for need in cause.needs}):
        table, _, column = name.partition(".")
        presence = "true" if table in ("policy", "company") else f"(select count({column or '*'}) > 0 from {table})"
        presence += " or " + _INSTEAD[name] if name in _INSTEAD else ""
        found.append(f"select '{name}' as input, {presence} as is_present")
    connection.execute(f"create or replace table inputs as {' union all '.join(found)}")
    connection.execute("create or replace table line_grain as select 0 as lines, 0 as batch_lines, 0 as item_lines")
    create_table(connection, "reconciliation/capability")


def _attribute(connection: duckdb.DuckDBPyConnection) -> None:
    """Give each difference the first cause that claims it; where a claim alone would not balance, none has it.

    Whose entry it is and when it came are asked first: as long as that is open, the difference is ambiguous.
    """
    causes = [*REGISTRY.values(), AMBIGUOUS, UNEXPLAINED]
    claims = " ".join(f"when {cause.claims} then '{cause.name}'" for cause in causes)
    levels = " ".join(f"when '{cause.name}' then {cause.evidence}" for cause in causes)
    connection.execute(
        f"""
        create or replace table claims as
        with claimed as (
            select *, case when batch_cause is not null then batch_cause
                when is_undecided then '{AMBIGUOUS.name}' {claims} end as cause
            from facts
        )
        select *, case when batch_cause <> 'in_flight' then 'C' else case cause {levels} end end as evidence
        from claimed
        """
    )
    create_table(connection, "reconciliation/attributed")


def _require_proofs(connection: duckdb.DuckDBPyConnection) -> None:
    broken = connection.execute(
        "select proof, period, role, difference from proofs where difference <> 0 order by all limit 5"
    ).fetchall()
    if broken:
        raise BrokenIdentity(
            f"{proof} ({period}, {role}): off by {difference}" for proof, period, role, difference in broken
        )
