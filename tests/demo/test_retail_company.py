"""The sample company: nothing of the source is lost, the truth is exact, and the same input gives the same bytes."""

import ast
import re
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tieout.demo import retail
from tieout.demo.retail.build import TABLES, NotReconciled, build, check, tables
from tieout.resources import data_dir

SOURCE = data_dir() / "online_retail" / "online_retail.parquet"
FIRST_DAY_LEFT_OUT = date(2011, 4, 1)
ONE_SKU_IN = 3
COORDINATE = "period, role, sku, location, channel"
PAGE = (Path(__file__).parents[2] / "docs" / "sample.md").read_text("utf-8")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four months of every third product, with errors."""
    folder = tmp_path_factory.mktemp("company")
    build(folder, SOURCE, before=FIRST_DAY_LEFT_OUT, one_sku_in=ONE_SKU_IN)
    return folder


@pytest.fixture(scope="module")
def clean_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same slice without an error."""
    folder = tmp_path_factory.mktemp("clean")
    build(folder, SOURCE, clean=True, before=FIRST_DAY_LEFT_OUT, one_sku_in=ONE_SKU_IN)
    return folder


@pytest.fixture(scope="module")
def working() -> duckdb.DuckDBPyConnection:
    """The working tables of the slice."""
    return tables(SOURCE, before=FIRST_DAY_LEFT_OUT, one_sku_in=ONE_SKU_IN)


def rows(query: str, **folders: Path) -> list[tuple[object, ...]]:
    """The rows of a query in which ``{name}`` stands for a folder."""
    return duckdb.connect().execute(query.format(**folders)).fetchall()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_two_builds_give_the_same_bytes(company: Path, tmp_path: Path) -> None:
    build(tmp_path, SOURCE, before=FIRST_DAY_LEFT_OUT, one_sku_in=ONE_SKU_IN)
    assert files(tmp_path) == files(company)


def test_every_source_row_has_one_fate_and_the_docs_count_them() -> None:
    whole = tables(SOURCE, until="fates")
    counts = whole.execute('select count(*), count(distinct row), count(fate), count("table"), count(key) from fates')
    assert counts.fetchall() == [(541_909,) * 5]
    told = {
        name: int(rows.replace(",", ""))
        for name, rows in re.findall(r"^\| ([a-z][^|`]*) \|.*\| ([\d,]+) \|$", PAGE, re.M)
    }
    assert told == {"all": 541_909} | dict(whole.execute("select fate, count(*) from fates group by fate").fetchall())


def test_every_fate_is_a_row_of_its_table(company: Path) -> None:
    lost = rows(
        """
        with keys as (
            select 'order_lines' as "table", order_id || '/' || line_no as key
            from '{company}/canonical/order_lines.parquet'
            union all select 'refunds', refund_id from '{company}/canonical/refunds.parquet'
            union all select 'fees', fee_id from '{company}/canonical/fees.parquet'
            union all select 'stock_events', event_id from '{company}/canonical/stock_events.parquet'
        )
        select fates.* from '{company}/fates.parquet' as fates anti join keys using ("table", key)
        """,
        company=company,
    )
    assert lost == []


def test_only_what_cannot_be_read_as_a_sale_is_written_to_be_rejected(company: Path) -> None:
    query = """
        select fate, count(*) from '{company}/fates.parquet' where fate like 'rejected%' group by fate
        union all
        select 'refunds without an order', count(*) from '{company}/canonical/refunds.parquet' where order_id is null
        union all
        select 'lines without a product', count(*) from '{company}/canonical/order_lines.parquet' where sku is null
    """
    counts = dict(rows(query, company=company))
    assert counts["refunds without an order"] == counts["rejected: no sale to take back"]
    assert counts["lines without a product"] == counts.get("rejected: bad debt is no sale", 0)


def test_recorded_plus_truth_is_the_clean_ledger(company: Path, clean_company: Path) -> None:
    """Read from the written files alone: the clean build is the other witness."""
    off = rows(
        f"""
        with accounts as (select account, role from '{{company}}/canonical/gl_accounts.parquet'),
        sides as (
            select strftime(effective_date, '%Y-%m') as period, role, sku, location, channel, amount
            from '{{company}}/canonical/gl_lines.parquet' join accounts using (account)
            union all
            select {COORDINATE}, amount from '{{company}}/truth.parquet'
            union all
            select strftime(effective_date, '%Y-%m'), role, sku, location, channel, -amount
            from '{{clean_company}}/canonical/gl_lines.parquet' join accounts using (account)
        )
        select {COORDINATE}, sum(amount) from sides group by all having sum(amount) <> 0
        """,
        company=company,
        clean_company=clean_company,
    )
    assert off == []


def test_every_entry_balances(company: Path) -> None:
    query = """
        select journal_id from '{company}/canonical/gl_lines.parquet' group by journal_id having sum(amount) <> 0
    """
    assert rows(query, company=company) == []


def test_clean_company_has_no_truth(clean_company: Path) -> None:
    assert pq.read_table(clean_company / "truth.parquet").num_rows == 0


def test_both_companies_differ_in_the_ledger_alone(company: Path, clean_company: Path) -> None:
    with_errors, without = files(company), files(clean_company)
    assert {name for name in with_errors if with_errors[name] != without[name]} == {
        "canonical/gl_lines.parquet", "truth.parquet",
    }  # fmt: skip


def test_every_kind_of_error_is_planted(working: duckdb.DuckDBPyConnection) -> None:
    declared = working.execute("select cause from effects union select cause from extras").fetchall()
    assert len(declared) == 34
    planted = working.execute("select distinct cause from truth").fetchall()
    assert sorted(declared) == sorted(planted)
    assert [cause for (cause,) in declared if f"| `{cause}` |" not in PAGE] == []


def test_compounds_are_planted(working: duckdb.DuckDBPyConnection) -> None:
    pairs = working.execute(
        """
        select distinct first.cause, second.cause
        from truth as first
        join truth as second on first.event_id = second.event_id and first.cause < second.cause
        """
    ).fetchall()
    assert {("cogs_lag", "stale_cost"), ("cogs_lag", "wrong_channel"), ("cogs_lag", "revenue_lag")} <= set(pairs)


def test_a_tampered_truth_is_refused() -> None:
    spoiled = tables(SOURCE, before=date(2011, 1, 1), one_sku_in=20)
    check(spoiled)
    spoiled.execute("update truth set amount = amount + 1 where event_id = (select min(event_id) from truth)")
    with pytest.raises(NotReconciled, match=r"recorded_plus_truth_is_clean|truth_balances"):
        check(spoiled)


def test_returns_stay_within_what_was_shipped(company: Path) -> None:
    beyond = rows(
        """
        with events as (from '{company}/canonical/stock_events.parquet')
        select sales.event_id
        from events as sales
        join events as returns on returns.source_event_id = sales.event_id
        group by sales.event_id, sales.quantity, sales.occurred_at
        having sum(returns.quantity) > sales.quantity or min(returns.occurred_at) <= sales.occurred_at
        """,
        company=company,
    )
    assert beyond == []


def test_stock_follows_from_the_movements(company: Path) -> None:
    """At the last month's end, at each shelf: in minus out, kits opened, is what the warehouse's snapshot says."""
    off = rows(
        """
        with events as (
            select coalesce(parts.component_sku, sku) as sku, events.quantity * coalesce(parts.quantity, 1) as quantity,
                from_location, to_location, to_status, occurred_at
            from '{company}/canonical/stock_events.parquet' as events
            left join '{company}/canonical/kit_components.parquet' as parts on events.sku = parts.kit_sku
            semi join (from '{company}/canonical/items.parquet' where is_stocked) as items on events.sku = items.sku
        ),
        snapshots as (from '{company}/canonical/stock_snapshots.parquet'),
        moves as (
            select sku, to_location as location, to_status as status, quantity, occurred_at from events
            union all
            select sku, from_location, 'available', -quantity, occurred_at from events
        ),
        shelves as (
            select sku, location, status, sum(quantity) as quantity
            from moves
            where location <> 'ROAD' and occurred_at <= (select max(taken_at) from snapshots)
            group by all
            having sum(quantity) <> 0
        ),
        latest as (from snapshots where taken_at = (select max(taken_at) from snapshots))
        select * from shelves full join latest using (sku, location, status)
        where shelves.quantity is distinct from latest.quantity
        """,
        company=company,
    )
    assert off == []


def test_source_holds_no_customer() -> None:
    assert "CustomerID" not in pq.read_schema(SOURCE).names


def test_every_sql_file_is_used() -> None:
    folder = Path(retail.__file__).parent / "sql"
    made_by_loops = {"credit_matches", "valued_legs"}
    assert {path.stem for path in folder.glob("*.sql")} == set(TABLES) - made_by_loops | {"macros"}


def test_the_witness_knows_nothing_of_the_engine() -> None:
    modules = Path(retail.__file__).parent.glob("*.py")
    names = [
        name
        for module in modules
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
        if name.startswith("tieout")
    ]  # fmt: skip
    assert {name.split(".")[1] for name in names} == {"demo", "resources"}
