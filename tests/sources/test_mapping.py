"""The csv source: expressions over the columns of any file, and nothing that could read or do anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from exported import PRIVATE, load, write_config
from tieout import onboarding
from tieout.errors import ConfigError, InputError
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
