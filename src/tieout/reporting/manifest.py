"""What stands behind a report, so that it can be checked, compared with the one before, and made again.

A manifest holds no clock: the same input gives the same manifest. Only that of a run (``tieout.run.json``) has timings.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib.metadata import version
from numbers import Integral
from pathlib import Path
from typing import Any

from tieout.canonical.files import sha256
from tieout.charts import wording
from tieout.company import Company
from tieout.reporting import sign_off
from tieout.reporting.facts import Facts
from tieout.reporting.parameters import Value
from tieout.reporting.trust import warnings
from tieout.version import __version__

_LIBRARIES = ("duckdb", "pandas", "altair", "vl-convert-python", "great-tables", "papermill", "nbconvert", "xlsxwriter")
# What a report is made of: two with the same of these are the same report.
_IDENTITY = (
    "notebook",
    "notebook_sha256",
    "company",
    "period",
    "parameters",
    "as_of",
    "inputs",
    "settings",
    "versions",
)
_FIGURES = ("gross_profit", "gross_margin")


def manifest(
    facts: Facts,
    notebook: Path,
    parameters: Mapping[str, Value],
    page: str,
    summary: Mapping[str, str],
    beside: Path,
) -> dict[str, Any]:
    """One report's manifest: of its page, and of the files in ``beside``, which are to lie beside the page.

    What came before it is not in it (``changes.continued`` adds that). Money is text, exact.
    """
    company = facts.company
    content = {
        "notebook": notebook.stem,
        "company": company.name,
        "currency": company.currency,
        "period": facts.period,
        "headline": summary["headline"],
        "status": summary["status"],
        "alarms": warnings(facts),
        "figures": _figures(facts),
        "as_of": _exact_as_of(company),
        "run_id": company.run_id,
        # Where the database and the configuration lay says nothing about the report, and differs from run to run.
        "parameters": {name: value for name, value in parameters.items() if name not in ("database", "config")},
        "settings": _settings(company),
        "notebook_sha256": sha256(notebook),
        "inputs": _inputs(company),
        "control_totals": _control_totals(company, facts.period),
        "sign_off": sign_off.of_period(company, facts.period),
        "versions": {
            "tieout": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        "html_sha256": hashlib.sha256(page.encode()).hexdigest(),
        **_hashes(beside),
    }
    identity = json.dumps({name: content[name] for name in _IDENTITY}, sort_keys=True)
    return {"report_id": hashlib.sha256(identity.encode()).hexdigest(), **content}


def of_run(company: Company, pages: Sequence[Path], seconds: Mapping[str, float]) -> dict[str, Any]:
    """What stands behind a run of everything; ``pages`` in order of time, ``seconds``: how long each stage took."""
    this_run = company.sql("select versions from this_run").iloc[0]
    return {
        "run_id": company.run_id,
        "as_of": _exact_as_of(company),
        "inputs": _inputs(company),
        "policy": _settings(company),
        "versions": json.loads(this_run["versions"]),
        "control_totals": _control_totals(company),
        "seconds": dict(seconds),
        "report": str(pages[-1]),
        "reports": [str(page) for page in pages],
    }


def _hashes(folder: Path) -> dict[str, Any]:
    """Name and hash of the workbook and the PDF, if they were asked for, and the hashes of the figures' files."""
    hashes: dict[str, Any] = {}
    for form in ("xlsx", "pdf"):
        for path in folder.glob(f"*.{form}"):
            hashes |= {form: path.name, f"{form}_sha256": sha256(path)}
    data = sorted(folder.glob("*.data/*"))
    return {**hashes, "data_sha256": {path.relative_to(folder).as_posix(): sha256(path) for path in data}}


def as_text(content: Mapping[str, Any]) -> str:
    """The manifest as the file that lies beside its report."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _figures(facts: Facts) -> dict[str, Any]:
    """What the next report on the period is compared with. Nothing corrected is told where the headline is withheld."""
    books = ("recorded",) if facts.is_withheld else ("recorded", "corrected")
    proven = facts.bridge[facts.bridge["in_corrected"]]
    causes = {} if facts.is_withheld else dict(zip(proven["cause"], proven["gross_profit"].map(str), strict=True))
    return {
        **{book: {name: _plain(facts.book(book)[name]) for name in _FIGURES} for book in books},
        "causes": {cause: {"title": facts.titles[cause], "gross_profit": causes[cause]} for cause in sorted(causes)},
    }


def _settings(company: Company) -> dict[str, Any]:
    """All of ``tieout.toml`` that counts: everything but where the sources lie."""
    return dict(json.loads(str(company.sql("select policy from this_run").iat[0, 0])))


def _exact_as_of(company: Company) -> str:
    """The run's "now" to the microsecond: a date given as ``--as-of`` lasts to the last one."""
    moment = company.sql("select strftime(timezone('UTC', moment), '%Y-%m-%dT%H:%M:%S.%fZ') from as_of").iat[0, 0]
    return str(moment).replace(".000000Z", "Z")


def _inputs(company: Company) -> dict[str, dict[str, Any]]:
    """The source files with their rows, and what was decided and signed off, which are inputs of a run, too."""
    files = company.files().sort_values("file")
    fields = ["sha256", "rows_read", "rows_loaded", "rows_rejected"]
    sources = dict(zip(files["file"], files[fields].to_dict("records"), strict=True))
    inputs = json.loads(company.sql("select inputs from this_run")["inputs"].iloc[0])
    return sources | {file: {"sha256": sha256} for _, file, sha256 in inputs if file not in sources}


def _control_totals(company: Company, period: str | None = None) -> dict[str, Any]:
    """Rows read, what the ledger adds up to (of one period, or of all), what is corrected on which evidence, proofs."""
    trust, ledger = company.trust().iloc[0], company.ledger_totals(period, period)
    corrections: dict[str, dict[str, Any]] = {}
    for row in company.cause_evidence().to_dict("records"):
        level = corrections.setdefault(row["evidence"], {"lines": 0, "gross": Decimal(0)})
        level |= {name: level[name] + row[name] for name in level}
    # Balances of many periods add up to nothing that means anything.
    summed = [name for name in ledger.columns[1:] if period or not name.startswith("closing")]
    return {
        "rows": {name: int(trust[f"rows_{name}"]) for name in ("read", "loaded", "rejected")},
        "ledger": {name: _plain(ledger[name].sum()) for name in summed},
        "corrections": {
            level: {name: _plain(value) for name, value in corrections[level].items()} for level in sorted(corrections)
        },
        "proofs": {"all": int(trust["proofs"]), "broken": int(trust["broken_proofs"])},
    }


def _plain(value: Any) -> Any:
    """A figure for JSON: counts and ratios as numbers, money as text, what is not known as null."""
    if wording.is_missing(value):
        return None
    return value if isinstance(value, float) else int(value) if isinstance(value, Integral) else str(value)
