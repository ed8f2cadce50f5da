"""Xero's accounts as Fivetran, Airbyte or dlt land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_api_accounts",
    title="Xero accounts (API table)",
    takes=takes("*account_id *name *code *type *class _fivetran_deleted"),
    drops=drops("""
        status description tax_type system_account enable_payments_to_account show_in_expense_claims bank_account_number
        bank_account_type currency_code reporting_code reporting_code_name has_attachments updated_date_utc
        add_to_watchlist
    """),
    fills=("gl_accounts",),
    document=("account_id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in Xero"},
)
