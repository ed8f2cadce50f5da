"""Reports of a run that come out together: made in a folder of their own, moved to their places at the end."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tieout.reporting import index
from tieout.reporting.publish import publish, slug

_PREFIX = ".run-"


@contextlib.contextmanager
def staged(reports: Path, company: str) -> Iterator[Path]:
    """An empty folder on the disk of the reports, which is gone afterwards; so is what a killed run left in one."""
    folder = reports / slug(company)
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=_PREFIX) as drafts:
            yield Path(drafts)
    finally:
        for empty in (folder, reports):
            with contextlib.suppress(OSError):
                empty.rmdir()


def bring(page: Path, drafts: Path, reports: Path) -> None:
    """Lay the manifest of an earlier report of the same ``page`` where the new one is made, which may go on from it."""
    earlier = page.with_suffix(".manifest.json")
    if earlier.is_file():
        target = drafts / earlier.relative_to(reports)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(earlier, target)


def move(drafts: Path, reports: Path) -> None:
    """Put what was made into its place, each page before its manifest, and list it in ``index.html``.

    What an earlier report of the same page has beside it and this one has not goes: it would contradict the page.
    """
    for page in sorted(drafts.glob("*/*/*.html")):
        target = reports / page.parent.relative_to(drafts)
        target.mkdir(parents=True, exist_ok=True)
        made = sorted(page.parent.glob(f"{page.stem}.*"), key=lambda path: (path.suffix == ".json", path))
        replaced = Path(tempfile.mkdtemp(dir=drafts))  # a folder cannot be moved onto another one
        for old in target.glob(f"{page.stem}.*"):
            if old.is_dir() or old.name not in {path.name for path in made}:
                old.replace(replaced / old.name)
        for path in made:
            path.replace(target / path.name)
    publish(reports / "index.html", index.page(reports))


def move_failed(drafts: Path, reports: Path) -> None:
    """Put the notebook of a report that failed, as far as it came, where its report would be."""
    for path in drafts.rglob("*.failed.ipynb"):
        target = reports / path.relative_to(drafts)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
