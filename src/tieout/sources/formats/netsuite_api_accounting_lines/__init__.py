"""What NetSuite's transactions post, as Fivetran or Airbyte lands it (``transactionaccountingline``): debit positive.

Fivetran's older connector (SuiteTalk) has it in ``transaction_lines``, with the item, quantity and place of a line.

With several accounting books the primary one is taken: NetSuite numbers it first.
"""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounting_lines",
    title="NetSuite transaction accounting lines (API table)",
    takes=takes("""
        *transaction=transaction_id *transactionline=transaction_line_id accountingbook *account=account_id *amount
        *posting=non_posting_line debit credit item=item_id location=location_id quantity=item_count _fivetran_deleted
        _fivetran_active
    """),
    drops=drops("""
        amountlinked amountpaid amountunpaid class_id company_id date_deleted department_id exchangerate memo
        netamount overheadparentitem paymentamountunused paymentamountused subsidiary_id
    """),
    fills=("gl_lines",),
    uses=(
        "netsuite_api_transactions", "netsuite_api_transaction_lines", "netsuite_api_accounts", "netsuite_api_items",
        "netsuite_api_locations", "netsuite_api_accounting_periods",
    ),
    # An order or a request posts nothing. One schema asks whether a line posts (T, F), the other whether it does not.
    skips="posting in ('F', 'Yes') or account is null",
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a line",
        "number(accountingbook) > min(number(accountingbook)) over ()": "not of the primary accounting book",
        "transaction not in (select id from netsuite_api_transactions where is_data)": (
            "of no transaction at hand: bring the table of transactions, too"
        ),
    },
    has_controls=True,
)  # fmt: skip
