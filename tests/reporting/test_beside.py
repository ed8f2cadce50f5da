"""The figures of a page as files beside it: the tables as they are exported, and the SQL that makes them."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import tieout
from tieout.reporting import beside

PACKAGE = Path(tieout.__file__).parent
TABLES = {"margin", "margin_bridge", "channel_margin", "cash", "distortion_parts", "timing", "what_if"}


def test_each_exhibit_has_its_tables_beside_the_page(browser: Browser, page: Path, database: Path) -> None:
    folder = page.with_name("leadership.data")
    company = tieout.open(database)
    assert {path.stem for path in folder.iterdir()} == TABLES
    for name in TABLES:
        rows = list(csv.DictReader((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        table = company.table(name, "2025-02", "2025-02")
        assert len(rows) == len(table)
        assert list(rows[0]) == list(table.columns)
        sql = PACKAGE / company.sql_file(name)
        if sql.suffix == ".sql":
            assert (folder / f"{name}.sql").read_bytes() == sql.read_bytes()
    tab = browser.new_context(java_script_enabled=False).new_page()
    tab.goto(page.as_uri())
    links = tab.locator(".source a")
    targets = {links.nth(place).get_attribute("href", timeout=1000) for place in range(links.count())}
    assert targets == {f"leadership.data/{path.name}" for path in folder.iterdir()} | {"exceptions.html"}


def test_the_manifest_has_their_hashes(page: Path) -> None:
    manifest = json.loads(page.with_name("leadership.manifest.json").read_text(encoding="utf-8"))
    files = sorted(page.with_name("leadership.data").iterdir())
    hashes = {f"leadership.data/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert manifest["data_sha256"] == hashes


def test_a_long_table_is_cut_and_says_so(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MAX_ROWS", 1)
    company = tieout.open(database)
    folder = tmp_path / "my own?.data"
    saved = beside.save(company, "2025-02", ["corrections", "trust"], folder)
    total = len(company.corrections("2025-02", "2025-02"))
    assert total > 1
    assert saved["corrections"] == beside.Saved("my%20own%3F.data/corrections", rows=1, total=total, has_sql=True)
    assert saved["corrections"].is_cut
    assert not saved["trust"].is_cut
    assert len((folder / "corrections.csv").read_text(encoding="utf-8").splitlines()) == 2


def test_without_exhibits_there_is_no_folder(database: Path, tmp_path: Path) -> None:
    assert beside.save(tieout.open(database), "2025-02", [], tmp_path / "none.data") == {}
    assert list(tmp_path.iterdir()) == []
