"""What stands behind a report: parameters, inputs, versions, and the hash of the page."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tieout.company import Company
from tieout.reporting.parameters import Value
from tieout.version import __version__

_LIBRARIES = ("duckdb", "pandas", "altair", "vl-convert-python", "great-tables", "papermill", "nbconvert", "xlsxwriter")


def manifest(
    company: Company,
    notebook: str,
    parameters: Mapping[str, Value],
    page: str,
    summary: Mapping[str, str],
    beside: Path,
) -> dict[str, Any]:
    """One report's manifest: of its page, and of the files in ``beside``, which are to lie beside the page.

    It holds no clock: the same input gives the same manifest.
    """
    files = company.files()
    return {
        "notebook": notebook,
        "company": company.name,
        "period": parameters["period"],
        "headline": summary["headline"],
        "status": summary["status"],
        # Where the database and the configuration lay says nothing about the report, and differs from run to run.
        "parameters": {name: value for name, value in parameters.items() if name not in ("database", "config")},
        "as_of": company.as_of,
        "run_id": company.run_id,
        "inputs": dict(sorted(zip(files["file"], files["sha256"], strict=True))),
        "versions": {
            "tieout": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        "html_sha256": hashlib.sha256(page.encode()).hexdigest(),
        **_hashes(beside, notebook),
    }


def _hashes(folder: Path, notebook: str) -> dict[str, Any]:
    """Name and hash of the workbook and the PDF, if they were asked for, and the hashes of the figures' files."""
    hashes: dict[str, Any] = {}
    for form in ("xlsx", "pdf"):
        path = folder / f"{notebook}.{form}"
        if path.exists():
            hashes |= {form: path.name, f"{form}_sha256": _sha256(path)}
    data = sorted((folder / f"{notebook}.data").glob("*"))
    return {**hashes, "data_sha256": {path.relative_to(folder).as_posix(): _sha256(path) for path in data}}


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def as_text(content: Mapping[str, Any]) -> str:
    """The manifest as the file that lies beside its report."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
