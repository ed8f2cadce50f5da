"""Every worked example: the events go in as they are written, the lines that come out are those that are written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import companies
from tieout.measures.read import TABLES

EXAMPLES = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_worked_example(path: Path, tmp_path: Path) -> None:
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert example.pop("title")
    results = {name: example.pop(name) for name in TABLES if name in example}
    assert results or "explain" in example, "a worked example states what comes out"
    explained = example.pop("explain", {})
    policy, about = example.pop("policy", None), example.pop("company", None)
    sections = example.pop("config", None)
    config = companies.write(tmp_path, policy=policy, company=about, sections=sections, tables=example)
    measured = any(TABLES[name].startswith(("measures/", "forecasting/")) for name in results)
    company = companies.reconcile(config) if measured else companies.explain(config)
    for name, text in results.items():
        columns, rows = companies.wanted(text)
        shown = companies.lines(company.table(name), columns)
        # Of what every company has a row for, an example names what it is about.
        assert [row for row in shown if name != "capability" or row in rows] == rows, name
    for identifier, text in explained.items():
        columns, rows = companies.wanted(text)
        shown = companies.lines(company.explain(identifier), columns)
        assert [row for row in rows if row not in shown] == [], identifier
