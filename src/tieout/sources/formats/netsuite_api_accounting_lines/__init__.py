"""What NetSuite's transactions post, as Fivetran lands it (``transactionaccountingline``): signed, debit positive.

With several accounting books the primary one is taken: NetSuite numbers it first.
"""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounting_lines",
    title="NetSuite transaction accounting lines (API table)",
    takes=takes("""
        *transaction *transactionline *accountingbook *account *amount *posting *debit *credit _fivetran_deleted
        _fivetran_active
    """),
    drops=drops("""
        _fivetran_synced amountlinked amountpaid amountunpaid date_deleted exchangerate netamount overheadparentitem
        paymentamountunused paymentamountused
    """),
    fills=("gl_lines",),
    uses=(
        "netsuite_api_transactions", "netsuite_api_transaction_lines", "netsuite_api_accounts", "netsuite_api_items",
        "netsuite_api_locations", "netsuite_api_accounting_periods",
    ),
    skips="posting = 'F' or account is null",  # an order or a request: it posts nothing
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
