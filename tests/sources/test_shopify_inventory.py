"""Shopify inventory: units on hand by place, dated by the file's name; "not stocked" is not zero."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from exported import Loaded
from tieout.canonical.typing import define_macros
from tieout.settings import CompanySettings
from tieout.store import sql_text

FILE = "source_file = 'exports/shopify_inventory/inventory_export_2026-03-31_1830.csv'"
AVAILABLE = "source_file = 'exports/shopify_inventory_available/inventory_2026-04-01.csv'"


def test_bins_of_a_place_are_one_count_and_not_stocked_is_none(loaded: Loaded) -> None:
    counts = loaded.rows(
        f"select system, sku, location, status, quantity, taken_at from stock_snapshots where {FILE}"
        " order by sku, location"
    )
    evening = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert counts == [
        ("shopify", "Bowl - White / L", "Lyon", None, 0, evening),
        ("shopify", "Bowl - White / L", "Porto", None, -2, evening),
        ("shopify", "MUG", "Porto", None, 1015, evening),
    ]


def test_a_count_without_a_date_is_left_out_aloud(loaded: Loaded) -> None:
    undated = "exports/shopify_inventory/inventory_export_1.csv"
    assert loaded.rows(f"select * from stock_snapshots where source_file = '{undated}'") == []
    assert loaded.rows("select id, quantity from load_findings where finding = 'undated_stock'") == [(undated, 15)]
    assert loaded.rows("select name from items where sku = 'HARBOUR-PLATE'") == [("Plate",)]


def test_a_column_for_each_place_holds_what_is_available(loaded: Loaded) -> None:
    counts = loaded.rows(
        f"select sku, location, status, quantity, taken_at from stock_snapshots where {AVAILABLE}"
        " order by sku, location"
    )
    day = datetime(2026, 4, 1, 4, tzinfo=UTC)
    assert counts == [
        ("HARBOUR-BOWL-W", "Harbour shop", "available", 0, day),
        ("HARBOUR-BOWL-W", "Porto", "available", -3, day),
        ("MUG", "Porto", "available", 990, day),
    ]
    places = loaded.rows(
        "select location from locations where location in ('Attic', 'Harbour shop', 'Lyon') order by 1"
    )
    assert places == [("Attic",), ("Harbour shop",), ("Lyon",)]
    assert loaded.rows("select name from items where sku = 'HARBOUR-BOWL-B'") == [("Bowl - Blue",)]


def test_the_name_of_a_file_tells_when_it_was_taken() -> None:
    connection = duckdb.connect()
    define_macros(connection, CompanySettings(name="Test"))
    connection.execute(sql_text("sources/macros"))
    names = {
        "stock/export_2026-03-31.csv": "2026-03-31",
        "stock/export 20260331 1830 (1).csv#Sheet": "2026-03-31 18:30",
        "2026-03-31.csv": "2026-03-31",
        "2026-03-31/export_1.csv": None,
        "stock/export_5202603312.csv": None,
    }
    found = {name: connection.execute("select time_in_name(?)", [name]).fetchall() for name in names}
    assert found == {name: [(time,)] for name, time in names.items()}
