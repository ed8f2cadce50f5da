"""The csv source: expressions over the columns of any file, and nothing that could read or do anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from exported import EXPORTS, PRIVATE, load, write_config
from tieout import onboarding, settings
from tieout.errors import ConfigError, InputError
from tieout.sources import find
from tieout.sources.expression import Refused, columns, dated_columns, parse

SOURCE = """
[[source]]
format = "csv"
path = "stock.csv"
table = "stock_events"
dates = "day_first"
[source.columns]
event_id = "'WMS-' || \\"Move No\\""
type = "case kind when 'IN' then 'receipt' else 'shipment' end"
sku = "upper(item)"
quantity = "abs(try_cast(qty as integer))"
to_location = "case when kind = 'IN' then 'MAIN' end"
from_location = "case when kind = 'OUT' then 'MAIN' end"
unit_cost = "plain_number(cost)"
occurred_at = "iso_time(moved, file_zone, file_dates)"
[skus]
MUG2 = { sku = "MUG", units = 2 }
"""
FILE = f"""Warehouse report
Move No;Kind;Item;Qty;Cost;Moved;Operator
1;IN;mug2;10;4,00;03/04/2025 10:00;{PRIVATE}
2;OUT;mug2;-3;;04/04/2025 11:30;{PRIVATE}
3;OUT;bowl;many;;05/04/2025;{PRIVATE}
"""


def test_a_mapped_file_loads_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text(FILE, encoding="cp1252")
    loaded = load(write_config(tmp_path, SOURCE))
    assert loaded.rows("select event_id, type, sku, quantity, unit_cost, source_row from stock_events order by 1") == [
        ("WMS-1", "receipt", "MUG", 20, 2, 3), ("WMS-2", "shipment", "MUG", 6, None, 4),
    ]  # fmt: skip
    assert loaded.rows("select occurred_at::varchar from stock_events order by all")[0] == ("2025-04-03 14:00:00+00",)
    assert loaded.rows("select rows_read, rows_loaded, rows_rejected from source_files") == [(3, 2, 1)]
    ((row, reason, content),) = loaded.rows("select row, reason, content from rejected_rows")
    assert (row, reason) == (5, "quantity is missing")
    assert "many" in str(content)
    assert PRIVATE.encode() not in loaded.reader.path.read_bytes()
    tried, _ = onboarding.try_mapping(tmp_path, tmp_path / "stock.csv", lambda step: None)
    assert tried.splitlines()[:2] == ["stock.csv: 3 read = 2 loaded + 1 rejected", "row 5: quantity is missing"]


def test_dates_that_contradict_each_other_need_an_order(tmp_path: Path) -> None:
    content = FILE.replace("04/04/2025", "31/01/2025").replace("05/04/2025", "01/31/2025").replace("many", "-1")
    (tmp_path / "stock.csv").write_text(content, encoding="cp1252")
    with pytest.raises(ConfigError, match=r'"31/01/2025" is day/month and "01/31/2025" is month/day\. Add dates'):
        load(write_config(tmp_path, SOURCE.replace('dates = "day_first"', "")))
    loaded = load(write_config(tmp_path, SOURCE.replace("day_first", "month_first")))
    assert loaded.rows("select event_id, occurred_at::date::varchar from stock_events order by 1") == [
        ("WMS-1", "2025-03-04"), ("WMS-3", "2025-01-31"),
    ]  # fmt: skip
    assert loaded.rows("select row from rejected_rows") == [(4,)]


@pytest.mark.parametrize(
    "text",
    [
        "(select 1)",
        "exists (select 1)",
        "getenv('HOME')",
        "current_setting('temp_directory')",
        "read_text('/etc/passwd')",
        "a) from read_csv('/etc/passwd') where (true",
        "a) as b, (c",
        "a) from file_rows union select (b",
        "a from file_rows; drop table items; select a",
        "row_number() over ()",
        "sum(a)",
        "columns('.*')",
        "*",
        "file_rows.a",
        "system.main.upper(a)",
        "$1",
        "now()",
        "random()",
        "nextval('s')",
        "query('select 1')",
        "list_transform([1], lambda x: x)",
        "a -- b",
        "a /* b",
        "",
    ],
)
def test_an_expression_that_does_more_than_compute_is_refused(text: str) -> None:
    if text == "a -- b":  # a comment computes nothing
        assert columns(parse(text)) == ["a"]
        return
    with pytest.raises(Refused):
        parse(text)


def test_an_expression_names_its_columns() -> None:
    tree = parse("coalesce(iso_time(\"Sold On\", file_zone, file_dates), b::date, 'x')")
    assert columns(tree) == ["Sold On", "file_zone", "file_dates", "b"]
    assert dated_columns(tree) == ["Sold On", "file_zone", "file_dates"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"upper(item)"', "\"getenv('HOME')\"", "calls getenv, which is not allowed"),
        ("\nsku =", "\nskuu =", "is no column of stock_events. Did you mean sku?"),
        ('sku = "upper(item)"\n', "", "lack sku"),
        ('table = "stock_events"\n', "", "table: is missing"),
        ('"upper(item)"', '"item::integer"', "cannot be mapped"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SOURCE
    (tmp_path / "stock.csv").write_text(FILE)
    with pytest.raises(InputError, match=words.replace("(", r"\(")):
        load(write_config(tmp_path, SOURCE.replace(old, new)))


def test_a_mapping_is_proposed_for_a_file_of_no_known_format(tmp_path: Path) -> None:
    (tmp_path / "moves.csv").write_text("Event ID,Type,SKU,Quantity,Occurred at,Memo\n1,IN,MUG,2,2025-01-01,x\n")
    text, _ = onboarding.try_mapping(tmp_path, tmp_path / "moves.csv", lambda step: None)
    assert 'path = "moves.csv"\ntable = "stock_events"' in text
    assert "occurred_at = 'iso_time(\"Occurred at\", file_zone, file_dates)'" in text
    config = write_config(tmp_path, f"{text}\n")
    assert onboarding.settings.load(config).source[0].table == "stock_events"


BILLS = """Bill No,PO,Line,Item,Qty,Price,Amount,Ordered,Billed
B1,PO1,1,MUG,10,2.00,20.00,2025-03-01,2025-03-20
B2,PO1,2,BOWL,many,4.00,20.00,2025-03-01,2025-03-21
"""
ORDERED = """
[[source]]
format = "csv"
path = "bills.csv"
table = "purchase_lines"
[source.columns]
po_id = "PO"
line_no = "Line"
sku = "Item"
quantity = "Qty"
unit_price = "Price"
ordered_at = "Ordered"
"""
BILLED = """
[[source]]
format = "csv"
path = "bills.csv"
table = "costs"
[source.columns]
cost_id = '"Bill No"'
type = "'vendor_bill'"
sku = "Item"
amount = "Amount"
effective_at = "Billed"
po_id = "PO"
"""


def test_one_file_fills_two_tables(tmp_path: Path) -> None:
    (tmp_path / "bills.csv").write_text(BILLS)
    loaded = load(write_config(tmp_path, ORDERED + BILLED))
    counts = "select file, rows_read, rows_loaded, rows_rejected from source_files order by all"
    assert loaded.rows(counts) == [("bills.csv#costs", 2, 2, 0), ("bills.csv#purchase_lines", 2, 1, 1)]
    assert loaded.rows("select po_id, sku, quantity, source_file from purchase_lines") == [
        ("PO1", "MUG", 10, "bills.csv#purchase_lines")
    ]
    assert loaded.rows("select cost_id, amount, source_row from costs order by all") == [("B1", 20, 2), ("B2", 20, 3)]
    tried, _ = onboarding.try_mapping(tmp_path, tmp_path / "bills.csv", lambda step: None)
    assert [line for line in tried.splitlines() if "bills.csv" in line] == [
        "bills.csv#purchase_lines: 2 read = 1 loaded + 1 rejected",
        "bills.csv#costs: 2 read = 2 loaded + 0 rejected",
        'bills.csv#purchase_lines, row 3: quantity: "many" is not a quantity of at most four decimals',
    ]
    assert "cost_id B2; type vendor_bill; sku BOWL; amount 20.0000" in tried


def test_one_file_fills_one_table_once(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "bills.csv").write_text(BILLS)
    (tmp_path / "ours" / "costs.csv").write_text(BILLS)
    again = BILLED.replace("bills.csv", "./bills.csv")
    folder = '\n[[source]]\nformat = "canonical"\npath = "ours/"\n'
    mapped = BILLED.replace("bills.csv", "ours/costs.csv")
    for sources, file in ((BILLED + again, "bills.csv"), (folder + mapped, "ours/costs.csv")):
        with pytest.raises(InputError, match=f"leads to {tmp_path / file} twice"):
            find(settings.load(write_config(tmp_path, sources)))


def test_a_file_of_a_known_format_is_mapped_for_what_the_format_does_not_tell(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    text = (EXPORTS / "shopify_orders" / "orders_export_1.csv").read_text(encoding="utf-8")
    (shop / "orders.csv").write_text(text, encoding="utf-8")
    known = '\n[[source]]\nformat = "auto"\npath = "shop/"\n'
    mapped = """
[[source]]
format = "csv"
path = "shop/orders.csv"
table = "items"
[source.columns]
sku = '"Lineitem sku"'
name = '"Lineitem name"'
"""
    loaded = load(write_config(tmp_path, known + mapped))
    assert loaded.rows("select distinct source_file from order_lines") == [("shop/orders.csv",)]
    assert loaded.rows("select source_file, name from items where sku = 'PLATE'") == [
        ("shop/orders.csv#items", "Plate")
    ]
    counts = loaded.rows("select file, rows_read - rows_loaded - rows_rejected from source_files order by all")
    assert counts == [("shop/orders.csv", 0), ("shop/orders.csv#items", 0)]
    of_refunds = (
        mapped.partition("table =")[0]
        + """
table = "refunds"
[source.columns]
refund_id = "Id"
order_id = "Name"
amount = '"Refunded Amount"'
refunded_at = '"Created at"'
"""
    )
    with pytest.raises(InputError, match="twice"):
        find(settings.load(write_config(tmp_path, known + of_refunds)))
