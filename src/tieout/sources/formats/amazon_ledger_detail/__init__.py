"""Amazon inventory ledger, detailed view: every movement in Amazon's centres, with the sign of the stock."""

from tieout.sources.format import Format, drops, takes

_RETURNED = "select {}(iso_date(return_date, file_dates)) from amazon_customer_returns"
_SHIPPED = "select {}(left(iso_time(shipment_date, file_zone, file_dates), 10)) from amazon_fulfilled_shipments"

FORMAT = Format(
    name="amazon_ledger_detail",
    title="Amazon FBA inventory ledger, detailed view",
    takes=takes("""
        *date fnsku asin *msku *event_type reference_id *quantity *fulfillment_center *disposition reason date_and_time
    """),
    drops=drops("title country reconciled_quantity unreconciled_quantity store"),
    fills=("stock_events", "locations"),
    dates=("date",),
    date_order="month_first",
    leaves_out={
        "number(quantity) = 0": "no unit moved",
        "event_type = 'CustomerReturns' and iso_date(date, file_dates)"
        f" between ({_RETURNED.format('min')}) and ({_RETURNED.format('max')})": (
            "the customer returns report has the returns of this day, with their orders"
        ),
        "event_type = 'Shipments' and number(quantity) < 0 and iso_date(date, file_dates)"
        f" between ({_SHIPPED.format('min')}) and ({_SHIPPED.format('max')})": (
            "the fulfilled shipments report has the shipments of this day, with their orders"
        ),
    },
    uses=("amazon_customer_returns", "amazon_fulfilled_shipments"),
    prepares=("amazon_ledger_detail_moves",),
)
