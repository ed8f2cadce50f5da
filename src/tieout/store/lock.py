"""One writer at a time: a lock on a file beside the database, which ends with the process that holds it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from tieout.errors import Locked, UnwritablePath

_LOOK_AGAIN_SECONDS = 0.2


class Lock:
    """Held from its creation to the end of its ``with`` block; the file names the process that holds it.

    Waits up to ``wait_seconds`` for another holder, after telling ``say`` who that is; then raises ``Locked``.
    ``left_by`` is the process that held it before and died without letting go.
    """

    def __init__(
        self, database: Path, wait_seconds: float = 0, say: Callable[[str], None] = lambda remark: None
    ) -> None:
        self._path = database.with_name(f".{database.name}.lock")
        deadline = time.monotonic() + wait_seconds
        told = False
        while (handle := self._taken(database)) is None:
            if time.monotonic() >= deadline:
                raise Locked(database, self._holder(), wait_seconds)
            if not told:
                say(f"waiting for another run ({self._holder()}), which is writing {database}")
                told = True
            time.sleep(_LOOK_AGAIN_SECONDS)
        self._handle = handle
        self.left_by = os.read(handle, 100).decode(errors="replace").strip()
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}".encode(), 0)

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._handle)

    def _taken(self, database: Path) -> int | None:
        """The lock's open file, or nothing while another process holds it."""
        while True:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
            except OSError as error:
                raise UnwritablePath(database, str(error.strerror)) from error
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                return None
            if self._path.exists() and os.path.samestat(os.fstat(handle), self._path.stat()):
                return handle
            os.close(handle)  # its holder removed the file between our opening and our lock

    def _holder(self) -> str:
        with contextlib.suppress(OSError):
            return self._path.read_text(errors="replace").strip() or "of tieout"
        return "of tieout"
