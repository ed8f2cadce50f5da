"""DATEV's posting batches: a row is an entry of two accounts, in the year that the first line names, tax taken out."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import companies
from exported import EXPORTS, Loaded, canonical, load, write_config
from tieout import onboarding

FILE = "source_file = 'exports/datev_buchungsstapel/EXTF_Buchungsstapel.csv'"
BATCH = '[[source]]\nformat = "datev_buchungsstapel"\npath = "batch.csv"\n'
# Three sales; of the second the batch has two postings, of which it takes one back, and of the third none.
SHOP = {
    "gl_accounts": """
        account, role
        Debitoren, clearing
        Kreditoren, grni
        8400, revenue
        1776, tax
        3980, inventory
        3990, cogs""",
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, tax, ordered_at
        RE-5, 1, web, VASE, 1, 100, 19, 2025-02-05T09:00Z
        RE-6, 1, web, VASE, 1, 100, 19, 2025-02-06T09:00Z
        RE-7, 1, web, VASE, 1, 100, 19, 2025-02-07T09:00Z""",
    "stock_events": """
        event_id, type, sku, quantity, from_location, to_location, unit_cost, occurred_at, order_id, line_no
        R1, receipt, VASE, 10, , LAGER, 40, 2025-02-01T09:00Z, ,
        S5, shipment, VASE, 1, LAGER, , , 2025-02-05T12:00Z, RE-5, 1
        S6, shipment, VASE, 1, LAGER, , , 2025-02-06T12:00Z, RE-6, 1
        S7, shipment, VASE, 1, LAGER, , , 2025-02-07T12:00Z, RE-7, 1""",
}
POSTINGS = f"""
    400,00;S;;;;;3980;70000;;0102;R1
    119,00;S;;;;;10000;8400;;0502;RE-5
    40,00;S;;;;;3990;3980;;0502;RE-5
    119,00;S;;;;;10000;8400;;0602;RE-6
    119,00;S;;;;;10000;8400;;0602;RE-6
    119,00;S;;;;;10000;8400;;0602;RE-6{";" * 107}G
    40,00;S;;;;;3990;3980;;0602;RE-6"""


def lines(loaded: Loaded, row: int) -> list[tuple[object, ...]]:
    """Account and amount of the lines that a row became."""
    return loaded.rows(f"select account, amount from gl_lines where {FILE} and source_row = {row} order by line_no")


def test_soll_debits_the_account_and_haben_credits_it(loaded: Loaded) -> None:
    assert lines(loaded, 10) == [("1200", Decimal("119.00")), ("Debitoren", Decimal("-119.00"))]
    assert lines(loaded, 4) == [
        ("Debitoren", Decimal("-59.50")), ("8400", Decimal("50.00")), ("1776", Decimal("9.50")),
    ]  # fmt: skip


def test_a_general_reversal_takes_back_its_posting_on_the_same_side(loaded: Loaded) -> None:
    posted, reversed_ = (dict(lines(loaded, row)) for row in (5, 6))
    assert posted == {"Debitoren": Decimal(119), "8400": Decimal(-100), "1776": Decimal(-19)}
    assert reversed_ == {account: -amount for account, amount in posted.items()}  # type: ignore[operator]


def test_tax_is_taken_out_by_the_account_or_the_key_unless_a_key_takes_that_back(loaded: Loaded) -> None:
    assert lines(loaded, 7) == [
        ("Debitoren", Decimal("53.49")), ("8300", Decimal("-49.99")), ("1771", Decimal("-3.50")),
    ]  # fmt: skip
    assert lines(loaded, 8) == [("4910", Decimal(200)), ("Kreditoren", Decimal(-238)), ("1576", Decimal(38))]
    assert lines(loaded, 9) == [("8400", Decimal(-100)), ("1360", Decimal(100))]
    assert lines(loaded, 19) == [("4910", Decimal(60)), ("Kreditoren", Decimal(-60))]  # owed and deducted at once


def test_the_year_is_that_of_the_fiscal_year_in_the_first_line(loaded: Loaded) -> None:
    days = dict(loaded.rows(f"select source_row, effective_date::varchar from gl_lines where {FILE}"))
    assert (days[3], days[6], days[7]) == ("2025-02-05", "2025-02-07", "2024-07-15")  # a year from July on


def test_every_entry_balances_and_equal_ones_are_two(loaded: Loaded) -> None:
    entries = loaded.rows(f"select journal_id, sum(amount) from gl_lines where {FILE} group by all")
    assert {total for _, total in entries} == {0}
    assert len(entries) == 14
    assert sorted(str(name) for name, _ in entries if "AMZ-1 4970" in str(name)) == [
        "2025-02-11 AMZ-1 4970/1360 5,00 S", "2025-02-11 AMZ-1 4970/1360 5,00 S #2",
    ]  # fmt: skip


def test_another_currency_and_a_number_that_lost_its_zero(loaded: Loaded) -> None:
    foreign = loaded.rows(
        "select account, amount, currency, transaction_amount from gl_lines"
        f" where {FILE} and source_row = 13 order by amount"
    )
    assert foreign == [
        ("1200", Decimal("-45.45"), "USD", Decimal(-50)), ("1360", Decimal("45.45"), "USD", Decimal(50)),
    ]  # fmt: skip
    assert lines(loaded, 14)[0] == ("0420", Decimal(1000))


def test_what_the_file_does_not_tell_is_rejected_or_said(loaded: Loaded) -> None:
    rejected = dict(loaded.rows(f"select row, reason from rejected_rows where {FILE.replace('source_file', 'file')}"))
    assert rejected == {
        16: "a payment less Skonto: the account of the Skonto is not in the file",
        17: "its Soll/Haben-Kennzeichen is neither S nor H",
        18: "an amount in another currency, without Basis-Umsatz",
    }
    found = loaded.rows(
        "select finding, quantity, amount, message from load_findings where finding like 'tax_%' order by finding"
    )
    assert [(name, quantity, amount) for name, quantity, amount, _ in found] == [
        ("tax_by_rule", 6, Decimal("108.00")), ("tax_open", 1, Decimal(30)),
    ]  # fmt: skip
    assert "SKR 03" in str(found[0][3])
    assert str(found[1][3]).endswith("may be in 1 of 14 postings: tax keys 401")


def test_without_its_first_line_no_day_is_guessed(tmp_path: Path) -> None:
    first, rest = _batch().split("\r\n", 1)
    assert first.startswith('"EXTF"')
    (tmp_path / "batch.csv").write_text(rest, encoding="cp1252", newline="")
    connection = canonical(write_config(tmp_path, BATCH))
    assert connection.execute("select count(*) from gl_lines").fetchall() == [(0,)]
    ((reason, rows),) = connection.execute("select reason, count(*) from rejected_rows group by 1").fetchall()
    assert (rows, "no first line" in reason) == (17, True)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('"04"', "SKR 04"),
        ('""', "the first line names no chart of accounts (field 27: 03 or 04)"),
    ],
)
def test_the_chart_of_the_first_line_decides(tmp_path: Path, head: str, says: str) -> None:
    (tmp_path / "batch.csv").write_text(_batch().replace('"03"', head, 1), encoding="cp1252", newline="")
    loaded = load(write_config(tmp_path, BATCH))
    sale = loaded.rows("select account, amount from gl_lines where source_row = 3 order by line_no")
    assert sale == [("Debitoren", Decimal(119)), ("8400", Decimal(-119))]  # no account of sales in another chart
    bill = loaded.rows("select account, amount from gl_lines where source_row = 8 order by line_no")
    tax = "1406" if head == '"04"' else "Vorsteuer 19 %"
    assert bill == [("4910", Decimal(200)), ("Kreditoren", Decimal(-238)), (tax, Decimal(38))]
    told = " ".join(str(message) for (message,) in loaded.rows("select message from load_findings"))
    assert says in told
    assert b"Erika" not in loaded.reader.path.read_bytes()  # who exported it, in the first line


def test_of_longer_account_numbers_those_of_tax_are_as_long_and_a_basis_of_zero_is_none(tmp_path: Path) -> None:
    longer = _batch().replace(";20240701;4;", ";20240701;6;", 1).replace('"";4910;70000', '"";491000;7000000')
    longer = longer.replace('119,00;"S";"EUR";;;"";10000;8400', '119,00;"S";"EUR";;0,00;"";1000000;840000')
    longer = longer.replace('70,00;"S";"GBP";;;', '70,00;"S";"GBP";;0,00;')
    (tmp_path / "batch.csv").write_text(longer, encoding="cp1252", newline="")
    told = load(write_config(tmp_path, BATCH))
    of_row = "select account, amount from gl_lines where source_row = {} order by line_no"
    assert told.rows(of_row.format(3)) == [
        ("Debitoren", Decimal(119)), ("840000", Decimal(-100)), ("177600", Decimal(-19)),
    ]  # fmt: skip
    assert told.rows(of_row.format(8)) == [
        ("491000", Decimal(200)), ("Kreditoren", Decimal(-238)), ("157600", Decimal(38)),
    ]  # fmt: skip
    reasons = told.rows("select reason from rejected_rows where row = 18")
    assert reasons == [("an amount in another currency, without Basis-Umsatz",)]


def test_tax_at_the_rate_of_another_country_is_left_and_said(tmp_path: Path) -> None:
    head, names, sale, *_ = _batch().split("\r\n")
    cells = sale.split(";")
    cells[names.split(";").index("EU-Steuersatz (Bestimmung)")] = "20,00"
    abroad = ";".join(cells).replace("8400", "8320")
    (tmp_path / "batch.csv").write_text("\n".join([head, names, abroad, ""]), encoding="cp1252")
    told = load(write_config(tmp_path, BATCH))
    assert told.rows("select account, amount from gl_lines order by line_no")[1:] == [("8320", Decimal(-119))]
    found = told.rows("select amount, message from load_findings where finding = 'tax_open'")
    assert found == [
        (Decimal(119), "tax that is not known may be in 1 of 1 postings: rates of other countries (EU-Steuersatz)")
    ]


def test_a_sale_that_datev_lacks_is_found_and_no_other(tmp_path: Path) -> None:
    config = companies.write(tmp_path, SHOP, company={"currency": "EUR"})
    config.write_text(f"{config.read_text()}\n{BATCH}")
    head, names, *_ = _batch().split("\r\n")
    postings = [posting.ljust(len(posting) + 124 - posting.count(";"), ";") for posting in POSTINGS.split()]
    (tmp_path / "batch.csv").write_text("\n".join([head, names, *postings, ""]), encoding="cp1252")
    found = companies.explain(config)
    assert found.sql("select distinct cause, event_id from corrections").values.tolist() == [["missing_sale", "S7"]]
    revenue = found.sql("select amount::varchar from corrections where role in ('revenue', 'tax') order by role")
    assert revenue.values.tolist() == [["-100.00"], ["-19.00"]]


def test_init_says_the_currency_and_what_the_accounts_may_be(tmp_path: Path) -> None:
    for name in ("datev_buchungsstapel", "datev_kontenbeschriftungen"):
        shutil.copytree(EXPORTS / name, tmp_path / name)
    path, _ = onboarding.write_config(tmp_path, lambda step: None)
    text = Path(path).read_text(encoding="utf-8")
    assert 'currency = "EUR"\n' in text
    assert '# "8400" = "revenue"   # Erlöse 19 % USt' in text
    assert '# "Debitoren" = "clearing"   # no name' in text


def test_an_account_sheet_is_mapped_as_a_ledger(tmp_path: Path) -> None:
    sheet = tmp_path / "kontoblatt.csv"
    sheet.write_text(
        "Konto;Kontobeschriftung;Datum;Gegenkonto;Belegfeld 1;Buchungstext;Umsatz Soll;Umsatz Haben;Saldo\n"
        "8400;Erlöse 19 %;05.02.2025;10000;RE-1;Verkauf;;1.100,00;1.100,00\n"
        "1776;Umsatzsteuer 19 %;05.02.2025;10000;RE-1;Verkauf;;19,00;19,00\n",
        encoding="cp1252",
    )
    block, _ = onboarding.try_mapping(tmp_path, sheet, lambda step: None)
    assert 'table = "gl_lines"' in block
    assert 'debit_less_credit(comma_number("Umsatz Soll"), comma_number("Umsatz Haben"))' in block
    assert '# "1776" = "tax"   # Umsatzsteuer 19 %' in block


def _batch() -> str:
    return (EXPORTS / "datev_buchungsstapel" / "EXTF_Buchungsstapel.csv").read_bytes().decode("cp1252")
