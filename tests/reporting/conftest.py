"""A small real company with hostile names, and its leadership report."""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
from tieout.reporting.run import report

SCRIPT = "<script>document.title = 'stolen'</script>"
CONFIG = f"""
[company]
name = "{SCRIPT}<!--<script> & Söhne"
currency = "USD"
[policy]
sync_sla_hours = 0
[materiality]
amount = 10
[[source]]
format = "canonical"
path = "canonical"
"""
TABLES = {
    "channels": f"""
        channel,   type
        {SCRIPT}, web
        plain,     marketplace
        """,
    "order_lines": f"""
        order_id, line_no, channel,  sku,  quantity, unit_price, ordered_at
        O1,       1,       {SCRIPT}, $1<b, 10,       50,         2025-01-02T08:00Z
        O2,       1,       {SCRIPT}, $1<b, 5,        50,         2025-02-03T08:00Z
        O3,       1,       plain,    $1<b, 4,        50,         2025-02-04T08:00Z
        """,
    "stock_events": """
        event_id, type,     sku,  quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  $1<b, 100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, $1<b, 10,       EAST,          ,            ,          O1,       1,       2025-01-03T09:00Z
        S2,       shipment, $1<b, 5,        EAST,          ,            ,          O2,       1,       2025-02-03T09:00Z
        S3,       shipment, $1<b, 4,        EAST,          ,            ,          O3,       1,       2025-02-28T23:00Z
        """,
    "gl_lines": f"""
        journal_id, line_no, account, amount, channel,  external_id, effective_date, posted_at
        J1,         1,       1000,    2000,   ,         R1,          2025-01-01,     2025-01-01T10:00Z
        J1,         2,       1200,    -2000,  ,         R1,          2025-01-01,     2025-01-01T10:00Z
        J2,         1,       1100,    500,    {SCRIPT}, S1,          2025-01-03,     2025-01-03T10:00Z
        J2,         2,       4000,    -500,   {SCRIPT}, S1,          2025-01-03,     2025-01-03T10:00Z
        J3,         1,       5000,    200,    {SCRIPT}, S1,          2025-01-03,     2025-01-03T10:00Z
        J3,         2,       1000,    -200,   ,         S1,          2025-01-03,     2025-01-03T10:00Z
        J4,         1,       1100,    250,    {SCRIPT}, S2,          2025-02-03,     2025-02-03T10:00Z
        J4,         2,       4000,    -250,   {SCRIPT}, S2,          2025-02-03,     2025-02-03T10:00Z
        J5,         1,       1100,    200,    plain,    S3,          2025-02-28,     2025-02-28T23:30Z
        J5,         2,       4000,    -200,   plain,    S3,          2025-02-28,     2025-02-28T23:30Z
        J6,         1,       5000,    80,     plain,    S3,          2025-02-28,     2025-02-28T23:30Z
        J6,         2,       1000,    -80,    ,         S3,          2025-02-28,     2025-02-28T23:30Z
        """,
}


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company whose ledger lacks the cost of one sale of February: profit and stock are 100.00 too high."""
    folder = tmp_path_factory.mktemp("company {with braces}")
    return companies.reconcile(companies.write(folder, TABLES, config=CONFIG)).database


@pytest.fixture(scope="session")
def page(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its leadership report of February."""
    return report(database, tmp_path_factory.mktemp("reports"), period="2025-02")
