"""eBay's transaction report: one row a transaction, with its fees in columns; ``--`` is an empty cell."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="ebay_transactions",
    title="eBay transaction report",
    takes=takes("""
        *transaction_creation_date *type *order_number *net_amount payout_currency payout_date *payout_id
        item_id transaction_id custom_label quantity *item_subtotal shipping_and_handling seller_collected_tax
        ebay_collected_tax final_value_fee_fixed final_value_fee_variable very_high_item_not_as_described_fee
        below_standard_performance_fee international_fee charity_donation deposit_processing_fee
        regulatory_operating_fee transaction_currency exchange_rate reference_id description
    """),
    drops=drops("""
        legacy_order_id buyer_username buyer_name ship_to_city ship_to_province/region/state ship_to_zip
        ship_to_country payout_method payout_status reason_for_hold item_title gross_transaction_amount
    """),
    fills=("order_lines", "settlements", "settlement_lines", "fees", "refunds"),
    document=("transaction_creation_date", "type", "reference_id", "order_number"),
    dates=("transaction_creation_date", "payout_date"),
    leaves_out={
        """payout_id is null and not regexp_matches(lower(type), 'order|refund|claim|dispute|fee|label|charge')""": (
            "moves money within eBay and is in no payout yet"
        ),
    },
    prepares=("ebay_transactions_rows", "ebay_transactions_parts"),
    blanks=("--",),
    has_controls=True,
)
