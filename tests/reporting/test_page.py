"""The leadership report as its readers meet it: opened in a browser, on a desk, on a phone, without scripts."""

from __future__ import annotations

import hashlib
import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import tieout
from reporting.conftest import SCRIPT
from tieout.reporting.run import report

PACKAGE = Path(tieout.__file__).parent
PICTURES = 5


class Visit:
    """One look at a page: the page, what it asked for, and what went wrong."""

    def __init__(self, browser: Browser, path: Path, *, width: int = 1200, scripts: bool = True) -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.goto(path.as_uri())
        if scripts:
            self.page.wait_for_function(f"document.querySelectorAll('.vega-embed svg').length === {PICTURES}")


def test_it_comes_with_a_manifest_and_stands_in_the_index(page: Path, database: Path) -> None:
    folder = page.parent
    manifest = json.loads((folder / "leadership.manifest.json").read_text(encoding="utf-8"))
    company = tieout.open(database)
    assert manifest["html_sha256"] == hashlib.sha256(page.read_bytes()).hexdigest()
    assert manifest["run_id"] == company.run_id
    assert manifest["period"] == folder.name == "2025-02"
    assert set(manifest["inputs"]) == set(company.files()["file"])
    index = (folder.parents[1] / "index.html").read_text(encoding="utf-8")
    assert f'href="{folder.parent.name}/2025-02/leadership.html"' in index
    assert manifest["headline"] in index
    assert SCRIPT not in index
    names = ["leadership.data", "leadership.html", "leadership.manifest.json"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_same_input_same_bytes(page: Path, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    time.tzset()
    try:
        again = report(database, tmp_path / "elsewhere", period="2025-02")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert again.read_bytes() == page.read_bytes()
    manifests = [path.with_name("leadership.manifest.json").read_bytes() for path in (again, page)]
    assert manifests[0] == manifests[1]


@pytest.mark.parametrize("width", [1200, 390])
def test_it_asks_for_nothing_and_fits_the_screen(browser: Browser, page: Path, width: int) -> None:
    visit = Visit(browser, page, width=width)
    assert [url for url in visit.requests if not url.startswith(("file:", "data:"))] == []
    assert visit.troubles == []
    assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    widths = visit.page.evaluate("[...document.querySelectorAll('.vega-embed svg')].map(svg => svg.clientWidth)")
    assert len(widths) == PICTURES
    assert all(200 < drawn <= width for drawn in widths)


@pytest.mark.parametrize("width", [1200, 390])
def test_without_scripts_the_pictures_stay(browser: Browser, page: Path, width: int) -> None:
    visit = Visit(browser, page, width=width, scripts=False)
    pictures = visit.page.locator("figure img")
    assert pictures.count() == PICTURES
    for place in range(PICTURES):
        picture = pictures.nth(place)
        assert picture.get_attribute("alt", timeout=1000)
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["height"] > 20
    assert visit.requests[0] == page.as_uri()


def test_a_chart_tells_its_figures_under_the_pointer(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    visit.page.locator(".vega-embed svg .mark-rect path").first.hover()
    assert "Gross profit" in visit.page.locator("#vg-tooltip-element").inner_text()


def test_text_from_data_stays_text(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    assert visit.page.title() != "stolen"
    assert SCRIPT in visit.page.locator(".masthead").inner_text()
    assert SCRIPT in visit.page.locator("#table-channels").inner_text()
    assert f"Channel {SCRIPT} looks better than it is" in visit.page.locator("main").inner_text()
    assert visit.page.locator("main script:not(.tieout-spec)").count() == 0


def test_foreign_scripts_do_not_run(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    visit.page.evaluate(
        "const script = document.createElement('script'); script.textContent = 'window.intruder = true';"
        "document.body.append(script)"
    )
    assert visit.page.evaluate("window.intruder === undefined")


def test_it_says_what_the_measures_say(browser: Browser, page: Path, database: Path) -> None:
    company = tieout.open(database)
    margin = company.margin(start="2025-02", end="2025-02").set_index("book")
    assert margin.at["recorded", "gross_profit"] - margin.at["corrected", "gross_profit"] == Decimal("100.00")
    visit = Visit(browser, page)
    heading = visit.page.locator("h1").inner_text()
    assert heading == "Gross margin of February 2025 was 60.0%, not 82.2% as recorded"
    deck = visit.page.locator(".deck").inner_text().replace("\N{WORD JOINER}", "")
    assert deck.startswith("The ledger overstates gross profit by $100, or 22.22 points of margin. Largest cause: ")
    assert deck.endswith("(−$100).")
    bridge = visit.page.locator("#table-bridge").inner_text()
    assert "370.00" in bridge
    assert "−100.00" in bridge
    assert "270.00" in bridge
    assert company.run_id in visit.page.locator("main").inner_text()


def test_every_exhibit_names_sql_that_exists(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    exhibits = visit.page.locator(".exhibit")
    assert exhibits.count() == 6
    ways_on = []
    for place in range(exhibits.count()):
        codes = exhibits.nth(place).locator(".source code").all_inner_texts()
        ways_on.append(codes.pop() if len(codes) % 2 else None)
        for file, command in zip(codes[::2], codes[1::2], strict=True):
            assert (PACKAGE / file).is_file()
            assert command.startswith("tieout export ")
    # The margins themselves have no cause; the bridge has.
    assert ways_on[0] is None
    assert ways_on[1] == "tieout explain missing_cogs"


def test_it_can_be_read_in_four_minutes(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    words = visit.page.evaluate(
        "[...document.querySelectorAll('main h1, main h2, main p, main dt, main dd, main figcaption')]"
        ".map(element => element.innerText).join(' ').split(/\\s+/).length"
    )
    assert words <= 900


def test_it_is_ordered_for_those_who_listen(browser: Browser, page: Path) -> None:
    visit = Visit(browser, page)
    assert visit.page.locator("html").get_attribute("lang") == "en"
    assert visit.page.locator("h1").count() == 1
    levels = visit.page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(heading => heading.tagName)")
    assert levels == ["H1"] + ["H2"] * 13
    assert visit.page.locator("table th:not([scope])").count() == 0
