"""Amazon's reimbursements: a claim on Amazon, unless a settlement already has the money."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from exported import Loaded

FILE = "source_file = 'exports/amazon_reimbursements/reimbursements.txt'"


def test_each_item_of_a_reimbursement_is_a_line(loaded: Loaded) -> None:
    lines = loaded.rows(
        "select settlement_id, type, order_id, sku, quantity, amount from settlement_lines"
        f" where {FILE} order by settlement_id, line_no"
    )
    assert lines == [
        ("reimbursement 8001", "reimbursement", None, "BOWL", 1, Decimal("3.10")),
        ("reimbursement 8001", "reimbursement", None, "MUG", 2, Decimal("24.68")),
        ("reimbursement 8002", "reimbursement", "111-0000001-0000001", "MUG", 1, 0),
        ("reimbursement 8003", "reimbursement", None, "MUG", -1, Decimal("-12.34")),
    ]


def test_nothing_is_paid_by_an_approval(loaded: Loaded) -> None:
    settlements = loaded.rows(f"select settlement_id, net, paid_at from settlements where {FILE} order by 1")
    assert settlements == [
        ("reimbursement 8001", 0, datetime(2025, 7, 1, 9, 59, 13, tzinfo=UTC)),
        ("reimbursement 8002", 0, datetime(2025, 7, 9, 23, 59, 59, tzinfo=UTC)),
        ("reimbursement 8003", 0, datetime(2025, 7, 20, tzinfo=UTC)),
    ]


def test_money_that_a_settlement_has_is_not_counted_twice(loaded: Loaded) -> None:
    rejected = loaded.rows(
        "select row, reason from rejected_rows where file like 'exports/amazon_reimbursements/%' order by row"
    )
    assert rejected == [
        (6, "a settlement of this day has the money"),
        (7, "the date range report of this year has the money"),
    ]
