"""The page for those who cannot see it well, use no mouse, or hold a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

import tieout
from tieout.reporting import facts
from tieout.reporting.exhibits import exhibit

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


def opened(browser: Browser, page: Path, width: int) -> Page:
    """The page in a window, with all that folds unfolded; its policy lets the examiner's script in."""
    tab = browser.new_context(viewport={"width": width, "height": 844}, bypass_csp=True).new_page()
    tab.goto(page.as_uri())
    tab.wait_for_function("document.querySelectorAll('.vega-embed svg').length === 5")
    tab.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    return tab


@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_serious(browser: Browser, page: Path, width: int) -> None:
    tab = opened(browser, page, width)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, list[dict[str, Any]]] = tab.evaluate("axe.run()")
    assert [each["help"] for each in found["violations"] if each["impact"] in ("serious", "critical")] == []
    passed = {each["id"] for each in found["passes"]}
    assert {"color-contrast", "document-title", "heading-order", "html-has-lang", "role-img-alt"} <= passed


def test_on_a_phone_only_tables_scroll_sideways_and_by_keyboard_too(browser: Browser, page: Path) -> None:
    tab = opened(browser, page, 390)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    wide = "[...document.querySelectorAll('main *')].filter(box => box.scrollWidth > box.clientWidth + 1"
    scrolling = f"{wide} && getComputedStyle(box).overflowX === 'auto')"
    assert tab.evaluate(f"{scrolling}.length") > 0
    assert tab.evaluate(f"{scrolling}.every(box => box.tabIndex === 0 && box.ariaLabel)")


def test_a_live_picture_still_says_its_message(browser: Browser, page: Path) -> None:
    tab = opened(browser, page, 1200)
    pictures = tab.locator(".tieout-plot [role=img]")
    assert pictures.count() == 5
    assert all("February 2025" in (pictures.nth(place).get_attribute("aria-label") or "") for place in range(5))


def test_each_picture_of_the_page_has_its_figures_as_a_table(browser: Browser, page: Path) -> None:
    exhibits = opened(browser, page, 1200).locator(".exhibit:has(figure)")
    assert exhibits.count() == 5
    tables = [exhibits.nth(place).locator("table").count() for place in range(5)]
    assert tables == [1, 1, 1, 1, 0]  # the last one says in words that no timing distorts the period


def test_a_picture_without_a_table_beside_it_has_its_figures_as_one(database: Path) -> None:
    company = tieout.open(database)
    month = facts.read(company, "2025-02")
    html = exhibit(month, "inventory", company.charts.inventory("2025-02"))._repr_html_()
    rows = BeautifulSoup(html, "html.parser").select("details.figures tr")
    assert [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows] == [
        ["Period", "Book", "Value"],
        ["Jan 25", "recorded", "$1,800"],
        ["Feb 25", "recorded", "$1,720"],
        ["Jan 25", "corrected", "$1,800"],
        ["Feb 25", "corrected", "$1,620"],
    ]
