"""Histories of demand and stock as arrays: one row per item, one column per week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tieout.store import sql_text

# Gross units that the corrections of each family move into or out of an item's week, in demand and in stock.
_EFFECTS = """
    with moved as (
        select family, abs(sum(units)) as units
        from (
            select 'demand' as what, * from demand_parts where part = 'correction' and in_corrected
            union all by name
            select 'stock' as what, * from stock_parts where part = 'correction' and in_corrected
        )
        group by family, what, sku, week
    )
    select family from moved group by family having sum(units) > 0 order by sum(units) desc, family
"""

_ITEMS = "select sku, first_week - 1 from forecast_items where status = 'forecast' order by sku"
_HISTORY = "forecasting/history"
_AT_ONCE = 2_000  # items; all that is known of them lies in memory, in every book and with every set of errors
ALL = slice(None)


@dataclass(frozen=True)
class Histories:
    """Weekly histories in one book: n items that are forecast, ordered by sku, over W weeks of one calendar.

    ``first`` (n,): index of each item's first week, from 0; it may lie beyond W. ``demand`` (n, W): units asked for,
    with what was unmet or lost; NaN before the first week. ``on_hand`` (n, W): units at each week's end, wherever they
    lie; NaN likewise.
    """

    skus: tuple[str, ...]
    first: NDArray[np.int64]
    demand: NDArray[np.float64]
    on_hand: NDArray[np.float64]


def batches(connection: duckdb.DuckDBPyConnection) -> Iterator[slice]:
    """The items that are forecast, by sku, so many at once as memory is meant to hold."""
    items = len(connection.execute(_ITEMS).fetchall())
    return (slice(start, start + _AT_ONCE) for start in range(0, items, _AT_ONCE))


def read(
    connection: duckdb.DuckDBPyConnection, corrected: Sequence[str], origin: int | None = None, some: slice = ALL
) -> Histories:
    """The histories of which the causes of the families ``corrected`` are corrected (none: as recorded).

    ``origin``: the number of a week, at whose end nothing that was booked later is known; W is then this number.
    ``some``: of the items by sku.
    """
    items = connection.execute(_ITEMS).fetchall()[some]
    skus = [sku for sku, _ in items]
    weeks = connection.execute("select max(number) from weeks").fetchall()[0][0] or 0 if origin is None else origin
    table = _known(connection, corrected, [(sku, weeks) for sku in skus])
    row = pc.index_in(table["sku"], pa.array(skus, pa.string())).to_numpy()
    week = table["week"].to_numpy().astype(np.int64) - 1
    demand, on_hand = (np.full((len(items), weeks), np.nan) for _ in range(2))
    demand[row, week], on_hand[row, week] = table["units"].to_numpy(), table["on_hand"].to_numpy()
    return Histories(tuple(skus), np.array([first for _, first in items], np.int64), demand, on_hand)


def read_as_of(
    connection: duckdb.DuckDBPyConnection, corrected: Sequence[str], asked: Sequence[tuple[str, int]]
) -> list[NDArray[np.float64]]:
    """The demand of one (sku, week) after another, from the item's first week to that one, as known at its end."""
    table = _known(connection, corrected, asked)
    found: dict[tuple[str, int], list[float]] = {}
    for key, units in zip(
        zip(table["sku"].to_pylist(), table["origin"].to_pylist(), strict=True), table["units"].to_pylist(), strict=True
    ):
        found.setdefault(key, []).append(units)
    return [np.array(found.get(key, [])) for key in asked]


def _known(
    connection: duckdb.DuckDBPyConnection, corrected: Sequence[str], asked: Sequence[tuple[str, int]]
) -> pa.Table:
    """``history.sql`` of items and weeks of origin, with units as floats."""
    query = f"select * replace (units::double as units, on_hand::double as on_hand) from ({sql_text(_HISTORY)})"
    skus, origins = ([pair[place] for pair in asked] for place in range(2))
    return connection.sql(
        query, params={"corrected": list(corrected), "skus": skus, "origins": origins}
    ).to_arrow_table()


def families(connection: duckdb.DuckDBPyConnection, most: int = 6) -> list[tuple[str, ...]]:
    """The families of causes that move units, in at most ``most`` groups: the largest by gross units, then the rest.

    All of them corrected is the corrected book.
    """
    names = [name for (name,) in connection.execute(_EFFECTS).fetchall()]
    if len(names) <= most:
        return [(name,) for name in names]
    return [*((name,) for name in names[: most - 1]), tuple(sorted(names[most - 1 :]))]
