"""Every notebook on every company: it runs, says in words what is missing, and lets no text of the data become HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import companies
import tieout
from reporting import played
from reporting.conftest import SCRIPT, TABLES
from reporting.test_run import own_notebook
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan
from tieout.demo.retail.build import build as build_retail
from tieout.errors import InputError
from tieout.reporting import parameters
from tieout.reporting.run import report
from tieout.resources import data_dir, notebooks_dir

NOTEBOOKS = sorted(path.stem for path in notebooks_dir().glob("*.ipynb"))
NO_VALUE = re.compile(r"\b(?:nan|NaN|NaT|inf|None(?! of))\b|<NA>")  # what a missing value is called in code
SAMPLE = data_dir() / "online_retail" / "online_retail.parquet"


def said(html: str, selector: str = "main") -> str:
    texts = [found.get_text(" ", strip=True) for found in BeautifulSoup(html, "html.parser").select(selector)]
    return " ".join(" ".join(texts).replace("\N{WORD JOINER}", "").split())


def check(notebook: str, database: Path, period: str = "") -> str:
    """Play a notebook and hold its page to what holds for all of them; gives the page."""
    html = played.real(notebook, database, period)
    assert SCRIPT not in html
    if notebook != "start_here":  # a tour of tables as they are, not a report
        assert len(BeautifulSoup(html, "html.parser").select("h1")) == 1
        assert NO_VALUE.findall(said(html)) == []
    return html


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_it_runs_on_a_small_company_with_hostile_names(notebook: str, database: Path) -> None:
    check(notebook, database)


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_it_is_thin_and_clean(notebook: str) -> None:
    content = json.loads((notebooks_dir() / f"{notebook}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    assert all(re.match(r'\w+: str = ""  # ', line) for line in code[0]["source"])
    assert [line for cell in code for line in cell["source"] if re.match(r"\s*(def|class|for|while) ", line)] == []
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len({cell["id"] for cell in content["cells"]}) == len(content["cells"])


def test_the_last_cell_of_the_tour_names_every_notebook() -> None:
    content = json.loads((notebooks_dir() / "start_here.ipynb").read_text(encoding="utf-8"))
    last = "".join(content["cells"][-1]["source"])
    assert [name for name in NOTEBOOKS if name != "start_here" and f"`{name}`" not in last] == []


def test_a_story_names_rows_cause_and_remedy(database: Path) -> None:
    html = played.real("exceptions", database, "2025-02")
    assert said(html, "h1") == "February 2025: 1 exception is open"
    assert said(html, "h3") == "Sales that were not booked"
    text = said(html)
    assert "shipment, 5 × $1<b, from EAST, " in text
    assert "canonical/stock_events.csv:4" in text
    assert "Profit too high by $100 and stock too high by $100." in text
    assert "B, strong" in text
    cells = [cell.get_text(strip=True) for cell in BeautifulSoup(html, "html.parser").select("#table-story-1 td")]
    assert cells == ["0.00", "100.00", "100.00", "0.00", "−100.00", "−100.00"]
    assert "Nothing is open in February 2025 of: booked early or late;" in text


@pytest.mark.parametrize(
    ("focus", "headline"),
    [
        ("missing_cogs", "Cost of sales never booked: 1 exception is open"),
        ("S2", "S2: 1 exception is open"),
        ("J4", "J4: 1 exception is open"),
        ("O2", "O2: 1 exception is open"),
        ("S1", "S1: nothing is open"),
        ("stale_cost", "Booked at an old cost: nothing is open"),
    ],
)
def test_one_thing_can_be_asked_for(database: Path, focus: str, headline: str) -> None:
    assert said(played.real("exceptions", database, "2025-02", focus=focus), "h1") == headline


FAULTY = {
    **TABLES,
    "order_lines": TABLES["order_lines"] + f"O4, 1, {SCRIPT}, , 2, 50, 2025-02-05T08:00Z\n",
    "gl_lines": TABLES["gl_lines"]
    + """J9, 1, 1000, 60, , X1, 2025-02-05, 2025-02-05T10:00Z
         J9, 2, 5000, -60, , X1, 2025-02-05, 2025-02-05T10:00Z
         """,
    "trial_balance": """
        period,  account, opening, debit, credit, closing
        2025-01, 1000,    0,       2000,  200,    1800
        2025-01, 1100,    0,       500,   0,      500
        2025-01, 1200,    0,       0,     2000,   -2000
        2025-01, 4000,    0,       0,     500,    -500
        2025-01, 5000,    0,       200,   0,      200
        2025-02, 1000,    1800,    0,     80,     1720
        2025-02, 1100,    500,     450,   0,      950
        2025-02, 4000,    -500,    0,     450,    -950
        2025-02, 5000,    200,     80,    0,      280
        """,
}


def test_what_is_wrong_with_the_data_is_said_with_its_money(tmp_path: Path) -> None:
    company = companies.reconcile(companies.write(tmp_path, FAULTY))
    html = played.real("data_quality", company.database, "2025-02")
    assert said(html, "h1").startswith("1 of ")
    text = said(html)
    assert "The ledger is not complete: 2 account balances of 9 differ from the trial balance, by $120 in all." in text
    assert "canonical/order_lines.csv: sku is missing" in text
    assert "Ledger differs from trial balance" in said(html, "#table-first")
    assert "Entries of no event" in said(html, "#table-first")


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [("str", "007", "007"), ("str", "", ""), ("int", "-12", -12), ("float", "0.5", 0.5), ("bool", "false", False)],
)
def test_a_further_parameter_is_read_as_its_type(tmp_path: Path, declared: str, given: str, value: Any) -> None:
    notebook = Path(own_notebook(tmp_path, "1", f'period: str = ""\nmore: {declared} = {value!r}'))
    read = parameters.given(notebook, [f"more={given}"])
    assert read == {"more": value}
    assert type(read["more"]) is type(value)


@pytest.mark.parametrize(
    ("declared", "given", "says"),
    [
        ("int", "1e5", '--parameter "more=1e5": should be int (such as 12)'),
        ("int", "1.0", "should be int"),
        ("float", "nan", "should be float"),
        ("bool", "yes", "should be bool (true or false)"),
        ("bool", "False", "should be bool"),
    ],
)
def test_nothing_is_guessed(tmp_path: Path, declared: str, given: str, says: str) -> None:
    notebook = Path(own_notebook(tmp_path, "1", f'period: str = ""\nmore: {declared} = {declared}()'))
    with pytest.raises(InputError) as refusal:
        parameters.given(notebook, [f"more={given}"])
    assert says in str(refusal.value)


def test_a_parameter_gives_a_page_of_its_own(database: Path, tmp_path: Path) -> None:
    page = report(database, tmp_path, "exceptions", "2025-02", others={"focus": "S2"})
    assert page.name == "exceptions-s2-adfa2b.html"
    assert json.loads(page.with_suffix(".manifest.json").read_text())["parameters"] == {
        "period": "2025-02", "focus": "S2",
    }  # fmt: skip
    with pytest.raises(InputError, match='Nothing is known about "nonsense"'):
        report(database, tmp_path, "exceptions", "2025-02", others={"focus": "nonsense"})
    left = [f"{page.stem}.{ending}" for ending in ("data", "html", "manifest.json")]
    assert sorted(path.name for path in page.parent.iterdir()) == left


def lines_of(tables: dict[str, str], **without: str) -> dict[str, str]:
    """The same tables without the rows that hold a text."""
    return {
        name: "\n".join(line for line in text.splitlines() if name not in without or without[name] not in line)
        for name, text in tables.items()
    }


HOSTILE = {"plain": "=cmd|' /C calc'!A0", "$1<b": "L" * 300, "EAST": "\N{RIGHT-TO-LEFT OVERRIDE}\N{HEBREW LETTER ALEF}"}
ONE_PERIOD = lines_of(TABLES, order_lines="2025-02", stock_events="2025-02", gl_lines="2025-02")
NO_SALES = {
    name: text
    for name, text in lines_of(TABLES, stock_events="shipment", gl_lines="S").items()
    if name != "order_lines"
}
LEDGER = {"gl_lines": TABLES["gl_lines"]}
SMALL: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "only a ledger": (LEDGER, {}),
    "only orders": ({"order_lines": TABLES["order_lines"]}, {}),
    "one period": (ONE_PERIOD, {}),
    "no sales": (NO_SALES, {}),
    "yen": (TABLES, {"currency": "JPY"}),
    "hostile names": (
        {name: re.sub("|".join(map(re.escape, HOSTILE)), lambda found: HOSTILE[found[0]], text)
         for name, text in TABLES.items()}, {"name": f"{SCRIPT} =1+1"},
    ),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("name", SMALL)
def test_they_run_on_odd_companies(name: str, tmp_path: Path) -> None:
    tables, company = SMALL[name]
    in_every_period(companies.reconcile(companies.write(tmp_path, tables, company=company)))


@pytest.mark.long
@pytest.mark.parametrize("level", ["severe", "none"])
def test_they_run_on_a_severe_and_a_clean_company(level: str, tmp_path: Path) -> None:
    """Forty-five days: the first period, and a last one that is not complete."""
    build(tmp_path, Plan(seed=6, days=45, skus=40, orders_per_day=20, rates=errors.parse(level), is_messy=True))
    in_every_period(companies.reconcile(tmp_path / "tieout.toml"))


@pytest.mark.long
def test_they_run_on_the_sample(tmp_path: Path) -> None:
    build_retail(tmp_path, SAMPLE)
    company = companies.reconcile(tmp_path / "tieout.toml")
    for notebook in NOTEBOOKS:
        check(notebook, company.database)


def in_every_period(company: tieout.Company) -> None:
    for period in company.periods()["period"]:
        for notebook in NOTEBOOKS:
            check(notebook, company.database, period)
