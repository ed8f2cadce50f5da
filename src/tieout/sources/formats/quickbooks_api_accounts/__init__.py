"""QuickBooks' accounts as Fivetran lands them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_accounts",
    title="QuickBooks accounts (API table)",
    takes=takes("*id *name *fully_qualified_name *account_type *classification _fivetran_deleted"),
    drops=drops("""
        account_number account_sub_type active balance balance_with_sub_accounts created_at currency_id
        description parent_account_id sub_account sync_token tax_code_id updated_at
    """),
    fills=("gl_accounts",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in QuickBooks"},
)
