"""NetSuite's items as Fivetran lands them (``item``): how lines, which know a number, name them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_items",
    title="NetSuite items (API table)",
    takes=takes("*id *fullname *itemtype itemid *assetaccount *incomeaccount _fivetran_active"),
    drops=drops("""
        _fivetran_deleted _fivetran_synced class deferralaccount department description expenseaccount
        gainlossaccount location parent subsidiary
    """),
    fills=(),
    document=("id",),
    leaves_out={"lower(_fivetran_active) = 'false'": "an earlier state of an item"},
)
