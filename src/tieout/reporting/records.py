"""Manifests as they are read back: what is listed needs little, what is compared or made again needs all of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tieout.errors import InputError, MissingFile, UnreadableFile
from tieout.reporting.parameters import Value

ENDING = ".manifest.json"
Money = Annotated[Decimal, Field(max_digits=24)]  # more than a ledger can hold


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class Margin(_Record):
    """Gross profit of a book in units of currency, and as a share of its revenue; that is null without sales."""

    gross_profit: Money
    gross_margin: float | None


class Effect(_Record):
    """What the corrections of a cause add to gross profit, in units of currency."""

    title: str
    gross_profit: Money


class Margins(_Record):
    """Headline figures of a period; without ``corrected`` they are withheld."""

    recorded: Margin
    corrected: Margin | None = None


class Figures(Margins):
    """With what is corrected in gross profit, cause by cause."""

    causes: dict[str, Effect]


class Reason(_Record):
    """One thing that went into one of two reports and not, or otherwise, into the other."""

    kind: str
    name: str
    then: Value | None
    now: Value | None


class Changes(_Record):
    """What moved corrected − recorded gross profit (``difference``), by which cause most, and what may be why."""

    difference: Money | None = None
    title: str = ""
    gross_profit: Money = Decimal(0)
    why: list[Reason] = []


class Headline(_Record):
    """What the report said that stood there before."""

    headline: str


class Previous(Headline):
    """The report that stood there before, in brief."""

    report_id: str
    run_id: str
    as_of: str
    figures: Margins
    html_sha256: str


class Listed(_Record):
    """What the index tells of a report."""

    notebook: str
    company: str
    period: str
    headline: str
    status: str
    as_of: str
    run_id: str
    currency: str = ""
    alarms: list[str] = []
    figures: Margins | None = None
    previous: Headline | None = None
    changes: Changes | None = None
    interactive: bool = True


class Input(_Record):
    """One source file."""

    sha256: str


class Whole(Listed):
    """A manifest by which a report can be compared and made again."""

    report_id: str
    figures: Figures
    previous: Previous | None = None
    parameters: dict[str, Value]
    settings: dict[str, Any]
    notebook_sha256: str
    inputs: dict[str, Input]
    versions: dict[str, str]
    html_sha256: str
    xlsx_sha256: str | None = None
    pdf_sha256: str | None = None


_Kind = TypeVar("_Kind", bound=Listed)


def read(path: Path, kind: type[_Kind]) -> _Kind:
    """The manifest in a file; ``InputError`` says in words why it is none."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingFile(path, f"Name a manifest: <notebook>{ENDING} beside its report.") from error
    except OSError as error:
        raise UnreadableFile(path, f"cannot be read ({error.strerror})", "Make the report again.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"]) or "file"
        problem = f"is no manifest of this version of tieout ({key}: {fault['msg']})"
        raise UnreadableFile(path, problem, "Make the report again.") from error


def read_if_whole(path: Path) -> Whole | None:
    """The manifest in a file, or nothing where there is none that a report can be compared with."""
    try:
        return read(path, Whole)
    except InputError:
        return None


def owner(path: Path) -> str | None:
    """The company that a manifest names, whatever else is wrong with it."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    named = content.get("company") if isinstance(content, dict) else None
    return named if isinstance(named, str) else None
