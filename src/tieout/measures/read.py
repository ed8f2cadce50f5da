"""Reading what a run holds: the tables of the interface by name, and the measures by period and dimension."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from tieout.errors import UnknownId, UnknownName
from tieout.store import sql_text

# Periods from $start to $end, in the order of time, whatever their names.
_BETWEEN = """
    select period from periods
    where number >= coalesce((select number from periods where period = $start), 1)
        and number <= coalesce((select number from periods where period = $end), number)
"""
DIMENSIONS = ("category", "channel", "location", "sku")

# What ``tieout export`` gives, and where the SQL that makes it lies.
TABLES = {
    "expected": "journal/expected.sql",
    "recorded": "journal/recorded.sql",
    "links": "reconciliation/links.sql",
    "corrections": "reconciliation/corrections.sql",
    "entries": "reconciliation/entries.sql",
    "proposals": "reconciliation/proposals.sql",
    "proofs": "reconciliation/proofs.sql",
    "layers": "costing/layers.sql",
    "layer_issues": "costing/layer_issues.sql",
    "method_changes": "costing/method_changes.sql",
    "valued_events": "costing/valued_events.sql",
    "findings": "costing/costing_findings.sql",
    "margin": "measures/margin/margin.sql",
    "margin_bridge": "measures/margin/margin_bridge.sql",
    "channel_margin": "measures/channels/channel_margin.sql",
    "inventory": "measures/stock/inventory.sql",
    "cash": "measures/stock/cash.sql",
    "cause_totals": "measures/cause_totals.sql",
    "cause_evidence": "measures/cause_evidence.sql",
    "drift": "measures/margin/drift.sql",
    "offsets": "measures/offsets.sql",
    "tax_movements": "measures/stock/tax_movements.sql",
    "tax_stock": "measures/stock/tax_stock.sql",
    "distortion": "measures/margin/distortion.sql",
    "margin_origins": "measures/margin/margin_origins.sql",
    "change_points": "measures/margin/change_points.sql",
    "decision_exposure": "measures/margin/decision_exposure.sql",
    "correction_delay": "measures/margin/correction_delay.sql",
    "misstatement": "measures/margin/misstatement.sql",
    "timing_shares": "measures/margin/timing_shares.sql",
    "period_evidence": "measures/margin/period_evidence.sql",
    "variance_split": "measures/margin/variance_split.sql",
    "headline": "measures/margin/headline.sql",
    "material_causes": "measures/margin/material_causes.sql",
    "channel_waterfall": "measures/channels/channel_waterfall.sql",
    "cross_subsidy": "measures/channels/cross_subsidy.sql",
    "subsidy_pairs": "measures/channels/subsidy_pairs.sql",
    "channel_bridge": "measures/channels/channel_bridge.sql",
    "channel_ranks": "measures/channels/channel_ranks.sql",
    "channel_guards": "measures/channels/channel_guards.sql",
    "channel_returns": "measures/channels/channel_returns.sql",
    "channel_blend": "measures/channels/channel_blend.sql",
    "cause_views": "measures/channels/cause_views.sql",
    "inventory_distortion": "measures/stock/inventory_distortion.sql",
    "roll_forward": "measures/stock/roll_forward.sql",
    "periodic_gap": "measures/stock/periodic_gap.sql",
    "three_way": "measures/stock/three_way.sql",
    "inventory_ratios": "measures/stock/inventory_ratios.sql",
    "inventory_days_bridge": "measures/stock/inventory_days_bridge.sql",
    "cash_tied_up": "measures/stock/cash_tied_up.sql",
    "cash_tied_up_causes": "measures/stock/cash_tied_up_causes.sql",
    "distortion_parts": "measures/stock/distortion_parts.sql",
    "stock_classes": "measures/stock/stock_classes.sql",
    "class_migrations": "measures/stock/class_migrations.sql",
    "valuation_only": "measures/stock/valuation_only.sql",
    "unrecovered_claims": "measures/stock/unrecovered_claims.sql",
    "availability": "measures/availability/availability.sql",
    "availability_cells": "measures/availability/availability_cells.sql",
    "availability_bridge": "measures/availability/availability_bridge.sql",
    "availability_errors": "measures/availability/availability_errors.sql",
    "system_drift": "measures/availability/system_drift.sql",
    "record_accuracy": "measures/availability/record_accuracy.sql",
    "listing_gaps": "measures/availability/listing_gaps.sql",
    "labour": "measures/close/labour.sql",
    "labour_rates": "measures/close/labour_rates.sql",
    "labour_trend": "measures/close/labour_trend.sql",
    "growth": "measures/close/growth.sql",
    "growth_trend": "measures/close/growth_trend.sql",
    "range_width": "measures/close/range_width.sql",
    "close": "measures/close/close.sql",
    "exceptions": "measures/close/exceptions.sql",
    "integrity": "measures/close/integrity.sql",
    "ledger_totals": "measures/close/ledger_totals.sql",
    "run_changes": "measures/close/run_changes.sql",
    "run_reasons": "measures/close/run_reasons.sql",
    "review_list": "measures/close/review_list.sql",
    "figures": "measures/close/figures.sql",
    "sign_offs": "measures/close/sign_offs.sql",
    "restatements": "measures/close/restatements.sql",
    "timing": "measures/timing/timing.sql",
    "rollover": "measures/timing/rollover.sql",
    "timing_gaps": "measures/timing/timing_gaps.sql",
    "cut_off_exposure": "measures/timing/cut_off_exposure.sql",
    "lags": "measures/timing/lags.sql",
    "revelation": "measures/timing/revelation.sql",
    "what_if": "measures/timing/what_if.sql",
    "what_if_periods": "measures/timing/what_if_periods.sql",
    "fix_order": "measures/timing/fix_order.sql",
    "source_ages": "measures/quality/source_ages.sql",
    "missing_inputs": "measures/quality/missing_inputs.sql",
    "unlinked_entries": "measures/quality/unlinked_entries.sql",
    "weeks": "forecasting/weeks.sql",
    "demand": "forecasting/demand.sql",
    "demand_history": "forecasting/history.sql",
    "demand_parts": "forecasting/demand_parts.sql",
    "stock_parts": "forecasting/stock_parts.sql",
    "late_demand": "forecasting/late_demand.sql",
    "unmet_demand": "forecasting/unmet_demand.sql",
    "forecast_items": "forecasting/forecast_items.sql",
    "forecast_scope": "forecasting/forecast_scope.sql",
    "forecasts": "forecasting/forecasts.sql",
    "forecast_stability": "forecasting/forecast_stability.sql",
    "forecast_classes": "forecasting/forecast_classes.sql",
    "margin_forecast": "forecasting/margin_forecast.sql",
    "margin_forecast_causes": "forecasting/margin_forecast_causes.sql",
    "margin_forecast_scope": "forecasting/margin_forecast_scope.sql",
    "purchasing": "forecasting/purchasing.sql",
    "purchasing_cost": "forecasting/purchasing_cost.sql",
    "purchasing_causes": "forecasting/purchasing_causes.sql",
    "purchasing_arms": "forecasting/purchasing_arms.sql",
    "purchasing_items": "forecasting/purchasing_items.sql",
    "purchasing_weeks": "forecasting/purchasing_weeks.sql",
    "control_totals": "reconciliation/control_totals.sql",
    "ambiguity": "reconciliation/ambiguity.sql",
    "capability": "reconciliation/capability.sql",
    "oversells": "reconciliation/oversells.sql",
    "quantity_drift": "reconciliation/quantity_drift.sql",
    "trust": "measures/trust.sql",
    "tie_out": "measures/tie_out.sql",
    "periods": "canonical/periods.sql",
    "rejected_rows": "canonical/loader.py",
    "source_files": "canonical/loader.py",
    "source_controls": "sources/exports.py",
    "causes": "reconciliation/causes/",
    "runs": "pipeline.py",
}


def read(
    connection: duckdb.DuckDBPyConnection, name: str, start: str | None = None, end: str | None = None
) -> pa.Table:
    """One table of the run as it stands, between two periods (inclusive) where it has periods."""
    if name not in TABLES:
        raise UnknownName("table", name, TABLES)
    relation = connection.sql(f'from "{name}"')
    if "period" not in relation.columns or (start is None and end is None):
        return relation.to_arrow_table()
    query = f'from "{name}" where period in ({_BETWEEN})'
    return connection.sql(query, params=_span(connection, start, end)).to_arrow_table()


def explain(connection: duckdb.DuckDBPyConnection, identifier: str) -> pa.Table:
    """All that is known about an event, journal, correction or cause; raises ``UnknownId`` where that is nothing."""
    facts = connection.sql(sql_text("measures/explain"), params={"id": identifier}).to_arrow_table()
    if facts.num_rows == 0:
        raise UnknownId(identifier)
    return facts


def story(connection: duckdb.DuckDBPyConnection, cause: str, event_id: str) -> pa.Table:
    """One exception as an entry: booked, corrected and expected amounts at each coordinate; empty if there is none."""
    return connection.sql(
        sql_text("measures/close/story"), params={"cause": cause, "event_id": event_id}
    ).to_arrow_table()


def read_by(connection: duckdb.DuckDBPyConnection, name: str, by: str, start: str | None, end: str | None) -> pa.Table:
    """A measure split by a dimension, which becomes the column of that name; raises ``UnknownName``."""
    if by not in DIMENSIONS:
        raise UnknownName("dimension", by, DIMENSIONS)
    measure = sql_text(TABLES[name].removesuffix(".sql"))
    query = f"select * rename (dimension as {by}) from ({measure}) where period in ({_BETWEEN})"
    return connection.sql(query, params={"by": by, **_span(connection, start, end)}).to_arrow_table()


def _span(connection: duckdb.DuckDBPyConnection, start: str | None, end: str | None) -> dict[str, str | None]:
    """Both ends as parameters of ``_BETWEEN``; raises ``UnknownName`` for a period that the company does not have."""
    known = {period for (period,) in connection.execute("select period from periods").fetchall()}
    for period in (start, end):
        if period is not None and period not in known:
            raise UnknownName("period", period, known)
    return {"start": start, "end": end}
