-- Bills and landed costs that no ledger entry names: a book that ignores them values the goods without them.
-- Grain: one row per cost document. Functional currency.
select documents.*
from cost_documents as documents
anti join linked_lines on documents.cost_id = linked_lines.event_id
