"""Amazon inventory ledger, detailed view: every movement in Amazon's centres, with the sign of the stock."""

from tieout.sources.format import Format, drops, takes

# When the row's day begins: where the report was drawn, as its clock or the source says; other reports count in UTC.
_CLOCK = "time_parts(iso_time(date_and_time, file_zone, file_dates))"
_DAY = (
    f"coalesce(if({_CLOCK}.zone <> '', moment_of({_CLOCK}) - try_cast(clock_time({_CLOCK})[12:] as interval), null),"
    " timezone(coalesce(file_zone, 'UTC'), try_cast(iso_date(date, file_dates) as timestamp)))"
)


def _covered(report: str, time: str) -> str:
    """Whether the row's day is one of those from the first to the last time in another report."""
    span = f"(select {{}}(moment_of(time_parts(iso_time({time}, 'UTC', file_dates)))) from {report})"
    return f"{_DAY} > {span.format('min')} - interval 1 day and {_DAY} <= {span.format('max')}"


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
        f"event_type = 'CustomerReturns' and {_covered('amazon_customer_returns', 'return_date')}": (
            "the customer returns report has the returns of this day, with their orders"
        ),
        "event_type = 'Shipments' and number(quantity) < 0"
        f" and {_covered('amazon_fulfilled_shipments', 'shipment_date')}": (
            "the fulfilled shipments report has the shipments of this day, with their orders"
        ),
    },
    uses=("amazon_customer_returns", "amazon_fulfilled_shipments"),
    prepares=("amazon_ledger_detail_moves",),
)
