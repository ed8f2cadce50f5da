"""NetSuite's accounting periods as Fivetran lands them (``accountingperiod``): transactions count in theirs."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounting_periods",
    title="NetSuite accounting periods (API table)",
    takes=takes("*id *periodname *startdate *enddate *isquarter *isyear _fivetran_deleted _fivetran_active"),
    drops=drops("""
        _fivetran_synced alllocked allownonglchanges aplocked arlocked closed closedondate date_deleted isadjust
        isinactive isposting lastmodifieddate parent
    """),
    fills=(),
    document=("id",),
    dates=("startdate", "enddate"),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a period",
    },
)
