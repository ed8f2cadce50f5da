-- Each movement, with the row that it was booked against where goods only changed their condition.
-- Grain: one row of the report. ``event_id`` is made of all that the report says, and a count where rows are alike: they are
-- real. A unit that is damaged in a centre leaves as sellable (reasons E, H, K, U, 6, 7, Q) and is found again as damaged (P, Q).
with moves as (
    select source_file, source_row, msku, fnsku, event_type, reference_id, quantity as written, number(quantity) as quantity,
        fulfillment_center as centre, upper(disposition) as disposition, reason, iso_date(date, file_dates) as day,
        iso_time(coalesce(date_and_time, date), file_zone, file_dates) as occurred_at,
        if(upper(disposition) = 'SELLABLE', 'available', 'damaged') as status,
        event_type = 'Adjustments' and upper(reason) in ('E', 'H', 'K', 'U', '6', '7', 'P', 'Q') as is_change
    from amazon_ledger_detail
    where is_data
),
named as (
    select *,
        concat_ws(':', 'FBA', occurred_at, msku, coalesce(fnsku, ''), event_type, centre, disposition, coalesce(reason, ''),
            coalesce(reference_id, ''), written, row_number() over same) as event_id,
        row_number() over changes as number
    from moves
    window same as (
            partition by source_file, occurred_at, fnsku, msku, event_type, centre, disposition, reason, reference_id, written
            order by source_row
        ),
        changes as (
            partition by source_file, day, fnsku, msku, centre, is_change, abs(quantity), sign(quantity) order by source_row
        )
)
select named.*, other.source_row as other_row, other.status as other_status
from named
left join named as other
    on named.is_change and other.is_change and named.number = other.number and named.quantity = -other.quantity
    and named.source_file = other.source_file and named.day = other.day and named.centre = other.centre
    and named.fnsku is not distinct from other.fnsku and named.msku = other.msku
