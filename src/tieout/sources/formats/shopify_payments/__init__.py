"""Shopify Payments transactions: charges, refunds, adjustments, their fees, and the day on which each was paid out."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_payments",
    title="Shopify Payments transactions",
    takes=takes("*transaction_date *type *order payout_status *payout_date *amount *fee *net currency"),
    drops=drops("""
        card_brand card_source available_on checkout payment_method_name presentment_amount presentment_currency
    """),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    document=("transaction_date", "type", "order", "currency"),
    dates=("transaction_date", "payout_date"),
    leaves_out={
        "(payout_date is null or lower(payout_status) <> 'paid') and number(fee) = 0 and lower(type) <> 'refund'": (
            "is not paid out yet, and neither a fee nor a refund: it comes with its payout"
        )
    },
    uses=("shopify_orders", "shopify_order_transactions"),
    prepares=("shopify_payments_entries",),
    has_controls=True,
    has_findings=True,
)
