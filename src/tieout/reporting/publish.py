"""Files that appear whole or not at all, and the names of their folders."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path


def publish(path: Path, text: str) -> None:
    """Write beside the final name, then move: a reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def slug(name: str) -> str:
    """A name as a folder: lower-case ASCII letters, digits and hyphens; a hash where nothing else is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return words or hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def put(draft: Path, path: Path) -> None:
    """Move ``draft``, a file or a folder, to ``path``; where there is no draft, what was at ``path`` goes.

    What is replaced ends up in the folder of the draft, which goes away with its owner.
    """
    if path.exists():
        path.replace(draft.with_name(f"{draft.name}.old"))
    if draft.exists():
        draft.replace(path)
