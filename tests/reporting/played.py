"""Notebooks played cell by cell in this process: fast, and with any company, made up or real."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import tieout
from reporting.fake import FakeCompany
from tieout.reporting import render
from tieout.resources import notebooks_dir


def page(company: FakeCompany, period: str = "", notebook: str = "leadership") -> str:
    """The rendered page of a made-up company, as ``tieout report`` would make it."""
    content = nbformat.read(notebooks_dir() / f"{notebook}.ipynb", as_version=4)
    names: dict[str, Any] = {"database": "made-up", "config": "", "period": period}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tieout, "open", lambda path: company)
        for cell in content.cells[1:]:
            if cell.cell_type == "code":
                _keep(cell, _shown(cell.source, names))
    return render.page(content, "Played")


def real(notebook: str, database: Path, period: str = "", **given: str) -> str:
    """The rendered page of a real company, its magics included; a cell that fails raises what it raised."""
    content = nbformat.read(notebooks_dir() / f"{notebook}.ipynb", as_version=4)
    shell = InteractiveShell()
    shell.run_cell(content.cells[0].source)
    shell.push({"database": str(database), "period": period, **given})
    for cell in content.cells[1:]:
        if cell.cell_type == "code":
            with capture_output():
                ran = shell.run_cell(cell.source)
            ran.raise_error()
            _keep(cell, ran.result)
    return render.page(content, "Played")


def _keep(cell: Any, value: Any) -> None:
    html = value._repr_html_() if hasattr(value, "_repr_html_") else None
    cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/html": html or ""})]


def _shown(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; its last line is an expression, whose value Jupyter would show."""
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
