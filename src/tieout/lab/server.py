"""``tieout lab``: the company's notebooks laid out once, and JupyterLab started on them."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tieout.company import Company
from tieout.console import Console
from tieout.errors import NotInstalled
from tieout.lab.copies import lay_out

FIRST = "start_here.ipynb"
# What Jupyter reads besides the user's own settings: no question about news, which would be fetched from outside.
_CONFIG = Path(__file__).parent / "config"


def start(folder: Path, database: Path, arguments: Sequence[str], quiet: bool = False) -> NoReturn:
    """Become JupyterLab on ``folder``, with ``database`` as what ``tieout.open()`` opens; ``arguments`` go to it.

    Raises ``NotInstalled`` without JupyterLab, ``NotLoaded`` where there is no run to look at.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise NotInstalled("JupyterLab", "lab")
    Company(database)
    for name in lay_out(folder):
        Console(quiet).say(
            f"{folder / name}: tieout has a newer version of it. Yours stays; delete or rename it to get that one."
        )
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.absolute()}",
        f"--LabApp.default_url=/lab/tree/{FIRST}", "--LabApp.extension_manager=readonly",
        *(["--log-level=ERROR"] if quiet else []), *arguments,
    ]  # fmt: skip
    searched = [str(_CONFIG), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    settings = {"TIEOUT_DATABASE": str(database.absolute()), "JUPYTER_CONFIG_PATH": os.pathsep.join(searched)}
    os.execve(sys.executable, command, {**os.environ, **settings})
