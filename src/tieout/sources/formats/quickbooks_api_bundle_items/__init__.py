"""What is in QuickBooks' bundles, as Fivetran lands it."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="quickbooks_api_bundle_items",
    title="QuickBooks bundle items (API table)",
    takes=takes("*bundle_id *item_id *item_quantity"),
    drops=drops(""),
    fills=("kit_components",),
    uses=("quickbooks_api_bundles", "quickbooks_api_items"),
)
