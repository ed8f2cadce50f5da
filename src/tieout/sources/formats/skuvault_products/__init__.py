"""SkuVault products: skus, names and costs."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="skuvault_products",
    title="SkuVault products",
    takes=takes("*sku *title *cost *warehouse"),
    drops=drops("brand supplier"),
    fills=("items",),
    uses=("skuvault_kits",),
)
