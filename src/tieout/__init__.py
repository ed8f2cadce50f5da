"""tieout explains to the cent, cause by cause, how a ledger differs from what stock and sales say it should hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tieout.startup import put_off_addresses
from tieout.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from IPython.core.interactiveshell import InteractiveShell

    from tieout.company import Company

__all__ = ["Company", "__version__", "open"]

put_off_addresses()


def open(path: str | Path = "") -> Company:
    """Open a company's published run, read-only, by its ``.duckdb`` file or its ``tieout.toml``.

    Without a path: what the environment variable ``TIEOUT_DATABASE`` names (``tieout lab`` sets it), else
    ``tieout.duckdb`` in the present folder. Raises ``NotLoaded`` where nothing has been published yet.
    """
    from tieout.company import Company

    return Company(path or os.environ.get("TIEOUT_DATABASE") or "tieout.duckdb")


def load_ipython_extension(shell: InteractiveShell) -> None:
    """``%load_ext tieout`` in a notebook: the cell magic ``%%sql`` on the open company."""
    from tieout.lab import magic

    magic.register(shell)


def __getattr__(name: str) -> object:
    if name == "Company":
        from tieout.company import Company

        return Company
    raise AttributeError(f"module 'tieout' has no attribute {name!r}")
