"""The page and the pictures of forecasts on real runs: one whose records are right, and one whose records are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import tieout
from reporting import played
from reporting.test_access import AXE
from reporting.test_forecast import PICTURES
from reporting.test_notebooks import NO_VALUE, said
from tieout.charts import purchasing_arms


@pytest.fixture(scope="module")
def html(erring: tieout.Company) -> str:
    return played.real("forecast", erring.database)


def test_the_page_of_a_company_with_errors_tells_their_money(erring: tieout.Company, html: str) -> None:
    text = said(html)
    assert NO_VALUE.findall(text) == []
    arms = purchasing_arms.of_arm(erring.purchasing_arms())
    assert said(html, "h1") == f"{purchasing_arms.verdict(arms, 'USD')}, by simulation"
    lost = arms["RR"]["lost_margin"] - arms["CC"]["lost_margin"]
    assert f"loses ${abs(lost):,.0f} {'more' if lost >= 0 else 'less'} margin" in text
    assert html.count("<figure") == len(PICTURES)
    folder = [f"tieout export {name}" for name in ("forecasts", "purchasing_causes", "margin_forecast")]
    assert [command for command in folder if command not in text] == []


def test_the_page_of_a_company_without_errors_blames_nothing(clean: tieout.Company) -> None:
    html = played.real("forecast", clean.database)
    assert said(html, "h1") == "Wrong records change neither stock nor lost margin, by simulation"
    assert "No group of causes makes the buyer lose margin or hold too much." in said(html)
    assert "(0.0% once all is booked)" in said(html)


def test_the_page_can_be_read_by_all_and_on_a_phone(browser: Browser, html: str, tmp_path: Path) -> None:
    page = tmp_path / "forecast.html"
    page.write_text(html, encoding="utf-8")
    tab = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True).new_page()
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run()")["violations"]
    assert [each["help"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_has_its_figures(name: str, erring: tieout.Company) -> None:
    chart = getattr(erring.charts, name)().to_dict()
    assert chart["title"]["text"] in chart["description"]
    assert not any(data and set(data[0]) == {"text"} for data in chart["datasets"].values())
