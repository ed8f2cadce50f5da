"""The leadership notebook on a made-up company, played cell by cell in this process: fast, and with any company."""

from __future__ import annotations

import ast
from typing import Any

import nbformat
import pytest

import tieout
from reporting.fake import FakeCompany
from tieout.reporting import render
from tieout.resources import notebooks_dir

NOTEBOOK = notebooks_dir() / "leadership.ipynb"


def page(company: FakeCompany, period: str = "") -> str:
    """The rendered page, as ``tieout report`` would make it."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    names: dict[str, Any] = {"database": "made-up", "config": "", "period": period}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tieout, "open", lambda path: company)
        for cell in notebook.cells[1:]:
            if cell.cell_type == "code":
                html = _shown(cell.source, names)._repr_html_()
                cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/html": html})]
    return render.page(notebook, "Played")


def _shown(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; its last line is an expression, whose value Jupyter would show."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
