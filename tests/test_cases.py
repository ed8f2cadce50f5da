"""The two outside companies: a clean one gives nothing, the other the causes that were planted, to the cent.

Both were made from UCI Online Retail sales (CC BY 4.0) by a program that shares nothing with tieout: cases/README.md.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import companies
import tieout

CASES = Path(__file__).parent / "cases"
KEY = ["cause", "event_id", "role", "sku", "location", "channel", "period"]
PLANTED = sorted(set(pd.read_parquet(CASES / "retail" / "truth.parquet")["cause"]))


def reconciled(case: str, folder: Path) -> tieout.Company:
    shutil.copytree(CASES / case, folder / case)
    return companies.reconcile(folder / case / "tieout.toml")


@pytest.fixture(scope="module")
def retail(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return reconciled("retail", tmp_path_factory.mktemp("cases"))


def by_key(lines: pd.DataFrame) -> pd.Series:
    lines = lines[[*KEY, "amount"]].astype(object)
    lines[KEY] = lines[KEY].where(lines[KEY].notna(), "")
    return lines.groupby(KEY)["amount"].sum().map(lambda amount: round(Decimal(str(amount)), 2))


def test_a_clean_company_has_no_correction(tmp_path: Path) -> None:
    company = reconciled("clean", tmp_path)
    assert company.corrections().empty
    assert company.findings().empty
    assert (company.proofs()["difference"] == 0).all()


@pytest.mark.parametrize("cause", PLANTED)
def test_each_planted_cause_is_found_line_by_line(retail: tieout.Company, cause: str) -> None:
    found, planted = retail.corrections(), pd.read_parquet(CASES / "retail" / "truth.parquet")
    assert dict(by_key(found[found["cause"] == cause])) == dict(by_key(planted[planted["cause"] == cause]))


def test_nothing_else_is_claimed(retail: tieout.Company) -> None:
    assert set(retail.corrections()["cause"]) == set(PLANTED)


def test_the_proofs_hold_and_cover_every_role(retail: tieout.Company) -> None:
    proofs = retail.proofs()
    assert (proofs["difference"] == 0).all()
    assert set(proofs["proof"]) == {"books", "points", "journals", "events", "entries", "proposals", "conservation",
                                     "stock"}  # fmt: skip
    assert set(proofs["role"].dropna()) == set(retail.recorded()["role"])


@pytest.mark.parametrize(
    "identity",
    [
        # the bridge ends at the corrected book, and goes on to the expected one
        """
        with profits as (pivot margin on book using any_value(gross_profit) group by period),
        effects as (
            select period, coalesce(sum(gross_profit) filter (where in_corrected), 0) as known,
                coalesce(sum(gross_profit), 0) as every
            from margin_bridge
            group by period
        )
        select profits.* from profits left join effects using (period)
        where corrected - recorded <> coalesce(known, 0) or expected - recorded <> coalesce(every, 0)
        """,
        # margin points too, but for the last bits of a ratio
        """
        with margins as (pivot margin on book using any_value(gross_margin) group by period),
        effects as (select period, sum(margin_points) as points from margin_bridge where in_corrected group by period)
        select margins.* from margins join effects using (period) where abs(corrected - recorded - points) > 1e-12
        """,
        # channels, and any other split, add up to the company
        """
        with split as (
            select period, book, sum(revenue) as revenue, sum(cogs) as cogs, sum(fees) as fees
            from channel_margin
            group by all
        )
        select margin.* from margin join split using (period, book)
        where margin.revenue <> split.revenue or margin.cogs <> split.cogs
        """,
        # stock recorded − corrected is what the causes distort
        """
        with stock as (pivot inventory on book using sum(amount) group by period),
        distortion as (select period, sum(net) as net from cash where in_corrected group by period)
        select stock.* from stock join distortion using (period) where recorded - corrected <> net
        """,
        # the stock of the expected book is what the open layers hold
        """
        select * from (select sum(amount) as amount from layers) as open
        join (select sum(amount) as amount, sum(quantity) as quantity from inventory
            where book = 'expected' and period = (select max(period) from periods)) as booked
        on open.amount <> booked.amount
        """,
    ],
)
def test_measures_are_sums_of_the_same_journals(retail: tieout.Company, identity: str) -> None:
    assert retail.sql(identity).empty


def test_a_split_margin_adds_up_to_the_whole(retail: tieout.Company) -> None:
    whole = retail.margin().set_index(["period", "book"])["gross_profit"].astype(object).to_dict()
    for dimension in ("channel", "sku", "location", "category"):
        split = retail.margin(by=dimension)
        assert dimension in split.columns
        sums = (
            split.assign(gross_profit=split["gross_profit"].astype(object))
            .groupby(["period", "book"])["gross_profit"]
            .sum()
        )
        assert sums.to_dict() == whole
