"""SkuVault kits: each sku under its own key, with the skus that may fill each of its places."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="skuvault_kits",
    title="SkuVault kits",
    takes=takes("*key *components"),
    drops=drops(""),
    fills=("items", "kit_components"),
    prepares=("skuvault_kits_places",),
    has_findings=True,
)
