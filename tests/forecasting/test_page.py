"""The page on forecasts of real runs: one whose records are right, and one whose records are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

import tieout
from reporting import played
from reporting.test_access import AXE
from reporting.test_forecast import PICTURES
from reporting.test_notebooks import NO_VALUE, said
from tieout.charts import purchasing_arms, wording


@pytest.fixture(scope="module")
def html(erring: tieout.Company) -> str:
    return played.real("forecast", erring.database)


def test_the_page_says_what_the_tables_of_the_run_say(erring: tieout.Company, html: str) -> None:
    text = said(html)
    assert NO_VALUE.findall(text) == []
    arms = purchasing_arms.of_arm(erring.purchasing_arms())
    assert said(html, "h1") == f"{purchasing_arms.verdict(arms, 'USD')}, by simulation"
    stability = erring.forecast_stability().query("level == 'total'").set_index("book")
    for book in ("as_of", "corrected"):
        assert f"misses demand by {wording.percent(stability['wape'][book])} (WAPE)" in text
    assert erring.forecast_scope()["message"].iloc[0] in text
    assert erring.margin_forecast_scope()["message"].iloc[0] in text
    exports = [f"tieout export {name}" for name in ("forecasts", "purchasing_causes", "forecast_classes")]
    assert [command for command in exports if command not in text] == []


def test_the_page_of_a_company_without_errors_blames_nothing(clean: tieout.Company) -> None:
    html = played.real("forecast", clean.database)
    assert said(html, "h1") == "Wrong records change neither stock nor lost margin, by simulation"
    assert "No group of causes makes the buyer lose margin or hold too much." in said(html)
    assert "Recorded and corrected history give the same forecasts." in said(html)


def test_the_page_can_be_read_by_all_and_on_a_phone(browser: Browser, html: str, tmp_path: Path) -> None:
    page = tmp_path / "forecast.html"
    page.write_text(html, encoding="utf-8")
    tab = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True).new_page()
    tab.goto(page.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run()")["violations"]
    assert [each["help"] for each in found if each["impact"] in ("serious", "critical")] == []


def test_the_page_shows_the_pictures_of_the_run(erring: tieout.Company, html: str) -> None:
    assert erring.margin_forecast().empty  # too few periods, which is said; a picture of none is left away
    pictures = [name for name in PICTURES if name != "margin_forecast"]
    shown = [image["alt"] for image in BeautifulSoup(html, "html.parser").select("figure img")]
    assert sorted(shown) == sorted(getattr(erring.charts, name)().to_dict()["description"] for name in pictures)
