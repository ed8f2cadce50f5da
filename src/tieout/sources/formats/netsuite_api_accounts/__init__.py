"""NetSuite's accounts as Fivetran lands them (``account``)."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounts",
    title="NetSuite accounts (API table)",
    takes=takes("*id *acctnumber *accttype *fullname _fivetran_deleted"),
    drops=drops("""
        _fivetran_synced accountsearchdisplayname accountsearchdisplaynamecopy billableexpensesacct cashflowrate
        category1099misc class currency custrecord_fam_account_showinfixedasset date_deleted deferralacct department
        description displaynamewithhierarchy eliminate externalid generalrate includechildren inventory isinactive
        issummary lastmodifieddate location parent reconcilewithmatching revalue sbankname sbankroutingnumber sspecacct
        subsidiary
    """),
    fills=("gl_accounts",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in NetSuite"},
)
