-- The accounts that DATEV names.
-- Grain: one row per account and language of the export.
select konto as account, kontenbeschriftung as name, source_file, source_row
from datev_kontenbeschriftungen
where is_data
