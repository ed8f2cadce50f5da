-- What connectors handed over: one message for each entry of a sale or refund, as it was when it was sent.
-- Grain: one entry. Cents.
select getvariable('prefix') || 'MSG-' || entries.journal_id || '-' || external_id as message_id, any_value(source) as system,
    external_id,
    min(posted_at) - 5 as sent_at, 'delivered' as status,
    coalesce(any_value(sent.amount), sum(entries.amount) filter (where entries.amount > 0))::bigint as amount,
    max(quantity) as quantity, journal_id
from entries
left join (
    select event_id, half, sum(known) filter (where known > 0) as amount
    from journal
    where event_id in (select event_id from plants where cause = 'altered_or_voided_after_sync')
    group by all
) as sent on entries.external_id = sent.event_id and entries.half = sent.half
where source in ('web', 'amazon', 'walmart', 'wholesale') and external_id is not null
group by journal_id, external_id
