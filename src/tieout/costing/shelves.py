"""Damaged goods lie on shelves of their own: how much of what leaves as damaged is there, place by place."""

from __future__ import annotations

import duckdb
import pyarrow as pa

_DAMAGED = """
    select event_id, place, moved_sku, ten_thousandths(moved_quantity), is_damaged, stays_damaged, shelf_from, shelf_to
    from opened_goods
    where (is_damaged or from_status = 'damaged' and ships_from is not null) and voided_at is null
    order by position, place, moved_sku
"""


def share_shelves(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave ``shelf_goods``: of each row of ``opened_goods`` that takes damaged goods, how many its shelf holds.

    One row per event, place and sku; quantity in units. What is not found there are good ones that only were called
    damaged: nothing has taken their value yet. Goods that move as damaged join the shelf where they arrive.
    """
    there: dict[tuple[str, str], int] = {}
    found: list[tuple[str, int, str, int]] = []
    for event, place, sku, quantity, joins, stays, leaves, arrives in connection.execute(_DAMAGED).fetchall():
        part = quantity if joins else min(quantity, there.get((sku, leaves), 0))
        if not joins:
            found.append((event, place, sku, part))
            there[sku, leaves] = there.get((sku, leaves), 0) - part
        if joins or stays:
            there[sku, arrives] = there.get((sku, arrives), 0) + part
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    kinds = (pa.string(), pa.int64(), pa.string(), pa.int64())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    connection.register("arrays", pa.table(arrays, names=["event_id", "place", "moved_sku", "units"]))
    connection.execute(
        """
        create or replace table shelf_goods as
        select event_id, place, moved_sku, (units::decimal(18, 0) * 0.0001)::decimal(18, 4) as quantity from arrays
        """
    )
    connection.unregister("arrays")
