-- Each entry of the ledger adds up to zero.
select journal_id, any_value(external_id), sum(amount) from entries group by all having sum(amount) <> 0
