"""The measures: every one a sum over the journals, in a SQL file named for the table it makes."""

from __future__ import annotations

import duckdb

from tieout.store import create_table, sql_text

MEASURES = (
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
    create_table(connection, "measures/book_totals")
    # A measure that can be split takes the dimension as $by; its table is the undivided one.
    query = f"select * exclude (dimension) from ({sql_text('measures/margin')})"
    connection.execute(f"create or replace table margin as {query}", {"by": None})
    for name in MEASURES:
        create_table(connection, f"measures/{name}")
    create_table(connection, "measures/trust")
    create_table(connection, "measures/tie_out")
