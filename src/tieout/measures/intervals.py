"""Posting at an interval instead of event by event: the costing replayed in the order of posting."""

from __future__ import annotations

import duckdb

from tieout.costing.replay import suppose
from tieout.settings import Settings
from tieout.store import sql_text

INTERVALS = (0, 15, 60, 24 * 60, 7 * 24 * 60)  # minutes; 0 is event by event: the expected book as it is


def replay_intervals(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Leave ``posting_intervals``, and ``posting_amounts``: what a leg would move, where that is another amount."""
    connection.execute("create or replace table posting_intervals (minutes integer)")
    connection.execute(
        "create or replace table posting_amounts (minutes integer, row bigint, amount bigint, trued_up bigint)"
    )
    for minutes in INTERVALS:
        connection.execute("insert into posting_intervals values (?)", [minutes])
        if minutes:
            query = f"create or replace table as_posted as {sql_text('measures/timing/as_posted')}"
            connection.execute(query, {"minutes": minutes})
            suppose(connection, settings, "as_posted", "as_posted")
            connection.execute(
                """
                insert into posting_amounts
                select ?, legs.row, amounts.amount, amounts.trued_up
                from as_posted
                join as_posted_amounts as amounts using (row)
                join valued_legs as legs on as_posted.kernel_row = legs.row
                where from_minor_units(amounts.amount) <> legs.amount or amounts.trued_up <> 0
                    or legs.event_id in (select event_id from true_ups)
                """,
                [minutes],
            )
    connection.execute("drop table if exists as_posted; drop table if exists as_posted_amounts")
