"""QuickBooks' accounts as Fivetran and Airbyte land them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_accounts",
    title="QuickBooks accounts (API table)",
    takes=takes("*id *name *fully_qualified_name *account_type *classification account_sub_type _fivetran_deleted"),
    drops=drops("""
        account_number acct_num active balance balance_with_sub_accounts created_at currency_id currency_ref
        current_balance current_balance_with_sub_accounts description domain meta_data parent_account_id parent_ref
        sparse sub_account sync_token tax_code_id updated_at
    """),
    fills=("gl_accounts",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in QuickBooks"},
)
