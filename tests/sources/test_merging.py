"""Exports that overlap: each fact once, the corrected one in place of the first, and every row accounted for."""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exported import EXPORTS, canonical, write_config
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError
from tieout.sources.formats import known
from tieout.sources.merging import said_in
from tieout.sources.recognise import recognise
from tieout.sources.sheets import rows as sheet_rows

AUTO = '[[source]]\nformat = "auto"\npath = "in/"\n'
ORDERS = "Name,Created at,Lineitem quantity,Lineitem price,Lineitem sku,Total,Currency,Email\n"
JOURNAL = "Date,Journal Number,Source,Description,Reference,Account Code,Account,Debit,Credit\n"


def load(folder: Path, files: dict[str, str], config: str = AUTO) -> duckdb.DuckDBPyConnection:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return canonical(write_config(folder, config))


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query).fetchall()


def facts(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """What the canonical tables hold, wherever it came from."""
    return {
        name: rows(connection, f"select * exclude (source_file, source_row) from {name} order by all")
        for name in TABLES
    }


def orders(*lines: str) -> str:
    return ORDERS + "".join(f"{line},USD,buyer@example.com\n" for line in lines)


def test_files_that_overlap_give_each_order_once(tmp_path: Path) -> None:
    first = ["#1,2025-01-05 10:00:00 -0500,2,10.00,MUG,20.00", "#2,2025-03-05 10:00:00 -0500,1,10.00,MUG,10.00"]
    late = "#4,2025-02-01 10:00:00 -0500,1,5.00,CUP,5.00"  # only the later export knows it
    files = {
        "in/q1.csv": orders(*first),
        "in/q2.csv": orders(first[1], "#3,2025-04-05 10:00:00 -0400,1,7.00,CUP,7.00", late),
        "in/q2 (1).csv": orders(first[1], "#3,2025-04-05 10:00:00 -0400,1,7.00,CUP,7.00", late),
    }
    loaded = load(tmp_path, files)
    assert rows(loaded, "select order_id, quantity::int, source_file from order_lines order by all") == [
        ("#1", 2, "in/q1.csv"), ("#2", 1, "in/q1.csv"), ("#3", 1, "in/q2.csv"), ("#4", 1, "in/q2.csv"),
    ]  # fmt: skip
    counted = "select file, rows_read, rows_loaded, rows_rejected, rows_merged from source_files order by file"
    assert rows(loaded, counted) == [
        ("in/q1.csv", 2, 2, 0, 0), ("in/q2 (1).csv", 3, 3, 0, 3), ("in/q2.csv", 3, 3, 0, 1),
    ]  # fmt: skip
    assert rows(loaded, "from rejected_rows") == []
    assert rows(
        loaded, "select finding, id, message from findings where finding ~ 'repeated|overlap' order by all"
    ) == [
        ("overlapping_export", "in/q2.csv", "1 document of in/q2.csv is in in/q1.csv, too, and is loaded from there"),
        ("repeated_file", "in/q2 (1).csv", "in/q2 (1).csv has the same content as in/q2.csv, which was read"),
    ]


def test_a_corrected_export_replaces_an_order_as_a_whole(tmp_path: Path) -> None:
    first = [
        "#1,2025-01-05 10:00:00 -0500,2,10.00,MUG,25.00",
        "#1,,1,5.00,CUP,",
        "#2,2025-01-06 10:00:00 -0500,1,1,MUG,1",
    ]
    corrected = ["#1,2025-01-05 10:00:00 -0500,3,10.00,MUG,30.00"]
    loaded = load(tmp_path, {"in/b.csv": orders(*first), "in/a_2025-02-01.csv": orders(*corrected)})
    os.utime(tmp_path / "in/b.csv", (2e9, 2e9))  # the clock of a disk says nothing
    assert rows(loaded, "select order_id, line_no, sku, quantity::int from order_lines order by all") == [
        ("#1", "1", "MUG", 3), ("#2", "1", "MUG", 1),
    ]  # fmt: skip
    ((message, count),) = rows(loaded, "select message, quantity::int from findings where finding = 'replaced_version'")
    assert count == 1
    assert message == (
        "in/a_2025-02-01.csv replaces 1 document of in/b.csv: order_lines #1 (quantity: 2 → 3, line_no 2 is gone)"
    )
    assert rows(loaded, "select rows_read, rows_loaded, rows_merged from source_files order by file") == [
        (1, 1, 0), (3, 3, 2),
    ]  # fmt: skip


def test_a_journal_that_lost_a_line_and_a_rejected_row_that_was_put_right(tmp_path: Path) -> None:
    head = "Journal Report\nHarbour\n\n" + JOURNAL
    first = "2 Oct 2025,1,Manual,,R,200,Sales,,10\n2 Oct 2025,1,Manual,,R,610,Bank,10,\n"
    gone = "2 Oct 2025,1,Manual,,R,620,Till,1,\n"
    bad = "3 Oct 2025,2,Manual,,R,200,Sales,,ten\n3 Oct 2025,2,Manual,,R,610,Bank,10,\n"
    files = {"in/journal.csv": head + first + gone + bad}
    before = load(tmp_path, files)
    ((row, reason),) = rows(before, "select row, reason from rejected_rows")
    assert (row, str(reason)[:13]) == (8, 'amount: "ten"')
    files["in/journal 2.csv"] = head + first + bad.replace("ten", "10")
    beside = load(tmp_path, files)  # a corrected export beside the first
    assert rows(beside, "from rejected_rows") == []
    lines = "select journal_id, account, amount::int from gl_lines order by all"
    right = [("1", "200", -10), ("1", "610", 10), ("2", "200", -10), ("2", "610", 10)]
    assert rows(beside, lines) == right
    assert rows(beside, "select sum(rows_read - rows_loaded)::int from source_files") == [(0,)]
    findings = "select finding, quantity::int from findings where id like 'in/%' and finding <> 'control_total'"
    assert rows(beside, findings) == [("replaced_version", 2)]  # journals; accounts that both name are nothing to tell
    (tmp_path / "in/journal 2.csv").unlink()
    in_place = load(tmp_path, {"in/journal.csv": files["in/journal 2.csv"]})  # the cell corrected in the file itself
    assert rows(in_place, "from rejected_rows") == []
    assert rows(in_place, lines) == right


def test_a_ledger_by_account_exported_twice_is_booked_once(tmp_path: Path) -> None:
    head = "Harbour\nGeneral Ledger\n{}\n\n,Date,Transaction Type,Num,Split,Amount,Balance,Debit,Credit\n"
    bank = "1000 Checking\n,Beginning Balance,,,,,{},,\n{}Total for 1000 Checking,,,,{},,,\n"
    rent = "6000 Rent\n{}Total for 6000 Rent,,,,{},,,\n"
    left = {1: 80, 2: 70, 3: 50}
    paid = [f",0{month}/15/2026,Expense,,6000 Rent,-10.00,{left[month]},,10.00\n" for month in left]
    owed = [f",0{month}/15/2026,Expense,,1000 Checking,10.00,,10.00,\n" for month in left]
    paid[1] += paid[1].replace(",70,", ",60,")  # the rent was paid twice in February, on one day
    owed[1] *= 2
    files = {
        "in/a.csv": head.format("January - February, 2026")
        + bank.format(90, "".join(paid[:2]), -30) + rent.format("".join(owed[:2]), 30),
        "in/b.csv": head.format("February - March, 2026")
        + bank.format(80, "".join(paid[1:]), -30) + rent.format("".join(owed[1:]), 30),
    }  # fmt: skip
    loaded = load(tmp_path, files, AUTO + 'dates = "month_first"\n')
    booked = "select effective_date::varchar, account, amount::int, count(*) from gl_lines group by all order by all"
    assert rows(loaded, booked) == [
        (f"2026-0{month}-15", account, amount, 2 if month == 2 else 1)
        for month in (1, 2, 3) for account, amount in (("1000", -10), ("6000", 10))
    ]  # fmt: skip
    assert rows(loaded, "from rejected_rows") == []
    assert rows(loaded, "select sum(rows_read - rows_loaded)::int from source_files") == [(0,)]
    balances = "select period, opening::int, closing::int from trial_balance order by all"
    assert rows(loaded, balances) == [("2026-01", 90, 80), ("2026-02", 80, 60), ("2026-03", 60, 50)]


def test_rows_without_a_key_are_rejected_in_every_file(tmp_path: Path) -> None:
    head, mapped = "Id,Sku,Units\n", STOCK.split("[[source]]")[1].split("[source.columns]")[0]
    columns = '[source.columns]\nevent_id = "id"\ntype = "\'receipt\'"\nsku = "sku"\nquantity = "units"\n'
    columns += "to_location = \"'MAIN'\"\noccurred_at = \"'2026-01-01'\"\n"
    config = "[[source]]" + mapped.replace("stock_snapshots", "stock_events") + columns
    loaded = load(tmp_path, {"in/a.csv": head + ",MUG,1\n1,MUG,1\n", "in/b.csv": head + ",CUP,2\n1,MUG,3\n"}, config)
    assert rows(loaded, "select file, row, reason from rejected_rows order by all") == [
        ("in/a.csv", 2, "event_id is missing"), ("in/b.csv", 2, "event_id is missing"),
    ]  # fmt: skip
    assert rows(loaded, "select event_id, quantity::int from stock_events") == [("1", 3)]


def test_equal_rows_are_as_many_as_any_file_has(tmp_path: Path) -> None:
    head = "Date,Type,Title,Info,Currency,Amount,Fees & Taxes,Net\n"
    fee = '"October 10, 2025",Fee,Listing fee,Listing #1,USD,--,-$0.20,-$0.20\n'
    end = '"October 13, 2025",Deposit,$5.00 sent to your bank account,Deposit 1,USD,--,--,--\n'
    sale = '"October 11, 2025",Sale,Payment for Order #1,--,USD,$5.40,--,$5.40\n'
    loaded = load(tmp_path, {"in/a.csv": head + end + sale + fee * 2, "in/b.csv": head + sale + fee * 2})
    assert rows(loaded, "select count(*), sum(amount)::varchar from fees") == [(2, "0.4000")]
    assert rows(loaded, "select gross::varchar, fees::varchar, net::varchar from settlements") == [
        ("5.4000", "0.4000", "5.0000")
    ]


STORES = """
[[source]]
format = "etsy_statement"
path = "one/"
[[source]]
format = "etsy_statement"
path = "two/"
"""


def test_two_accounts_may_have_settlements_of_one_name(tmp_path: Path) -> None:
    head = "Date,Type,Title,Info,Currency,Amount,Fees & Taxes,Net\n"
    text = head + '"October 13, 2025",Deposit,${0}.00 sent,Deposit {0},USD,--,--,--\n'
    text += '"October 11, 2025",Sale,x,#{0},USD,$5,--,$5\n'
    loaded = load(tmp_path, {"one/s.csv": text.format(5), "two/s.csv": text.format(6)}, STORES)
    assert rows(loaded, "select settlement_id, net::int from settlements order by all") == [
        ("etsy 2025-10-13", 5), ("etsy 2025-10-13 two/", 6),
    ]  # fmt: skip
    assert rows(loaded, "select settlement_id, count(*) from settlement_lines group by all order by all") == [
        ("etsy 2025-10-13", 1), ("etsy 2025-10-13 two/", 1),
    ]  # fmt: skip


def test_two_marketplaces_may_number_their_settlements_alike(tmp_path: Path) -> None:
    amazon = (EXPORTS / "amazon_settlement_v2/settlement.txt").read_text(encoding="utf-8")
    ebay = (EXPORTS / "ebay_transactions/transactions.csv").read_text(encoding="utf-8").replace("5507001", "9001")
    loaded = load(tmp_path, {"in/amazon.txt": amazon, "in/ebay.csv": ebay})
    assert rows(loaded, "select settlement_id, channel from settlements order by all") == [
        ("9001", "amazon.com.au"), ("9001 (ebay)", "ebay"),
    ]  # fmt: skip
    lost = "from {} anti join settlements using (settlement_id) where settlement_id is not null"
    assert [rows(loaded, lost.format(name)) for name in ("settlement_lines", "fees", "refunds")] == [[], [], []]
    assert rows(loaded, "select * from rejected_rows where reason like '%repeats%'") == []
    assert len(rows(loaded, "from findings where finding = 'shared_settlement_id'")) == 1


SHOPS = """
[[source]]
format = "auto"
path = "eu/"
[[source]]
format = "auto"
path = "us/"
"""
TRANSACTIONS = "Order,Name,Kind,Gateway,Created At,Status,Amount,Currency\n"
SHIPMENTS = "amazon-order-id,merchant-order-id,shipment-id,shipment-item-id,shipment-date,sku,quantity-shipped,"
SHIPMENTS += "fulfillment-center-id,sales-channel\n"
PAYMENTS = "Transaction Date,Type,Order,Payout Status,Payout Date,Amount,Fee,Net,Currency\n"


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Two shops that number alike: #1 is another order in each, though refunded alike; #2 is the same."""
    head = ORDERS.replace("Email", "Taxes,Refunded Amount,Cancelled at,Email")
    line = "{},2025-01-05 10:00:00 -0500,1,10.00,{},{},USD,{},{},{},x\n"
    same = line.format("#2", "MUG", "10.00", "", "", "")
    gone = "2025-01-06 10:00:00 -0500"
    files = {
        "eu/orders.csv": head + line.format("#1", "MUG", "12.00", "2.00", "12.00", gone) + same,
        "us/orders.csv": head + line.format("#1", "CUP", "11.00", "1.00", "12.00", gone) + same
        + line.format("#3", "CUP", "10.00", "", "", ""),
        "us/transactions.csv": TRANSACTIONS + "1,#1,refund,gift_card,2025-01-07 10:00:00 -0500,success,11.00,USD\n",
        "us/payments.csv": PAYMENTS + "2025-01-05 10:00:00 -0500,charge,#1,paid,2025-01-08,11.00,0.50,10.50,USD\n"
        "2025-01-05 11:00:00 -0500,charge,#3,paid,2025-01-08,10.00,0.40,9.60,USD\n",
        "us/shipments.csv": SHIPMENTS + "S-1,#1,#1,P1,2025-01-06T06:00:00Z,CUP,1,PHX3,Non-Amazon\n",
        "ledger/journal.csv": JOURNAL + "2 Oct 2025,1,Manual,,#1,200,Sales,,10\n2 Oct 2025,1,Manual,,#1,610,Bank,10,\n",
    }  # fmt: skip
    ledger = '[[source]]\nformat = "auto"\npath = "ledger/"\n'
    return load(tmp_path_factory.mktemp("shops"), files, SHOPS + ledger)


def test_two_shops_may_number_their_orders_alike(shops: duckdb.DuckDBPyConnection) -> None:
    lines = "select order_id, sku, source_file from order_lines order by all"
    assert rows(shops, lines) == [
        ("#1", "MUG", "eu/orders.csv"), ("#1 (us/)", "CUP", "us/orders.csv"), ("#2", "MUG", "eu/orders.csv"),
        ("#3", "CUP", "us/orders.csv"),
    ]  # fmt: skip
    assert rows(shops, "from rejected_rows") == []
    assert rows(shops, "select file, rows_merged from source_files where rows_merged > 0") == [("us/orders.csv", 1)]


def test_all_that_a_shop_says_of_an_order_goes_by_its_new_number(shops: duckdb.DuckDBPyConnection) -> None:
    named = "select order_id, count(*) from {} where order_id is not null group by all order by all"
    assert rows(shops, named.format("settlement_lines")) == [("#1 (us/)", 2), ("#3", 2)]
    assert rows(shops, named.format("fees")) == [("#1 (us/)", 1), ("#3", 1)]
    shipped = "select order_id, document, event_id from stock_events"
    assert rows(shops, shipped) == [("#1 (us/)", "#1 (us/)", "FBA shipment:P1")]
    refunds = "select refund_id, order_id, amount::varchar, tax::varchar from refunds order by order_id, refunded_at"
    assert rows(shops, refunds) == [
        ("#1:refund", "#1", "10.0000", "2.0000"),  # the transaction is the other shop's
        ("#1 (us/):refund", "#1 (us/)", "0.9100", "0.0900"),  # the 1.00 that no transaction dates
        ("2025-01-07 10:00:00 -0500 refund #1 gift_card", "#1 (us/)", "10.0000", "1.0000"),
    ]


def test_a_ledger_means_the_first_shop_and_that_is_said(shops: duckdb.DuckDBPyConnection) -> None:
    assert rows(shops, "select distinct external_id from gl_lines") == [("#1",)]
    told = "select severity, id, quantity::int, message from findings where finding = 'shared_order_id'"
    ((severity, source, count, message),) = rows(shops, told)
    assert (severity, source, count) == ("warning", "us/", 1)
    assert "#1, which is called #1 (us/)" in str(message)
    assert "a ledger or another source that names #1 is taken to mean that of shopify in eu/" in str(message)


def test_the_same_source_twice_is_an_error(tmp_path: Path) -> None:
    files = {"in/orders.csv": orders("#1,2025-01-05 10:00:00 -0500,1,10.00,MUG,10.00")}
    with pytest.raises(ConfigError, match=r"orders\.csv twice. Remove one"):
        load(tmp_path, files, AUTO + AUTO)


def test_payments_apart_from_their_shop_are_an_error_where_their_amounts_tell(tmp_path: Path) -> None:
    line = "#{},2025-01-0{} 10:00:00 -0500,1,{},{},{}"
    eu = orders(*(line.format(number, 1, f"{number}1.00", "MUG", f"{number}1.00") for number in (1, 2, 3)))
    us = orders(*(line.format(number, 2, f"{number}2.00", "CUP", f"{number}2.00") for number in (1, 2, 3)))
    paid = "2025-01-05 10:00:00 -0500,charge,#{0},paid,2025-01-08,{0}{1}.00,0.50,{0}{2}.50,USD\n"
    config = SHOPS + '[[source]]\nformat = "auto"\npath = "pay/"\n'
    for shop, is_theirs in ((2, False), (1, True)):
        payments = PAYMENTS + "".join(paid.format(number, shop, shop - 1) for number in (1, 2))
        files = {"eu/o.csv": eu, "us/o.csv": us, "pay/p.csv": payments}
        if is_theirs:
            assert len(rows(load(tmp_path, files, config), "from settlement_lines where order_id = '#1'")) == 2
        else:
            with pytest.raises(ConfigError, match=r'"pay/" holds the payments of "us/": of 2 orders .*, 2 were paid'):
                load(tmp_path, files, config)


def test_an_order_that_later_sources_tell_alike_is_one(tmp_path: Path) -> None:
    line = "#1,2025-01-0{} 10:00:00 -0500,{},10.00,MUG,{}0.00"
    files = {f"{name}/orders.csv": orders(line.format(day, day, day)) for name, day in (("a", 1), ("b", 2), ("c", 2))}
    source = '[[source]]\nformat = "shopify_orders"\npath = "{}/"\n'
    loaded = load(tmp_path, files, "".join(map(source.format, "abc")))
    assert rows(loaded, "select order_id, quantity::int, source_file from order_lines order by all") == [
        ("#1", 1, "a/orders.csv"), ("#1 (b/)", 2, "b/orders.csv"),
    ]  # fmt: skip
    assert rows(loaded, "select sum(rows_read - rows_loaded)::int from source_files") == [(0,)]


def test_two_sources_that_are_one_shop_are_an_error(tmp_path: Path) -> None:
    line = "#{},2025-01-05 10:00:00 -0500,{},10.00,MUG,{}0.00"
    older, newer = (orders(line.format(1, units, units), line.format(2, 1, 1)) for units in (1, 2))
    with pytest.raises(ConfigError, match=r'"eu/" and "us/" are one account: of 2 orders .*, such as #1'):
        load(tmp_path, {"eu/orders.csv": older, "us/orders.csv": newer}, SHOPS)
    config = '[[source]]\nformat = "auto"\npath = "shop/"\n'
    loaded = load(tmp_path, {"shop/eu/orders_2025-01-05.csv": older, "shop/us/orders_2025-01-06.csv": newer}, config)
    assert rows(loaded, "select order_id, quantity::int from order_lines order by all") == [("#1", 2), ("#2", 1)]


def settlement_report(version: str, total: str, *amounts: dict[str, str]) -> str:
    """A report on settlement 9001 with these rows under its total."""
    path = EXPORTS / f"amazon_settlement_{version}/settlement.txt"
    header = path.read_text(encoding="utf-8").split("\n")[0]
    paid = {"deposit-date": "2025-10-16T00:00:00+00:00", "total-amount": total, "currency": "AUD"}
    filled = [{"settlement-id": "9001"} | row for row in (paid, *amounts)]
    return "\n".join([header, *("\t".join(row.get(name, "") for name in header.split("\t")) for row in filled)]) + "\n"


SOLD = {"transaction-type": "Order", "order-id": "111-1", "sku": "MUG", "posted-date": "2025-10-05T08:00:00+00:00"}
FIRST = (
    SOLD | {"quantity-purchased": "2"}, SOLD | {"price-type": "Principal", "price-amount": "40.00"},
    SOLD | {"item-related-fee-type": "Commission", "item-related-fee-amount": "-6.00"},
    SOLD | {"price-type": "Shipping", "price-amount": "0.00"},
)  # fmt: skip
SECOND = (
    SOLD | {"amount-type": "ItemPrice", "amount-description": "Principal", "amount": "40.00"},
    SOLD | {"amount-type": "ItemFees", "amount-description": "Commission", "amount": "-6.00"},
)


@pytest.mark.parametrize("folders", ["in/", "v1/ v2/"])
def test_a_settlement_in_both_versions_of_the_report_is_one(tmp_path: Path, folders: str) -> None:
    first, second = folders.split()[0] + "a.txt", folders.split()[-1] + "b.txt"
    files = {first: settlement_report("v1", "34.00", *FIRST), second: settlement_report("v2", "34.00", *SECOND)}
    loaded = load(tmp_path, files, "".join(AUTO.replace("in/", folder) for folder in folders.split()))
    assert rows(loaded, "select settlement_id, net::int, source_file from settlements") == [("9001", 34, first)]
    assert rows(loaded, "select count(*), sum(amount)::int from settlement_lines") == [(3, 34)]
    assert rows(loaded, "select sum(amount)::int from fees") == [(6,)]
    assert rows(loaded, "from rejected_rows") == []
    counted = "select file, rows_read, rows_loaded, rows_merged from source_files order by all"
    assert rows(loaded, counted) == [(first, 5, 5, 0), (second, 3, 3, 3)]
    told = "select id, quantity::int, message from findings where finding ~ 'settlement|overlap'"
    message = (
        f"settlements that {first} tells, too, with the same totals, and that are taken from there: 1, such as 9001"
    )
    assert rows(loaded, told) == [(second, 1, message)]


def test_a_settlement_whose_reports_differ_is_taken_from_the_first(tmp_path: Path) -> None:
    more = SOLD | {"amount-type": "ItemPrice", "amount-description": "Shipping", "amount": "5.00"}
    files = {
        "in/a.txt": settlement_report("v1", "34.00", *FIRST),
        "in/b.txt": settlement_report("v2", "39.00", *SECOND, more),
    }
    loaded = load(tmp_path, files)
    assert rows(loaded, "select net::int, source_file from settlements") == [(34, "in/a.txt")]
    assert rows(loaded, "select count(*), sum(amount)::int from settlement_lines") == [(3, 34)]
    reason = "settlement 9001 is 39.00 AUD here and 34.00 AUD in in/a.txt, from where it is taken"
    assert rows(loaded, "select file, row, reason from rejected_rows order by row") == [
        ("in/b.txt", row, reason) for row in (2, 3, 4, 5)
    ]
    told = "select finding, amount::int, message from findings where finding ~ 'settlement'"
    assert rows(loaded, told) == [("differing_settlement", 5, "in/b.txt: " + reason)]


def test_names_are_filled_by_every_export_that_knows_something(tmp_path: Path) -> None:
    files = {
        "canonical/items.csv": "sku,name,category\nMUG,,kitchen\n",
        "in/a.csv": "Code,Title,Cost\nMUG,Mug,\nCUP,Cup,\n",
        "in/b.csv": "Code,Title,Cost\nMUG,Big mug,4.50\nCUP,,3.25\n",
    }
    config = """
[[source]]
format = "canonical"
path = "canonical/"
[[source]]
format = "csv"
path = "in/"
table = "items"
[source.columns]
sku = "code"
name = "title"
standard_cost = "plain_number(cost)"
"""
    loaded = load(tmp_path, files, config)
    assert rows(loaded, "select sku, name, category, standard_cost::varchar from items order by all") == [
        ("CUP", "Cup", None, "3.250000"), ("MUG", "Big mug", "kitchen", "4.500000"),
    ]  # fmt: skip
    assert rows(loaded, "select sum(rows_read - rows_loaded)::int from source_files") == [(0,)]


STOCK = """
[skus]
"MUG-2" = { sku = "MUG", units = 2 }
[[source]]
format = "csv"
path = "in/"
table = "stock_snapshots"
[source.columns]
system = "'wms'"
taken_at = "day"
sku = "item"
location = "place"
quantity = "units"
value = "worth"
[source.locations]
"*" = "FBA"
"""


def test_places_and_items_that_become_one_are_counted_as_one(tmp_path: Path) -> None:
    text = (
        "Day,Item,Place,Units,Worth\n2025-01-31,MUG,PHX3,3,30.00\n2025-01-31,MUG,LAS1,4,40.00\n2025-01-31,MUG-2,PHX3,1,20.00\n"
        "2025-01-31,CUP,PHX3,1,\n2025-01-31,CUP,LAS1,2,8.00\n2025-01-31,CUP,LAS1,2,8.00\n2025-01-31,CUP,ONT8,x,1.00\n"
    )
    loaded = load(tmp_path, {"in/stock.csv": text}, STOCK)
    assert rows(loaded, "select sku, location, quantity::int, value::varchar from stock_snapshots order by all") == [
        ("CUP", "FBA", 3, None), ("MUG", "FBA", 9, "90.00"),
    ]  # fmt: skip
    assert [row for row, _ in rows(loaded, "select row, reason from rejected_rows order by row")] == [7, 8]
    assert rows(loaded, "select rows_read, rows_loaded, rows_rejected from source_files") == [(7, 5, 2)]


def test_a_rejected_row_keeps_nothing_of_its_notes(tmp_path: Path) -> None:
    text = (
        "Date,Reference Number,Journal Type,GL_Account,Debit,Credit,Notes\n"
        "2025-10-14,9,both,Sales,ten,,Call Jane; Merchant Order ID: 701-1 please\n2025-10-14,9,both,Bank,,5,Jane's\n"
    )
    loaded = load(tmp_path, {"in/zoho.csv": text})
    ((content,),) = rows(loaded, "select content from rejected_rows")
    assert "701-1" in str(content)
    assert "Jane" not in str(content)
    assert "notes" not in str(content)
    assert rows(loaded, "select account, external_id from gl_lines") == [("Bank", "9")]


def test_columns_that_came_went_or_were_renamed_are_named(tmp_path: Path) -> None:
    text = orders("#1,2025-01-05 10:00:00 -0500,2,10.00,MUG,20.00").replace("Lineitem sku", "Item code")
    loaded = load(tmp_path, {"in/a.csv": text})
    drift = dict(rows(loaded, "select finding, message from findings where finding like '%_column'"))
    assert drift["unknown_column"].startswith("column Item code is new in this format")  # type: ignore[attr-defined]
    assert "lineitem_sku" in str(drift["missing_column"])


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("in/orders_2025-03-31.csv", "2025-03-31"), ("in/sales 20250101-20250331.csv", "2025-03-31"),
        ("in/inventory_2026-03-31_1830.csv", "2026-03-31 18:30"), ("in/2025-01-01/60012025013199.csv", None),
    ],
)  # fmt: skip
def test_the_day_in_a_files_name(name: str, day: str | None) -> None:
    assert said_in(name) == day


def _units(name: str, *key: str) -> tuple[str, list[str]]:
    """An export of the tests as its header (with all above) and its documents, each a text of whole rows.

    A row without a key of its own belongs to the one above it.
    """
    (match,) = recognise(EXPORTS / name, list(known().values()))
    above, found, own = [], defaultdict(list), ("",)
    for number, row in enumerate(sheet_rows(match.sheet), start=1):
        if number <= match.header_row:
            above.append(row)
        elif any(row):
            named = tuple(row[match.places[column]] for column in key)
            own = named if any(named) else own
            found[own].append(row)
    return _text(above), [_text(part) for part in found.values()]


def _text(table: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue()


WHOLE = {
    "shopify.csv": _units("shopify_orders/orders_export_1.csv", "name"),
    "etsy.csv": _units("etsy_statement/etsy_statement_2025_10.csv", "date"),
    "xero.csv": _units("xero_journals/Harbour_Pine_-_Journals.csv", "journal_number"),
    "ledger.csv": _units("amazon_ledger_detail/detail.csv", "date"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    files = {f"in/{name}": head + "".join(units) for name, (head, units) in WHOLE.items()}
    return facts(load(tmp_path_factory.mktemp("whole"), files))


@settings(max_examples=3, deadline=None, phases=[Phase.generate])
@given(data=st.data())
def test_however_an_export_is_split_it_is_the_same(
    data: st.DataObject, whole: dict[str, list[tuple[object, ...]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = {}
    for name, (head, units) in WHOLE.items():
        places = [data.draw(st.sets(st.integers(1, 3), min_size=1), label=f"files of {name}") for _ in units]
        for place in sorted(set().union(*places)):
            part = [unit for unit, at in zip(units, places, strict=True) if place in at]
            files[f"in/{place}_{name}"] = head + "".join(part)
    split = load(tmp_path_factory.mktemp("split"), files)
    assert facts(split) == whole
    assert rows(split, "select file from source_files where rows_read <> rows_loaded + rows_rejected") == []
