-- The ledger, which one of several exports carries.
-- Grain: one line of one entry.
select *, 'ledger' as carrier from canonical.gl_lines
