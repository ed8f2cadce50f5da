-- The correcting entries that are proposed, as an accountant imports them: balanced, in the first open period.
-- Grain: one row per line. Functional currency, Dr + / Cr −. An entry is one event, or one cause and period (``[entries]
-- group``); what belongs to a closed period stands in entries of its own (``is_closed_part``). ``external_id``: the
-- corrections that a line books, at most a hundred; with them the next run knows it again.
with proposed as (
    select proposals.*, coalesce(true_up, if(entries_group = 'cause', cause || chr(31) || period, event_id)) as subject,
        entries_group = 'cause' and true_up is null as is_summed,
        is_closed and true_up is null as is_closed_part
    from proposals
    cross join settings
    where held is null
),
keyed as (
    select *, md5(string_agg(correction_id, ' ' order by correction_id) over entry) as entry_hash,
        max(posting_date) over entry as date,
        if(is_summed, (row_number() over (
            partition by subject, is_closed_part, posting_number, account, location, channel, sign(amount) order by correction_id
        ) - 1) // 100, 0) as bundle,
        if(is_summed, '', correction_id) as line_key
    from proposed
    window entry as (partition by subject, is_closed_part, posting_number)
),
lines as (
    select 'TO-' || upper(left(entry_hash, 12)) as entry_id, date, min(role) as role, account, location, channel,
        case when count(distinct sku) = 1 and count(sku) = count(*) then min(sku) end as sku,
        case when not is_summed then sum(quantity) end as quantity, sum(amount) as amount,
        string_agg(correction_id, ' ' order by correction_id) as external_id,
        any_value(titles.title) || ': '
            || case when count(distinct event_id) = 1 then min(event_id) else count(distinct event_id) || ' events' end
            || ' of ' || string_agg(distinct period, ', ' order by period)
            || ', evidence ' || string_agg(distinct evidence, ', ' order by evidence) as memo,
        any_value(keyed.cause) as cause, string_agg(distinct period, ' ' order by period) as corrected_period, is_closed_part
    from keyed
    join causes as titles on keyed.cause = titles.cause
    group by entry_hash, date, keyed.cause, account, location, channel, sign(amount), bundle, line_key, is_summed, is_closed_part
)
select entry_id, row_number() over (partition by entry_id order by cause, amount < 0, account, sku, location, channel,
    external_id) as line_no,
    lines.date, coalesce(days.period, strftime(lines.date, '%Y-%m')) as period, account, accounts.name as account_name,
    coalesce(accounts.role, if(account = settings.retained_earnings, 'other', lines.role)) as role,
    money(amount) as amount, sku, location, channel, quantity::decimal(18, 4) as quantity, external_id, memo, cause,
    corrected_period, is_closed_part
from lines
left join days on lines.date = days.date
cross join settings
left join accounts using (account)
order by entry_id, line_no
