"""The synthetic company as exports: they load to its canonical tables, score the same, and leave no customer behind."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import companies
from exported import Loaded, load
from tieout import cli
from tieout.canonical.tables import TABLES
from tieout.demo.brand import build as brand
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan
from tieout.errors import InputError
from tieout.reporting.score import score

# One of each: a lost unit that Amazon made up for, orders cancelled in part (on Amazon, on the web) and wholly.
PLAN = Plan(seed=28, days=48, skus=20, orders_per_day=12, rates=errors.parse("severe"), has_exports=True)
# Every name, address, e-mail and telephone that the exports hold.
PRIVATE = ("quillfeather", "wrenbottom", "thistlewick", "marchbanksia", "larkspur", "@example.net", "+1 555 01")
# The Amazon reports that know the orders have these; the ledger gives way to them.
IN_OTHER_REPORTS = "exports/amazon/inventory_ledger_detail.csv"


@dataclass(frozen=True)
class Exported:
    """One company twice: ``folder`` as exports, run and reported; ``plain`` from its canonical tables, explained."""

    folder: Path
    plain: Path
    output: str

    def compared(self) -> duckdb.DuckDBPyConnection:
        """Both databases, as ``exports`` and ``plain``."""
        connection = duckdb.connect()
        for name, folder in (("exports", self.folder), ("plain", self.plain)):
            connection.execute(f"attach '{folder / 'tieout.duckdb'}' as {name} (read_only)")
        return connection

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query on the company from exports."""
        with duckdb.connect(str(self.folder / "tieout.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()


def is_private(content: bytes) -> bool:
    """Whether anything of a customer stands there."""
    text = content.lower()
    return any(word.encode() in text for word in PRIVATE)


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder, plain = tmp_path_factory.mktemp("exports") / "company", tmp_path_factory.mktemp("plain")
    build(folder, PLAN)
    shutil.copytree(folder / "canonical", plain / "canonical")
    shutil.copy(folder / "truth.parquet", plain)
    shutil.copy(Path(brand.__file__).parent / "tieout.toml", plain)
    companies.explain(plain / "tieout.toml")
    run = CliRunner().invoke(cli.app, ["run", "--config", str(folder / "tieout.toml"), "--verbose"])
    assert run.exit_code == 0, run.output
    return Exported(folder, plain, run.output)


def ledger(exported: Exported, tmp_path: Path, name: str) -> Loaded:
    """The company's ledger alone, from one of its exports, with the canonical one as view ``booked``."""
    shutil.copytree(exported.folder / "exports" / "ledger", tmp_path / "ledger")
    config = tmp_path / "tieout.toml"
    config.write_text(
        '[company]\nname = "Ledger"\ncurrency = "USD"\ntimezone = "America/Phoenix"\n'
        f'[[source]]\nformat = "{name}"\npath = "ledger/{name}.csv"\n'
    )
    loaded = load(config)
    lines = exported.folder / "canonical" / "gl_lines" / "*.parquet"
    loaded.reader.connection.execute(
        f"create temp view booked as from read_parquet('{lines}') where deleted_at is null"
    )
    return loaded


@pytest.mark.parametrize("name", TABLES)
def test_exports_load_to_the_canonical_tables(exported: Exported, name: str) -> None:
    connection = exported.compared()
    columns = ", ".join(column.name for column in TABLES[name].columns)
    for one, other in (("exports", "plain"), ("plain", "exports")):
        query = f"select {columns} from {one}.{name} except all select {columns} from {other}.{name}"
        assert connection.execute(query).fetchall() == []


def test_exports_score_as_the_canonical_tables(exported: Exported) -> None:
    of_exports, of_plain = score(exported.folder), score(exported.plain)
    assert of_exports.totals == of_plain.totals
    assert of_exports.by_cause.equals(of_plain.by_cause)
    assert of_exports.totals.planted > 10_000
    assert (of_exports.totals.recall or 0) > 0.98
    assert of_exports.totals.broken_proofs == 0


def test_every_row_is_loaded_and_every_total_ties_out(exported: Exported) -> None:
    files = exported.rows(
        "select file from source_files where rows_rejected > 0 or rows_read <> rows_loaded + rows_rejected"
    )
    assert files == [(IN_OTHER_REPORTS,)]
    reasons = exported.rows("select distinct reason from rejected_rows order by reason")
    assert [str(reason).split(" report")[0] for (reason,) in reasons] == [
        "the customer returns",
        "the fulfilled shipments",
    ]
    controls = exported.rows("select distinct control from source_controls order by control")
    assert controls == [("net of the payout",), ("order totals",), ("settlement total",), ("units on hand",)]
    assert exported.rows("select * from source_controls where difference <> 0") == []
    assert exported.rows("select * from load_findings where severity <> 'info'") == []


def test_no_customer_leaves_the_exports(exported: Exported) -> None:
    exports = exported.folder / "exports"
    hold = {path.relative_to(exports).parts[0] for path in exports.rglob("*.*") if is_private(path.read_bytes())}
    assert hold == {"amazon", "ledger", "shopify", "wms"}
    written = [path for path in exported.folder.rglob("*") if path.is_file() and exports not in path.parents]
    assert any(path.suffix == ".html" for path in written)
    assert [path for path in written if is_private(path.read_bytes())] == []
    assert not is_private(exported.output.encode())
    tables = exported.rows("select table_name from information_schema.tables where table_type = 'BASE TABLE'")
    holds = " or ".join(f"contains(lower(t::varchar), '{word}')" for word in PRIVATE)
    told = [f"select '{name}' from \"{name}\" as t where {holds}" for (name,) in tables]
    assert exported.rows(" union all ".join(told)) == []


def test_quickbooks_has_the_ledger_but_for_what_it_cannot_tell(exported: Exported, tmp_path: Path) -> None:
    """Not in it: deleted entries, channel, batch, source, who posted by hand, memo and what an entry reverses."""
    loaded = ledger(exported, tmp_path, "quickbooks_general_ledger")
    told = """
        select {}, account, amount, effective_date, sku, {}, location, external_id, {} as posted_at, {} as modified_at
        from {}
    """
    local = "timezone('America/Phoenix', {})".format
    found = told.format("journal_id", "quantity", local("posted_at"), local("modified_at"), "gl_lines")
    wanted = told.format("'id ' || journal_id", "abs(quantity)", "posted_at", "modified_at", "booked")
    assert loaded.rows(f"({found}) except all ({wanted})") == []
    assert loaded.rows(f"({wanted}) except all ({found})") == []
    assert loaded.rows("select * from source_controls where difference <> 0") == []
    balances = "select period, account, closing from {} where opening <> closing"
    stated = exported.folder / "canonical" / "trial_balance.parquet"
    assert loaded.rows(f"{balances.format('trial_balance')} except {balances.format(repr(str(stated)))}") == []
    assert len(loaded.rows("from trial_balance")) > 20


def test_xero_has_the_ledger_but_for_what_it_cannot_tell(exported: Exported, tmp_path: Path) -> None:
    """Of entries it knows days, amounts and references; those of one day and reference are one."""
    loaded = ledger(exported, tmp_path, "xero_account_transactions")
    told = "select account, amount, effective_date, external_id from {}"
    for one, other in (("gl_lines", "booked"), ("booked", "gl_lines")):
        assert loaded.rows(f"{told.format(one)} except all {told.format(other)}") == []
    assert loaded.rows("select journal_id from gl_lines group by journal_id having sum(amount) <> 0") == []
    assert loaded.rows("select * from source_controls where difference <> 0") == []


def test_same_plan_gives_the_same_exports(exported: Exported, tmp_path: Path) -> None:
    build(tmp_path / "again", PLAN)
    for folder in ("exports", "beside", "canonical"):
        one, other = (
            {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
            for root in (exported.folder / folder, tmp_path / "again" / folder)
        )
        assert one == other
        assert one


@pytest.mark.parametrize("plan", [Plan(scale=2, has_exports=True), Plan(is_messy=True, has_exports=True)])
def test_exports_are_of_one_brand_without_bad_rows(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--files"):
        build(tmp_path / "company", plan)
    assert not (tmp_path / "company" / "canonical").exists()
