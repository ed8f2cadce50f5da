"""The retail case with its sales, returns, refunds and fees booked in summary: what a coarse ledger can still tell.

Nothing in that ledger says which events an entry covers; its entries are one a channel, day and half, or the goods of
a month are one line of cost. What came through no channel keeps its own entries.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import companies
import tieout
from tieout.reporting.score import Score, score

CASE = Path(__file__).parents[1] / "cases" / "retail"
# Whose events keep their own entries, all of them; some of landed_cost_omitted are in the cost of sales.
APART = ("receipt_not_accrued", "transfer_invisible", "adjustment_unposted")


@dataclass(frozen=True)
class Grain:
    """``has_sku``: the entries have a line an item; ``cogs``: by the day, by the month, or a share of its revenue."""

    has_sku: bool
    cogs: str = "day"


@dataclass(frozen=True)
class Summarised:
    grain: Grain
    company: tieout.Company
    score: Score


BOOKED = """
    create table roles as
    select account, role from read_csv('{case}/gl_accounts.csv', types = {{'account': 'varchar'}});

    create table halves (role, half) as values
        ('inventory', 'goods'), ('cogs', 'goods'), ('write_off', 'goods'), ('revenue', 'money'), ('returns', 'money'),
        ('fees', 'money'), ('clearing', 'money');

    create table booked as
    select lines.* replace (amount::decimal(18, 2) as amount), role, half,
        min(channel) over (partition by journal_id) as sold_on, strftime(effective_date, '%Y-%m') as period
    from read_csv(
        '{case}/gl_lines.csv', types = {{'amount': 'varchar', 'sku': 'varchar', 'account': 'varchar'}}
    ) as lines
    join roles using (account)
    left join halves using (role);

    create macro entry(sold_on, date, half) as case
        when half = 'goods' and {is_monthly} then 'COGS ' || strftime(date, '%Y-%m')
        else concat_ws('/', sold_on, date, half) end;

    create table summarised as
    select entry(sold_on, effective_date, half) as journal_id, account, role, 'connector' as source,
        if({is_monthly} and half = 'goods', last_day(effective_date), effective_date) as effective_date,
        if({has_sku}, sku, null) as sku, if({is_monthly} and half = 'goods', null, channel) as channel,
        if({is_monthly} and half = 'goods', null, location) as location,
        max(posted_at) as posted_at, sum(amount) as amount,
        if({has_sku}, sum(if(amount = 0 and role = 'cogs', 1, sign(amount)) * abs(quantity)), null) as quantity
    from booked
    where sold_on is not null
    group by entry(sold_on, booked.effective_date, half), account, role, booked.effective_date, half, booked.sku,
        booked.channel, booked.location
"""
SHARE = """
    -- Two fifths of the month's revenue, whatever the goods cost.
    create or replace table summarised as
    from summarised where journal_id not like 'COGS %'
    union all by name
    select 'COGS ' || period as journal_id, sides.account, sides.role, 'connector' as source,
        last_day(min(effective_date)) as effective_date, max(posted_at) as posted_at,
        -sides.sign * round(sum(amount) * 0.4, 2) as amount
    from booked
    cross join (select account, role, if(role = 'cogs', 1, -1) as sign from roles where role in ('cogs', 'inventory'))
        as sides
    where booked.role = 'revenue'
    group by period, sides.account, sides.role, sides.sign
"""
LEDGER = """
    select journal_id, row_number() over (partition by journal_id order by account, sku, location, amount) as line_no,
        * exclude (journal_id, role)
    from (
        select journal_id, account, role, source, effective_date, sku, channel, location, max(posted_at) as posted_at,
            sum(amount) as amount, sum(quantity) as quantity
        from summarised
        group by all
        union all by name
        select journal_id, account, role, source, effective_date, sku, channel, location, posted_at, amount, quantity,
            external_id
        from booked
        where sold_on is null
    )
    where amount <> 0 or quantity <> 0
"""
TRUTH = """
    with events as (
        select event_id, channel as sold_on, occurred_at::date as date
        from read_csv('{case}/stock_events.csv', types = {{'sku': 'varchar'}})
        where type in ('shipment', 'customer_return')
        union all
        select refund_id, channel, refunded_at::date from read_csv('{case}/refunds.csv', types = {{'sku': 'varchar'}})
        union all
        select fee_id, channel, charged_at::date from read_csv('{case}/fees.csv', types = {{'sku': 'varchar'}})
    ),
    placed as (
        -- A line belongs to the day of its event, or to that on which it was booked elsewhere, or again.
        select truth.*, half, concat_ws(' ', events.sold_on, date) as day,
            case
                when strftime(date, '%Y-%m') = truth.period and coalesce(truth.channel, sold_on) = sold_on
                    and truth.cause not in ('duplicate_posting', 'return_duplicate')
                then entry(events.sold_on, date, half)
                else (
                    select arg_max(entry(booked.sold_on, effective_date, half), (posted_at, journal_id))
                    from booked
                    where external_id = truth.event_id and booked.half = halves.half and booked.period = truth.period
                        and booked.sold_on = coalesce(truth.channel, booked.sold_on)
                ) end as entry
        from '{truth}' as truth
        left join halves using (role)
        left join events using (event_id)
    )
    select cause, role, period,
        case when entry is null then event_id when entry in (select journal_id from summarised) then entry
            else day end as event_id,
        if(entry is null or {has_sku}, sku, null) as sku,
        if(entry is not null and half = 'goods' and {is_monthly}, null, location) as location,
        if(entry is not null and half = 'goods' and {is_monthly}, null, channel) as channel,
        sum(amount::decimal(18, 2)) as amount
    from placed
    group by all
"""


def summarise(folder: Path, grain: Grain) -> Path:
    """Write the case with a coarser ledger, and its truth at that grain; gives the settings."""
    shutil.copytree(CASE, folder)
    values = {
        "case": CASE / "canonical", "truth": CASE / "truth.parquet", "has_sku": grain.has_sku,
        "is_monthly": grain.cogs != "day",
    }  # fmt: skip
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(BOOKED.format(**values))
        if grain.cogs == "share":
            connection.execute(SHARE)
        connection.sql(LEDGER).write_csv(str(folder / "canonical" / "gl_lines.csv"))
        connection.sql(TRUTH.format(**values)).write_parquet(str(folder / "truth.parquet"))
    return folder / "tieout.toml"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(Grain(has_sku=True), id="by day and item"),
        pytest.param(Grain(has_sku=False), id="by day"),
        pytest.param(Grain(has_sku=True, cogs="month"), id="cost by month and item", marks=pytest.mark.long),
        pytest.param(Grain(has_sku=False, cogs="share"), id="cost as a share of revenue", marks=pytest.mark.long),
    ],
)
def summarised(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Summarised:
    folder = tmp_path_factory.mktemp("summarised") / "retail"
    company = companies.explain(summarise(folder, request.param))
    return Summarised(request.param, company, score(folder))


def records(company: tieout.Company, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = company.sql(query).astype(object).to_dict("records")
    return rows


def test_the_proofs_hold(summarised: Summarised) -> None:
    assert (summarised.company.proofs()["difference"] == 0).all()


def test_every_summary_is_a_batch_with_derived_members(summarised: Summarised) -> None:
    links = records(
        summarised.company,
        """
        select distinct rung, evidence, batch_id = journal_id as is_named_for_its_entry
        from links
        where journal_id like '%/%' or journal_id like 'COGS %'
        """,
    )
    assert links == [{"rung": "L3", "evidence": "C", "is_named_for_its_entry": True}]


def test_what_is_claimed_on_strong_evidence_is_right(summarised: Summarised) -> None:
    claims = summarised.score.by_evidence.set_index("evidence")
    # A month without revenue has no share of it either: that its returns lack their cost is so, but was not planted.
    for level in ("A",) if summarised.grain.cogs == "share" else ("A", "B"):
        assert claims.loc[level, "found"] > 0
        assert claims.loc[level, "hit"] >= Decimal("0.99") * claims.loc[level, "found"], level


def test_the_causes_of_what_has_its_own_entry_are_found(summarised: Summarised) -> None:
    causes = summarised.score.by_cause.set_index("cause")
    for cause in APART:
        assert causes.loc[cause, "planted"] == causes.loc[cause, "found"] == causes.loc[cause, "hit"], cause


def test_an_item_of_a_day_tells_most_causes_and_a_coarser_entry_few(summarised: Summarised) -> None:
    claims, totals = summarised.score.by_evidence.set_index("evidence"), summarised.score.totals
    is_fine = summarised.grain == Grain(has_sku=True)
    assert totals.hit >= Decimal("0.9" if is_fine else "0.25") * totals.planted
    # What is only indicated is seldom wrong: of so many claims, or, where there are few, of all that was planted.
    wrong = claims.loc["C", "found"] - claims.loc["C", "hit"]
    assert wrong <= max(
        Decimal("0.05" if is_fine else "0.1") * claims.loc["C", "found"], Decimal("0.001") * totals.planted
    )


def test_the_rest_is_unexplained_under_its_batch(summarised: Summarised) -> None:
    # A day without any entry is a batch, too, named for its channel and date.
    left_over = records(
        summarised.company,
        """
        select distinct unit_kind, cause, evidence
        from corrections
        where (unit_kind <> 'event' or cause in ('unexplained', 'ambiguous')) and evidence <> 'C'
        """,
    )
    assert left_over == [{"unit_kind": "batch", "cause": "unexplained", "evidence": "U"}]


def test_nothing_is_lost_or_spread(summarised: Summarised) -> None:
    found = by_place(summarised.company.corrections())
    truth = by_place(summarised.company.sql(f"from '{summarised.company.database.parent / 'truth.parquet'}'"))
    # An estimate of the cost differs from it by more than the errors planted.
    estimated = {"cogs", "inventory", "write_off"} if summarised.grain.cogs == "share" else set()
    assert {place: amount for place, amount in found.items() if place[0] not in estimated} == {
        place: amount for place, amount in truth.items() if place[0] not in estimated
    }


def by_place(lines: Any) -> dict[Any, Decimal]:
    sums = lines.astype(object).groupby(["role", "period"])["amount"].sum()
    return {place: amount for place, amount in sums.items() if amount}


def test_capability_says_what_is_lost(summarised: Summarised) -> None:
    (grain,) = records(summarised.company, "select distinct grain, event_share from capability")
    assert 0 < grain["event_share"] < 1
    assert grain["grain"].startswith("per event, but only per batch in ")
    assert ("without items" in grain["grain"]) == (not summarised.grain.has_sku)
