-- The kernel's input where no method ever changes; which one it is, is said by whoever asks.
-- Grain: one row per leg of a doubted pool; columns and units as in costing/kernel_input.sql.
select * from kernel_input where operation <> 9 and pool in (from doubted_pools)
