"""The synthetic company: its truth is exact, its errors do not disturb each other, and the engine agrees with it."""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import companies
import tieout
from tieout.demo.brand import build as brand
from tieout.demo.brand import errors, mess
from tieout.demo.brand.build import NotReconciled, build, check, tables
from tieout.demo.brand.plan import Plan
from tieout.demo.brand.valuation import Layer, Queue
from tieout.errors import InputError
from tieout.reconciliation.causes import REGISTRY
from tieout.reporting.score import Totals, score, write

MEDIUM = errors.parse("medium")
TINY = Plan(days=40, skus=30, orders_per_day=15, rates=MEDIUM)
# What a ledger may do on purpose, and what only a notebook can state: neither is an error of the book.
NOT_PLANTED = {"accepted_policy_difference", "definition_gap"}


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a company, by their paths."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def reconciled(folder: Path, plan: Plan) -> tieout.Company:
    build(folder, plan)
    return companies.explain(folder / "tieout.toml")


def truth_of(spec: str, cause: str) -> list[tuple[object, ...]]:
    """The truth's lines of one cause in a company that is old enough to have old costs."""
    plan = Plan(days=100, skus=30, orders_per_day=15, rates=errors.parse(spec))
    return tables(plan, 0).sql(f"from truth where cause = '{cause}' order by all").fetchall()


def assert_found(totals: Totals) -> None:
    """The engine's corrections are the truth, but for what two errors of one event make of each other."""
    assert totals.recall is not None
    assert totals.recall >= 0.99
    assert totals.precision is not None
    assert totals.precision >= 0.99
    assert totals.evidence_a_precision is not None
    assert totals.evidence_a_precision >= 0.99
    assert totals.broken_proofs == 0
    assert totals.unexplained_share is not None
    assert totals.unexplained_share <= 0.005


def test_same_plan_gives_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("two", 1), ("other", 2)):
        build(tmp_path / name, Plan(seed=seed, days=40, skus=30, orders_per_day=15, rates=MEDIUM))
    one, two, other = (contents(tmp_path / name) for name in ("one", "two", "other"))
    assert one == two
    assert one.keys() == other.keys()
    assert one["truth.parquet"] != other["truth.parquet"]
    assert one["canonical/order_lines/000.parquet"] != other["canonical/order_lines/000.parquet"]


def test_one_error_does_not_move_the_draws_of_another() -> None:
    alone = truth_of("stale_cost=0.3", "stale_cost")
    assert len(alone) > 20
    assert truth_of("stale_cost=0.3,late_posting=1", "stale_cost") == alone
    assert len(truth_of("stale_cost=0.3,late_posting=1", "late_posting")) > 5


def test_engine_expects_the_clean_journal_to_the_cent(tmp_path: Path) -> None:
    plan = Plan(days=62, skus=30, orders_per_day=25)
    company = reconciled(tmp_path / "clean", plan)
    clean = tables(plan, 0).sql("""
        select event_id, role, sku, location, channel, month_of(date) as period, sum(amount)::bigint as cents
        from journal group by all having cents <> 0 order by all
    """)
    expected = company.sql("""
        select event_id, role, coalesce(sku, '') as sku, coalesce(location, '') as location,
            coalesce(channel, '') as channel, period,
            (100 * sum(amount))::bigint as cents
        from expected
        group by all
        having cents <> 0
        order by all
    """)
    rows = clean.fetchall()
    assert len(rows) > 5000
    assert list(expected.itertuples(index=False, name=None)) == rows
    assert company.corrections().empty


def test_engine_finds_what_was_planted(tmp_path: Path) -> None:
    folder = tmp_path / "medium"
    reconciled(folder, Plan(days=75, skus=40, orders_per_day=25, rates=MEDIUM))
    result = score(folder)
    assert_found(result.totals)
    planted = duckdb.connect().sql(f"select count(distinct cause) from '{folder / 'truth.parquet'}'").fetchall()
    assert planted[0][0] >= 35


def test_rows_that_break_a_rule_are_rejected_and_the_rest_is_reconciled(tmp_path: Path) -> None:
    folder = tmp_path / "messy"
    company = reconciled(folder, Plan(days=40, skus=30, orders_per_day=15, rates=MEDIUM, is_messy=True))
    files = company.files()
    rejected = {Path(str(row.file)).stem: row.rows_rejected for row in files.itertuples() if row.rows_rejected}
    assert rejected == mess.rejected()
    assert (files.rows_read == files.rows_loaded + files.rows_rejected).all()
    assert_found(score(folder).totals)


def test_folder_with_foreign_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="no demo wrote"):
        build(tmp_path, TINY)
    assert contents(tmp_path) == {"letter.txt": b"mine"}


def test_failing_half_way_leaves_the_earlier_demo_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, Plan(days=35, skus=12, orders_per_day=5))
    before = contents(tmp_path)
    write_brand = brand._write_brand

    def write_and_fail(folder: Path, plan: Plan, number: int) -> None:
        write_brand(folder, plan, number)
        raise OSError("no space left")

    monkeypatch.setattr(brand, "_write_brand", write_and_fail)
    with pytest.raises(OSError, match="no space left"):
        build(tmp_path, Plan(seed=2, days=35, skus=12, orders_per_day=5))
    assert contents(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["canonical", "tieout.toml", "truth.parquet"]


def test_a_later_demo_replaces_an_earlier_one_and_all_that_was_found_in_it(tmp_path: Path) -> None:
    reconciled(tmp_path / "again", Plan(seed=1, days=35, skus=12, orders_per_day=5))
    write(score(tmp_path / "again"), tmp_path / "again")
    build(tmp_path / "again", Plan(seed=2, days=35, skus=12, orders_per_day=5))
    build(tmp_path / "fresh", Plan(seed=2, days=35, skus=12, orders_per_day=5))
    assert contents(tmp_path / "again") == contents(tmp_path / "fresh")


def test_every_cause_of_the_engine_can_be_planted() -> None:
    assert set(errors.RATES) == set(REGISTRY) - NOT_PLANTED
    effects = duckdb.connect().sql((Path(brand.__file__).parent / "sql" / "effects.sql").read_text("utf-8"))
    assert {cause for cause, *_ in effects.fetchall()} <= set(errors.RATES)


def test_levels_and_changes_to_them() -> None:
    assert errors.parse("none") == {}
    assert MEDIUM["stale_cost"] == Decimal("0.015")
    assert "blended_cogs" not in MEDIUM
    assert errors.parse("severe")["blended_cogs"] == 1
    assert errors.parse("compound")["stale_cost"] == Decimal("0.2")
    assert errors.parse("compound")["in_flight"] == 1
    assert errors.parse(" medium, stale_cost=0.02 ,missing_sale=0") == {
        **{cause: rate for cause, rate in MEDIUM.items() if cause != "missing_sale"},
        "stale_cost": Decimal("0.02"),
    }
    assert errors.parse("stale_cost=0.5") == {"stale_cost": Decimal("0.5")}


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("heavy", '"heavy" is neither a level'),
        ("medium,stale=0.1", '"stale" is no error that can be planted'),
        ("stale_cost=2", 'the rate of stale_cost, "2", is not a number from 0 to 1'),
        ("stale_cost=often", 'the rate of stale_cost, "often", is not a number from 0 to 1'),
        ("stale_cost=nan", 'the rate of stale_cost, "nan", is not a number from 0 to 1'),
    ],
)
def test_what_is_no_specification_is_refused(spec: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        errors.parse(spec)


def test_a_truth_that_is_a_cent_off_is_noticed() -> None:
    connection = tables(TINY, 0)
    check(connection)
    connection.execute("update truth set amount = amount + 1 where rowid = 0")
    with pytest.raises(NotReconciled, match=r"recorded_plus_truth_is_clean\.sql"):
        check(connection)


def test_two_brands_share_no_id_and_have_one_trial_balance(tmp_path: Path) -> None:
    build(tmp_path, Plan(days=35, skus=12, orders_per_day=5, scale=2))
    canonical = tmp_path / "canonical"
    for table, key in (("items", "sku"), ("order_lines", "order_id"), ("stock_events", "event_id")):
        brands = (
            duckdb.connect()
            .sql(f"""
            select left({key}, 5), count(*) from '{canonical}/{table}/*.parquet' group by all order by all
        """)
            .fetchall()
        )
        assert [prefix for prefix, _ in brands] == ["B000-", "B001-"], table
        assert all(count > 5 for _, count in brands), table
    off = (
        duckdb.connect()
        .sql(f"""
        with lines as (
            select strftime(effective_date, '%Y-%m') as period, account::varchar as account, sum(amount) as amount
            from '{canonical}/gl_lines/*.parquet' where deleted_at is null group by all
        )
        select balance.period, balance.account
        from '{canonical}/trial_balance.parquet' as balance
        full join lines on balance.period = lines.period and balance.account::varchar = lines.account
        where coalesce(balance.debit, 0) - coalesce(balance.credit, 0) <> coalesce(lines.amount, 0)
    """)
        .fetchall()
    )
    assert off == []


def test_what_goes_back_beyond_its_receipt_leaves_oldest_first() -> None:
    queue = Queue()
    queue.put(Layer(5, 500, "R1"))
    queue.put(Layer(3, 600, "R2"))
    assert [(part.units, part.cents, part.receipt_id) for part in queue.take(4, 0, "R2")] == [
        (3, 600, "R2"),
        (1, 100, "R1"),
    ]
