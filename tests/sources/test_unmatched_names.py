"""Names in the configuration that stand for nothing: told with the nearest that is there, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
from exported import load, write_config
from tieout import pipeline

MOVES = "Move,Item,Qty,Place,Day\n1,MUG-2PK,4,PHX3,2025-04-03\n2,BOWL,1,PHX3,2025-04-03\n"
SALES = "No,Line,Shop,Item,Qty,Price,Day\n1,1,shopify_draft_order,BOWL,1,5,2025-04-03\n2,1,web,MUG,1,5,2025-04-03\n"
LEDGER = "Entry,Account,Amount,Day\n1,4000 Sales,-5.00,2025-04-03\n1,1100 Clearing,5.00,2025-04-03\n"
SOURCES = """
[accounts]
"4000 Slaes" = "revenue"
"1100 Clearing" = "clearing"
[skus]
MUG2PK = { sku = "MUG", units = 2 }
BOWL = { sku = "BOVL" }
OTHER = { sku = "SOMETHING" }
ELSE = { sku = "SOMETHING" }

[[source]]
format = "canonical"
path = "lists/"

[[source]]
format = "csv"
path = "sales.csv"
table = "order_lines"
[source.channels]
shopfy_draft_order = "wholesale"
web = "onlin"
"*" = "elsewhere"
[source.columns]
order_id = '"No"'
line_no = '"Line"'
channel = '"Shop"'
sku = '"Item"'
quantity = '"Qty"'
unit_price = '"Price"'
ordered_at = '"Day"'

[[source]]
format = "csv"
path = "moves.csv"
table = "stock_events"
[source.locations]
PHX3 = "FBA"
shopify_draft_order = "FBA"
[source.columns]
event_id = '"Move"'
type = "'receipt'"
sku = '"Item"'
quantity = '"Qty"'
to_location = '"Place"'
occurred_at = '"Day"'

[[source]]
format = "csv"
path = "ledger.csv"
table = "gl_lines"
[source.columns]
journal_id = '"Entry"'
line_no = "source_row::varchar"
account = '"Account"'
amount = '"Amount"'
effective_date = '"Day"'
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What `tieout load` says of a company whose configuration has misspelt names."""
    folder = tmp_path_factory.mktemp("misspelt")
    for name, text in {"sales": SALES, "moves": MOVES, "ledger": LEDGER}.items():
        (folder / f"{name}.csv").write_text(text)
    (folder / "lists").mkdir()
    (folder / "lists" / "channels.csv").write_text("channel\nonline\nwholesale\n")
    (folder / "lists" / "locations.csv").write_text("location\nMain Warehouse\n")
    (folder / "lists" / "items.csv").write_text("sku\nMUG\nBOWL\n")
    loaded = load(write_config(folder, SOURCES))
    assert loaded.rows("select count(*) from rejected_rows") == [(0,)]
    assert loaded.rows("select distinct channel from order_lines order by all") == [("elsewhere",), ("onlin",)]
    return [remark for remark in pipeline.remarks(folder / "tieout.duckdb") if "[" in remark]


def test_a_misspelt_name_is_told_with_the_nearest_of_its_own_source_and_kind(told: list[str]) -> None:
    assert "[accounts]: no account is called 4000 Slaes (nearest: 4000 Sales)" in told
    of_sales = "[source.channels] of sales.csv: no channel in it is called shopfy_draft_order"
    assert f"{of_sales} (nearest: shopify_draft_order)" in told
    # It is a channel of another source, and no place of this one.
    assert "[source.locations] of moves.csv: no location in it is called shopify_draft_order" in told


def test_a_name_that_this_file_does_not_have_is_told_behind_them_without_a_guess(told: list[str]) -> None:
    assert "[skus]: no item of an export is called MUG2PK (nearest: MUG-2PK), ELSE, OTHER" in told


def test_a_name_of_ours_is_told_where_a_list_has_one_much_like_it(told: list[str]) -> None:
    assert "[skus] gives names that no list of items has: BOVL (nearest: BOWL)" in told
    assert "[source.channels] of sales.csv gives names that no list of channels has: onlin (nearest: online)" in told


def test_nothing_else_is_told(told: list[str]) -> None:
    assert len(told) == 6


def test_canonical_files_alone_have_no_names_to_translate(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"items": "sku\nMUG2"}, sections={"skus": {"MUG2": {"sku": "MUG", "units": 2}}})
    load(config)
    assert "[skus]: no item of an export is called MUG2" in pipeline.remarks(tmp_path / "tieout.duckdb")
