"""The company in an analyst's hands: its card, and what it says when its run has been replaced meanwhile."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from bs4 import BeautifulSoup

import companies
import tieout
from reporting.conftest import CONFIG, SCRIPT, TABLES
from tieout import pipeline, settings
from tieout.errors import InputError, NewerRun, NotLoaded, NotReconciled
from tieout.store import Draft


def test_its_card_says_the_main_things_and_runs_no_script(database: Path) -> None:
    html = tieout.open(database)._repr_html_()
    card = BeautifulSoup(html, "html.parser")
    assert card.find("script") is None
    assert card.caption
    assert SCRIPT in card.caption.text
    rows = {row.th.text: row.td.text for row in card.find_all("tr") if row.th and row.td}
    assert rows == {
        "Run": f"{tieout.open(database).run_id}, data as of 2025-02-28T23:59:59Z",
        "Periods": "2, 2025-01 to 2025-02",
        "Gross margin, February 2025": "60.0%; the ledger shows 82.2%",
        "Trust": "all 19 proofs hold; unexplained $0, 0.00% of the value booked; rejected 0.00% of the value read",
    }


def test_without_a_path_it_is_the_one_of_the_environment(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIEOUT_DATABASE", str(database))
    assert tieout.open().database == tieout.open("").database == database
    monkeypatch.delenv("TIEOUT_DATABASE")
    monkeypatch.chdir(database.parent)
    assert tieout.open().database == Path("tieout.duckdb")


def test_a_newer_run_is_told_once(tmp_path: Path) -> None:
    config = companies.write(tmp_path, TABLES, config=CONFIG)
    company = companies.reconcile(config)
    same = companies.reconcile(config)
    assert company.run_id == same.run_id  # the same again is no news

    companies.write(tmp_path, {**TABLES, "gl_lines": TABLES["gl_lines"].replace("80,", "90,")}, config=CONFIG)
    newer = companies.reconcile(config)
    with pytest.warns(NewerRun, match=f"run {newer.run_id} has been published since; company.refresh\\(\\)") as told:
        before = company.margin()
    assert company.margin().equals(before)  # a warning would be an error
    assert told[0].filename == str(company.database)
    assert company.refresh().run_id == newer.run_id
    assert not company.margin().equals(before)

    companies.write(tmp_path, TABLES, config=CONFIG)
    pipeline.load(settings.load(config), company.database, lambda step: None)
    now = company.margin()  # what is only loaded is no news
    with pytest.warns(NotReconciled, match=f"loaded since is not reconciled yet .* run {newer.run_id} stays open"):
        company.refresh()
    assert company.margin().equals(now)
    with pytest.raises(NotLoaded, match="Run `tieout reconcile` first"):
        tieout.open(company.database)


def test_a_run_elsewhere_blocks_no_reader(database: Path) -> None:
    company = tieout.open(database)
    with Draft(database):
        assert tieout.open(database).refresh().margin().equals(company.margin())


@pytest.mark.parametrize(
    ("change", "lacks"),
    [("drop table drift", "drift"), ("alter table settings drop column questions_to", "questions_to")],
)
def test_a_run_of_another_version_is_to_be_made_again(database: Path, tmp_path: Path, change: str, lacks: str) -> None:
    copy = tmp_path / "tieout.duckdb"
    copy.write_bytes(database.resolve().read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute(change)
    company = tieout.open(copy)
    asked = {"drift": company.drift, "questions_to": lambda: company.label("questions_to")}
    with pytest.raises(InputError, match=rf"another version of tieout \(it lacks {lacks}\). Run `tieout reconcile`"):
        asked[lacks]()
