"""Heads of QuickBooks' journal entries as Fivetran lands them; their lines look them up."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_journal_entries",
    title="QuickBooks journal entries (API table)",
    takes=takes("""
        *id *adjustment *transaction_date *doc_number *home_total_amount created_at updated_at currency_id exchange_rate
        _fivetran_deleted
    """),
    drops=drops("private_note sync_token tax_code_id total_amount total_tax"),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("transaction_date", "created_at", "updated_at"),
)
