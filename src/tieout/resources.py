"""Where the notebooks and the sample data lie: inside an installed wheel, or in the checkout that is worked in."""

from __future__ import annotations

from pathlib import Path

from tieout.errors import MissingFile

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


def notebooks_dir() -> Path:
    """The folder of the parameterized notebooks, ``<name>.ipynb`` each; raises ``MissingFile``."""
    return _first_present(_PACKAGE / "_notebooks", _CHECKOUT / "notebooks")


def data_dir() -> Path:
    """The folder of the data that comes with tieout, a subfolder each; raises ``MissingFile``."""
    return _first_present(_PACKAGE / "_data", _CHECKOUT / "data")


def _first_present(installed: Path, checked_out: Path) -> Path:
    for folder in (installed, checked_out):
        if folder.is_dir():
            return folder
    raise MissingFile(installed, "It is part of tieout: install tieout again.")
