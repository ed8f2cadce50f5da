"""Shopify's order transactions: what was paid and given back for each order, whatever the way of payment."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shopify_order_transactions",
    title="Shopify order transactions",
    takes=takes("*name *kind *gateway *created_at *status *amount currency"),
    drops=drops("order card_type"),  # a spreadsheet spoils the number of the order: its name is the key
    fills=("refunds",),
    document=("created_at", "name", "kind", "gateway"),
    dates=("created_at",),
    skips="lower(kind) <> 'refund'",  # payments stand in the orders and in the payouts; findings.sql tells how many
    leaves_out={"lower(status) <> 'success'": "a refund that did not succeed: no money moved"},
    uses=("shopify_orders", "shopify_payments"),
    prepares=("shopify_order_transactions_refunds",),
    has_findings=True,
)
