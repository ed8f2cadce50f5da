"""Settlements of a marketplace against what a connector made of them in Zoho Books: a look-alike, and the real files.

The connector books rows by their absolute amount, so that some lose their sign, and lets the line of the bank take
what is missing. Compensation for lost goods becomes an invoice.
"""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import companies
import tieout
from exported import SAMPLES
from tieout import onboarding
from tieout.reporting import availability, cash, channels, data_quality, facts, forecast, purchasing

HERE = Path(__file__).parent
REAL = """
[company]
name = "Real files"
currency = "CAD"
timezone = "America/Toronto"
[accounts]
"Accounts Receivable" = "clearing"
"Amazon.ca Clearing" = "clearing"
"Sales" = "revenue"
"Amazon.ca Revenue" = "revenue"
"Amazon FBA Fulfillment Fees" = "fees"
"Amazon Account Fees" = "fees"
"Amazon Advertising Expense" = "fees"
"Amazon Inbound Freight Charges" = "fees"
"Amazon Combined Tax Charged" = "tax"
[[source]]
format = "auto"
path = "samples/amazon_settlement_v1_flat"
[source.channels]
amazon = "amazon.ca"
[[source]]
format = "auto"
path = "samples/zoho_books_postings"
"""
# Of each settlement and cause: what the books lack in each role. Recorded + these = expected.
LOOK_ALIKE = """
event_id, cause,                     period,  role,       amount, evidence
81001,    payout_netting,            2025-04, cash,       -80.00, C
81001,    payout_netting,            2025-04, clearing,   80.00,  C
81001,    settlement_batch,          2025-03, clearing,   -105.00, C
81001,    settlement_batch,          2025-03, fees,       105.00, C
81001,    settlement_batch,          2025-04, clearing,   105.00, C
81001,    settlement_batch,          2025-04, fees,       -105.00, C
81002,    fee_unposted_or_misplaced, 2025-04, clearing,   5.10,   C
81002,    fee_unposted_or_misplaced, 2025-04, fees,       -6.30,  C
81002,    fee_unposted_or_misplaced, 2025-04, revenue,    1.20,   C
81002,    payout_netting,            2025-04, cash,       26.55,  C
81002,    payout_netting,            2025-04, clearing,   -26.55, C
81002,    promo_misclassified,       2025-04, clearing,   -9.00,  C
81002,    promo_misclassified,       2025-04, revenue,    9.00,   C
81002,    refund_not_posted,         2025-04, clearing,   -25.00, C
81002,    refund_not_posted,         2025-04, revenue,    25.00,  C
81002,    reimbursement_as_revenue,  2025-04, recoveries, -12.00, C
81002,    reimbursement_as_revenue,  2025-04, revenue,    12.00,  C
81002,    tax_in_revenue,            2025-04, clearing,   -4.00,  C
81002,    tax_in_revenue,            2025-04, tax,        4.00,   C
81003,    fee_unposted_or_misplaced, 2025-04, clearing,   12.00,  C
81003,    fee_unposted_or_misplaced, 2025-04, fees,       -12.00, C
81003,    payout_netting,            2025-04, cash,       -68.00, C
81003,    payout_netting,            2025-04, clearing,   68.00,  C
81003,    refund_not_posted,         2025-04, clearing,   -40.00, C
81003,    refund_not_posted,         2025-04, revenue,    40.00,  C
"""
REAL_FILES = """
event_id,    cause,                     period,  role,       amount,   evidence
23874396421, payout_netting,            2025-08, cash,       -321.69,  C
23874396421, payout_netting,            2025-08, clearing,   321.69,   C
23874396421, settlement_batch,          2025-06, clearing,   -32.09,   C
23874396421, settlement_batch,          2025-06, fees,       32.09,    C
23874396421, settlement_batch,          2025-07, clearing,   -321.69,  C
23874396421, settlement_batch,          2025-07, fees,       321.69,   C
23874396421, settlement_batch,          2025-08, clearing,   353.78,   C
23874396421, settlement_batch,          2025-08, fees,       -353.78,  C
23874397121, fee_unposted_or_misplaced, 2025-08, clearing,   19.84,    C
23874397121, fee_unposted_or_misplaced, 2025-08, fees,       -19.84,   C
23874397121, payout_netting,            2025-08, cash,       -62.31,   C
23874397121, payout_netting,            2025-08, clearing,   62.31,    C
23874397121, promo_misclassified,       2025-08, clearing,   -13.98,   C
23874397121, promo_misclassified,       2025-08, revenue,    13.98,    C
23874397121, refund_not_posted,         2025-08, clearing,   -60.00,   C
23874397121, refund_not_posted,         2025-08, revenue,    60.00,    C
23874397121, tax_in_revenue,            2025-08, clearing,   -0.28,    C
23874397121, tax_in_revenue,            2025-08, tax,        0.28,     C
24288684721, fee_unposted_or_misplaced, 2025-08, clearing,   19.84,    C
24288684721, fee_unposted_or_misplaced, 2025-08, fees,       -19.84,   C
24288684721, payout_netting,            2025-08, cash,       1016.08,  C
24288684721, payout_netting,            2025-08, clearing,   -1016.08, C
24288684721, promo_misclassified,       2025-08, clearing,   -64.64,   C
24288684721, promo_misclassified,       2025-08, revenue,    64.64,    C
24288684721, refund_not_posted,         2025-08, clearing,   -60.00,   C
24288684721, refund_not_posted,         2025-08, revenue,    60.00,    C
24288684721, reimbursement_as_revenue,  2025-08, recoveries, -15.25,   C
24288684721, reimbursement_as_revenue,  2025-08, revenue,    15.25,    C
24288684721, tax_in_revenue,            2025-08, clearing,   -98.46,   C
24288684721, tax_in_revenue,            2025-08, tax,        98.46,    C
24495221541, fee_unposted_or_misplaced, 2025-09, clearing,   41.10,    C
24495221541, fee_unposted_or_misplaced, 2025-09, fees,       -49.44,   C
24495221541, fee_unposted_or_misplaced, 2025-09, revenue,    8.34,     C
24495221541, in_flight,                 2025-09, cash,       4630.23,  N
24495221541, in_flight,                 2025-09, clearing,   -4630.23, N
24495221541, promo_misclassified,       2025-09, clearing,   -394.72,  C
24495221541, promo_misclassified,       2025-09, revenue,    394.72,   C
24495221541, refund_not_posted,         2025-09, clearing,   -207.93,  C
24495221541, refund_not_posted,         2025-09, revenue,    207.93,   C
24495221541, reimbursement_as_revenue,  2025-09, recoveries, -86.58,   C
24495221541, reimbursement_as_revenue,  2025-09, revenue,    86.58,    C
24495221541, tax_in_revenue,            2025-09, clearing,   -241.70,  C
24495221541, tax_in_revenue,            2025-09, tax,        241.70,   C
"""
# By how much the line that balances an entry differs from what was paid, through which rows: twice what lost its sign.
LOOK_ALIKE_PLUGS = {
    ("81002", "220.45", "26.55"): {
        "reserve": "160.00", "refund": "50.00", "reimbursement": "-24.00", "sale": "9.00", "fee": "-5.10",
        "tax": "4.00",
    },
    ("81003", "57.40", "-10.60"): {"refund": "80.00", "fee": "-12.00"},
}  # fmt: skip
REAL_PLUGS = {
    ("23874397121", "695.49", "-62.31"): {
        "reserve": "643.38", "refund": "120.00", "fee": "-19.84", "sale": "13.98", "tax": "0.28",
    },
    ("24288684721", "1373.48", "1016.08"): {
        "reserve": "124.64", "refund": "120.00", "tax": "98.46", "sale": "64.64", "reimbursement": "-30.50",
        "fee": "-19.84",
    },
    ("24495221541", "5440.29", "4630.23"): {
        "sale": "394.72", "refund": "387.90", "tax": "241.70", "reimbursement": "-173.16", "fee": "-41.10",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def look_alike(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    folder = tmp_path_factory.mktemp("settlements") / "brand"
    shutil.copytree(HERE / "brand", folder)
    return companies.reconcile(folder / "tieout.toml")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    if not SAMPLES.is_dir():
        pytest.skip(f"reads the sample exports, which are not in {SAMPLES} (TIEOUT_SAMPLES names their folder)")
    folder = tmp_path_factory.mktemp("real")
    (folder / "samples").symlink_to(SAMPLES)
    config = folder / "tieout.toml"
    config.write_text(REAL, encoding="utf-8")
    return companies.explain(config)


def assert_named(company: tieout.Company, text: str) -> None:
    columns, rows = companies.wanted(text)
    found = company.sql(
        f"select {', '.join(columns[:4])}, sum(amount) as amount, evidence from corrections group by all"
    )
    assert companies.lines(found, columns) == rows


def assert_plugged(company: tieout.Company, plugs: dict[tuple[str, str, str], dict[str, str]]) -> None:
    found = company.sql("select id, amount, message from findings where finding = 'payout_plugged' order by id")
    assert list(found["id"]) == [settlement for settlement, _, _ in plugs]
    for ((settlement, said, paid), parts), amount, message in zip(
        plugs.items(), found["amount"], found["message"], strict=True
    ):
        plug = sum(map(Decimal, parts.values()))
        assert amount == plug == Decimal(said) - Decimal(paid)
        assert message.partition(" of settlement ")[2] == (
            f"{settlement} balances by a payout of {said}, but {paid} was paid: {plug} stands for nothing; "
            "twice what lost its sign: " + ", ".join(f"{row} {part}" for row, part in parts.items())
        )


def assert_explained(company: tieout.Company) -> None:
    """Recorded + corrections = expected at every role and period, and nothing is left open."""
    assert (company.proofs()["difference"] == 0).all()
    assert company.sql("from corrections where evidence in ('D', 'U')").empty
    assert company.sql(
        """
        select role, period from (
            select role, period, amount from recorded union all select role, period, amount from corrections
            union all select role, period, -amount from expected)
        group by all having sum(amount) <> 0
        """
    ).empty


def test_each_lost_sign_and_misnamed_compensation_of_the_look_alike_is_named(look_alike: tieout.Company) -> None:
    assert_named(look_alike, LOOK_ALIKE)


def test_the_plug_of_the_look_alike_adds_up(look_alike: tieout.Company) -> None:
    assert_plugged(look_alike, LOOK_ALIKE_PLUGS)


def test_nothing_of_the_look_alike_is_left_over(look_alike: tieout.Company) -> None:
    assert_explained(look_alike)


def test_sales_without_any_cost_have_no_margin_to_show(look_alike: tieout.Company) -> None:
    row = look_alike.headline("2025-04", "2025-04").iloc[0]
    assert row["is_withheld"]
    assert row["reason"] == "neither the ledger nor the stock history has a cost of these sales"
    assert row["gross_margin"] == 1
    assert row["gross_margin_min"] == 0  # sold at no profit
    assert row["gross_margin_max"] == 1  # free


def test_fees_kept_as_freight_and_marketing_are_put_right_row_by_row(tmp_path: Path) -> None:
    """As a controller may well name the accounts; the first settlement, of fees alone, names no marketplace either."""
    folder = tmp_path / "brand"
    shutil.copytree(HERE / "brand", folder)
    config = folder / "tieout.toml"
    text = config.read_text(encoding="utf-8")
    for old, new in (
        ('"Advertising" = "fees"', '"Advertising" = "marketing"'),
        ('"Inbound Freight" = "fees"', '"Inbound Freight" = "freight"'),
        ('[source.channels]\namazon = "amazon.co.uk"', "#"),
    ):
        assert old in text
        text = text.replace(old, new)
    config.write_text(text, encoding="utf-8")
    company = companies.explain(config)
    assert_explained(company)
    misplaced = company.sql(
        """
        select event_id, role, sum(amount) as amount from corrections
        where cause = 'fee_unposted_or_misplaced' and role in ('freight', 'marketing') group by all order by all
        """
    )
    assert [tuple(map(str, row)) for row in misplaced.itertuples(index=False, name=None)] == [
        ("81001", "freight", "-80.00"),
        ("81002", "marketing", "-10.00"),
    ]


def test_init_takes_the_documents_for_one_ledger_and_names_the_marketplace(tmp_path: Path) -> None:
    folder = tmp_path / "brand"
    shutil.copytree(HERE / "brand", folder, ignore=shutil.ignore_patterns("*.toml"))
    path, said = onboarding.write_config(folder, lambda step: None)
    assert '# "amazon" = "amazon.co.uk"\n' in Path(path).read_text(encoding="utf-8")
    assert not [line for line in said if "kinds of report" in line]


def test_a_fee_is_put_right_in_the_account_that_has_it(look_alike: tieout.Company) -> None:
    accounts = look_alike.sql(
        """
        select event_id, role, account from corrections
        where cause = 'fee_unposted_or_misplaced' and role <> 'clearing'
        """
    )
    assert sorted(accounts.itertuples(index=False, name=None)) == [
        ("81002", "fees", "Selling Fees"),
        ("81002", "revenue", "Marketplace Revenue"),
        ("81003", "fees", "Selling Fees"),
    ]


def test_each_lost_sign_and_misnamed_compensation_of_the_real_files_is_named(real: tieout.Company) -> None:
    assert_named(real, REAL_FILES)


def test_the_plugs_of_the_real_files_add_up(real: tieout.Company) -> None:
    assert_plugged(real, REAL_PLUGS)


def test_nothing_of_the_real_files_is_left_over(real: tieout.Company) -> None:
    assert_explained(real)
    assert real.sql("from rejected_rows").empty


def test_pages_claim_nothing_of_stock_demand_and_channels_that_nobody_delivered(look_alike: tieout.Company) -> None:
    month = facts.read(look_alike)
    unnamed = month.channels[month.channels["channel"] == ""].set_index("book")["contribution"]
    gap = unnamed["corrected"] - unnamed["recorded"]
    assert gap > 0
    for page, headline in (
        (channels, f"What carries no channel looks {month.money(gap)} worse than it is"),
        (availability, "No stock is known at the end of April 2025"),
        (cash, "No stock is on the books or known at the end of April 2025"),
        (purchasing, "There is no demand to forecast from"),
    ):
        assert page.opening(month).summary["headline"] == headline
    assert "No sale in the ledger names its channel" in repr(channels.opening(month))
    assert "No item is known" in repr(forecast.classes(month))


def test_the_levels_of_evidence_add_up_to_all_causes(look_alike: tieout.Company) -> None:
    told = repr(data_quality.apart(facts.read(look_alike))).split(".")[0]
    assert sum(map(int, re.findall(r"\d+", told))) == len(look_alike.capability())
