"""What ``tieout lab`` lays out, and where it refuses to start."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tieout.errors import NotInstalled, NotLoaded
from tieout.lab.copies import lay_out
from tieout.lab.server import start
from tieout.resources import notebooks_dir


def test_notebooks_are_laid_out_once(tmp_path: Path) -> None:
    assert lay_out(tmp_path) == []
    shipped = {path.name for path in notebooks_dir().glob("*.ipynb")}
    assert {path.name for path in tmp_path.iterdir()} == shipped >= {"start_here.ipynb", "leadership.ipynb"}
    (tmp_path / "margins.ipynb").write_text("mine")
    (tmp_path / "cash.ipynb").unlink()
    assert lay_out(tmp_path) == []
    assert (tmp_path / "margins.ipynb").read_text() == "mine"
    assert (tmp_path / "cash.ipynb").exists()


def test_a_newer_version_of_a_notebook_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, mine = tmp_path / "shipped", tmp_path / "mine"
    shipped.mkdir()
    monkeypatch.setattr("tieout.lab.copies.notebooks_dir", lambda: shipped)
    for name in ("cash", "margins"):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), shipped / f"{name}.ipynb")
    assert lay_out(mine) == []
    changed = nbformat.read(mine / "cash.ipynb", as_version=4)
    changed.cells[0].source = "2 + 2"
    nbformat.write(changed, mine / "cash.ipynb")  # as JupyterLab saves it
    assert lay_out(mine) == []  # what the user changed is no news
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("3 + 3")]), shipped / "cash.ipynb")
    assert lay_out(mine) == ["cash.ipynb"]
    assert nbformat.read(mine / "cash.ipynb", as_version=4).cells[0].source == "2 + 2"
    (mine / "cash.ipynb").unlink()
    assert lay_out(mine) == []
    assert nbformat.read(mine / "cash.ipynb", as_version=4).cells[0].source == "3 + 3"
    for foreign in ("[]", '{"metadata": []}', json.dumps({"cells": []})):
        (mine / "cash.ipynb").write_text(foreign)
        assert lay_out(mine) == []


@pytest.mark.parametrize("path", sorted(notebooks_dir().glob("*.ipynb")), ids=lambda path: path.stem)
def test_each_notebook_opens_the_company_of_the_lab(path: Path) -> None:
    first, *others = nbformat.read(path, as_version=4).cells
    assert first.source.splitlines()[0].startswith('database: str = ""  #')
    assert any("tieout.open(database or config)" in cell.source for cell in others)
    assert [cell for cell in others if "def " in cell.source] == []


def test_without_a_run_or_jupyterlab_it_says_what_to_do(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotLoaded, match="Run `tieout run` first"):
        start(tmp_path / "notebooks", tmp_path / "tieout.duckdb", [])
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NotInstalled, match=r"JupyterLab is not installed. .* pip install 'tieout\[lab\]'") as refusal:
        start(tmp_path / "notebooks", database, [])
    assert refusal.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []
