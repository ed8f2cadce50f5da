-- The ledger lines that are compared: all lines of journals that touch a role in scope.
-- Grain: one row per recorded line; ``half`` is the side of an event that its role belongs to.
with journals as (
    select journal_id from recorded group by journal_id having bool_or(role <> 'other')
)
select recorded.*, roles.half
from recorded
semi join journals on recorded.journal_id = journals.journal_id
join roles using (role)
