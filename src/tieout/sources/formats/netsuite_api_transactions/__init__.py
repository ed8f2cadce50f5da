"""Heads of NetSuite's transactions as Fivetran lands them (``transaction``); their lines look them up."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_transactions",
    title="NetSuite transactions (API table)",
    takes=takes("""
        *id *type *trandate *postingperiod *posting *createddate lastmodifieddate tranid transactionnumber source
        reversal _fivetran_deleted _fivetran_active
    """),
    drops=drops("""
        _fivetran_synced billingaddress closedate createdby currency duedate email entity externalid intercoadj
        isfinchrg isreversal lastmodifiedby memo nexus reversaldate reversaldefer shippingaddress status
        taxdetailsoverride taxpointdate taxpointdateoverride taxregoverride terms
    """),
    fills=(),
    document=("id",),
    zone="UTC",
    dates=("trandate", "createddate", "lastmodifieddate"),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a transaction",
    },
)
