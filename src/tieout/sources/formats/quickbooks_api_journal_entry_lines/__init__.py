"""Lines of QuickBooks' journal entries as Fivetran and Airbyte land them: an amount without a sign, and its side."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_journal_entry_lines",
    title="QuickBooks journal entry lines (API table)",
    takes=takes("*journal_entry_id *index *account_id *amount *posting_type"),
    drops=drops("""
        billable_status class_id customer_id department_id description description_service_date
        description_tax_code_id employee_id tax_amount tax_applicable_on tax_code_id vendor_id
    """),
    fills=("gl_lines",),
    skips="account_id is null and posting_type is null",  # a description without an amount
    uses=("quickbooks_api_journal_entries", "quickbooks_api_accounts"),
    prepares=("quickbooks_api_journal_entry_lines_posted",),
    has_controls=True,
    has_findings=True,
)
