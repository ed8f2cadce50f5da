"""Lines of QuickBooks' journal entries as Fivetran, Airbyte and dlt land them: an amount without sign, and its side."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_journal_entry_lines",
    title="QuickBooks journal entry lines (API table)",
    takes=takes("""
        *journal_entry_id=_dlt_parent_id *index=_dlt_list_idx *account_id=journal_entry_line_detail__account_ref__value
        *amount *posting_type=journal_entry_line_detail__posting_type
    """),
    drops=drops("""
        billable_status class_id customer_id department_id description description_service_date description_tax_code_id
        detail_type employee_id id journal_entry_line_detail tax_amount tax_applicable_on tax_code_id vendor_id
    """),
    fills=("gl_lines",),
    skips="account_id is null and posting_type is null",  # a description without an amount
    uses=("quickbooks_api_journal_entries", "quickbooks_api_accounts"),
    prepares=("quickbooks_api_journal_entry_lines_posted",),
    has_controls=True,
    has_findings=True,
)
