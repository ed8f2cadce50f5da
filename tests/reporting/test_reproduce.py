"""A report made again from its manifest: byte for byte from the same input, and never from another."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import companies
import tieout
from reporting.test_run import own_notebook
from tieout import settings
from tieout.errors import ChangedInputs, InputError
from tieout.reporting import changes
from tieout.reporting.records import Whole
from tieout.reporting.reproduce import Reproduction, reproduce
from tieout.reporting.run import report

PARAMETERS = 'database: str = ""\nperiod: str = ""\nconfig: str = ""'
FIGURES = "import tieout\ntieout.open(database).margin(start=period, end=period)"
COST_OF_S2 = """\
J9,1,5000,100,,S2,2025-02-03,2025-02-03T10:00Z
J9,2,1000,-100,,S2,2025-02-03,2025-02-03T10:00Z
"""


@dataclass(frozen=True)
class Told:
    """A company's folder, its notebook, and what the manifest of its first report says."""

    folder: Path
    notebook: str
    at: Path

    @property
    def content(self) -> dict[str, Any]:
        return dict(json.loads(self.at.read_text(encoding="utf-8")))

    @property
    def config(self) -> Path:
        return self.folder / "tieout.toml"

    @property
    def database(self) -> Path:
        return self.folder / "tieout.duckdb"

    def report(self) -> Path:
        return report(self.database, self.folder / "reports", self.notebook, "2025-02", self.config)

    def again(self, reports: Path | None = None, at: Path | None = None) -> Reproduction:
        read = settings.load(self.config)
        return reproduce(at or self.at, read, self.database, reports, self.notebook, lambda step: None)

    def leftovers(self) -> set[str]:
        return {path.name for path in self.folder.rglob(".*")}


@pytest.fixture(scope="module")
def archived(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A report on a copy of the company, its manifest put away as an archive would."""
    folder = tmp_path_factory.mktemp("archive") / "company"
    shutil.copytree(database.parent, folder, symlinks=True)
    told = Told(folder, own_notebook(folder, FIGURES, PARAMETERS), folder / "archived.json")
    shutil.copy(told.report().with_suffix(".manifest.json"), told.at)
    return told


@pytest.fixture
def told(archived: Told, tmp_path: Path) -> Told:
    """The same in a folder that the test may change."""
    folder = shutil.copytree(archived.folder, tmp_path / "company", symlinks=True)
    return Told(folder, str(folder / Path(archived.notebook).name), folder / archived.at.name)


def test_a_manifest_ties_to_the_ledger_and_to_what_was_read(told: Told) -> None:
    content, company = told.content, tieout.open(told.database)
    lines = companies.rows((told.folder / "canonical" / "gl_lines.csv").read_text())
    amounts = [Decimal(line["amount"]) for line in lines if line["effective_date"] >= "2025-02"]
    totals, debit = content["control_totals"], sum(amount for amount in amounts if amount > 0)
    assert totals["ledger"]["debit"] == totals["ledger"]["credit"] == f"{debit:.2f}"
    rows = totals["rows"]
    assert rows["read"] == rows["loaded"] + rows["rejected"] == sum(f["rows_read"] for f in content["inputs"].values())
    for name, file in content["inputs"].items():
        assert file["sha256"] == hashlib.sha256((told.folder / name).read_bytes()).hexdigest()
    gross = sum(Decimal(level["gross"]) for level in totals["corrections"].values())
    assert gross == company.cause_totals()["gross"].sum() > 0
    assert totals["proofs"] == {"all": len(company.proofs()), "broken": 0}
    assert content["settings"]["policy"]["sync_sla_hours"] == 0
    corrected, recorded = (Decimal(content["figures"][book]["gross_profit"]) for book in ("corrected", "recorded"))
    causes = [Decimal(cause["gross_profit"]) for cause in content["figures"]["causes"].values()]
    assert sum(causes) == corrected - recorded == -100


def test_the_published_run_gives_the_same_page(told: Told) -> None:
    again = told.again()
    assert (again.is_same, again.why) == ({"html": True}, [])
    assert again.page.is_relative_to(told.folder / "reports" / "_reproduced" / told.content["report_id"][:12])


def test_a_report_made_again_keeps_the_predecessor_that_it_had(told: Told) -> None:
    first = Whole.model_validate(told.content)
    second = {**told.content, "report_id": "2" * 64, "as_of": "2025-03-02T00:00:00Z", "headline": "Another"}
    after = changes.continued(second, first)
    assert after["previous"]["headline"] == first.headline
    assert after["changes"]["why"] == [
        {"kind": "as_of", "name": "as_of", "then": first.as_of, "now": "2025-03-02T00:00:00Z"}
    ]
    assert changes.continued(second, Whole.model_validate(after)) == after
    assert changes.continued(told.content, None) == told.content


def test_what_changed_is_refused_and_what_is_put_back_gives_the_same_page(told: Told, tmp_path: Path) -> None:
    ledger, before = told.folder / "canonical" / "gl_lines.csv", told.content
    saved = ledger.read_bytes()
    ledger.write_bytes(saved + COST_OF_S2.replace("\n", "\r\n").encode())
    told.config.write_text(told.config.read_text().replace("sync_sla_hours = 0", "sync_sla_hours = 1"))
    companies.reconcile(told.config)
    page = told.report()
    after = json.loads(page.with_suffix(".manifest.json").read_text())
    assert after["html_sha256"] != before["html_sha256"]
    assert after["previous"]["report_id"] == before["report_id"]
    assert after["changes"]["difference"] == after["changes"]["gross_profit"] == "100.00"
    assert [(reason["kind"], reason["name"]) for reason in after["changes"]["why"]] == [
        ("setting", "policy.sync_sla_hours"), ("source", "canonical/gl_lines.csv"),
    ]  # fmt: skip

    with pytest.raises(ChangedInputs) as refusal:
        told.again()
    assert refusal.value.exit_code == 2
    hashes = [before["inputs"]["canonical/gl_lines.csv"]["sha256"], hashlib.sha256(ledger.read_bytes()).hexdigest()]
    assert f"canonical/gl_lines.csv: {hashes[0]} then, {hashes[1]} now" in str(refusal.value)
    assert "order_lines" not in str(refusal.value)
    ledger.unlink()
    with pytest.raises(ChangedInputs, match=f"{hashes[0]} then, is not there now"):
        told.again()

    ledger.write_bytes(saved)
    published = told.database.resolve()
    again = told.again(tmp_path / "elsewhere")
    assert (again.is_same, again.why) == ({"html": True}, [])
    assert again.page.is_relative_to(tmp_path / "elsewhere")
    assert (told.database.resolve(), told.leftovers()) == (published, set())
    assert page.read_bytes() != again.page.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        told.again(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"versions": {"tieout": "0.0.1"}}, "was made by tieout 0.0.1"),
        ({"company": "Another"}, 'is of "Another"'),
        ({"inputs": 7}, "is no manifest of this version of tieout (inputs"),
        ({"notebook_sha256": "00"}, "own {report}.ipynb: 00 then"),
    ],
)
def test_what_cannot_be_made_again_is_refused(told: Told, tmp_path: Path, change: dict[str, Any], says: str) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**told.content, **change}))
    with pytest.raises(InputError) as refusal:
        told.again(at=other)
    assert says in str(refusal.value)
