"""Amazon settlements, flat file V2: every amount is a line, fees and refunds stand apart, the payout ties out."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from exported import EXPORTS, Loaded, load, write_config

FILE = "source_file = 'exports/amazon_settlement_v2/settlement.txt'"


def test_a_settlement_is_its_summary_row(loaded: Loaded) -> None:
    settlements = loaded.rows(
        f"select settlement_id, channel, paid_at, gross, fees, refunds, net, currency from settlements where {FILE}"
    )
    assert settlements == [
        ("9001", "amazon.com.au", datetime(2025, 10, 16, tzinfo=UTC), Decimal("70.00"), Decimal("14.64"),
         Decimal("20.00"), Decimal("35.36"), "AUD"),
    ]  # fmt: skip


def test_amounts_are_lines_by_type_and_units_count_once(loaded: Loaded) -> None:
    lines = loaded.rows(
        f"select type, count(*), sum(amount), sum(quantity) from settlement_lines where {FILE} group by 1 order by 1"
    )
    assert lines == [
        ("fee", 5, Decimal("-14.64"), None),
        ("refund", 1, Decimal("-20.00"), None),
        ("reimbursement", 1, Decimal("10.00"), None),
        ("reserve", 1, Decimal("20.00"), None),
        ("sale", 3, Decimal("40.00"), Decimal(2)),
        ("tax", 2, Decimal("0.00"), None),
    ]


def test_fees_are_costs_by_type(loaded: Loaded) -> None:
    fees = loaded.rows(
        f"select type, sum(amount), min(settlement_id) from fees where {FILE} group by type order by type"
    )
    assert fees == [
        ("fulfilment", Decimal("3.50"), "9001"), ("referral", Decimal("3.60"), "9001"),
        ("storage", Decimal("7.54"), "9001"),
    ]  # fmt: skip


def test_a_refund_names_order_and_item(loaded: Loaded) -> None:
    refunds = loaded.rows(f"select order_id, sku, amount, shipping, tax, refunded_at from refunds where {FILE}")
    assert refunds == [
        ("111-0000001-0000001", "MUG-P2", Decimal("20.00"), 0, 0, datetime(2025, 10, 13, 10, tzinfo=UTC))
    ]


def test_a_total_that_names_no_settlement_is_told_all_the_same(tmp_path: Path) -> None:
    content = (EXPORTS / "amazon_settlement_v2" / "settlement.txt").read_text(encoding="utf-8")
    place = content.splitlines()[0].split("\t").index("total-amount")
    footer = ["35.36" if cell == place else "" for cell in range(content.splitlines()[0].count("\t") + 1)]
    (tmp_path / "settlement.txt").write_text(content + "\t".join(footer) + "\n", encoding="utf-8")
    told = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "settlement.txt"\n'))
    messages = "select message from load_findings where finding = 'control_total'"
    assert told.rows(messages) == [("settlement total: 35.36 stated, 0 found",)]
    assert told.rows("select rows_loaded, rows_rejected from source_files") == [(14, 1)]


def test_amounts_of_settlements_that_are_mixed_are_counted_for_each(tmp_path: Path) -> None:
    header, *rows = (EXPORTS / "amazon_settlement_v2" / "settlement.txt").read_text(encoding="utf-8").splitlines()
    mixed = [line for row in rows for line in (row, row.replace("9001", "9002", 1))]
    (tmp_path / "settlement.txt").write_text("\n".join([header, *mixed]) + "\n", encoding="utf-8")
    told = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "settlement.txt"\n'))
    numbers = "select string_agg(line_no, ' ' order by source_row) from settlement_lines group by settlement_id"
    assert told.rows(numbers) == [("1 2 3 4 5 6 7 8 9 10 11 12 13",)] * 2
