"""What the frame does for a format: sections, footers, columns of a kind, rows of another format, several in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from exported import EXPORTS, Loaded, load, write_config
from tieout.sources import formats
from tieout.sources.format import Format, drops, takes

LEDGER = Format(
    name="sections",
    title="Ledger in sections",
    takes=takes("account=#1 *date *num *amount"),
    drops=drops("memo"),
    fills=("gl_lines",),
    date_order="month_first",
    dates=("date",),
    skips="date is null",
    is_ragged=True,
    blanks=("--",),
    preamble=r"(?m)^Company: (\w+)",
    texts={
        "gl_lines": """
            with placed as (
                select *, last_value(account ignore nulls) over (order by source_row) as section from sections
            )
            select num as journal_id, source_row as line_no, section as account, plain_number(amount) as amount,
                iso_date(date, file_dates) as effective_date, file_preamble as source, source_file, source_row
            from placed
            where is_data
            """
    },
)
STOCK = Format(
    name="places",
    title="Stock by place",
    takes=takes("*sku *handle"),
    drops=drops("title"),
    fills=("stock_snapshots",),
    spreads=True,
    blanks=("not stocked",),
    texts={
        "stock_snapshots": """
            select 'shop' as system, '2025-01-31' as taken_at, sku, place.key as location, place.value as quantity,
                source_file, source_row
            from (select *, unnest(map_entries(file_rest)) as place from places where is_data)
            where place.value is not null
            """
    },
)
MEMO = Format(
    name="memos",
    title="Settlement memo",
    takes=takes("*memo_no *payout *part"),
    drops=drops(""),
    fills=("settlements",),
    uses=("sections",),
    texts={
        "settlements": """
            select payout as settlement_id, 'shop' as channel, '2025-01-31' as paid_at, '0' as fees, '0' as refunds,
                sum(number(part))::varchar as gross, sum(number(part))::varchar as net,
                (select count(*) from sections where is_data)::varchar as currency,
                source_file, min(source_row) as source_row, list(source_row) as source_rows
            from memos
            where is_data
            group by payout, source_file
            """
    },
)
FILES = {
    "ledger.csv": "Company: Acme,,,,\nAll Dates\n\n,Date,Num,Amount,Memo\n1200 Stock\n,01/05/2025,J1,\"1,250.00\",x\n"
    ",01/06/2025,J2,(50.00),--\nTotal for 1200 Stock,,,\"1,200.00\"\n4000 Sales\n,01/05/2025,J1,-1250.00,x\nTOTAL\n",
    "stock.csv": "SKU,Title,Handle,Main St,\"O'Hare\"\nMUG,Mug,mug,3,not stocked\nBOWL,Bowl,bowl,-2,0\n",
    "memo.csv": "Memo No;Payout;Part\n1;P1;10,50\n2;P1;1,00\n3;P2;5,00\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("framed")
    (folder / "in").mkdir()
    for name, text in FILES.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    known = formats.known() | {made.name: made for made in (LEDGER, STOCK, MEMO)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tieout.sources.known", lambda: known)
        patch.setattr("tieout.sources.exports.known_formats", lambda: known)
        return load(write_config(folder, '[[source]]\nformat = "auto"\npath = "in/"\n'))


def test_sections_footers_and_short_rows(framed: Loaded) -> None:
    lines = framed.rows("select account, amount, effective_date::varchar, source, source_row from gl_lines order by 5")
    assert lines == [
        ("1200 Stock", 1250, "2025-01-05", "Acme", 6), ("1200 Stock", -50, "2025-01-06", "Acme", 7),
        ("4000 Sales", -1250, "2025-01-05", "Acme", 10),
    ]  # fmt: skip


def test_columns_of_a_kind(framed: Loaded) -> None:
    stock = framed.rows("select sku, location, quantity from stock_snapshots order by all")
    assert stock == [("BOWL", "Main St", -2), ("BOWL", "O'Hare", 0), ("MUG", "Main St", 3)]


def test_several_rows_in_one_and_rows_of_another_format(framed: Loaded) -> None:
    rows = framed.rows("select settlement_id, net::varchar, currency, source_row from settlements order by all")
    assert rows == [("P1", "11.5000", "3", 2), ("P2", "5.0000", "3", 4)]


def test_every_row_is_counted_once(framed: Loaded) -> None:
    counts = framed.rows("select file, rows_read, rows_loaded, rows_rejected from source_files order by all")
    assert counts == [("in/ledger.csv", 3, 3, 0), ("in/memo.csv", 3, 3, 0), ("in/stock.csv", 2, 2, 0)]


def test_a_table_that_is_not_asked_for_has_neither_rows_nor_findings(tmp_path: Path) -> None:
    orders = EXPORTS / "shopify_orders" / "orders_export_1.csv"
    source = f'[[source]]\nformat = "shopify_orders"\npath = "{orders}"\ntables = ["order_lines"]\n'
    loaded = load(write_config(tmp_path, source))
    assert loaded.rows("select count(*) > 0 from order_lines") == [(True,)]
    assert loaded.rows("from refunds") == []
    assert loaded.rows("from load_findings where finding = 'undated_refund'") == []
