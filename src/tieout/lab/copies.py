"""The company's own copies of the notebooks: made once, never overwritten; a newer version of one is told."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from tieout.errors import UnwritablePath
from tieout.resources import notebooks_dir

_MARK = "tieout_original"  # in a copy's metadata: what it was copied from


def lay_out(folder: Path) -> list[str]:
    """Put a copy of each notebook of tieout into ``folder``, except where there is one of that name already.

    Gives the names of those that tieout has in another version by now than the one that was copied.
    """
    renewed = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for shipped in sorted(notebooks_dir().glob("*.ipynb")):
            copy = folder / shipped.name
            if not os.path.lexists(copy):
                _copy(shipped, copy)
            elif _origin(copy) not in (None, _digest(shipped)):
                renewed.append(copy.name)
    except OSError as error:
        raise UnwritablePath(folder, str(error.strerror)) from error
    return renewed


def _copy(shipped: Path, copy: Path) -> None:
    notebook: dict[str, Any] = json.loads(shipped.read_text(encoding="utf-8"))
    notebook["metadata"][_MARK] = _digest(shipped)
    copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _digest(shipped: Path) -> str:
    return hashlib.sha256(shipped.read_bytes()).hexdigest()[:12]


def _origin(copy: Path) -> str | None:
    """What a copy was made from; nothing where the file is not one of our copies."""
    try:
        mark = json.loads(copy.read_text(encoding="utf-8"))["metadata"][_MARK]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return str(mark)
