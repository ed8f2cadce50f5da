"""Files of no known format, in many styles: the table that is proposed, why, and what comes of it unedited."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import duckdb
import pytest

from exported import Loaded, load, write_config
from tieout import onboarding, pipeline, settings
from tieout.canonical.tables import TABLES as TABLES_THERE_ARE
from tieout.canonical.typing import define_macros
from tieout.errors import ConfigError, InputError, NothingToLoad, UnknownFormat, UnsettledInput
from tieout.settings import CompanySettings
from tieout.sources import proposal
from tieout.sources.vocabulary import KINDS, kind, meaning
from tieout.store import sql_text

FILES = Path(__file__).parent / "unknown"
TABLES = {
    "FEC.txt": "gl_lines", "bom.csv": "kit_components", "charges.csv": "fees", "chart_of_accounts.csv": "gl_accounts",
    "commandes_fournisseurs.csv": "purchase_lines", "count_march.csv": "cycle_counts", "despatch.csv": "stock_events",
    "fiche_de_stock.csv": "stock_events", "freight_and_duty.csv": "costs", "goods_in.csv": "stock_events",
    "lagerbewegungen.csv": "stock_events", "ledger_detail.csv": "gl_lines", "movimientos.csv": "stock_events",
    "own_shop_orders.csv": "order_lines", "payouts.csv": "settlements", "pricelist.csv": "items",
    "rates.csv": "exchange_rates", "refunds.csv": "refunds", "returns.csv": "stock_events",
    "sap_export.txt": "gl_lines", "stock_ledger.csv": "stock_events", "stock_on_hand.csv": "stock_snapshots",
    "supplier_bills.csv": "costs", "supplier_payments.csv": "vendor_payments", "tb_march.csv": "trial_balance",
    "warehouse_moves.csv": "stock_events",
}  # fmt: skip


def proposed(folder: Path, name: str) -> str:
    text, _ = onboarding.try_mapping(folder, folder / name, lambda step: None)
    return text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unknown") / "files"
    shutil.copytree(FILES, folder)
    return folder


@pytest.fixture(scope="module")
def proposals(folder: Path) -> dict[str, str]:
    return {path.name: proposed(folder, path.name) for path in sorted(FILES.iterdir())}


@pytest.fixture(scope="module")
def loaded(folder: Path, proposals: dict[str, str]) -> Loaded:
    """What comes of all of them as they were proposed, but for the bank statement, which is none of the tables."""
    return load(write_config(folder, "\n".join(proposals[name] for name in TABLES)))


def test_the_right_table_is_proposed(proposals: dict[str, str]) -> None:
    sources = {name: tomllib.loads(proposals[name])["source"][0] for name in TABLES}
    assert {name: source["table"] for name, source in sources.items()} == TABLES
    assert "(movements of stock), told by From Bin, To Bin, " in proposals["warehouse_moves.csv"]
    assert "# Row 4 names the columns." in proposals["ledger_detail.csv"]
    other = "# Next comes purchase_lines (lines of purchase orders), told by PO Number, "
    assert other in proposals["supplier_bills.csv"]


def test_a_file_that_no_table_fits_is_called_that(proposals: dict[str, str]) -> None:
    first, second = proposals["bank_statement.csv"].splitlines()[:2]
    assert first.startswith("# No canonical table fits this file well. gl_lines (lines of a ledger) comes nearest, by ")
    assert first.endswith(", but it has no account.")
    assert second.endswith("leave it out.")
    assert 'account = ""' in proposals["bank_statement.csv"]


def test_init_says_what_each_looks_like_and_names_prove_nothing(folder: Path) -> None:
    said = {file.name: file.sentence for file in proposal.look(folder)}
    for name, table in TABLES.items():
        assert f"it looks like {table} (" in said[name]
        assert said[name].endswith(f"--map {name}` writes how to read it")
    assert "it is like no canonical table" in said["bank_statement.csv"]


def test_all_rows_load_as_proposed(loaded: Loaded) -> None:
    assert loaded.rows("select file, row, reason from rejected_rows") == []
    assert loaded.rows("select count(*), sum(rows_loaded)::int from source_files") == [(len(TABLES), 55)]
    assert b"jane@x.com" not in loaded.reader.path.read_bytes()


def test_movements_have_their_kind_and_sides(loaded: Loaded) -> None:
    moves = "select type, sku, quantity::int, from_location, to_location from stock_events where source_file = '{}'"
    assert loaded.rows(moves.format("lagerbewegungen.csv")) == [
        ("receipt", "4711", 1200, None, "WE-01"), ("shipment", "4711", 12, "HRL-02", None),
        ("adjustment", "4712", 3, "HRL-03", None),
    ]  # fmt: skip
    assert loaded.rows(moves.format("warehouse_moves.csv"))[1:4] == [
        ("transfer", "MUG-BLUE", 100, "A-01", "B-12"), ("transfer", "MUG-BLUE", 2, "B-12", "PACK"),
        ("shipment", "MUG-BLUE", 2, "PACK", None),
    ]  # fmt: skip
    assert loaded.rows(moves.format("returns.csv")) == [("customer_return", "MUG", 1, None, "MAIN")]
    assert loaded.rows(moves.format("stock_ledger.csv")) == [
        ("receipt", "MUG", 100, None, "Main"), ("shipment", "MUG", 2, "Main", None),
    ]  # fmt: skip
    halves = "select type, quantity::varchar from stock_events where source_file = 'fiche_de_stock.csv'"
    assert loaded.rows(halves) == [("receipt", "1000.0000"), ("shipment", "12.5000")]
    costs = "select unit_cost::varchar from stock_events where sku = '4711' order by occurred_at"
    assert loaded.rows(costs) == [("3.450000",), (None,)]


def test_ledgers_are_debit_positive_whatever_their_style(loaded: Loaded) -> None:
    lines = (
        "select journal_id, account, amount::varchar, effective_date::varchar from gl_lines where source_file = '{}'"
    )
    assert loaded.rows(lines.format("FEC.txt")) == [
        ("AC1", "370000", "345.00", "2025-03-14"), ("AC1", "401000", "-345.00", "2025-03-14"),
    ]  # fmt: skip
    assert loaded.rows(lines.format("sap_export.txt"))[1] == ("4900000001", "191100", "-345.00", "2025-03-14")
    assert loaded.rows("select sum(amount)::varchar from gl_lines group by source_file") == [("0.00",)] * 3


def test_a_ledger_comes_with_roles_for_its_accounts(folder: Path, proposals: dict[str, str], tmp_path: Path) -> None:
    roles = proposals["ledger_detail.csv"].partition("# [accounts]\n")[2]
    assert roles.splitlines() == [
        '# "1100" = "clearing"   # Accounts receivable', '# "1200" = "inventory"   # Inventory',
        '# "2100" = "grni"   # GRNI', '# "4000" = "revenue"   # Sales', '# "5000" = "cogs"   # Cost of goods sold',
    ]  # fmt: skip
    shutil.copy(FILES / "ledger_detail.csv", tmp_path)
    write_config(tmp_path, '[accounts]\n"1200" = "inventory"\n"4000" = "revenue"\n')
    again = proposed(tmp_path, "ledger_detail.csv")
    assert '"2100" = "grni"' in again
    assert '"1200"' not in again


def test_prices_and_times_of_an_own_shop(loaded: Loaded) -> None:
    rows = (
        "select order_id, quantity::int, unit_price::varchar, shipping::varchar, ordered_at::varchar from order_lines"
    )
    assert loaded.rows(f"{rows} order by 1 limit 1") == [
        ("5001", 2, "12.560000", "4.9000", "2025-03-15 14:41:00+00"),  # 10:41 of the company, in New York
    ]


def test_what_the_file_leaves_open_is_said(tmp_path: Path) -> None:
    header = "Txn ID,Movement Type,Item,Qty,Qty,Date,Place\n"
    rows = [f"{number},{kind},MUG,1,1,03/04/25,MAIN\n" for number, kind in enumerate(("Receipt", "Ship", "Zorb"))]
    (tmp_path / "moves.csv").write_text(header + "".join(rows))
    text = proposed(tmp_path, "moves.csv")
    assert "add what these are, or their rows are rejected: Zorb (1 rows)" in text
    assert '# dates = "day_first"   # or "month_first": 03/04/25 may be both, so say which' in text
    assert "# Named twice, so that none of them can be read; rename one: Qty" in text
    assert 'quantity = ""' in text
    with pytest.raises(ConfigError, match=r'source "moves.csv", columns.quantity: is empty: it needs an expression'):
        load(write_config(tmp_path, text))
    (tmp_path / "list.csv").write_text("Item;Cost;Date\nMUG;1,200;2025-03-01\nCUP;3,450;2025-03-01\n")
    assert "# 1,200 may be thousands or decimals: plain_number takes a comma for thousands," in proposed(
        tmp_path, "list.csv"
    )


def test_names_in_a_file_are_hostile(tmp_path: Path) -> None:
    bad = "'); drop table items; --"
    (tmp_path / "h.csv").write_text(
        'SKU,"Unit ""Cost""\'\'\'",<script>alert(1)</script>,Date,Type,Qty\n'
        f"=cmd|' /C calc'!A0,1,x,2025-03-01,\"Ship {bad}\",1\n../../x,2,y,2025-03-02,Receipt,2\n"
    )
    text = proposed(tmp_path, "h.csv")
    loaded = load(write_config(tmp_path, text.replace('event_id = ""', "event_id = '\"SKU\"'")))
    assert loaded.rows("select sku, type, unit_cost::int from stock_events order by 2") == [
        ("../../x", "receipt", 2), ("=cmd|' /C calc'!A0", "shipment", 1),
    ]  # fmt: skip


def test_an_export_that_is_written_to_while_it_is_read_is_not_loaded(tmp_path: Path) -> None:
    shutil.copy(FILES / "despatch.csv", tmp_path)
    config = write_config(tmp_path, proposed(tmp_path, "despatch.csv"))

    def write_on(step: str) -> None:
        if step.startswith("loading"):
            with (tmp_path / "despatch.csv").open("a") as file:
                file.write("D-2,5002,BOWL-L,1,MAIN,2025-03-16T10:00:00Z\n")

    with pytest.raises(UnsettledInput, match=r"despatch\.csv: changed while it was read. Load again once it is w"):
        pipeline.load(settings.load(config), tmp_path / "tieout.duckdb", write_on)
    assert not (tmp_path / "tieout.duckdb").exists()


def test_headers_alone_are_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    text = (FILES / "despatch.csv").read_text(encoding="utf-8")
    (tmp_path / "despatch.csv").write_text(text)
    config = write_config(tmp_path, proposed(tmp_path, "despatch.csv"))
    (tmp_path / "despatch.csv").write_text(text.splitlines()[0] + "\n")
    steps: list[str] = []
    with pytest.raises(NothingToLoad, match=r"despatch\.csv has a header and no rows"):
        pipeline.load(settings.load(config), tmp_path / "tieout.duckdb", steps.append)
    assert steps == ["reading exports"]


def test_a_file_of_another_format_than_its_source_names_is_called_that(tmp_path: Path) -> None:
    shutil.copy(FILES / "rates.csv", tmp_path)
    config = write_config(tmp_path, '[[source]]\nformat = "xero_journals"\npath = "rates.csv"\n')
    with pytest.raises(UnknownFormat, match=r"rates.csv: is no Xero .*: row 1 comes nearest, but source, "):
        load(config)


def test_a_recognised_file_needs_no_mapping(tmp_path: Path) -> None:
    shutil.copy(FILES.parent / "exports" / "shopify_orders" / "orders_export_1.csv", tmp_path / "o.csv")
    with pytest.raises(InputError, match="is a Shopify orders export, which needs no mapping"):
        proposed(tmp_path, "o.csv")


@pytest.mark.parametrize(
    ("header", "means"),
    [
        ("Artikel-Nr.", "sku"), ("ItemCode", "sku"), ("Item Description", "name"), ("Qty.", "quantity"),
        ("Credit Note", "refund"), ("Credit", "credit"), ("G/L Account", "account"), ("Buchungsdatum", "posting_date"),
        ("Account Name", "account_name"), ("Customer Name", "customer"), ("Von Lagerplatz", "from_place"),
        ("PO Number", "purchase"), ("Quantité comptée", "counted"), ("Entry", "journal"), ("Moved", "date"),
        ("Keyed", "recorded"), ("Voided", "voided"), ("Delivered", "delivery_date"), ("Order Line", "order_line"),
        ("Foo", None),
    ],
)  # fmt: skip
def test_what_a_header_means(header: str, means: str | None) -> None:
    assert meaning(header) == means


def test_what_a_word_of_a_warehouse_means() -> None:
    words = ("Despatch", "Return to vendor", "RMA", "Wareneingang", "Cycle count", "Scrapped", "Put-away", "Zorb")
    assert [kind("stock_events", word) for word in words] == [
        "shipment", "vendor_return", "customer_return", "receipt", "count", "write_off", "transfer", None,
    ]  # fmt: skip


def test_every_word_stands_for_a_type_that_there_is() -> None:
    for table, patterns in KINDS.items():
        (column,) = (column for column in TABLES_THERE_ARE[table].columns if column.name == "type")
        assert {name for name, _ in patterns} <= set(column.choices)


def test_when_goods_moved_is_not_when_they_were_delivered(tmp_path: Path) -> None:
    row = "1,shipment,MUG,2,EAST,,2025-03-30,2025-03-31,2025-04-02"
    (tmp_path / "moves.csv").write_text(f"Move No,Kind,Item,Qty,From,To,Moved,Keyed,Delivered\n{row}\n")
    columns = tomllib.loads(proposed(tmp_path, "moves.csv"))["source"][0]["columns"]
    named = {"occurred_at": "Moved", "recorded_at": "Keyed", "delivered_at": "Delivered"}
    assert {name: columns[name] for name in named} == {
        name: f'iso_time("{header}", file_zone, file_dates)' for name, header in named.items()
    }


@pytest.fixture(scope="module")
def macros() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    define_macros(connection, CompanySettings(name="Numbers"))
    connection.execute(sql_text("sources/macros"))
    return connection


@pytest.mark.parametrize(
    ("written", "plain", "with_commas"),
    [
        ("12,50-", "-12.50", "-12.50"), ("1.234,56-", "-1234.56", "-1234.56"), ("(3,45)", "-3.45", "-3.45"),
        ("3,4500", "3.4500", "3.4500"), ("1.234.567", "1234567", "1234567"), ("1\u202f234,5", "1234.5", "1234.5"),
        ("1\u2019234.50", "1234.50", "1\u2019234.50"), ("\u22125", "-5", "-5"), ("12.50 EUR", "12.50", "12.50 EUR"),
        ("1.200", "1.200", "1200"), ("1,200", "1200", "1.200"), ("1,23,456.78", "123456.78", "1,23,456.78"),
        ("0,500", "0.500", "0.500"), ("1234,567", "1234.567", "1234.567"), ("-CA$1,234.5", "-1234.5", "-CA$1,234.5"),
        ("EUR -5,00", "-5.00", "-5.00"), ("R$ 1.234,56", "1234.56", "1234.56"), ("(-5)", "-5", "-5"),
        ("\u00a01 234.5\t", "1234.5", "\u00a01 234.5\t"), ("12 345", "12345", "12345"), ("0.005", "0.005", "0.005"),
        ("TWD 1,234", "1234", "1.234"), ("\u20a91,234,500", "1234500", "\u20a91,234,500"),
    ],
)  # fmt: skip
def test_numbers(macros: duckdb.DuckDBPyConnection, written: str, plain: str, with_commas: str) -> None:
    found = macros.execute("select plain_number(?), comma_number(?)", [written, written]).fetchall()
    assert found == [(plain, with_commas)]


@pytest.mark.parametrize(
    "written",
    [
        "345.00 CR", "=1+2", "INV-12", "PO12", "12ABC", "AB(12)", "5-3", "12 13", "5 00", "1,5,", "1,2,3", "1.234.56",
        "1,234,56", "1.234,56,7", "0.123,45", "(5", "5)", "--5", "-12-", "-(5)", "$", "-", "5%", "12:30", "N/A",
    ],
)  # fmt: skip
def test_what_is_no_number_comes_out_as_it_came(macros: duckdb.DuckDBPyConnection, written: str) -> None:
    found = macros.execute("select plain_number(?), comma_number(?), number(?)", [written] * 3).fetchall()
    assert found == [(written, written, None)]
