"""NetSuite's accounts as Fivetran (``account``, of its older connector ``accounts``) or Airbyte lands them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_accounts",
    title="NetSuite accounts (API table)",
    takes=takes("*id=account_id *acctnumber=account_number *accttype=type_name *fullname=name _fivetran_deleted"),
    drops=drops("""
        accountsearchdisplayname accountsearchdisplaynamecopy billableexpensesacct cashflowrate category1099misc
        class currency custrecord_fam_account_showinfixedasset date_deleted deferralacct department description
        displaynamewithhierarchy eliminate externalid general_rate_type generalrate includechildren inventory
        is_balancesheet is_leftside isinactive issummary lastmodifieddate location parent parent_id
        reconcilewithmatching revalue sbankname sbankroutingnumber sspecacct subsidiary
    """),
    fills=("gl_accounts",),
    document=("id",),
    leaves_out={"lower(_fivetran_deleted) = 'true'": "deleted in NetSuite"},
)
