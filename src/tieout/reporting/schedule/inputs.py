"""The source files of a run, once nobody writes them: what a run reads must be what it says that it has read."""

from __future__ import annotations

import errno
import fcntl
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from tieout.canonical.files import sha256
from tieout.errors import InputError, MissingFile, UnreadableFile, UnreadableTable, UnsettledInput
from tieout.settings import Settings
from tieout.sources import Found, find

_LOOK_AGAIN_SECONDS = 0.5
_EXPORT_AGAIN = "Let the export write to another name and move the file here when it is whole, or run again later."
_PUT_BACK = "Put it back; if it is meant to be gone, tell tieout so with `tieout load` and `tieout reconcile`."

Stamps = dict[str, tuple[int, int, int] | str | None]


class Watch:
    """Looks whether source files are held, being written or gone; waits for them, up to ``schedule.wait_seconds``.

    ``known`` are the tables that the published run has read, each with its source and file: none of them may vanish.
    """

    def __init__(self, settings: Settings, known: Collection[tuple[str, str, str]], say: Callable[[str], None]) -> None:
        self._settings, self._known, self._say = settings, known, say
        self._seconds = settings.schedule.wait_seconds
        self._deadline: float | None = None
        self._stamps: Stamps = {}
        self._unversioned: set[str] = set()
        self.hashes: list[tuple[str, str, str]] = []

    def settle(self) -> list[tuple[str, str, str]]:
        """Table, name and sha256 of each file, in order, of one moment; raises what keeps it from that for too long.

        What a database holds is not among them: it is known when it has been read.
        """
        while True:
            try:
                self._look()
            except (MissingFile, UnreadableFile, UnreadableTable) as error:
                if not self._known:
                    raise  # nothing was ever there
                self._wait(error)
            except (UnsettledInput, OSError) as error:
                self._wait(error)
            else:
                return self.hashes

    def confirm(self, counts: Iterable[Mapping[str, Any]]) -> bool:
        """Is what was loaded what ``settle`` has seen? If not, waits until the files are settled again."""
        loaded = sorted(
            (row["table"], row["file"], row["sha256"]) for row in counts if row["file"] not in self._unversioned
        )
        if loaded == self.hashes and not self._changed():
            return True
        self._wait(self._changing(self._changed() or [file for _, file, _ in loaded]))
        self.settle()
        return False

    def excuse(self, error: InputError | OSError) -> None:
        """Raise ``error``, unless a file has changed since ``settle`` and explains it: then wait as in ``confirm``."""
        time.sleep(min(_LOOK_AGAIN_SECONDS, self._seconds))
        changed = self._changed()
        if not changed:
            raise error
        self._wait(self._changing(changed))
        self.settle()

    def _look(self) -> None:
        found = find(self._settings)
        files, stored = found.files(), {table.name: table.version() for table in found.stored}
        tables = {(source, table) for source, table, _, _ in files}
        tables |= {(table.settings.name, table.table) for table in found.stored}
        sources = {source.name for source in self._settings.source}
        for source, table, name in self._known:
            if source in sources and (source, table) not in tables:
                raise UnsettledInput(name, "is gone; the last run has read it", self._seconds, _PUT_BACK)
        self._unversioned = {name for name, version in stored.items() if version is None}
        self._stamps = _stamps(found)
        for _, _, name, path in files:
            if _is_held(path):
                raise UnsettledInput(name, "is locked by another program", self._seconds, _EXPORT_AGAIN)
        self.hashes = sorted([
            *((table, name, sha256(path)) for _, table, name, path in files),
            *((table.table, table.name, version) for table in found.stored if (version := stored[table.name])),
        ])  # fmt: skip
        if changed := self._changed():
            raise self._changing(changed)

    def _changed(self) -> list[str]:
        """Names of the files that have come, gone or changed since they were looked at."""
        try:
            now = _stamps(find(self._settings))
        except (OSError, InputError):
            now = {}
        return sorted(name for name in self._stamps.keys() | now.keys() if self._stamps.get(name) != now.get(name))

    def _changing(self, names: list[str]) -> UnsettledInput:
        return UnsettledInput(", ".join(names), "changes while it is read", self._seconds, _EXPORT_AGAIN)

    def _wait(self, problem: OSError | InputError) -> None:
        if self._deadline is None:
            self._deadline = time.monotonic() + self._seconds
            if self._seconds:
                self._say(f"waiting up to {self._seconds} s for the source files: {problem}")
        if time.monotonic() >= self._deadline:
            raise problem
        time.sleep(_LOOK_AGAIN_SECONDS)


def _stamps(found: Found) -> Stamps:
    """By name, what changes with the content. A table without a version is read as of one moment."""
    return found.stamps() | {table.name: table.version() for table in found.stored}


def _is_held(path: Path) -> bool:
    """Has a program locked the file for itself? Both kinds of lock are asked; not every file system has them."""
    with path.open("rb") as content:
        for lock in (fcntl.flock, fcntl.lockf):
            try:
                lock(content, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno in (errno.EAGAIN, errno.EACCES):
                    return True
    return False
