"""Demand as recorded and as it was: histories, forecasts made from them, and what purchasing makes of those."""

from __future__ import annotations

from collections.abc import Callable

import duckdb

from tieout.forecasting import margins, misfires, stability
from tieout.forecasting.forecasts import Cache
from tieout.forecasting.histories import families
from tieout.forecasting.learning import require
from tieout.settings import Settings
from tieout.store import create_table, sql_text

__all__ = ["make", "require"]

# In the order in which they are made; ``demand_history`` comes after them, and of it what is known of the items.
_PARTS = (
    "weeks", "sale_dates", "unmet_demand", "unmet_bookings", "demand_parts", "stock_parts", "late_demand", "demand",
)  # fmt: skip


def make(connection: duckdb.DuckDBPyConnection, settings: Settings, progress: Callable[[str], None]) -> None:
    """Make the tables of demand, forecasts and purchasing from the journals and events."""
    for name in _PARTS:
        create_table(connection, f"forecasting/{name}")
    connection.execute("drop table sale_dates; drop table unmet_bookings")  # a row a sale; none is read any more
    _write_history(connection)
    for name in ("forecast_items", "forecast_scope"):
        create_table(connection, f"forecasting/{name}")
    cache = Cache.read(connection)
    stability.make(connection, settings, cache, progress)
    margins.make(connection, cache, progress)
    misfires.make(connection, settings, cache, progress)
    cache.write(connection)


def _write_history(connection: duckdb.DuckDBPyConnection) -> None:
    """``demand_history``: one row per sku, week and book (recorded, corrected), as ``history.sql`` tells."""
    every = [family for group in families(connection) for family in group]
    query = (
        f"select sku, week, $book as book, units, lost, on_hand from ({sql_text('forecasting/history')}) order by all"
    )
    for verb, book, corrected in (
        ("create or replace table demand_history as", "recorded", []),
        ("insert into demand_history", "corrected", every),
    ):
        connection.execute(f"{verb} {query}", {"book": book, "corrected": corrected, "skus": None, "origins": None})
