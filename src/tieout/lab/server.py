"""``tieout lab``: the company's notebooks laid out once, and JupyterLab started on them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tieout.company import Company
from tieout.errors import NotInstalled, UnwritablePath
from tieout.resources import notebooks_dir

FIRST = "start_here.ipynb"


def start(folder: Path, database: Path, arguments: Sequence[str], quiet: bool = False) -> NoReturn:
    """Become JupyterLab on ``folder``, with ``database`` as what ``tieout.open()`` opens; ``arguments`` go to it.

    Raises ``NotInstalled`` without JupyterLab, ``NotLoaded`` where there is no run to look at.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise NotInstalled("JupyterLab", "lab")
    Company(database)
    lay_out(folder)
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.absolute()}",
        f"--LabApp.default_url=/lab/tree/{FIRST}", *(["--log-level=ERROR"] if quiet else []), *arguments,
    ]  # fmt: skip
    os.execve(sys.executable, command, {**os.environ, "TIEOUT_DATABASE": str(database.absolute())})


def lay_out(folder: Path) -> None:
    """Put a copy of each notebook of tieout into ``folder``, except where there is one of that name already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(notebooks_dir().glob("*.ipynb")):
            if not os.path.lexists(folder / notebook.name):
                shutil.copyfile(notebook, folder / notebook.name)
    except OSError as error:
        raise UnwritablePath(folder, str(error.strerror)) from error
