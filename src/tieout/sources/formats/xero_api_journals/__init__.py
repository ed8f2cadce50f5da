"""Xero's journals as Fivetran, dlt or Airbyte land them; their lines look them up.

Airbyte's, and those that the API gives, hold their lines.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.xero_api_journal_lines import FORMAT as LINES

FORMAT = Format(
    name="xero_api_journals",
    title="Xero journals (API table)",
    takes=takes("""
        *journal_id *journal_date *journal_number *created_date_utc reference source_id *source_type parent_id=_dlt_id
        journal_lines
    """),
    drops=drops("""
    """),
    fills=(),
    document=("journal_id",),
    zone="UTC",
    dates=("journal_date", "created_date_utc"),
    holds=(
        nested(
            "journal_lines",
            LINES,
            """
            journal_line_id=JournalLineID journal_id=^journal_id account_code=AccountCode account_name=AccountName
            net_amount=NetAmount
            """,
        ),
    ),
)
