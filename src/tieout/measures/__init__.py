"""The measures: every one a sum over the journals, in a SQL file named for the table it makes."""

from __future__ import annotations

import duckdb

from tieout.store import create_table, create_view, sql_text

MEASURES = (
    "materiality",
    "margin_legs",
    "margin_bridge",
    "channel_margin",
    "inventory",
    "cash",
    "cause_totals",
    "cause_evidence",
    "drift",
    "offsets",
    "tax_movements",
    "tax_stock",
    "distortion",
    "margin_origins",
    "change_points",
    "decision_exposure",
    "correction_delay",
    "misstatement",
    "timing_shares",
    "variance_split",
    "headline",
    "material_causes",
    "channel_waterfall",
    "cross_subsidy",
    "subsidy_pairs",
    "channel_bridge",
    "channel_ranks",
    "channel_guards",
    "channel_returns",
    "channel_blend",
    "cause_views",
    "inventory_distortion",
    "roll_forward",
    "periodic_gap",
    "three_way",
    "inventory_ratios",
    "inventory_days_bridge",
    "cash_tied_up",
    "cash_tied_up_causes",
    "distortion_parts",
    "stock_classes",
    "class_migrations",
    "valuation_only",
    "unrecovered_claims",
    "stock_moments",
    "moment_stock",
    "moment_promises",
    "moment_costs",
    "receipt_papers",
    "receipt_payments",
    "stock_lots",
    "availability_cells",
    "availability_errors",
    "availability",
    "availability_bridge",
    "ledger_gaps",
    "system_drift",
    "record_observations",
    "record_accuracy",
    "listing_gaps",
    "cases",
    "work_items",
    "labour",
    "labour_rates",
    "growth",
    "range_width",
    "rate_series",
    "trends",
    "labour_trend",
    "growth_trend",
    "exceptions",
    "close",
    "event_entries",
    "timing",
    "rollover",
    "timing_gaps",
    "cut_off_exposure",
    "lags",
    "revelation",
    "interval_lines",
    "what_if_periods",
    "what_if",
)


def measure(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``book_totals``, the measures and ``trust`` from the journals and corrections."""
    create_view(connection, "measures/booked_lines")
    create_table(connection, "measures/book_totals")
    # A measure that can be split takes the dimension as $by; its table is the undivided one.
    query = f"select * exclude (dimension) from ({sql_text('measures/margin')})"
    connection.execute(f"create or replace table margin as {query}", {"by": None})
    for name in MEASURES:
        create_table(connection, f"measures/{name}")
    create_table(connection, "measures/trust")
    create_table(connection, "measures/tie_out")
    create_table(connection, "measures/integrity")
