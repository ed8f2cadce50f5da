"""The journal: what should have been booked (one posting rule a file), and what was."""

from __future__ import annotations

import duckdb

from tieout.store import create_table, create_view, sql_text

POSTING_RULES = (
    "opening", "receipt", "vendor_bill", "landed_cost", "transfer_freight", "shipment_goods", "shipment_money",
    "customer_return", "refund", "fee", "transfer", "stock_adjustment", "write_off", "damage",
    "vendor_return", "assembly", "revaluation", "variance", "true_up", "dropship", "excess_credit", "accepted_entry",
    "vendor_payment",
)  # fmt: skip


def post(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the journals ``expected`` and ``recorded``; what each rule posts stays readable as ``post_<rule>``."""
    for name in ("accounts", "roles", "recorded", "sale_lines", "settled_channels", "vendor_return_takes"):
        create_table(connection, f"journal/{name}")
    for rule in POSTING_RULES:
        create_view(connection, f"journal/post_{rule}")
    connection.execute(f"create or replace temp table posted as\n{sql_text('journal/posted')}")
    create_table(connection, "journal/post_void")
    for made, rule in (("reimbursements", "settlement"), ("expected_returns", "expected_returns")):
        create_table(connection, f"journal/{made}")
        create_view(connection, f"journal/post_{rule}")
    create_table(connection, "journal/expected")
    connection.execute("drop table posted")
    create_view(connection, "journal/journal_findings")
    connection.execute("insert into findings from journal_findings")
