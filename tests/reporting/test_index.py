"""The index of reports: what it tells, in which order, and that no manifest can break or escape it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from reporting.fake import HOSTILE
from tieout.reporting import index

MANIFEST: dict[str, Any] = {
    "notebook": "leadership", "company": "Harbour & Pine", "currency": "USD", "period": "2025-06",
    "headline": "Gross margin of June 2025 was 40%, not 45% as recorded", "status": "Within limits; all proofs hold.",
    "alarms": [], "as_of": "2025-07-01T00:00:00Z", "run_id": "0123456789ab",
    "figures": {"recorded": {"gross_profit": "45.00", "gross_margin": 0.45},
                "corrected": {"gross_profit": "40.00", "gross_margin": 0.4}},
}  # fmt: skip
CHANGED = {
    "previous": {"headline": "Gross margin of June 2025 was 42%, not 45% as recorded"},
    "changes": {
        "difference": "-2000.00", "title": "Booked twice", "gross_profit": "-2100.00",
        "why": [
            {"kind": "setting", "name": "policy.sync_sla_hours", "then": 48, "now": 24},
            {"kind": "source", "name": "gl_lines.csv", "then": "aa", "now": "bb"},
        ],
    },
}  # fmt: skip


class Texts(HTMLParser):
    """The words of a page and where its links lead; ``folded`` are the words inside of ``details``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words, self.folded = "", ""
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._depth += tag == "details"
        self.links += [value or "" for name, value in attributes if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "details"

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.folded += data
        else:
            self.words += data


def put(reports: Path, told: str | dict[str, Any] | None = None, name: str = "", *beside: str, **other: Any) -> None:
    content = {**MANIFEST, **other}
    folder = reports / "a company" / str(content["period"])
    folder.mkdir(parents=True, exist_ok=True)
    name = name or content["notebook"]
    for ending in ("html", *beside):
        (folder / f"{name}.{ending}").touch()
    text = told if isinstance(told, str) else json.dumps(told or content)
    (folder / f"{name}.manifest.json").write_text(text, encoding="utf-8")


def test_the_newest_period_stands_open_and_the_older_ones_fold_by_year(tmp_path: Path) -> None:
    for period in ("2024-12", "2025-04", "2025-06", "2025-05"):
        put(tmp_path, period=period, headline=f"What {period} was")
    put(tmp_path, notebook="cash", headline="What stock was")
    page = Texts(index.page(tmp_path))
    assert [text in page.words for text in ("What 2025-06", "What stock", "What 2025-05")] == [True, True, False]
    assert page.words.index("What 2025-06") < page.words.index("What stock")
    places = [page.folded.index(f"What {period}") for period in ("2025-05", "2025-04", "2024-12")]
    assert places == sorted(places)
    assert "2025 · 2 periods" in page.folded


def test_a_period_that_has_no_sales_is_not_withheld(tmp_path: Path) -> None:
    margins = {"recorded": {"gross_profit": "45.00", "gross_margin": 0.45},
               "corrected": {"gross_profit": "0.00", "gross_margin": None}}  # fmt: skip
    put(tmp_path, figures=margins)
    assert "Gross margin 45.0% recorded, corrected no sales" in Texts(index.page(tmp_path)).words


def test_it_tells_figures_status_files_and_what_changed(tmp_path: Path) -> None:
    put(tmp_path, None, "", "xlsx", "pdf", **CHANGED)
    page = Texts(index.page(tmp_path))
    words = " ".join(page.words.split())
    assert "Gross margin 40.0% corrected, 45.0% recorded" in words
    assert "Within limits" in words
    assert "data as of 1 July 2025, 00:00 UTC · run 0123456789ab" in words
    assert "Was: Gross margin of June 2025 was 42%, not 45% as recorded." in words
    assert "moved by −$2,000, most of all by Booked twice (−$2,100)." in words
    assert "What differs: setting policy.sync_sla_hours (48 → 24) and source gl_lines.csv." in words
    assert page.links == [f"a%20company/2025-06/leadership.{form}" for form in ("html", "pdf", "xlsx")]


def test_alarms_stand_on_top_of_their_period(tmp_path: Path) -> None:
    put(tmp_path, alarms=["Rejected source rows are 3% of value."])
    put(tmp_path, period="2025-05", status="The books do not tie out.", alarms=[])
    page = Texts(index.page(tmp_path))
    assert (
        page.words.index("Read with care") < page.words.index("Rejected source rows") < page.words.index("Gross margin")
    )
    assert "1 to be read with care" in page.folded
    assert "The books do not tie out." in page.folded


def test_a_withheld_margin_is_not_told(tmp_path: Path) -> None:
    put(tmp_path, figures={"recorded": MANIFEST["figures"]["recorded"]})
    assert "Gross margin 45.0% recorded, corrected withheld" in index.page(tmp_path)


@pytest.mark.parametrize(
    "told",
    ["{", "[]", "null", "[" * 100_000, '{"company": 7}', json.dumps({**MANIFEST, "figures": {"recorded": "much"}}),
     json.dumps({**MANIFEST, "as_of": None}), json.dumps({**MANIFEST, "headline": "\ud800"}),
     json.dumps({**MANIFEST, "changes": {"difference": "NaN"}}),
     json.dumps({**MANIFEST, "changes": {"difference": "1e400"}})],
    ids=range(10),
)  # fmt: skip
def test_a_broken_manifest_is_told_in_words(tmp_path: Path, told: str) -> None:
    put(tmp_path, told, "broken")
    put(tmp_path)
    page = Texts(index.page(tmp_path))
    assert "a company/2025-06/broken.manifest.json: is no manifest" in page.words
    assert MANIFEST["headline"] in page.words


def test_files_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    put(tmp_path, "{", "no utf-8 \udcff")
    put(tmp_path, name="fine \udcff")
    (tmp_path / "a company" / "2025-06" / "folder.html").touch()
    (tmp_path / "a company" / "2025-06" / "folder.manifest.json").mkdir()
    page = Texts(index.page(tmp_path))
    assert "no utf-8 ?.manifest.json: is no manifest" in page.words
    assert "folder.manifest.json: cannot be read (Is a directory)" in page.words
    assert page.links == ["a%20company/2025-06/fine%20%FF.html"]
    page.words.encode()


def test_names_from_outside_stay_text(tmp_path: Path, browser: Browser) -> None:
    hostile = dict.fromkeys(("company", "headline", "status", "as_of", "run_id"), HOSTILE)
    put(tmp_path, **hostile, **CHANGED | {"previous": {"headline": HOSTILE}}, alarms=[HOSTILE])
    put(tmp_path, HOSTILE, "javascript:alert(1)")
    put(tmp_path, company="B", notebook="cash")
    (tmp_path / "index.html").write_text(index.page(tmp_path), encoding="utf-8")
    assert Texts(index.page(tmp_path)).tags.count("script") == 0
    messages: list[str] = []
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: messages.append(message.text))
        page.on("dialog", lambda dialog: messages.append(dialog.message))
        page.goto((tmp_path / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h2").first.inner_text() == HOSTILE
        assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") == "928px"  # styles apply
        page.close()
    assert messages == []


def test_an_empty_folder_has_no_report(tmp_path: Path) -> None:
    assert "There is no report yet." in index.page(tmp_path)
