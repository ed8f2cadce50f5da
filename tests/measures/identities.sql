-- What must hold between the measures of any company. Each query gives what breaks the sentence above it: nothing is to come out.

-- bridge sums to the difference of the books
from (
    select period, in_corrected, sum(gross_profit) as bridged from margin_bridge group by all
) full join (
    select starts.period, starts.book = 'recorded' as in_corrected, ends.gross_profit - starts.gross_profit as moved
    from margin as starts
    join margin as ends on starts.period = ends.period
        and (starts.book, ends.book) in (('recorded', 'corrected'), ('corrected', 'expected'))
) using (period, in_corrected)
where coalesce(bridged, 0) <> coalesce(moved, 0)

-- bridge in points sums to the difference of the margins
select * from (
    select margin_bridge.period, sum(margin_points) as points, any_value(ends.gross_margin - starts.gross_margin) as moved
    from margin_bridge
    join margin as starts on margin_bridge.period = starts.period and starts.book = 'recorded'
    join margin as ends on margin_bridge.period = ends.period and ends.book = 'corrected'
    where in_corrected
    group by all
) where not abs(points - moved) < 0.000000001

-- origins sum to the bridge
from (select period, cause, in_corrected, sum(gross_profit) as of_origins from margin_origins group by all)
full join margin_bridge using (period, cause, in_corrected)
where coalesce(of_origins, 0) <> coalesce(gross_profit, 0)

-- distortion is recorded less corrected
from (
    select measure, period, sum(net) as net from distortion where in_corrected group by all
) full join (
    from (
        unpivot (
            select recorded.period, recorded.revenue - corrected.revenue as revenue,
                recorded.discounts - corrected.discounts as discounts, recorded.returns - corrected.returns as returns,
                recorded.cogs - corrected.cogs as cogs,
                recorded.gross_profit - corrected.gross_profit as gross_profit,
                recorded.stock_losses - corrected.stock_losses as stock_losses,
                recorded.shipping_income - corrected.shipping_income as shipping_income,
                recorded.profit_after_stock_losses - corrected.profit_after_stock_losses
                    as profit_after_stock_losses
            from margin as recorded
            join margin as corrected using (period)
            where recorded.book = 'recorded' and corrected.book = 'corrected'
        ) on columns(* exclude (period)) into name measure value difference
    )
) using (measure, period)
where measure not in ('fees', 'marketing', 'contribution', 'inventory') and coalesce(net, 0) <> coalesce(difference, 0)

-- distortion is one-sided sums
from distortion where net <> overstated - understated or gross <> overstated + understated

-- distortion of contribution is that of the channels
from (select period, sum(net) as net from distortion where measure = 'contribution' and in_corrected group by all)
full join (
    select period, sum(case book when 'recorded' then contribution when 'corrected' then -contribution else 0 end) as moved
    from channel_margin group by all
) using (period)
where coalesce(net, 0) <> coalesce(moved, 0)

-- channels sum to the company
from (select period, book, sum(contribution) as kept from channel_margin group by all)
full join (
    select period, book, -sum(amount) as total
    from book_totals
    where role in ('revenue', 'discounts', 'returns', 'shipping_income', 'cogs', 'fees', 'write_off', 'marketing')
    group by all
)
    using (period, book)
where coalesce(kept, 0) <> coalesce(total, 0)

-- the waterfall falls to the contribution
from (select period, channel, book, sum(amount) as fallen from channel_waterfall group by all) as falls
full join channel_margin as kept
    on falls.period = kept.period and falls.book = kept.book and falls.channel is not distinct from kept.channel
where coalesce(fallen, 0) <> coalesce(contribution, 0)

-- what is derived moves between channels only
select period, book, step from channel_waterfall group by all having sum(derived) <> 0

-- the channel bridge sums to the difference of the books
from (select period, channel, sum(contribution) as bridged from channel_bridge where in_corrected group by all) as bridges
full join (
    select period, channel, sum(case book when 'corrected' then contribution else -contribution end) as moved
    from channel_margin where book in ('recorded', 'corrected') group by all
) as moves on bridges.period = moves.period and bridges.channel is not distinct from moves.channel
where coalesce(bridged, 0) <> coalesce(moved, 0)

-- the channel bridge goes on to the expected book
from (select period, sum(contribution) as bridged from channel_bridge where not in_corrected group by all)
full join (
    select period, sum(case book when 'expected' then contribution else -contribution end) as moved
    from channel_margin where book in ('corrected', 'expected') group by all
) using (period)
where coalesce(bridged, 0) <> coalesce(moved, 0)

-- the blend's parts are its difference
from channel_blend
where difference is not null
    and not abs(difference - mix - price - cost - price_and_cost - fees - returns - discounts - other) < 0.00000001

-- the returns of channels are those of the company
from (
    select period, book, sum(returns) as of_channels from channel_returns group by all
) full join margin using (period, book)
where book <> 'first_reported' and coalesce(of_channels, 0) <> coalesce(returns, 0)

-- set aside for returns is what the books hold
from (
    select book, sum(liability) as liability, sum(asset) as asset
    from (
        select channel, book, arg_max(refund_liability, number) as liability, arg_max(return_asset, number) as asset
        from channel_returns join periods using (period) group by all
    ) group by all
) join (
    select book, -coalesce(sum(amount) filter (where role = 'refund_liability'), 0) as owed,
        coalesce(sum(amount) filter (where role = 'return_asset'), 0) as to_come
    from book_totals group by all
) using (book)
where (liability, asset) <> (owed, to_come)

-- positions between channels cancel
select period, component from cross_subsidy group by all having sum(position) <> 0

-- a position is one-sided sums
from cross_subsidy where position <> overstated - understated

-- payments settle the positions
from (
    select period, channel, sum(position) as position from cross_subsidy group by all
) as positions
full join (
    select period, channel, sum(amount) as settled
    from (
        select period, receiver as channel, amount from subsidy_pairs
        union all
        select period, payer, -amount from subsidy_pairs
    )
    group by all
) as payments on positions.period = payments.period and positions.channel is not distinct from payments.channel
where coalesce(position, 0) <> coalesce(settled, 0)

-- three views of one book
select views.period, view, any_value(lines.gross) as all_gross
from cause_views as views
join (
    select period, sum(abs(amount)) as gross, sum(amount) as net from corrections group by all
) as lines using (period)
group by views.period, view
having sum(views.gross) <> any_value(lines.gross) or sum(views.net) <> any_value(lines.net)

-- material causes and others are all corrections
from (select period, role, account, sum(amount) as shown, sum(gross) as shown_gross from material_causes group by all)
    as shown
full join (
    select period, role, account, sum(amount) as amount, sum(abs(amount)) as gross from corrections group by all
) as lines
    on shown.period = lines.period and shown.role = lines.role and shown.account is not distinct from lines.account
where (coalesce(shown, 0), coalesce(shown_gross, 0)) <> (coalesce(amount, 0), coalesce(gross, 0))

-- the misstatement balances
select period, sum(closing) as closing, sum(misstatement) as misstatement
from misstatement group by all having sum(closing) <> 0 or sum(misstatement) <> 0 or sum(opening) <> 0

-- a misstatement rolls forward
from (
    select *, lag(closing) over (partition by role, account order by number) as before
    from misstatement join periods using (period)
) where opening <> coalesce(before, 0) or closing <> opening + movement or corrected <> closing + corrections

-- a misstatement of profit is the rollover's
from (
    select period, sum(misstatement) filter (where is_profit) as misstatement
    from misstatement join roles using (role) group by all
) join rollover using (period)
where timing = 'total' and coalesce(misstatement, 0) <> -iron_curtain

-- shares of timing are one
select period, sum(net_share) as net, sum(gross_share) as gross
from timing_shares group by period
having abs(sum(net_share) - 1) > 0.000000001 or abs(sum(gross_share) - 1) > 0.000000001

-- all periods are the sum of the periods
select timing
from timing_shares group by timing
having sum(net) filter (where period is null) <> sum(net) filter (where period is not null)
    or sum(gross) filter (where period is null) <> sum(gross) filter (where period is not null)

-- the headline is the corrected book within its range
from headline join margin using (period)
where book = 'corrected' and (headline.gross_margin is distinct from margin.gross_margin
    or headline.gross_profit <> margin.gross_profit
    or not headline.gross_profit between gross_profit_min and gross_profit_max
    or not headline.gross_margin between gross_margin_min and gross_margin_max)

-- shifts in time cancel
select * from (
    select sum(revenue_shifted) as revenue, sum(cogs_shifted) as cogs, sum(gross_profit_shifted) as profit from timing
) where revenue <> 0 or cogs <> 0 or profit <> 0

-- a shift is one-sided sums
from timing where gross_profit_shifted <> overstated - understated

-- rollover and iron curtain
from (
    select *, lag(iron_curtain) over (partition by cause, timing order by number) as before
    from rollover join periods using (period)
) where iron_curtain <> coalesce(before, 0) + rollover or rollover <> overstated - understated

-- rollovers sum to the total
select period
from rollover group by period
having sum(rollover) filter (where cause <> 'total') <> sum(rollover) filter (where timing = 'total')
    or sum(inventory_error) filter (where cause <> 'total') <> sum(inventory_error) filter (where timing = 'total')

-- an event has one entry a half
select event_id, half from event_entries group by all having count(*) > 1

-- the longer span holds the shorter
from (select *, lag(events) over by_hours as fewer, lag(revenue) over by_hours as less from cut_off_exposure
    window by_hours as (partition by period order by hours))
where events < fewer

-- what is known grows to what is final
from (select *, lag(known) over (partition by period, measure order by days_after) as before from revelation)
where known < before or known > final

-- what is final is what is due
from (select distinct period, final from revelation where measure = 'cogs')
full join (
    select period, sum(abs(amount)) as due
    from (select period, event_id, sum(amount) as amount from expected where role = 'cogs' group by all) group by all
) using (period)
where coalesce(final, 0) <> coalesce(due, 0)

-- an interval of nothing is the expected book
from what_if_periods as posted join margin using (period)
where posted.minutes = 0 and margin.book = 'expected'
    and (posted.revenue, posted.cogs, posted.gross_profit) <> (margin.revenue, margin.cogs, margin.gross_profit)

-- the families together are the corrected book
select period, sum(to_recorded) as fixed, any_value(moved) as moved
from what_if_periods join (
    select corrected.period, corrected.gross_profit - recorded.gross_profit as moved
    from margin as corrected join margin as recorded using (period)
    where corrected.book = 'corrected' and recorded.book = 'recorded'
) using (period)
where kind = 'cause_family' group by period having sum(to_recorded) <> any_value(moved)

-- the recorded book's exceptions are those of labour
select exceptions, (select sum(exceptions) from labour where not is_measured and activity <> 'manual_entries') as worked
from what_if where scenario = 'recorded' and kind = 'book' and exceptions <> worked

-- places sum to the ledger
select inventory.period, inventory.book, sum(amount) as amount, any_value(total) as total
from inventory join (
    select periods.period, book, sum(amount) as total
    from periods
    join (
        select number, book, amount
        from book_totals
        join periods using (period)
        where role in ('inventory', 'in_transit')
    ) as moved
        on moved.number <= periods.number
    group by all
) as totals using (period, book)
group by inventory.period, inventory.book having sum(amount) <> any_value(total)

-- cash in stock is recorded less corrected
from (select period, sum(net) as net from cash where in_corrected group by all)
full join (
    select period, coalesce(sum(amount) filter (where book = 'recorded'), 0)
        - coalesce(sum(amount) filter (where book = 'corrected'), 0) as difference
    from inventory group by all
) using (period)
where coalesce(net, 0) <> coalesce(difference, 0)

-- cash is one-sided sums
from cash where net <> overstated - understated

-- distortion of stock, place by place
from (select period, sum(net) as net from inventory_distortion group by all)
full join (select period, sum(net) as moved from cash where in_corrected group by all) using (period)
where coalesce(net, 0) <> coalesce(moved, 0)

-- units and cost make the distortion
from inventory_distortion
where net <> overstated - understated or net <> recorded_amount - corrected_amount
    or quantity_effect + cost_effect <> net or (quantity_effect is null) <> (reason is not null)

-- parts of the distortion
from distortion_parts as parts full join cash using (period, cause, in_corrected)
where coalesce(parts.net, 0) <> coalesce(cash.net, 0)
    or parts.net <> recoverable + lost + already_sold + purchasing + other

-- stock rolls forward
from (
    select *, lag(amount) over earlier as amount_before, lag(quantity) over earlier as quantity_before
    from inventory join periods using (period)
    window earlier as (partition by book, sku, location order by number)
) as inventory
full join roll_forward as rolled
    on inventory.period = rolled.period and inventory.book = rolled.book
    and inventory.sku is not distinct from rolled.sku and inventory.location is not distinct from rolled.location
where coalesce(rolled.closing_amount, 0) <> coalesce(inventory.amount, 0)
    or coalesce(rolled.closing_quantity, 0) <> coalesce(inventory.quantity, 0)
    or coalesce(opening_amount, 0) <> coalesce(amount_before, 0)
    or coalesce(opening_quantity, 0) <> coalesce(quantity_before, 0)
    or rolled.closing_amount <> opening_amount + brought_forward_amount + received_amount + returned_to_vendors_amount
        + returned_by_customers_amount + transferred_in_amount + transferred_out_amount + sold_amount
        + assembled_amount + used_in_assemblies_amount + adjusted_amount + written_off_amount + revalued_amount
        + other_amount
    or rolled.closing_quantity <> opening_quantity + brought_forward_quantity + received_quantity
        + returned_to_vendors_quantity + returned_by_customers_quantity + transferred_in_quantity
        + transferred_out_quantity + sold_quantity + assembled_quantity + used_in_assemblies_quantity
        + adjusted_quantity + written_off_quantity + revalued_quantity + other_quantity

-- the periodic gap is explained
from periodic_gap
where gap <> periodic - perpetual or gap <> stock_losses + other_movements + cost_without_goods

-- regions sum to the places
from (select period, book, sum(amount) as amount, sum(quantity) as quantity from tax_stock group by all) as regions
join (select period, book, sum(amount) as amount, sum(quantity) as quantity from inventory group by all) as places
    using (period, book)
where (regions.amount, regions.quantity) <> (places.amount, places.quantity)

-- categories sum to the total
select period, book
from inventory_ratios group by all
having sum(closing) filter (where is_total) <> sum(closing) filter (where not is_total)
    or sum(cogs) filter (where is_total) <> sum(cogs) filter (where not is_total)
    or sum(opening) filter (where is_total) <> sum(opening) filter (where not is_total)
    or sum(gross_profit) filter (where is_total) <> sum(gross_profit) filter (where not is_total)

-- the days bridge arrives
select bridge.period, sum(bridge.days) as bridged, any_value(recorded - corrected) as moved
from inventory_days_bridge as bridge
join (
    select period, sum(days_of_inventory) filter (where book = 'recorded') as recorded,
        sum(days_of_inventory) filter (where book = 'corrected') as corrected
    from inventory_ratios where is_total group by all
) using (period)
group by bridge.period having not abs(sum(bridge.days) - any_value(recorded - corrected)) < 0.0001

-- money tied up, cause by cause
from (
    select period, sum(stock) as stock, sum(unpaid) as unpaid, sum(prepaid) as prepaid
    from cash_tied_up_causes where in_corrected group by all
) as causes
join cash_tied_up as recorded on causes.period = recorded.period and recorded.book = 'recorded'
join cash_tied_up as corrected on causes.period = corrected.period and corrected.book = 'corrected'
where causes.stock <> recorded.stock - corrected.stock or causes.unpaid <> recorded.unpaid - corrected.unpaid
    or causes.prepaid <> recorded.prepaid - corrected.prepaid

-- each item is in one class
select classification from class_migrations group by all
having sum(items) > (select count(distinct sku) from stock_classes)

-- cells partition the units
from (
    select taken_at, sku, location, sum(units) as units from availability_cells group by all
) as cells
full join (select taken_at, sku, location, sum(quantity) as quantity from moment_stock group by all) as stock
    on cells.taken_at = stock.taken_at and cells.sku = stock.sku and cells.location is not distinct from stock.location
where coalesce(cells.units, 0) <> coalesce(stock.quantity, 0)

-- a cell is one row
select taken_at, sku, location, cell from availability_cells group by all having count(*) > 1

-- the bridge of definitions arrives
from (
    select taken_at, from_definition, to_definition, sum(units) as units,
        bool_or(units is null) as is_unknown
    from availability_bridge group by all
) as bridge
join (
    select taken_at, sum(operations) as operations, sum(sales) as sales, sum(available_to_sell) as available_to_sell,
        case when bool_and(finance is not null) then sum(finance) end as finance,
        case when bool_and(books is not null) then sum(books) end as books
    from availability group by all
) as sums using (taken_at)
cross join lateral (
    select {'operations': operations, 'finance': finance, 'sales': sales, 'available_to_sell': available_to_sell,
        'books': books} as all_of_them
)
where not is_unknown and struct_extract(all_of_them, 'operations') is not null
    and case from_definition when 'operations' then operations when 'finance' then finance else sales end + units
        <> case to_definition when 'finance' then finance when 'sales' then sales when 'books' then books
            else available_to_sell end

-- the ledger's error is that of its causes
from (
    select period, sum(amount) as amount from availability_errors where source = 'ledger' and is_period_end group by all
) as errors
join periods using (period)
join (select period, sum(net) as net from cash where in_corrected group by all) as cash using (period)
where is_complete and amount <> net

-- an estimate is minutes times exceptions
from labour
where not is_measured and abs(hours - exceptions * minutes_each / 60) > 0.0001

-- rates are of what labour has
from labour_rates
join (select period, sum(hours) as all_hours from labour where not is_measured group by all) using (period)
where hours <> all_hours

-- growth covers the corrected book
from growth where net <> overstated - understated or distortion < distortion_min or distortion > distortion_max

-- the corrected profit lies in its range
from range_width where not gross_profit between gross_profit_min and gross_profit_max
    or width <> gross_profit_max - gross_profit_min

-- open exceptions are on the list
select sum(open_exceptions) as open from close having sum(open_exceptions) <> (select count(*) from exceptions)

-- what is exposed is what the company earns
from decision_exposure as exposed
join margin as recorded on exposed.period = recorded.period and recorded.book = 'recorded'
join margin as corrected on exposed.period = corrected.period and corrected.book = 'corrected'
where scope = 'company' and (gross_profit_recorded, gross_profit_corrected)
    <> (recorded.gross_profit, corrected.gross_profit)

-- scopes sum to the company
select period, scope, sum(misjudged_profit) as misjudged, any_value(whole) as whole
from decision_exposure
join (select period, misjudged_profit as whole from decision_exposure where scope = 'company') using (period)
group by period, scope having sum(misjudged_profit) <> any_value(whole)

-- days of drift are movements
from (select cause, sum(profit) as profit, sum(gross) as gross from drift group by all)
full join (
    select cause, sum(case when is_profit then amount else 0 end) as moved, sum(abs(amount)) as all_of_it
    from corrections join roles using (role) group by all
) using (cause)
where (coalesce(profit, 0), coalesce(gross, 0)) <> (coalesce(moved, 0), coalesce(all_of_it, 0))
