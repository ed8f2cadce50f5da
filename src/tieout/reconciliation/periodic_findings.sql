-- Said on top of every report: goods are compared by the period only.
-- Grain: one row at most. Amount: Σ |difference| of stock and cost of sales.
select 'periodic_inventory' as finding, 'warning' as severity, 'gl_lines' as "table", null::varchar as id,
    'the ledger keeps periodic inventory: it books no cost with a sale. Stock and cost of sales are compared by the period '
        || 'only, and what differs stays unexplained' as message,
    null::decimal(18, 4) as quantity,
    (select coalesce(sum(abs(amount)), 0) from corrections where event_id like 'periodic %')::decimal(38, 6) as amount
where exists (from periodic_units)
