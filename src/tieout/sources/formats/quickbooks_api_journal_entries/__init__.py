"""QuickBooks' journal entries as Fivetran (``journal_entry``), Airbyte (``journal_entries``) and dlt land them.

Airbyte's hold their lines; Fivetran's are heads, which their lines look up.
"""

from tieout.sources.format import Format, drops, nested, takes
from tieout.sources.formats.quickbooks_api_journal_entry_lines import FORMAT as LINES

FORMAT = Format(
    name="quickbooks_api_journal_entries",
    title="QuickBooks journal entries (API table)",
    takes=takes("""
        *id parent_id=_dlt_id *adjustment *transaction_date=txn_date *doc_number created_at=meta_data__create_time
        updated_at=meta_data__last_updated_time currency_id=currency_ref__value exchange_rate meta_data currency_ref
        line _fivetran_deleted
    """),
    drops=drops("""
        domain home_total_amount private_note sparse sync_token tax_code_id tax_rate_ref total_amount total_tax
        txn_tax_detail
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("transaction_date", "created_at", "updated_at"),
    within={
        "created_at": "meta_data.CreateTime",
        "updated_at": "meta_data.LastUpdatedTime",
        "currency_id": "currency_ref.value",
    },
    holds=(
        nested(
            "line",
            LINES,
            """
            journal_entry_id=^id index=# account_id=JournalEntryLineDetail.AccountRef.value amount=Amount
            posting_type=JournalEntryLineDetail.PostingType
            """,
        ),
    ),
)
