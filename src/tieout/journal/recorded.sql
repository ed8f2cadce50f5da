-- The journal as it was booked, up to "now".
-- Grain: one row per ledger line, in functional currency, Dr + / Cr −; a journal that does not balance has one line more,
-- of role ``other``, for what is missing. ``external_id`` and ``document`` may come from other lines of the journal,
-- or from the journal that it reverses. Where the extract begins with balances, the stock that its first trial balance opens
-- with is the journal ``opening balance``.
-- ``sku`` and ``quantity`` are our own where the ledger has the code of its source (sku_aliases).
-- ``is_compared``: the journal touches a role in scope; ``half``: the side of an event that the role belongs to.
with aliased as (
    -- A connector may book under the code of its own system.
    select lines.source, lines.sku, lines.effective_date as booked_on,
        arg_max(aliases.sku, coalesce(aliases.valid_from, '1900-01-01')) as own_sku,
        arg_max(coalesce(aliases.units_per, 1), coalesce(aliases.valid_from, '1900-01-01')) as units_per
    from (
        select distinct source, sku, effective_date from gl_lines where sku not in (select sku from items)
    ) as lines
    join sku_aliases as aliases
        on lines.source = aliases.system and lines.sku = aliases.external_sku
        and (aliases.valid_from is null or local_date(aliases.valid_from) <= lines.effective_date)
        and (aliases.valid_to is null or lines.effective_date <= local_date(aliases.valid_to))
    group by all
),
kept as (
    select gl_lines.* replace (
            coalesce(aliased.own_sku, gl_lines.sku) as sku,
            coalesce(try_cast(gl_lines.quantity::decimal(38, 4) * aliased.units_per as decimal(18, 4)),
                gl_lines.quantity) as quantity),
        accounts.role
    from gl_lines
    cross join as_of
    join accounts using (account)
    left join aliased
        on gl_lines.source = aliased.source and gl_lines.sku = aliased.sku and gl_lines.effective_date = aliased.booked_on
    where (deleted_at is null or deleted_at > as_of.moment)
        and coalesce(posted_at <= as_of.moment, effective_date <= local_date(as_of.moment))
),
openings as (
    select min(local_date(occurred_at)) as date, min(occurred_at) as posted_at from stock_events where type = 'opening'
),
brought_forward as (
    select 'opening balance' as journal_id, account || sides.mark as line_no, if(sides.sign > 0, account, null) as account,
        if(sides.sign > 0, accounts.role, 'other') as role, sides.sign * opening as amount, openings.date as effective_date,
        openings.posted_at
    from trial_balance
    join periods using (period)
    join accounts using (account)
    cross join openings
    cross join (values (1, ''), (-1, ' brought forward')) as sides (sign, mark)
    where accounts.role in ('inventory', 'in_transit') and opening <> 0 and openings.date is not null
        and periods.number = (select min(number) from trial_balance join periods using (period))
),
entered as (
    from kept
    union all by name
    from brought_forward
),
journals as (
    select
        journal_id,
        case when count(distinct external_id) = 1 then min(external_id) end as external_id,
        case when count(distinct document) = 1 then min(document) end as document,
        min(effective_date) as date, min(posted_at) as posted_at, min(source) as source,
        bool_or(is_manual) as is_manual, bool_or(role <> 'other') as is_compared, sum(amount) as amount
    from entered
    group by journal_id
),
lines as (
    select
        kept.journal_id, kept.line_no, kept.account, kept.role, kept.sku, kept.location, kept.channel,
        kept.effective_date as date, kept.quantity, kept.amount,
        coalesce(kept.external_id, journals.external_id, reversed.external_id) as external_id,
        coalesce(kept.document, journals.document, reversed.document) as document,
        kept.batch_id, kept.posted_at, kept.source, coalesce(kept.is_manual, false) as is_manual,
        kept.reverses_journal_id, journals.is_compared
    from entered as kept
    join journals using (journal_id)
    left join journals as reversed on kept.reverses_journal_id = reversed.journal_id
    union all
    select
        journal_id, 'balance', null, 'other', null, null, null, date, null, money(-amount), external_id, document, null,
        posted_at, source, coalesce(is_manual, false), null, is_compared
    from journals
    where amount <> 0
)
select
    journal_id, line_no, account, lines.role, sku, location, channel, days.period, lines.date,
    case when quantity > 0 and amount < 0 then -quantity else quantity end as quantity,
    amount, external_id, document, batch_id, posted_at, source, is_manual, reverses_journal_id, is_compared,
    -- Freight in the entry of a settlement is a fee of the channel.
    if(lines.role = 'freight' and coalesce(batch_id, external_id) in (select settlement_id from settlements), 'money', roles.half)
        as half
from lines
join roles on lines.role = roles.role
left join days using (date)
order by journal_id, line_no
