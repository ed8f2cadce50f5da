"""The measures: every one a sum over the journals, in a SQL file named for the table it makes."""

from __future__ import annotations

import duckdb

from tieout.store import create_table, create_view, sql_text

# In the order in which they are made, each in the folder of its subject.
MEASURES = (
    "materiality",
    "margin/margin_legs",
    "margin/margin_bridge",
    "channels/channel_margin",
    "stock/inventory",
    "stock/cash",
    "cause_totals",
    "cause_evidence",
    "margin/drift",
    "offsets",
    "stock/tax_movements",
    "stock/tax_stock",
    "margin/distortion",
    "margin/margin_origins",
    "margin/change_points",
    "margin/decision_exposure",
    "margin/correction_delay",
    "margin/misstatement",
    "margin/timing_shares",
    "margin/period_evidence",
    "margin/variance_split",
    "margin/headline",
    "margin/material_causes",
    "channels/channel_waterfall",
    "channels/cross_subsidy",
    "channels/subsidy_pairs",
    "channels/channel_bridge",
    "channels/channel_ranks",
    "channels/channel_guards",
    "channels/channel_returns",
    "channels/channel_blend",
    "channels/cause_views",
    "stock/inventory_distortion",
    "stock/roll_forward",
    "stock/periodic_gap",
    "availability/ledger_grain",
    "stock/three_way",
    "stock/inventory_ratios",
    "stock/inventory_days_bridge",
    "stock/cash_tied_up",
    "stock/cash_tied_up_causes",
    "stock/distortion_parts",
    "stock/stock_classes",
    "stock/class_migrations",
    "stock/valuation_only",
    "stock/unrecovered_claims",
    "availability/stock_moments",
    "availability/moment_stock",
    "availability/moment_promises",
    "availability/moment_costs",
    "availability/receipt_papers",
    "availability/receipt_payments",
    "availability/stock_lots",
    "availability/availability_cells",
    "availability/availability_errors",
    "availability/availability",
    "availability/availability_bridge",
    "availability/ledger_gaps",
    "availability/system_drift",
    "availability/record_observations",
    "availability/record_accuracy",
    "availability/listing_gaps",
    "close/cases",
    "close/work_items",
    "close/labour",
    "close/labour_rates",
    "close/growth",
    "close/range_width",
    "close/rate_series",
    "close/trends",
    "close/labour_trend",
    "close/growth_trend",
    "close/review_list",
    "close/exceptions",
    "close/close",
    "close/ledger_totals",
    "close/run_changes",
    "close/run_reasons",
    "close/figures",
    "close/sign_offs",
    "close/restatements",
    "timing/event_entries",
    "timing/timing",
    "timing/rollover",
    "timing/timing_gaps",
    "timing/cut_off_exposure",
    "timing/lags",
    "timing/revelation",
    "timing/interval_lines",
    "timing/what_if_periods",
    "timing/what_if",
    "timing/fix_order",
    "quality/source_ages",
    "quality/missing_inputs",
    "quality/unlinked_entries",
)


def measure(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``book_totals``, the measures and ``trust`` from the journals and corrections."""
    create_view(connection, "measures/booked_lines")
    create_table(connection, "measures/book_totals")
    # A measure that can be split takes the dimension as $by; its table is the undivided one.
    query = f"select * exclude (dimension) from ({sql_text('measures/margin/margin')})"
    connection.execute(f"create or replace table margin as {query}", {"by": None})
    for name in MEASURES:
        create_table(connection, f"measures/{name}")
    create_table(connection, "measures/trust")
    create_table(connection, "measures/tie_out")
    create_table(connection, "measures/close/integrity")
