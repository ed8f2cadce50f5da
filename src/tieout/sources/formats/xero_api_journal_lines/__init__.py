"""Lines of Xero's journals as Fivetran, dlt or Airbyte land them: signed, debit positive."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_api_journal_lines",
    title="Xero journal lines (API table)",
    takes=takes("*journal_line_id *journal_id=_dlt_parent_id account_code *account_id *account_name *net_amount"),
    drops=drops("""
        account_type description gross_amount tax_amount tax_name tax_type tracking_categories
    """),
    fills=("gl_lines", "gl_accounts"),
    uses=("xero_api_journals",),
    has_controls=True,
)
