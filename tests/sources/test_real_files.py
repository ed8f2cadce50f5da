"""Real exports, where they are at hand: each is recognised or refused with a reason, loses no row, and ties out."""

from __future__ import annotations

import pytest

from exported import SAMPLES, Loaded, load, write_config

# Tables that are looked at and not taken, and what is said of each.
REFUSED = {
    "amazon_settlement_v2_flat/fee-codes.json": "no row among the first 40",
    "amazon_type_mappings/date_range_type_mapping_au.csv": "no row among the first 40",
    "amazon_type_mappings/settlement_v2_type_mapping_au.csv": "no row among the first 40",
    "quickbooks_api_tables/invoice_linked_txn.csv": "no row among the first 40",
    "quickbooks_api_tables/payment_line.csv": "comes nearest",
    "quickbooks_api_tables/purchase_order_linked_txn.csv": "no row among the first 40",
    "shopify_orders/shopify_orders_cad_excel_resaved.csv": "lineitem_price is missing",
    "skuvault_products_kits/fba_inventory.json": "no row among the first 40",
    "xero_api_tables/xero_invoice_line_item.csv": "no row among the first 40",
    "xero_api_tables/xero_journal_line_has_tracking_category.csv": "no row among the first 40",
}
DOCUMENTS = ("zoho_books_postings/Invoice_", "zoho_books_postings/Payment_")
_DOCUMENTS = ("bill", "credit_memo", "deposit", "invoice", "purchase", "sales_receipt", "vendor_credit")
# Files that do not tie out as they are: cut short by who shared them, or with a gap of their own.
NOT_WHOLE = {
    "settlement_v2_au_first_rows.txt": "settlement total",
    "journal_entry_line.csv": "debits less credits",
    **{f"{name}_line.csv": "totals of the documents" for name in _DOCUMENTS},
    "xero_journal_line.csv": "debits less credits",
    "etsy_statement_gbp.csv": "net",
    "flipkart_inventory_ledger_part1.xlsx": "closing balance",
}
TOTALS = {
    "settlement total", "ending balance", "order totals", "row totals", "net of the payout", "debits and credits",
    "closing quantity", "closing value", "units on hand", "total quantity",
}  # fmt: skip


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """All of them in one company; where they are not at hand, the tests say so."""
    if not SAMPLES.is_dir():
        pytest.skip(f"reads the sample exports, which are not in {SAMPLES} (TIEOUT_SAMPLES names their folder)")
    folder = tmp_path_factory.mktemp("real")
    (folder / "samples").symlink_to(SAMPLES)
    source = '[[source]]\nformat = "auto"\npath = "samples/{}"\ntimezone = "America/New_York"\ndates = "day_first"\n'
    folders = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
    return load(write_config(folder, "".join(map(source.format, folders))))


@pytest.mark.long
def test_every_file_is_recognised_or_refused_with_a_reason(real: Loaded) -> None:
    files = {str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("*/*") if path.is_file()}
    taken = {
        str(name).removeprefix("samples/") for (name,) in real.rows("select split_part(file, '#', 1) from source_files")
    }
    refused = {
        str(name).removeprefix("samples/"): str(message)
        for name, message in real.rows("select id, message from load_findings where finding = 'unused_file'")
    }
    assert taken | set(refused) == files
    assert taken.isdisjoint(refused)
    assert {name for name in refused if not name.startswith(DOCUMENTS)} == set(REFUSED)
    assert [name for name, words in REFUSED.items() if words not in refused[name]] == []
    assert [name for name, message in refused.items() if "none of the formats that tieout knows: " not in message] == []


@pytest.mark.long
def test_no_row_is_lost(real: Loaded) -> None:
    rows = real.rows("select file, rows_read, rows_loaded, rows_rejected from source_files")
    assert rows
    assert [row for row in rows if row[1] == 0 or row[1] != row[2] + row[3]] == []  # type: ignore[operator]
    reasons = {str(reason) for (reason,) in real.rows("select distinct reason from rejected_rows")}
    # Of QuickBooks' tables a few rows each were shared, whatever they belong to.
    assert reasons <= {
        "deleted in QuickBooks", "effective_date is missing", "amount is missing", "account is missing",
        "deleted in QuickBooks, which leaves neither day nor amount of it",
        "of no document at hand: bring the table of invoices, bills or whatever it is, too",
    }  # fmt: skip


@pytest.mark.long
def test_whole_files_tie_out(real: Loaded) -> None:
    controls = real.rows(
        "select split_part(split_part(file, '/', -1), '#', 1), control, difference from source_controls"
    )
    assert {control for _, control, difference in controls if difference == 0} >= TOTALS
    assert {(file, control) for file, control, difference in controls if difference != 0} == set(NOT_WHOLE.items())
