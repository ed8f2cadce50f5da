-- The money that is tied up in stock, and whose it is: what was paid for, and what suppliers still fund.
-- Grain: one row per period end and book. Functional currency. ``stock``: inventory and goods in transit; ``unpaid``
-- (positive): goods received and not invoiced, landed cost not yet billed, and payables as far as the ledger has them;
-- ``paid_stock`` = stock − unpaid (below zero where suppliers fund more than is there); cash_tied_up = paid_stock +
-- prepaid. Without payments to suppliers in the books nobody knows what is paid: NULL, with a ``reason``.
with balances as (
    select books.book, periods.period, periods.number, roles.role,
        coalesce(sum(amount), 0) as amount
    from periods
    cross join (values ('recorded'), ('corrected'), ('expected')) as books (book)
    cross join (values
        ('inventory'), ('in_transit'), ('grni'), ('landed_cost_clearing'), ('payables'), ('prepaid')) as roles (role)
    left join (
        select book, number, role, sum(amount) as amount from book_totals join periods using (period) group by all
    ) as moved
        on books.book = moved.book and roles.role = moved.role and moved.number <= periods.number
    group by all
),
sums as (
    select period, number, book,
        sum(amount) filter (where role = 'inventory') as inventory,
        sum(amount) filter (where role = 'in_transit') as in_transit,
        sum(amount) filter (where role = 'prepaid') as prepaid,
        -coalesce(sum(amount) filter (where role in ('grni', 'landed_cost_clearing')), 0) as not_invoiced,
        -sum(amount) filter (where role = 'payables') as payables
    from balances
    group by all
),
payments as (
    select coalesce(bool_or(role = 'cash'), false) as are_shown from accounts
)
select period, book, money(inventory + in_transit) as stock, money(inventory) as inventory, money(in_transit) as in_transit,
    money(prepaid) as prepaid, money(not_invoiced) as not_invoiced, money(payables) as payables,
    money(not_invoiced + payables) as unpaid,
    case when are_shown then money(inventory + in_transit - not_invoiced - payables) end as paid_stock,
    case when are_shown then money(inventory + in_transit - not_invoiced - payables + prepaid) end as cash_tied_up,
    case when not are_shown then 'the ledger shows no payments' end as reason
from sums
cross join payments
order by number, array_position(['recorded', 'corrected', 'expected'], book)
