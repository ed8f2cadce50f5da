"""One small company for tests whose tables lie in a folder, and the same tables in lakes and databases."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

import companies
from exported import Loaded, load, write_config

TABLES = ("items", "order_lines", "stock_events", "gl_accounts", "gl_lines", "exchange_rates")
_TEXTS = {
    "items": """
sku, name, standard_cost, is_stocked, pack_size, lead_time_days
MUG, Mug, 3.999999, true, 12, 10
BOWL, Bowl; deep, , false, 0.0625,
""",
    "order_lines": """
order_id, line_no, channel, sku, quantity, unit_price, discount, currency, ordered_at
O2, 2, web, BOWL, 1, 1234567.891234, 0.10, USD, 2025-11-02T01:30:00-04:00
O2, 1, web, MUG, 2.0625, 9.99, , USD, 2025-11-02T01:30:00-05:00
O1, 1, web, MUG, 1, 0, 0, , 2025-03-09T07:00:00.123456Z
""",
    "stock_events": """
event_id, type, sku, quantity, to_location, from_location, unit_cost, occurred_at, recorded_at
R1, receipt, MUG, 10, MAIN, , 4.000001, 2025-01-05T12:00:00+05:30, 2025-07-05 12:00:00
S1, shipment, MUG, 1, , MAIN, , 2025-03-10T07:00:00Z, 2025-11-02 01:30:00
""",
    "gl_lines": """
journal_id, line_no, account, amount, effective_date, is_manual
J1, 1, 1000, 40.00, 2025-01-05, false
J1, 2, 1200, -40.00, 2025-01-05, false
J2, 1, 5000, 99999999999.99, 2025-03-10, true
J2, 2, 1000, -99999999999.99, 2025-03-10, true
""",
    "exchange_rates": """
currency, rate_date, rate
EUR, 2025-01-05, 1.033333333
""",
}


def folder(at: Path) -> Loaded:
    """The company as a canonical folder, loaded."""
    companies.write(at, _TEXTS)
    return load(write_config(at, "[[source]]\nformat = 'canonical'\npath = 'canonical'\n"))


def arrow(loaded: Loaded, table: str) -> pa.Table:
    """A canonical table, typed, with the columns that it has anything in."""
    found = loaded.reader.connection.sql(f"select * exclude (source_file, source_row) from {table}").to_arrow_table()
    return found.select([name for name in found.column_names if found[name].null_count < found.num_rows])


def differences(one: Loaded, other: Loaded) -> dict[str, list[tuple[object, ...]]]:
    """By table, the rows that only one of two companies has, whatever file they came from."""
    found = {}
    for table in TABLES:
        query = f"select * exclude (source_file, source_row) from {table} order by all"
        mine, theirs = one.rows(query), other.rows(query)
        assert mine
        if mine != theirs:
            found[table] = [row for row in [*mine, *theirs] if (row in mine) != (row in theirs)] or mine
    return found


def counts(loaded: Loaded) -> list[tuple[object, ...]]:
    return loaded.rows('select "table", rows_read, rows_loaded, rows_rejected from source_files order by 1')
