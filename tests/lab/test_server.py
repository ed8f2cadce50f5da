"""A real JupyterLab on a small company: started by ``tieout lab``, a notebook opened, run, saved and opened again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tieout.errors import NotInstalled, NotLoaded
from tieout.lab.server import lay_out, start
from tieout.reporting.run import report
from tieout.resources import notebooks_dir

CLI = [sys.executable, "-c", "from tieout.cli import main; main()", "lab"]
SECONDS = 90
PICTURES = ".jp-OutputArea-output figure.tieout-chart img[alt]"
# Running before the kernel is there makes JupyterLab ask which one it should be.
RUN_AND_SAVE = """async () => {
    const { commands, shell } = window.jupyterapp;
    await shell.currentWidget.context.sessionContext.ready;
    await commands.execute("notebook:run-all-cells");
    await commands.execute("docmanager:save");
    window.isSaved = true;
}"""
DRAWN = f"[...document.querySelectorAll('{PICTURES}')].filter(image => image.alt && image.naturalWidth > 100).length"


@pytest.fixture
def server(database: Path, tmp_path: Path) -> Iterator[str]:
    """The address of ``tieout lab`` on the company, without any setting of this machine's user."""
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    env = {**os.environ, **{home: str(tmp_path / home) for home in homes}}
    arguments = ["--no-browser", "--port=0", "--allow-root", "--expose-app-in-browser"]
    command = [*CLI, "--config", str(database.with_name("tieout.toml")), "--", *arguments]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=tmp_path)
    try:
        yield _address(process, tmp_path)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


def _address(process: subprocess.Popen[bytes], home: Path) -> str:
    for _ in range(SECONDS * 5):
        for path in (home / "JUPYTER_RUNTIME_DIR").glob("jpserver-*.json"):
            if content := path.read_text():
                running = json.loads(content)
                return f"{running['url']}lab/tree/start_here.ipynb?token={running['token']}"
        assert process.poll() is None, (home / "log").read_text()
        time.sleep(0.2)
    raise AssertionError((home / "log").read_text())


def test_the_tour_runs_and_its_pictures_stay(server: str, database: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.set_default_timeout(SECONDS * 1000)
    _open(page, server)
    page.evaluate(f"void ({RUN_AND_SAVE})()")
    page.wait_for_function("window.isSaved")
    page.wait_for_function(f"{DRAWN} === 1")
    notebook = nbformat.read(database.parent / "notebooks" / "start_here.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"execute_result", "stream"}
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    shown = [output.data.get("text/html", "") for output in outputs if output.output_type == "execute_result"]
    assert "tieout-company" in shown[0]
    assert "missing_cogs" in shown[4]  # the result of %%sql
    assert "source row" in shown[5]  # the correction explained

    _open(page, server)
    page.wait_for_function(f"{DRAWN} === 1")
    assert page.title() != "stolen"
    page.close()


def test_the_tour_is_a_report_as_well(database: Path, tmp_path: Path) -> None:
    page = report(database, tmp_path, "start_here", period="2025-02").read_text(encoding="utf-8")
    assert 'class="tieout-chart' in page
    assert "&lt;script&gt;document.title" in page
    assert "missing_cogs" in page


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
    page.wait_for_function("window.jupyterapp !== undefined")


def test_notebooks_are_laid_out_once(tmp_path: Path) -> None:
    lay_out(tmp_path)
    shipped = {path.name for path in notebooks_dir().glob("*.ipynb")}
    assert {path.name for path in tmp_path.iterdir()} == shipped >= {"start_here.ipynb", "leadership.ipynb"}
    (tmp_path / "margins.ipynb").write_text("mine")
    (tmp_path / "cash.ipynb").unlink()
    lay_out(tmp_path)
    assert (tmp_path / "margins.ipynb").read_text() == "mine"
    assert (tmp_path / "cash.ipynb").exists()


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
