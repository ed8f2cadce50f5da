"""Heads of Xero's journals as Fivetran or dlt land them; their lines look them up."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_api_journals",
    title="Xero journals (API table)",
    takes=takes("""
        *journal_id *journal_date *journal_number *created_date_utc reference source_id *source_type parent_id=_dlt_id
    """),
    drops=drops("_fivetran_synced _fivetran_deleted _dlt_load_id _airbyte_raw_id _airbyte_extracted_at _airbyte_meta"),
    fills=(),
    document=("journal_id",),
    zone="UTC",
    dates=("journal_date", "created_date_utc"),
)
