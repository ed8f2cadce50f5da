"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def publish(path: Path, text: str) -> None:
    """Write beside the final name, then move: a reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def put(draft: Path, path: Path) -> None:
    """Move ``draft``, a file or a folder, to ``path``; where there is no draft, what was at ``path`` goes.

    What is replaced ends up in the folder of the draft, which goes away with its owner.
    """
    if path.exists():
        path.replace(draft.with_name(f"{draft.name}.old"))
    if draft.exists():
        draft.replace(path)
