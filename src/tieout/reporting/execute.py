"""Running a notebook: papermill, in a kernel whose surroundings cannot change the result."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets import default

from tieout import errors
from tieout.errors import InputError, InternalError
from tieout.reporting.parameters import Value, literal

START_SECONDS, CELL_SECONDS = 120, 1800


def execute(notebook: Path, parameters: Mapping[str, Value], failed: Path) -> NotebookNode:
    """The executed notebook; if a cell fails, what was executed is kept at ``failed`` and ``InternalError`` raised.

    Raises ``InputError`` where a cell does: a parameter names what the run does not know.
    """
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "executed.ipynb"
        try:
            executed: NotebookNode = papermill.execute_notebook(
                literal(notebook),
                literal(output),
                parameters=dict(parameters),
                kernel_name="python3",
                language="python",
                cwd=notebook.parent,
                progress_bar=False,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                kernel_manager_class=_pinned_kernel(Path(scratch)),
            )
        except (PapermillExecutionError, CellTimeoutError, RuntimeError) as error:  # RuntimeError: the kernel died
            if isinstance(error, PapermillExecutionError) and _is_wrong_input(error.ename):
                raise InputError(error.evalue) from error
            failed.write_bytes(output.read_bytes())
            message = f"{notebook.name} failed, so there is no report. {_cause(error)} See {failed}."
            raise InternalError(message) from error
    if any(output.output_type == "error" for cell in executed.cells for output in cell.get("outputs", [])):
        raise InternalError(f"{notebook.name} stopped before its end (sys.exit), so there is no report.")
    return executed


def _is_wrong_input(name: str) -> bool:
    """Whether an exception of that name says that what the notebook was given is wrong."""
    kind = getattr(errors, name, None)
    return isinstance(kind, type) and issubclass(kind, InputError)


def _cause(error: Exception) -> str:
    if isinstance(error, PapermillExecutionError):
        return f"Cell {error.cell_index + 1} raised {error.ename}: {error.evalue}."
    return f"{type(error).__name__}: a cell took longer than {CELL_SECONDS} s, or its kernel died."


def _pinned_kernel(home: Path) -> type[AsyncKernelManager]:
    """This very Python whatever kernels the user has registered, in UTC, with fixed hashes, without personal start-up.

    Messages go through sockets in ``home``, so that nobody else on the machine can read them.
    """
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    pinned = {"TZ": "UTC", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "IPYTHONDIR": str(home)}
    spec = KernelSpec(argv=command, env=pinned, display_name="tieout", language="python")

    class PinnedKernel(AsyncKernelManager):
        @default("transport")
        def _sockets(self) -> str:
            return "ipc"

        @default("connection_file")
        def _in_home(self) -> str:
            return str(home / "kernel.json")

        @property
        def kernel_spec(self) -> Any:
            return spec

    return PinnedKernel
