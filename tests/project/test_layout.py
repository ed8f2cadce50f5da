"""The repository as a whole: what lies at the top, what a newcomer reads, what the Makefile offers."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tieout
from tieout.journal import POSTING_RULES
from tieout.store import sql_text

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOP_LEVEL = {
    ".ci", ".gitignore", "LICENSE", "Makefile", "README.md", "data", "docs", "notebooks", "pyproject.toml", "reports",
    "requirements.lock", "src", "tests",
}  # fmt: skip


def committed_files() -> list[Path]:
    """What a commit of the present tree would hold."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [Path(line) for line in listing.stdout.splitlines()]


def test_top_level_holds_only_the_frame() -> None:
    assert {path.parts[0] for path in committed_files()} <= TOP_LEVEL


def test_reports_keeps_only_its_readme() -> None:
    assert [path for path in committed_files() if path.parts[0] == "reports"] == [Path("reports/README.md")]


def test_leadership_notebook_is_there() -> None:
    assert ROOT / "notebooks" / "leadership.ipynb" in NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_without_results(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert [cell for cell in cells if cell["outputs"] or cell["execution_count"] is not None] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_make_lists_the_targets() -> None:
    listing = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, check=True, capture_output=True, text=True)
    listed = re.findall(r"^  make ([a-z-]+) ", listing.stdout, flags=re.MULTILINE)
    assert listed == ["help", "setup", "report", "test", "test-all", "check", "lab", "bench", "bench-truth", "lock"]


def test_readme_shows_the_two_commands_and_ci_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "    make report " in readme
    assert "    make test " in readme
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-1] == "make test"
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_version_is_stated_once() -> None:
    assert tieout.__version__ == importlib.metadata.version("tieout") == PROJECT["version"]


def test_imports_run_one_way() -> None:
    linter = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert linter.returncode == 0, linter.stdout


def test_what_every_rule_posts_is_in_the_journal() -> None:
    posted = re.findall(r"select \*, '(\w+)' as rule from post_\1\b", sql_text("journal/posted"))
    assert sorted(posted) == sorted(POSTING_RULES)


def test_lines_of_sql_are_no_wider_than_a_page() -> None:
    wide = [
        f"{path}:{number}"
        for path in committed_files() if path.suffix == ".sql"
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 130
    ]  # fmt: skip
    assert wide == []
