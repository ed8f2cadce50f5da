"""Amazon FBA reimbursements: what Amazon approved for goods that it lost or damaged, in money or in units."""

from tieout.sources.format import Format, drops, takes

_SETTLED = (
    "number(amount_total) <> 0 and exists (select 1 from {0} as settled where settled.total_amount is not null"
    " and left(iso_date(approval_date, amazon_reimbursements.file_dates), 10)"
    " between left(iso_date(settled.settlement_start_date, settled.file_dates), 10)"
    " and left(iso_date(settled.settlement_end_date, settled.file_dates), 10))"
)
# The report's months are in the account's language, its years are not.
_REPORTED = (
    "number(amount_total) <> 0 and left(iso_date(approval_date, file_dates), 4)"
    " in (select regexp_extract(date_time, '\\d{4}') from amazon_date_range)"
)
_REASON = "a settlement of this day has the money"

FORMAT = Format(
    name="amazon_reimbursements",
    title="Amazon FBA reimbursements",
    takes=takes("""
        *approval_date *reimbursement_id amazon_order_id sku fnsku asin *amount_total *quantity_reimbursed_total
        currency_unit
    """),
    drops=drops("""
        case-id reason product-name condition amount-per-unit quantity-reimbursed-cash quantity-reimbursed-inventory
        original-reimbursement-id original-reimbursement-type
    """),
    fills=("settlements", "settlement_lines"),
    zone="UTC",
    dates=("approval_date",),
    leaves_out={
        _SETTLED.format("amazon_settlement_v1"): _REASON,
        _SETTLED.format("amazon_settlement_v2"): _REASON,
        _REPORTED: "the date range report of this year has the money",
    },
    uses=("amazon_settlement_v1", "amazon_settlement_v2", "amazon_date_range"),
)
