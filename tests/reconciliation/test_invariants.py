"""What must not matter does not: the order of rows, the names of journals, a line in two; one error is one cause."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import companies
import tieout
from tieout.measures.read import TABLES

CASE = Path(__file__).parents[1] / "cases" / "retail"
PERMUTED = "select rows.* from rows order by hash(rows)"
COORDINATE = "cause, event_id, role, sku, location, channel, period, evidence, timing"


def changed(folder: Path, changes: dict[str, str]) -> Path:
    """The retail case with some tables rewritten: each change is a query on ``rows``, the table as it was."""
    shutil.copytree(CASE, folder / "case")
    for table, query in changes.items():
        path = folder / "case" / "canonical" / f"{table}.csv"
        with duckdb.connect() as connection:
            connection.sql(f"create table rows as from read_csv('{path}', all_varchar = true)")
            connection.sql(query).write_csv(str(path))
    return folder / "case" / "tieout.toml"


def corrections(company: tieout.Company) -> list[tuple[object, ...]]:
    query = f"select {COORDINATE}, sum(amount) from corrections group by all order by all"
    return company._reader.connection.execute(query).fetchall()


def literal(value: object) -> str:
    return "null" if pd.isna(value) else f"'{value}'"


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return companies.explain(changed(tmp_path_factory.mktemp("usual"), {}))


def test_the_order_of_rows_does_not_matter(usual: tieout.Company, tmp_path: Path) -> None:
    """Nor to the ids of corrections and the order in which they stand."""
    tables = ("gl_lines", "stock_events", "order_lines", "costs", "refunds", "fees", "items")
    permuted = companies.explain(changed(tmp_path, dict.fromkeys(tables, PERMUTED)))
    assert permuted.corrections().equals(usual.corrections())
    assert permuted.table("expected").shape == usual.table("expected").shape


@pytest.mark.parametrize(
    "changes",
    [
        {"gl_lines": "select * replace ('N' || md5(journal_id) as journal_id) from rows"},
        {
            "gl_lines": """
            select * replace ('1.' || line_no as line_no, (amount::decimal(18, 2) - 0.01)::varchar as amount) from rows
            union all
            select * replace ('2.' || line_no as line_no, '0.01' as amount, null as quantity) from rows
            """
        },
    ],
    ids=["journals renamed", "each line in two"],
)
def test_what_must_not_matter_does_not_matter(usual: tieout.Company, tmp_path: Path, changes: dict[str, str]) -> None:
    assert corrections(companies.explain(changed(tmp_path, changes))) == corrections(usual)


def test_a_second_run_leaves_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    """Also where entries name nothing, so that most is decided by likeness."""
    config = changed(tmp_path, {"gl_lines": "select * exclude (external_id) from rows"})
    first = contents(companies.reconcile(config))
    again = contents(companies.reconcile(config))
    assert sorted(name for name in first if first[name] != again[name]) == []


def contents(company: tieout.Company) -> dict[str, object]:
    """The rows of every table that can be exported, in order, as hashes; but for the one that says when the run was."""
    query = 'select hash(rows) as hash from (from "{}") as rows'
    return {name: list(company.sql(query.format(name))["hash"]) for name in TABLES if name != "runs"}


def test_without_an_error_exactly_its_lines_are_gone(usual: tieout.Company, tmp_path: Path) -> None:
    """Booking a sale that was missing removes that sale's lines and nothing else."""
    gone = usual.sql("select min(event_id) as id from corrections where cause = 'missing_sale'")["id"].iat[0]
    journal = usual.sql("select * from expected where event_id = $id", {"id": gone}).astype(object)
    booked = " union all ".join(
        f"""
        select 'MENDED', '{place}', account, '{line.amount}', '{line.date}', null, '{line.sku}', null,
            {literal(line.location)}, {literal(line.channel)}, '{gone}', 'connector', 'False'
        from read_csv('{CASE}/canonical/gl_accounts.csv', all_varchar = true)
        where role = '{line.role}'
        """
        for place, line in enumerate(journal.itertuples(), start=1)
    )
    mended = companies.explain(changed(tmp_path, {"gl_lines": f"from rows union all {booked}"}))
    before = [line for line in corrections(usual) if line[1] != gone]
    assert corrections(mended) == before
    assert len(before) == len(corrections(usual)) - 4
