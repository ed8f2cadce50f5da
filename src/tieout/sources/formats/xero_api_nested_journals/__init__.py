"""Xero's journals as the API gives them and Airbyte lands them: the lines stand inside of each."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_api_nested_journals",
    title="Xero journals with their lines (API)",
    takes=takes("""
        *journal_id *journal_date *journal_number *created_date_utc reference source_id source_type *journal_lines
    """),
    drops=drops("""
        _airbyte_raw_id _airbyte_extracted_at _airbyte_meta _airbyte_generation_id _airbyte_ab_id _airbyte_emitted_at
        _airbyte_journals_hashid
    """),
    fills=("gl_lines", "gl_accounts"),
    zone="UTC",
    dates=("journal_date", "created_date_utc"),
    shapes={
        "journal_lines": '[{"JournalLineID": "varchar", "AccountCode": "varchar", "AccountName": "varchar",'
        ' "NetAmount": "varchar"}]'
    },
    prepares=("xero_api_nested_journals_lines",),
    has_controls=True,
)
