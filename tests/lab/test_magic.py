"""``%%sql`` and the company as a notebook shows them, in a shell of IPython without its history."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.manager import run_kernel
from traitlets.config import Config

import tieout
from tieout.charts import Charts

SECONDS = 240  # a busy machine
HOSTILE = "'; drop table corrections; --"


@pytest.fixture
def shell(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[InteractiveShell]:
    """A shell with the extension and ``company``, opened as ``tieout lab`` lets one do it."""
    monkeypatch.setenv("TIEOUT_DATABASE", str(database))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    use_mathjax = pd.get_option("display.html.use_mathjax")
    shell = InteractiveShell(config=Config(HistoryManager={"enabled": False}), colors="nocolor")
    for line in ("import tieout", "company = tieout.open()", "%load_ext tieout"):
        shell.run_cell(line).raise_error()
    yield shell
    pd.set_option("display.html.use_mathjax", use_mathjax)


def complaint(shell: InteractiveShell, cell: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the user sees of a cell that fails."""
    capsys.readouterr()
    assert not shell.run_cell(cell).success
    return capsys.readouterr().out.strip()


def test_a_cell_of_sql_gives_exact_decimals_and_a_variable(shell: InteractiveShell) -> None:
    query = "select cause, sum(amount) as amount from corrections where role = 'cogs' group by all"
    shown = shell.run_cell(f"%%sql found\n{query}").result
    assert shell.user_ns["found"] is shown
    assert shown.to_dict("records") == [{"cause": "missing_cogs", "amount": Decimal("100.00")}]
    assert shell.run_cell(f"%%sql\n{query}").result.equals(shown)
    assert shell.run_cell("%%sql\n-- nothing but a comment").result.empty


def test_a_large_result_is_shown_in_part_and_held_whole(shell: InteractiveShell) -> None:
    shown = shell.run_cell(
        "%%sql\nselect 12345678901234567.80::decimal(19, 2) as amount, null::decimal(9, 2) as none from range(100000)"
    ).result
    html = shown._repr_html_()
    assert len(shown) == 100_000
    assert html.count("<tr") < 20
    assert "12345678901234567.80" in html
    assert "&lt;NA&gt;" in html


@pytest.mark.parametrize("value", ["2025-02", HOSTILE, 7, np.int64(7), Decimal("0.10"), [1, 2]])
def test_values_are_bound(shell: InteractiveShell, value: object) -> None:
    shell.user_ns["value"] = value
    shell.run_cell("%%sql result\nselect $value is not distinct from $value as same, '$value' as text, $value as value")
    (row,) = shell.user_ns["result"].to_dict("records")
    assert (row["same"], row["text"]) == (True, "$value")
    assert list(row["value"]) == value if isinstance(value, list) else row["value"] == value
    assert not shell.user_ns["company"].corrections().empty


def test_the_company_opened_last_is_asked_unless_one_is_named(shell: InteractiveShell, database: Path) -> None:
    shell.run_cell("other = tieout.open(); company, other = other, company").raise_error()
    shell.user_ns["other"].sql("create temp table here as select 'opened first' as place")
    shell.user_ns["company"].sql("create temp table here as select 'opened last' as place")
    assert shell.run_cell("%%sql\nfrom here").result["place"].tolist() == ["opened last"]
    assert shell.run_cell("%%sql --company other\nfrom here").result["place"].tolist() == ["opened first"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%%sql\nselec 1", 'WrongSql: Parser Error: syntax error at or near "selec"\nLINE 1: selec 1\n'),
        ("%%sql\nselect 1,\n  amoun from corrections", "\nLINE 2:   amoun from corrections\n"),
        ("%%sql\nselect :period", "A variable is written $period, not :period."),
        ("%%sql\nselect $perod", "InputError: %%sql: $perod stands for a variable, but there is none of that name."),
        ("%%sql\ndrop table corrections", "read-only mode"),
        ("%%sql 2nd\nselect 1", 'InputError: %%sql: "2nd" cannot be understood.'),
        ("%%sql class\nselect 1", 'InputError: %%sql: "class" cannot be understood.'),
        ("%%sql --company shop\nselect 1", 'UnknownName: There is no open company "shop".'),
        ("company.table('margins')", 'UnknownName: There is no table "margins". Did you mean "margin"?'),
        ("del company; \nget_ipython().run_cell_magic('sql', '', 'select 1')", "no company is open. Run a cell with"),
    ],
)
def test_a_fault_is_told_without_a_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, says: str
) -> None:
    seen = complaint(shell, cell, capsys)
    assert says in seen
    assert len(seen.splitlines()) <= 4  # DuckDB's: what, where, a caret, candidates
    assert "Traceback" not in seen


def test_tab_and_question_mark_answer(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEOUT_DATABASE", str(database))
    with run_kernel() as kernel:
        opened = kernel.execute_interactive("import tieout; company = tieout.open()", timeout=SECONDS)
        assert opened["content"]["status"] == "ok"
        for begun in ("company.margin_b", "company.charts.margin_b"):
            offered = kernel.complete(begun, reply=True, timeout=SECONDS)["content"]["matches"]
            assert [match.rpartition(".")[2] for match in offered] == ["margin_bridge"]
        told = kernel.inspect("company.margin", reply=True, timeout=SECONDS)["content"]["data"]["text/plain"]
        assert "by: 'str | None' = None" in re.sub(r"\x1b\[[\d;]*m", "", told)  # without colours
        assert inspect.getdoc(tieout.Company.margin) in told
    for kind in (tieout.Company, Charts):
        public = {name: member for name, member in inspect.getmembers(kind) if not name.startswith("_")}
        assert [name for name, member in public.items() if not inspect.getdoc(member)] == []


def test_dollars_are_no_formulas(shell: InteractiveShell) -> None:
    assert "tex2jax_ignore" in shell.run_cell("%%sql\nselect '$1' as price, '$2' as other").result._repr_html_()
