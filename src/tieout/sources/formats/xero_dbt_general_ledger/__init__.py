"""Xero's general ledger as Fivetran's dbt package makes it of the landed tables (``xero__general_ledger``)."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="xero_dbt_general_ledger",
    title="Xero general ledger (Fivetran's dbt package)",
    takes=takes("""
        *journal_line_id *journal_id *journal_date *journal_number *created_date_utc reference source_id *source_type
        account_code *account_id *account_name *account_class *net_amount
    """),
    drops=drops("""
        source_relation account_type description gross_amount tax_amount tax_name tax_type invoice_id
        bank_transaction_id bank_transfer_id manual_journal_id payment_id credit_note_id contact_id contact_name
    """),
    fills=("gl_lines", "gl_accounts"),
    zone="UTC",
    dates=("journal_date", "created_date_utc"),
    uses=("xero_api_journals", "xero_api_journal_lines"),
    leaves_out={
        "journal_line_id in (select journal_line_id from xero_api_journal_lines)": "the table of journal lines has it",
    },
    has_controls=True,
)
