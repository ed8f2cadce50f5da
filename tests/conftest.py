"""The one browser of all tests: a process can drive only one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: CI installs it and must have it; elsewhere the tests that need it say so."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None and not os.environ.get("CI"):
        pytest.skip("opens the page in Chromium, which this machine lacks (Debian: apt-get install chromium)")
    assert executable, "CI installs chromium, see .ci/run"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
