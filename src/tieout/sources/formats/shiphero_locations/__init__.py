"""ShipHero locations: the bins of each warehouse. Their units have no sku, so only the warehouses come in."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="shiphero_locations",
    title="ShipHero locations",
    takes=takes("*warehouse *location *pickable *sellable"),
    drops=drops("type pick_priority transfer_bin quantity"),
    fills=("locations",),
)
