"""A real JupyterLab on a small company: ``tieout lab`` started, notebooks opened, run, saved, opened by another."""

from __future__ import annotations

import contextlib
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

from tieout.reporting.run import report

CLI = [sys.executable, "-c", "from tieout.cli import main; main()", "lab"]
SECONDS = 240  # a busy machine; what waits goes on as soon as it can
PICTURES = ".jp-OutputArea-output figure.tieout-chart img[alt]"
DRAWN = f"[...document.querySelectorAll('{PICTURES}')].filter(image => image.alt && image.naturalWidth > 100).length"
# Running before the kernel is there makes JupyterLab ask which one it should be.
READY = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.ready.then(() => true)"
DONE = """() => {
    const { content, context } = window.jupyterapp.shell.currentWidget;
    return context.sessionContext.session.kernel.status === "idle"
        && [...content.model.cells].every(cell => cell.type !== "code" || cell.executionCount !== null)
        || document.querySelector('[data-mime-type="application/vnd.jupyter.error"]') !== null;
}"""
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save').then(() => true)"
DARK = "() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'}).then(() => true)"
# WCAG's contrast of each text of the outputs with the first background beneath it; fonts of figures draw their own.
CONTRASTS = """() => {
    const channels = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = colour => channels(colour).slice(0, 3)
        .map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0.05);
    const beneath = element => {
        const colour = getComputedStyle(element).backgroundColor;
        return (channels(colour)[3] ?? 1) > 0 || !element.parentElement ? colour : beneath(element.parentElement);
    };
    const texts = document.querySelectorAll(".jp-OutputArea-output :is(td, th, p, dt, dd, figcaption, code, h1)");
    return [...texts].filter(text => text.innerText.trim()).map(text => {
        const [low, high] = [getComputedStyle(text).color, beneath(text)].map(light).sort((a, b) => a - b);
        return [text.innerText, high / low];
    });
}"""
TERMS = "[...document.querySelectorAll('.jp-OutputArea-output dt')].map(term => term.getBoundingClientRect().left)"


class Visit:
    """One look at a JupyterLab by somebody: the page, what it asked of whom, and what went wrong."""

    def __init__(self, browser: Browser, address: str, token: str, notebook: str) -> None:
        self.address = address
        self.page: Page = browser.new_page(viewport={"width": 1300, "height": 900})
        self.page.set_default_timeout(SECONDS * 1000)
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.open(f"{notebook}.ipynb?token={token}")

    def open(self, notebook: str) -> None:
        self.page.goto(f"{self.address}lab/tree/{notebook}")
        self.page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")
        self.page.wait_for_function("window.jupyterapp !== undefined")

    def run_and_save(self) -> None:
        """By the menu, as a person does it."""
        assert self.page.evaluate(READY)
        self.page.locator(".lm-MenuBar").get_by_text("Run", exact=True).click()
        self.page.locator(".lm-Menu").get_by_text("Run All Cells", exact=True).click()
        self.page.wait_for_function(DONE)
        assert self.page.evaluate(SAVE)

    def sees_pictures(self, count: int) -> None:
        self.page.wait_for_function(f"{DRAWN} === {count}")

    def leaves(self) -> None:
        """Nothing went outside, nobody was asked about news, and no name in the data became a script."""
        own = [url for url in self.requests if url.startswith((self.address, "data:", "blob:"))]
        assert own == self.requests
        assert [url for url in own if "/lab/api/news" in url or "/lab/api/update" in url] == []
        assert self.page.get_by_text("Jupyter news").count() == 0
        assert self.page.title() != "stolen"
        assert self.troubles == []
        self.page.close()


@contextlib.contextmanager
def _visit(browser: Browser, database: Path, home: Path, notebook: str) -> Iterator[Visit]:
    """What one sees in ``tieout lab`` on the company, without any setting of this machine's user."""
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    env = {**os.environ, **{name: str(home / name) for name in homes}}
    arguments = ["--no-browser", "--port=0", "--allow-root", "--expose-app-in-browser"]
    command = [*CLI, "--config", str(database.with_name("tieout.toml")), "--", *arguments]
    home.mkdir()
    with (home / "log").open("w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=home)
    try:
        running = _running(process, home)
        visit = Visit(browser, running["url"], running["token"], notebook)
        yield visit
        visit.leaves()
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:  # a thread of AnyIO may wait for its loop when that has ended
            process.kill()
            process.wait(SECONDS)


def _running(process: subprocess.Popen[bytes], home: Path) -> dict[str, str]:
    for _ in range(SECONDS * 5):
        for path in (home / "JUPYTER_RUNTIME_DIR").glob("jpserver-*.json"):
            if content := path.read_text():
                return dict(json.loads(content))
        assert process.poll() is None, (home / "log").read_text()
        time.sleep(0.2)
    raise AssertionError((home / "log").read_text())


def _outputs(database: Path, notebook: str) -> list[nbformat.NotebookNode]:
    """What was saved; a failed cell or a warning would show here."""
    saved = nbformat.read(database.parent / "notebooks" / notebook, as_version=4)
    outputs = [output for cell in saved.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} <= {"execute_result", "stream", "display_data"}
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    return outputs


def test_the_tour_runs_and_its_pictures_stay(browser: Browser, database: Path, tmp_path: Path) -> None:
    with _visit(browser, database, tmp_path / "analyst", "start_here") as visit:
        visit.run_and_save()
        visit.sees_pictures(1)
        results = [out for out in _outputs(database, "start_here.ipynb") if out.output_type == "execute_result"]
        shown = [output.data.get("text/html", "") for output in results]
        assert "tieout-company" in shown[0]
        assert "missing_cogs" in shown[4]  # the result of %%sql
        assert "source row" in shown[5]  # the correction explained
        visit.open("start_here.ipynb")
        visit.sees_pictures(1)


@pytest.mark.long
def test_leadership_runs_in_the_dark_and_another_user_sees_it(browser: Browser, database: Path, tmp_path: Path) -> None:
    with _visit(browser, database, tmp_path / "analyst", "leadership") as visit:
        assert visit.page.evaluate(DARK)
        visit.run_and_save()
        visit.sees_pictures(5)
        _outputs(database, "leadership.ipynb")
        assert len(set(visit.page.evaluate(TERMS))) == 1  # no term floats to where it does not belong
        contrasts = visit.page.evaluate(CONTRASTS)
        assert len(contrasts) > 100
        assert [(text, contrast) for text, contrast in contrasts if contrast < 4.5] == []
    with _visit(browser, database, tmp_path / "stranger", "leadership") as visit:
        visit.sees_pictures(5)
        assert visit.page.locator(".jp-OutputArea-output table.gt_table").count() > 3


def test_the_tour_is_a_report_as_well(database: Path, tmp_path: Path) -> None:
    page = report(database, tmp_path, "start_here", period="2025-02").read_text(encoding="utf-8")
    assert 'class="tieout-chart' in page
    assert "&lt;script&gt;document.title" in page
    assert "missing_cogs" in page
