"""NetSuite's accounting periods as Fivetran or Airbyte lands them: transactions count in theirs."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounting_periods",
    title="NetSuite accounting periods (API table)",
    takes=takes("""
        *id=accounting_period_id *periodname=name *startdate=starting *enddate=ending *isquarter=quarter *isyear=year_0
        _fivetran_deleted _fivetran_active
    """),
    drops=drops("""
        alllocked allownonglchanges aplocked arlocked closed closedondate date_deleted fiscal_calendar_id full_name
        is_adjustment isadjust isinactive isposting lastmodifieddate parent year_id
    """),
    fills=(),
    document=("id",),
    dates=("startdate", "enddate"),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a period",
    },
)
