"""Walmart Marketplace's reconciliation report (version 1): one amount a row, under a row that sums up the payment."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="walmart_recon",
    title="Walmart reconciliation report",
    takes=takes("""
        *period_start_date *period_end_date total_payable currency transaction_key *transaction_posted_timestamp
        *transaction_type *transaction_description customer_order customer_order_line
        purchase_order purchase_order_line *amount *amount_type ship_qty transaction_reason_description partner_item_id
    """),
    drops=drops("""
        commission_rate base_commission_rate partner_gtin partner_item_name product_tax_code ship_to_state ship_to_city
        ship_to_zipcode contract_category product_type commission_rule shipping_method fulfillment_type
        fulfillment_details original_commission commission_incentive_program commission_saving
        customer_promo_type total_walmart_funded_savings_program campaign_id
    """),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    dates=("period_start_date", "period_end_date", "transaction_posted_timestamp"),
    date_order="month_first",
    prepares=("walmart_recon_amounts",),
    has_controls=True,
)
