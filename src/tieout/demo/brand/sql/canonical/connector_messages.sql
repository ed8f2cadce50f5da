-- What the shops' connectors handed over to the ledger: one message a shipment's half, refund and fee; USD.
-- Grain: one message.
select message_id, shop(system) as system, external_id, moment(sent_at) as sent_at, status, dollars(amount) as amount, quantity,
    journal_id
from messages
order by message_id
