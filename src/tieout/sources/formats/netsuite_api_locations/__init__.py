"""NetSuite's locations as Fivetran (``location``, of its older connector ``locations``) or Airbyte lands them."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="netsuite_api_locations",
    title="NetSuite locations (API table)",
    takes=takes("*id=location_id *name *fullname=full_name *mainaddress=country _fivetran_deleted _fivetran_active"),
    drops=drops("""
        city date_deleted defaultallocationpriority externalid includeinsupplyplanning isinactive lastmodifieddate
        latitude locationtype longitude makeinventoryavailable makeinventoryavailablestore parent returnaddress
        subsidiary tranprefix usebins
    """),
    fills=("locations",),
    document=("id",),
    leaves_out={
        "lower(_fivetran_deleted) = 'true'": "deleted in NetSuite",
        "lower(_fivetran_active) = 'false'": "an earlier state of a location",
    },
)
