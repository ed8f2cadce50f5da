"""The pictures and the report of available stock, on the company of known errors."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pytest

import companies
import tieout
from measures.conftest import Planted
from measures.test_availability import BARE
from tieout.charts import theme
from tieout.reporting import render
from tieout.resources import notebooks_dir

PERIOD = "2025-03"
NAMES = ("availability", "system_drift", "record_accuracy", "listing_gaps")


def picture(company: tieout.Company, name: str, period: str | None = PERIOD) -> alt.LayerChart:
    chart = getattr(company.charts, name)(period)
    assert isinstance(chart, alt.LayerChart)
    return chart


def rows(chart: alt.LayerChart, *columns: str) -> list[dict[str, Any]]:
    return next(data for data in chart.to_dict()["datasets"].values() if data and set(columns) <= set(data[0]))


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_always_the_same(planted: Planted, name: str) -> None:
    description = picture(planted.company, name).to_dict()["description"]
    assert "March 2025" in description
    assert len(re.findall(r"\d", description)) >= 4
    first, second = (theme.to_html(picture(planted.company, name)) for _ in range(2))
    assert first == second


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    folder = tmp_path_factory.mktemp("empty")
    return companies.reconcile(companies.write(folder, {"gl_lines": BARE["gl_lines"]}))


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_words_stand(empty: tieout.Company, name: str) -> None:
    assert rows(picture(empty, name, None), "text")[0]["text"].startswith("No ")


def test_definitions_are_bars_from_zero_and_tie_out(planted: Planted) -> None:
    table = planted.company.availability(start=PERIOD, end=PERIOD)
    ends = table[table["is_period_end"]]
    steps = [
        step
        for data in picture(planted.company, "availability").to_dict()["datasets"].values()
        for step in data
        if "kind" in step
    ]
    levels = sorted((step for step in steps if step["kind"] == "level"), key=lambda step: step["top"])
    assert [level["start"] for level in levels] == [0, 0, 0, 0]
    wanted = [float(ends[name].sum()) for name in ("operations", "finance", "sales", "available_to_sell")]
    assert [level["end"] for level in levels] == pytest.approx(wanted)


def test_unknown_finance_is_left_out_with_its_reason(tmp_path: Path) -> None:
    chart = picture(companies.reconcile(companies.write(tmp_path, BARE)), "availability", None).to_dict()
    assert "Finance is not known: no payments to suppliers are given." in chart["description"]
    assert "Finance: valued and paid" not in chart["description"]


@pytest.mark.parametrize("name", NAMES[1:])
def test_bars_start_at_zero(planted: Planted, name: str) -> None:
    assert {bar["start"] for bar in rows(picture(planted.company, name), "start", "end")} == {0}


def played(company: tieout.Company, period: str) -> str:
    """The page of the notebook, its cells run in this process."""
    notebook = nbformat.read(notebooks_dir() / "availability.ipynb", as_version=4)
    names: dict[str, Any] = {"database": str(company.database), "config": "", "period": period}
    for cell in notebook.cells[1:]:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source)
            last = tree.body.pop()
            assert isinstance(last, ast.Expr)
            exec(compile(tree, "cell", "exec"), names)
            html = eval(compile(ast.Expression(last.value), "cell", "eval"), names)._repr_html_()
            cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/html": html})]
    return render.page(notebook, "Played")


def test_the_notebook_tells_what_the_tables_hold(planted: Planted) -> None:
    html = played(planted.company, PERIOD)
    table = planted.company.availability(start=PERIOD, end=PERIOD)
    here = table[table["is_period_end"]]
    assert f"At the end of March 2025 {here['operations'].sum():,.0f} units were here" in html
    assert f"The books hold {here['books'].sum():,.0f}" in html
    assert html.count('class="exhibit"') == 4
    assert "tieout export availability_cells" in html


def test_the_notebook_says_what_is_not_known(tmp_path: Path) -> None:
    html = played(companies.reconcile(companies.write(tmp_path, BARE)), "")
    assert "What finance counts is not known: no payments to suppliers are given." in html
    assert "Nothing was counted in January 2025." in html


def test_what_is_sold_out_but_not_on_the_books_is_known(tmp_path: Path) -> None:
    """All five were sold, which the ledger does not have: that none is left is known."""
    sold = {"stock_events": BARE["stock_events"].replace("B,   2,", "A,   5,")}
    html = played(companies.reconcile(companies.write(tmp_path, {**BARE, **sold})), "")
    assert "0 units were here, and 0 could be sold" in html
