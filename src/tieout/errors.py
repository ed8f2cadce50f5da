"""Every message that a user can get: what is wrong, where, and what to do about it.

Bad data never raises: it is collected in ``rejected_rows`` and ``findings``. What raises here is a bad call, a bad
configuration or an unreadable source (exit code 2), a difference beyond materiality (1), or a defect of ours (3).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class TieoutError(Exception):
    """A message for the user, with the exit code that the command line returns."""

    exit_code = 3


class InputError(TieoutError):
    """The user's input is wrong: arguments, configuration or a source file."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the message alone, since the fault is not in our code."""
        return [f"{type(self).__name__}: {self}"]


class InternalError(TieoutError):
    """The fault is ours; nothing was published."""


class ConfigError(InputError):
    """A key of ``tieout.toml`` is unknown, of the wrong type, or not allowed."""

    def __init__(self, path: Path, key: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {key}: {problem}. {remedy}")


class MissingFile(InputError):
    """A file or folder that the call names is not there."""

    def __init__(self, path: Path, remedy: str) -> None:
        super().__init__(f"{path}: there is no such file or folder. {remedy}")


class UnreadableFile(InputError):
    """A source file cannot be read as what it claims to be."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")


class UnreadableTable(InputError):
    """A table of a database or a lake cannot be read; ``name`` is how the configuration reaches it."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {problem}. {remedy}")


class UnknownFormat(InputError):
    """A file is a table, but of none of the formats that it may have; ``nearest``: what comes closest, if any does."""

    def __init__(self, path: Path, nearest: str, rows: int, only: str = "") -> None:
        self.nearest = nearest
        why = nearest or f"no row among the first {rows} has the columns of {'it' if only else 'any of them'}"
        what = f"is no {only}" if only else "is none of the formats that tieout knows"
        remedy = (
            'Correct the format or the path of its [[source]]; format = "auto" finds out what a file is.' if only
            else "`tieout init --map FILE` proposes how to map its columns (docs/sources.md); or remove the file."
        )  # fmt: skip
        super().__init__(f"{path}: {what}: {why}. {remedy}")


class NothingToLoad(InputError):
    """No source has a single row; ``unused``: what lies there instead, and why nothing is read of it."""

    def __init__(self, config: Path, unused: Iterable[tuple[str, str]]) -> None:
        why = "; ".join(f"{name} {reason}" for name, reason in unused) or "their folders hold no files"
        super().__init__(
            f"{config}: nothing can be loaded from its sources: {why}. Put the exports there, or map their columns "
            "(docs/sources.md); what is published stays as it is."
        )


class UnwritablePath(InputError):
    """A file or folder cannot be written where the call wants it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: cannot be written: {problem}. Name another place, or make this one writable.")


class AlreadyThere(InputError):
    """A file that the command would write is the user's own by now."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: is there already and stays as it is. Edit it, or move it away and try again.")


class MissingColumns(InputError):
    """A source file lacks columns without which its rows mean nothing."""

    def __init__(self, path: Path, table: str, missing: Iterable[str], found: Iterable[str]) -> None:
        missing, found = list(missing), list(found)
        near = {name: difflib.get_close_matches(name, found, 1) for name in missing}
        hints = [f'did you mean "{match[0]}" for "{name}"?' for name, match in near.items() if match]
        super().__init__(
            f"{path}: table {table} needs the column{'s' * (len(missing) > 1)} {', '.join(missing)} (row 1 has: "
            f"{', '.join(found) or 'nothing'}). Add them to the header row{'; ' + ' '.join(hints) if hints else '.'}"
        )


class ChangedInputs(InputError):
    """What a report was made from is not what lies there now; ``files``: each with its hash then and now, if any."""

    def __init__(self, manifest: Path, files: Iterable[tuple[str, str | None, str | None]]) -> None:
        lines = [f"  {name}: {then or 'was not there'} then, {now or 'is not there'} now" for name, then, now in files]
        super().__init__("\n".join([
            f"{manifest}: the report cannot be made again, since its inputs are not what they were (SHA-256):", *lines,
            "Put back what it was made from, or make a new report.",
        ]))  # fmt: skip


class WrongRows(InputError):
    """Rows of a file that a person filled in are wrong: all of them are named, and none of the file is taken over."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        problems, shown = list(problems), 20
        more = [f"and {len(problems) - shown} more"] if len(problems) > shown else []
        super().__init__(
            "\n  ".join([f"{path}: nothing was taken over, mend these rows first:", *problems[:shown], *more])
        )


class UnknownName(InputError):
    """A name that the call gives is not one of those that exist."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str]) -> None:
        allowed = sorted(allowed)
        near = difflib.get_close_matches(name, allowed, 1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        super().__init__(f'There is no {kind} "{name}".{hint} Choose one of: {", ".join(allowed)}.')


class UnknownId(InputError):
    """Nothing in the run carries the identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            f'Nothing is known about "{identifier}": it is no event, document, journal, correction, case or cause of '
            "this run. Copy an id from `tieout export corrections`."
        )


class WrongSql(InputError):
    """A query of the user that DuckDB refuses, in DuckDB's words and with the line that it points at."""

    def __init__(self, problem: str) -> None:
        super().__init__("\n".join(line for line in problem.splitlines() if line.strip()))


class NotLoaded(InputError):
    """The database lacks what the command works on."""

    def __init__(self, database: Path, command: str) -> None:
        super().__init__(f"{database}: nothing to work on yet. Run `tieout {command}` first.")


class OtherVersion(InputError):
    """The database was made by a tieout that did not know something yet."""

    def __init__(self, database: Path, lacks: str) -> None:
        problem = f"was made by another version of tieout (it lacks {lacks})"
        super().__init__(f"{database} {problem}. Run `tieout reconcile`.")


class NotInstalled(InputError):
    """A command needs an optional extra of tieout."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} is not installed. Install it with: pip install 'tieout[{extra}]'")


class Locked(InputError):
    """Another run is writing the same database."""

    def __init__(self, database: Path, holder: str, waited_seconds: float = 0) -> None:
        waited = f", also after {waited_seconds:g} s" if waited_seconds else ""
        super().__init__(
            f"{database}: another run ({holder}) is writing it{waited}. Wait until it ends and try again; "
            "schedule.wait_seconds in tieout.toml says how long a run waits."
        )


class UnsettledInput(InputError):
    """A source file is being written, is held by another program, or has gone since the last run."""

    def __init__(self, name: str, problem: str, waited_seconds: float, remedy: str) -> None:
        waited = f", also after {waited_seconds:g} s" if waited_seconds else ""
        super().__init__(f"{name}: {problem}{waited}. {remedy}")


class BrokenIdentity(InternalError):
    """A proof of the run failed; the run is not published."""

    def __init__(self, rows: Iterable[str]) -> None:
        super().__init__(
            "The books do not tie out, so nothing was published. Broken proofs: "
            + "; ".join(rows)
            + ". This is a defect of tieout: please report it with the run's inputs."
        )


class NewerRun(UserWarning):
    """What a reader works on has been replaced by another run."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"run {run_id} has been published since; company.refresh() goes over to it")


class NotReconciled(UserWarning):
    """A reader would go over to what is only loaded yet."""

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"what has been loaded since is not reconciled yet (`tieout reconcile` does that); run {run_id} stays open"
        )


def is_interruption(error: BaseException) -> bool:
    """Whether a signal ended the work: in Python, or where DuckDB was busy, which raises an error of its own."""
    return isinstance(error, KeyboardInterrupt) or (type(error) is RuntimeError and str(error) == "Query interrupted")


def outcome(error: BaseException) -> tuple[str, int]:
    """What to tell the user about whatever ended a command, and the exit code of the command line."""
    if isinstance(error, TieoutError):
        return str(error), error.exit_code
    if is_interruption(error):
        return "interrupted; nothing was published", 130
    import duckdb  # by now it is loaded, or there is time

    if isinstance(error, duckdb.IOException):
        return f"{str(error).splitlines()[0]}. Make room, or name another place with --database.", 2
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}. Name another place, or make this one readable and writable.", 2
    return f"internal error: {error} ({type(error).__name__}). Run again with --verbose for details.", 3
