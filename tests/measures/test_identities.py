"""What must hold between the measures of any company: parts make wholes, bridges arrive, a missing ratio says why."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import companies
from measures.conftest import Planted
from reconciliation import test_entries
from tieout import Company
from tieout.measures.read import TABLES

HERE = Path(__file__).parent
# By the sentence that says it: a query that gives what breaks it.
IDENTITIES = dict(
    block.removeprefix("-- ").split("\n", 1) for block in (HERE / "identities.sql").read_text("utf-8").split("\n\n")[1:]
)
# A small company with what upsets measures: blanks, zeros, negatives, goods of others, a kit, a return into another
# month, periods that are no months, do not sort by name and have not begun; a ledger with errors of most kinds.
NASTY = {file.stem: file.read_text("utf-8") for file in (HERE / "nasty").iterdir()}

# A figure that is a share of something is missing only with a reason.
EXPLAINED = {
    "channel_blend": "contribution_margin", "channel_bridge": "margin_points", "channel_returns": "return_rate",
    "correction_delay": "median_days_settled + median_days_open",
    "decision_exposure": "profit_per_unit_corrected", "timing_shares": "net_share", "variance_split": "error_share",
    "headline": "gross_margin", "inventory_ratios": "days_of_inventory", "inventory_days_bridge": "days",
    "cash_tied_up": "cash_tied_up", "three_way": "physical_amount", "valuation_only": "valuation_only_share",
    "listing_gaps": "value", "record_accuracy": "value", "system_drift": "units_net", "availability": "finance",
    "labour_rates": "hours_per_1000_events", "growth": "ratio", "range_width": "ratio", "close": "explained_share",
    "integrity": "value", "timing": "margin_spike", "lags": "out_of_period_share", "revelation": "known_share",
    "what_if": "gross_margin", "what_if_periods": "gross_margin", "change_points": "share_explained",
    "growth_trend": "slope", "labour_trend": "slope", "stock_classes": "abc", "channel_ranks": "rank_recorded",
}  # fmt: skip


def broken(company: Company) -> dict[str, object]:
    """Which of the identities fail, and the first rows in which they do."""
    found = {name: company.sql(query) for name, query in IDENTITIES.items()}
    return {name: rows.head(3).to_dict("records") for name, rows in found.items() if len(rows)}


def unexplained(company: Company) -> list[str]:
    """The tables that lack a figure and do not say why."""
    query = 'select count(*) from "{table}" where ({figure} is null) and reason is null'
    return [
        table for table, figure in EXPLAINED.items()
        if company.sql(query.format(table=table, figure=figure)).iloc[0, 0]
    ]  # fmt: skip


def not_finite(company: Company) -> list[str]:
    """The columns of floating numbers that hold what is no number."""
    columns = company.sql("select table_name, column_name from duckdb_columns() where data_type = 'DOUBLE'")
    return [
        f"{table}.{column}" for table, column in columns.itertuples(index=False)
        if table in TABLES and company.sql(f'select count(*) from "{table}" where not isfinite("{column}")').iloc[0, 0]
    ]  # fmt: skip


def test_of_planted_errors(planted: Planted) -> None:
    assert (broken(planted.company), unexplained(planted.company), not_finite(planted.company)) == ({}, [], [])


def without(tables: dict[str, str], *columns: str) -> dict[str, str]:
    """The same company with a ledger that lacks ``columns``."""
    lines = pd.DataFrame(companies.rows(tables["gl_lines"])).drop(columns=list(columns))
    return {**tables, "gl_lines": lines.to_csv(index=False)}


def summed(tables: dict[str, str]) -> dict[str, str]:
    """The same company with a ledger of nothing but sums by day and account."""
    lines = pd.DataFrame(companies.rows(tables["gl_lines"])).astype({"amount": int})
    sums = lines.groupby(["effective_date", "account"], as_index=False)["amount"].sum()
    sums = sums.assign(
        journal_id="D" + sums["effective_date"], line_no=sums.index + 1, posted_at=sums["effective_date"]
    )
    return {**tables, "gl_lines": sums.to_csv(index=False)}


EVERY_OTHER_POLICY = {
    "cost_method": "average", "cost_scope": "company", "late_cost": "prospective", "knowledge": "as_known",
    "damage": "on_status", "revenue_point": "delivery",
}  # fmt: skip
NOTHING = {
    "gl_lines": """
        journal_id, line_no, account, amount, effective_date, posted_at
        J1,         1,       1000,    5,      2025-01-02,     2025-01-02T12:00Z
        J1,         2,       3000,    -5,     2025-01-02,     2025-01-02T12:00Z"""
}


# Tables, policy and currency (of no decimals, and of three).
SMALL = {
    "nasty": (NASTY, {}, "USD"),
    "every other policy": (NASTY, EVERY_OTHER_POLICY, "JPY"),
    "without items": (without(NASTY, "sku", "location", "quantity"), {"cost_method": "standard"}, "KWD"),
    "without places": (without(NASTY, "location", "channel", "posted_at"), {"revenue_point": "order"}, "USD"),
    "sums": (summed(NASTY), {}, "USD"),
    "nothing": (NOTHING, {}, "USD"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Company]:
    """The company of that name, made once."""

    @cache
    def made(name: str) -> Company:
        tables, policy, currency = SMALL[name]
        folder = tmp_path_factory.mktemp("small")
        return companies.reconcile(companies.write(folder, tables, policy=policy, company={"currency": currency}))

    return made


@pytest.mark.parametrize("name", SMALL)
def test_of_small_companies(small: Callable[[str], Company], name: str) -> None:
    company = small(name)
    assert (broken(company), unexplained(company), not_finite(company)) == ({}, [], [])


def test_a_ledger_without_places_is_compared_item_by_item(small: Callable[[str], Company]) -> None:
    """Nothing is booked at no place: the item's 94 units in the books are not 94 too many nowhere and 98 too few."""
    company = small("without places")
    three = company.sql("select * from three_way where period = 'P10' and sku is not null").set_index("sku")
    assert three.loc["A", ["physical_quantity", "perpetual_quantity", "ledger_quantity"]].tolist() == [85, 98, 94]
    assert three.loc["D", ["physical_quantity", "perpetual_quantity"]].tolist() == [5, 0]  # counted, and in no book
    drift = company.sql("from system_drift where first_system = 'ledger' and period = 'P10'")
    assert drift[["cells", "units_net", "units_gross"]].values.tolist() == [[2, 0, 8]]
    assert "ledger" not in set(company.record_accuracy()["record"])
    shares = company.valuation_only()
    assert set(shares[shares["other_system"] == "ledger"]["reason"]) == {
        "the ledger names no items, units or places", "nothing to compare at the end of the period",
    }  # fmt: skip


def test_a_ledger_without_items_has_no_zero_stock(small: Callable[[str], Company]) -> None:
    company = small("without items")
    three = company.sql("select * from three_way where sku is not null")
    assert three[["ledger_quantity", "ledger_amount"]].isna().all(axis=None)
    assert three["reason"].str.endswith("the ledger names no items").all()
    moves = company.class_migrations()
    assert moves["moved"].isna().all()
    assert set(moves["reason"]) == {"the ledger books no units of cost of sales by item"}


def test_a_period_that_has_not_begun_costs_nothing(small: Callable[[str], Company]) -> None:
    ratios = small("nasty").sql("from inventory_ratios where period in ('P12', 'P13') and is_total")
    assert set(ratios["days"]) == {0}
    assert set(ratios["carrying_cost"]) == {0}
    assert ratios["gross_return"].isna().all()
    assert ratios["reason"].str.startswith("not begun").all()


def test_a_booked_correction_changes_no_measure_of_the_corrected_book(tmp_path: Path) -> None:
    """Corrected and expected book are as before in units and money, event by event, and the recorded book is right."""
    books = (
        "from inventory where book <> 'recorded' order by all",
        "from roll_forward where book <> 'recorded' order by all",
        "from channel_waterfall where book in ('corrected', 'expected') and amount <> 0 order by all",
        "from channel_blend where book = 'corrected' and difference is not null order by all",
        "select period, scope, sku, channel, gross_profit_corrected from decision_exposure where units <> 0",
    )
    company = companies.reconcile(companies.write(tmp_path, test_entries.TABLES))
    before = [company.sql(query) for query in books]
    posted = company.entries().rename(columns={"entry_id": "journal_id"})
    posted = posted.assign(
        effective_date=posted["date"].astype(str).str[:10], source="manual", is_manual="true", memo=""
    )
    posted = posted.assign(posted_at=posted["effective_date"] + "T18:00Z")[list(test_entries.GL)]
    added = test_entries.TABLES["gl_lines"] + "\n" + posted.to_csv(index=False, header=False)
    company = companies.reconcile(companies.write(tmp_path, {**test_entries.TABLES, "gl_lines": added}))
    assert (broken(company), unexplained(company), not_finite(company)) == ({}, [], [])
    for query, table in zip(books, before, strict=True):
        assert company.sql(query).astype(str).values.tolist() == table.astype(str).values.tolist(), query
    units = company.sql("select sum(quantity) from inventory where period = '2025-02' group by book")
    assert set(units.iloc[:, 0]) == {97}
    assert company.sql("from availability_errors where period = '2025-02'").empty
