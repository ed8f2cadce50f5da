-- Ledger entries that name no event, order or document of ours and declare no members: what may stand for many events at once.
-- Nothing manual, accepted, or taken back. An entry that names a payout is one of them where it moves profit.
-- Grain: one row per half of an entry and role of the profit in it. ``stated``: the day or month that its batch, document or
-- number tells; ``settlement_id``: the payout that it names. Functional currency, Dr + / Cr −.
with keyed as (
    select distinct recorded.journal_id, keys.event_type = 'settlement' as is_payout
    from recorded
    join event_keys as keys on recorded.external_id = keys.event_id
    where is_compared
),
lines as (
    select recorded.*
    from recorded
    anti join (select journal_id from keyed where not is_payout) as keyed using (journal_id)
    anti join accepted_entries using (journal_id)
    anti join posted_lines using (journal_id)
    anti join (
        select reverses_journal_id as journal_id from recorded where reverses_journal_id is not null
    ) as reversed using (journal_id)
    anti join (
        select journal_id from recorded join batch_members using (batch_id)
    ) as declared using (journal_id)
    where is_compared and not is_manual and reverses_journal_id is null and journal_id <> 'opening balance'
),
names as (
    select distinct journal_id,
        unnest(list_distinct([external_id, document, batch_id] || regexp_split_to_array(external_id, '[+,;|&/ ]+'))) as name
    from lines
),
payouts as (
    select journal_id, min(settlement_id) as settlement_id
    from names
    join settlements on names.name = settlements.settlement_id
    group by journal_id
    having count(distinct settlement_id) = 1
)
select
    lines.journal_id, half, role, min(settlement_id) as settlement_id, min(source) as source, min(batch_id) as batch_id,
    min(date) as date,
    nullif(min(regexp_extract(concat_ws(' ', batch_id, document, external_id), '\b\d{4}-\d{2}(-\d{2})?\b')), '') as stated,
    any_value(journals.channels) as channels, sum(amount) as amount
from lines
semi join (select role from roles where is_profit) as profit using (role)
join (
    select journal_id, list(distinct channel order by channel) filter (where channel is not null) as channels
    from lines
    group by journal_id
) as journals using (journal_id)
left join payouts using (journal_id)
where settlement_id is not null or lines.journal_id not in (select journal_id from names join event_numbers on name = number)
group by lines.journal_id, half, role
