"""tieout explains to the cent, cause by cause, how a ledger differs from what stock and sales say it should hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tieout.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from tieout.company import Company

__all__ = ["Company", "__version__", "open"]


def open(path: str | Path = "tieout.duckdb") -> Company:
    """Open a company's published run, read-only, by its ``.duckdb`` file or its ``tieout.toml``.

    Raises ``NotLoaded`` where nothing has been published yet.
    """
    from tieout.company import Company

    return Company(path)


def __getattr__(name: str) -> object:
    if name == "Company":
        from tieout.company import Company

        return Company
    raise AttributeError(f"module 'tieout' has no attribute {name!r}")
