"""The measures: every one a sum over the journals, in a SQL file named for the table it makes."""

from __future__ import annotations

import duckdb

from tieout.store import create_table, sql_text

MEASURES = ("margin", "margin_bridge", "channel_margin", "inventory", "cash")


def measure(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``book_totals``, the measures and ``trust`` from the journals and corrections."""
    create_table(connection, "measures/book_totals")
    for name in MEASURES:
        # A measure that can be split takes the dimension as $by; its table is the undivided one.
        parameters = {"by": None} if "$by" in sql_text(f"measures/{name}") else None
        connection.execute(f"create or replace table {name} as\n{sql_text(f'measures/{name}')}", parameters)
    create_table(connection, "measures/trust")
    create_table(connection, "measures/tie_out")
