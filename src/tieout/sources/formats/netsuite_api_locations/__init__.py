"""NetSuite's locations as Fivetran lands them (``location``)."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_locations",
    title="NetSuite locations (API table)",
    takes=takes("*id *name *fullname *mainaddress *makeinventoryavailable _fivetran_deleted _fivetran_active"),
    drops=drops("""
        _fivetran_synced date_deleted defaultallocationpriority externalid includeinsupplyplanning isinactive
        lastmodifieddate latitude locationtype longitude makeinventoryavailablestore parent returnaddress subsidiary
        tranprefix usebins
    """),
    fills=("locations",),
    document=("id",),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a location",
    },
)
