"""Timing: booked at its value, in the wrong period; what one period loses another gains. Finer reasons come first."""

from __future__ import annotations

from tieout.reconciliation.causes import Cause, register

register(
    Cause(
        name="reversal_other_period",
        family="timing",
        scenario="cut_off",
        root="human",
        work="look",
        title="Taken back in another period",
        sentence="An error was booked in one period and taken back in another: both are wrong.",
        claims="step = 'void'",
        evidence="'A'",
        needs=("gl_lines.reverses_journal_id",),
    ),
    Cause(
        name="timezone_boundary",
        family="timing",
        scenario="cut_off",
        root="mapping",
        work="look",
        title="Another clock's date",
        sentence="The ledger dates by another time zone, and what happens around midnight lands in another period.",
        claims=(
            "step = 'period' and date_from in (utc_date, place_date) and abs(date_diff('day', date_from, date_to)) = 1 "
            "and not coalesce(right_period_closed_at <= posted_at, false)"  # what came after the close was dated by it
        ),
        evidence="'B'",
        needs=("locations.timezone", "company.timezone"),
    ),
    Cause(
        name="closed_period_roll",
        family="timing",
        scenario="cut_off",
        root="policy",
        work="look",
        title="Rolled out of a closed period",
        sentence="The period was closed when the entry came, and it was booked on the first open day.",
        claims=(
            "step = 'period' and date_from = booked_period_start and date_from > date_to "
            "and right_period_closed_at <= posted_at"
        ),
        evidence="'B'",
        needs=("fiscal_periods.closed_at", "gl_lines.posted_at"),
    ),
    Cause(
        name="settlement_batch",
        family="timing",
        scenario="cut_off",
        root="batch_timing",
        work="match",
        title="Booked with the payout",
        sentence="A whole settlement was booked on its payout date, though its sales belong to an earlier period.",
        claims="step = 'period' and serves_many and is_payout_date and date_from > date_to",
        evidence="'B'",
        needs=("settlements.paid_at", "gl_lines.effective_date"),
    ),
    Cause(
        name="revenue_at_order",
        family="timing",
        scenario="cut_off",
        root="policy",
        work="look",
        title="Revenue at the order, not the shipment",
        sentence="Revenue was booked when the customer ordered or paid; the goods left in a later period.",
        claims=(
            "step = 'period' and event_type = 'shipment' and half = 'money' and date_from < date_to "
            "and date_from in (ordered_date, paid_date)"
        ),
        evidence="link_evidence",
        needs=("order_lines.ordered_at", "gl_lines.effective_date"),
    ),
    Cause(
        name="cogs_lag",
        family="timing",
        scenario="cut_off",
        root="batch_timing",
        work="look",
        title="Cost of sales booked late",
        sentence="The cost of goods sold reached the ledger after the period in which they were sold.",
        claims="step = 'period' and event_type = 'shipment' and half = 'goods' and date_from > date_to",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
    Cause(
        name="revenue_lag",
        family="timing",
        scenario="cut_off",
        root="batch_timing",
        work="look",
        title="Revenue booked late",
        sentence="Revenue reached the ledger after the period in which the goods left.",
        claims="step = 'period' and event_type = 'shipment' and half = 'money' and date_from > date_to",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
    Cause(
        name="late_posting",
        family="timing",
        scenario="cut_off",
        root="batch_timing",
        work="look",
        title="Booked late",
        sentence="A fee, transfer, count or write-off reached the ledger after the period in which it happened.",
        claims=(
            "step = 'period' and date_from > date_to "
            "and event_type not in ('shipment', 'customer_return', 'refund', 'receipt')"
        ),
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
)
