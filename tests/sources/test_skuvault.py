"""SkuVault: products with their costs, and kits under their own keys; ShipHero: the warehouses of its bins."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from exported import EXPORTS, Loaded
from tieout.sources.formats import known
from tieout.sources.recognise import recognise


def test_a_kit_is_virtual_whichever_export_names_it_first(loaded: Loaded) -> None:
    items = loaded.rows(
        "select sku, name, kit_type, standard_cost from items where source_file like 'exports/skuvault%' order by sku"
    )
    assert sorted(item[0] for item in items) == ["SV-CUP", "SV-CUP-4", "SV-SAUCER", "SV-TEA-SET"]
    assert {item[0] for item in items if item[2] == "virtual"} == {"SV-CUP-4", "SV-TEA-SET"}
    assert [item[3] for item in items if item[0] in ("SV-CUP", "SV-SAUCER")] == [Decimal("2.405"), 1]


def test_a_component_in_two_places_counts_for_both_and_alternatives_are_told(loaded: Loaded) -> None:
    components = loaded.rows(
        "select kit_sku, component_sku, quantity from kit_components where source_file like 'exports/skuvault%'"
        " order by all"
    )
    assert components == [("SV-CUP-4", "SV-CUP", 4), ("SV-TEA-SET", "SV-CUP", 3), ("SV-TEA-SET", "SV-SAUCER", 2)]
    assert loaded.rows("select quantity from load_findings where finding = 'kit_alternatives'") == [(2,)]


def test_products_and_kits_may_stand_in_one_file(tmp_path: Path) -> None:
    products = json.loads((EXPORTS / "skuvault_products/products.json").read_text(encoding="utf-8"))
    kits = json.loads((EXPORTS / "skuvault_kits/kits.json").read_text(encoding="utf-8"))
    both = tmp_path / "both.json"
    both.write_text(json.dumps(products | {"kits": kits}), encoding="utf-8")
    matches = recognise(both, list(known().values()))
    assert [(match.format.name, match.sheet.title) for match in matches] == [
        ("skuvault_products", "products"),
        ("skuvault_kits", "kits"),
    ]


def test_the_bins_of_a_warehouse_are_one_place(loaded: Loaded) -> None:
    places = loaded.rows("select location from locations where source_file like 'exports/shiphero%' order by 1")
    assert places == [("Quay North",), ("Quay South",)]
