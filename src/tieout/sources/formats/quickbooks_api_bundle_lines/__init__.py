"""What is in the bundles on QuickBooks' invoices, as Fivetran lands it (``invoice_line_bundle``); lines look it up."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_bundle_lines",
    title="QuickBooks lines of bundles (API table)",
    takes=takes("""
        *invoice_id *invoice_line_index *index *amount line_account_id=sales_item_account_id account_id
        line_item_id=sales_item_item_id item_id line_quantity=sales_item_quantity quantity
    """),
    drops=drops("""
        class_id description discount_amount discount_rate line_num sales_item_tax_code_id service_date tax_code_id
        unit_price
    """),
    fills=(),
    document=("invoice_id",),
)
