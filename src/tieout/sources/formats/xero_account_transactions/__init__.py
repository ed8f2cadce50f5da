"""Xero's account transactions: a section per account, between its opening and its closing balance."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_account_transactions",
    title="Xero account transactions",
    takes=takes("""
        *date *source *reference *debit *credit *running_balance account_code account
    """),
    drops=drops("""
        description contact contact_group gross net tax tax_rate tax_rate_name account_type currency
        gross_source net_source tax_source debit_source credit_source revenue_type tracking related_account
    """),
    fills=("gl_lines", "gl_accounts", "trial_balance"),
    dates=("date",),
    skips=r"source is null and not regexp_full_match(coalesce(iso_date(date, file_dates), ''), '\d{4}-\d\d-\d\d')",
    prepares=("xero_account_sections", "xero_account_totals"),
    is_ragged=True,
    has_controls=True,
)
