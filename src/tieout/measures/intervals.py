"""Posting at an interval instead of event by event: the costing replayed in the order of posting."""

from __future__ import annotations

import duckdb

from tieout.costing.replay import suppose
from tieout.settings import Settings
from tieout.store import sql_text

INTERVALS = (0, 15, 60, 24 * 60, 7 * 24 * 60)  # minutes; 0 is event by event: the expected book as it is


def replay_intervals(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Leave ``posting_intervals``, and ``posting_amounts``: what each leg would move, where that order is another."""
    connection.execute("create or replace table posting_intervals (minutes integer)")
    connection.execute(
        "create or replace table posting_amounts (minutes integer, row bigint, amount bigint, trued_up bigint)"
    )
    for minutes in INTERVALS:
        connection.execute("insert into posting_intervals values (?)", [minutes])
        if minutes:
            query = f"create or replace table as_posted as {sql_text('measures/as_posted')}"
            connection.execute(query, {"minutes": minutes})
            suppose(connection, settings, "as_posted", "as_posted")
            connection.execute(
                """
                insert into posting_amounts
                select ?, kernel_row, amount, trued_up from as_posted join as_posted_amounts using (row)
                """,
                [minutes],
            )
