"""A report made again from its manifest: from the same sources, settings and notebook, or not at all."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from tieout import pipeline
from tieout.canonical.files import sha256
from tieout.canonical.records import hashes
from tieout.company import Company
from tieout.errors import ChangedInputs, InputError, NotLoaded
from tieout.reporting import changes, parameters, records
from tieout.reporting.publish import slug
from tieout.reporting.records import Reason, Whole
from tieout.reporting.run import page_name, report
from tieout.settings import Settings
from tieout.sources import find, fingerprint
from tieout.store import Draft
from tieout.version import __version__

_FORMS = ("html", "xlsx", "pdf")


@dataclass(frozen=True)
class Reproduction:
    """The page made again; which forms of it have the bytes that the manifest names, and what went in that differs."""

    page: Path
    is_same: dict[str, bool]
    why: list[Reason]


def reproduce(
    told_at: Path,
    settings: Settings,
    database: Path,
    reports: Path | None,
    own: str | None,
    progress: pipeline.Progress,
) -> Reproduction:
    """Make the report of the manifest at ``told_at`` again, in ``reports`` (by default a folder named for the report).

    ``own``: where the notebook lies, if it is not one that comes with tieout. Where ``database`` holds another run, the
    sources are loaded and reconciled aside, with the manifest's settings and as-of; nothing of it is published.
    Raises ``InputError`` if what went into the report is not what it was, or if ``reports`` holds that page already.
    """
    told = records.read(told_at, Whole)
    if told.company != settings.company.name:
        raise InputError(f'{told_at} is of "{told.company}", not of "{settings.company.name}". Name its --config.')
    if told.versions["tieout"] != __version__:
        raise InputError(
            f"{told_at} was made by tieout {told.versions['tieout']}; this is {__version__}. Install that version."
        )
    notebook = parameters.notebook_path(own or told.notebook)
    _require_same_inputs(told_at, told, settings, notebook)
    folder = reports or settings.root / "reports" / "_reproduced" / told.report_id[:12]
    name = page_name(notebook, _others(told))
    page = folder / slug(told.company) / slug(told.period) / f"{name}.html"
    if reports and page.exists():
        raise InputError(f"{page}: is there already. Name a folder of its own with --reports.")
    if _published_run(database) == told.run_id:
        _report(told, database, folder, notebook, settings)
    else:
        _rebuild_and_report(told_at, told, folder, notebook, settings, progress)
    again = records.read(page.with_name(f"{name}{records.ENDING}"), Whole)
    forms = {form: (getattr(told, f"{form}_sha256"), getattr(again, f"{form}_sha256")) for form in _FORMS}
    is_same = {form: was == is_now for form, (was, is_now) in forms.items() if was is not None}
    return Reproduction(page, is_same, changes.differences(told, again))


def _require_same_inputs(told_at: Path, told: Whole, settings: Settings, notebook: Path) -> None:
    """Sources, decisions and the notebook must be the manifest's, byte for byte; ``ChangedInputs`` names each other."""
    was = {name: file.sha256 for name, file in told.inputs.items()} | {notebook.name: told.notebook_sha256}
    found = find(settings)
    now = {name: sha256(path) for _, _, name, path in found.files()}
    now |= {table.name: fingerprint(table) for table in found.stored}
    now |= {file: sha256 for _, file, sha256 in hashes(settings.root)}
    now[notebook.name] = sha256(notebook)
    others = [name for name in sorted({*was, *now}) if was.get(name) != now.get(name)]
    if others:
        raise ChangedInputs(told_at, [(name, was.get(name), now.get(name)) for name in others])


def _published_run(database: Path) -> str | None:
    try:
        return Company(database).run_id
    except NotLoaded:
        return None


def _rebuild_and_report(
    told_at: Path, told: Whole, folder: Path, notebook: Path, settings: Settings, progress: pipeline.Progress
) -> None:
    as_it_was = _settings_of(told_at, told, settings)
    with (
        tempfile.TemporaryDirectory(dir=settings.root, prefix=".") as aside,
        Draft(Path(aside) / "tieout.duckdb") as draft,
    ):
        pipeline.rebuild(draft, as_it_was, datetime.fromisoformat(told.as_of), progress)
        draft.flush()
        _report(told, draft.path, folder, notebook, settings)


def _settings_of(told_at: Path, told: Whole, settings: Settings) -> Settings:
    """The manifest's settings, with the places of today's."""
    places = settings.model_dump(mode="json", include={"path", "source"})
    try:
        return Settings.model_validate_json(json.dumps({**told.settings, **places}), by_name=True)
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"])
        raise InputError(f"{told_at}: settings.{key}: {fault['msg']}. Take the manifest beside the report.") from error


def _report(told: Whole, database: Path, folder: Path, notebook: Path, settings: Settings) -> None:
    report(
        database, folder, str(notebook), told.period, settings.path, told.xlsx_sha256 is not None,
        told.pdf_sha256 is not None, _others(told), told.interactive,
    )  # fmt: skip


def _others(told: Whole) -> dict[str, parameters.Value]:
    return {name: value for name, value in told.parameters.items() if name != "period"}
