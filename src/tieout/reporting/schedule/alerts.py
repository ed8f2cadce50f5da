"""Who is told when a run fails, the books do not tie out or a cause grows: a program, a web address, an e-mail body.

A hook that fails is told and recorded; it never breaks the run. No shell sees what is in the data.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from tieout.charts import wording
from tieout.errors import outcome
from tieout.reporting.publish import publish
from tieout.reporting.render import TEMPLATE
from tieout.reporting.schedule.due import last_complete
from tieout.reporting.schedule.snapshot import Snapshot
from tieout.settings import Alerts

# Lists and texts are cut there: mail programs show 100 KB, and a program takes about as much from its environment.
_LINES, _CELL, _TEXT = 20, 80, 600
EMAIL = "alert.html"
_AMOUNTS = ("amount", "materiality", "before", "now", "growth")

Alert = dict[str, Any]


def failure(company: str, error: BaseException) -> Alert:
    """The alert of a run that failed."""
    message, code = outcome(error)
    event = {"event": "failed", "title": "The run failed; nothing was published", "exit_code": code, "error": message}
    return {"company": company, "headline": f"{company}: the run failed", "events": [event]}


def found(before: Snapshot | None, after: Snapshot, report: str, headline: str) -> Alert:
    """The alert of a published run; without ``events`` there is nothing to tell."""
    events = [*_not_tied_out(after), *(_grown(before, after) if before else [])]
    return {
        "company": after.company, "headline": headline, "run_id": after.run_id, "as_of": after.as_of, "report": report,
        "currency": after.currency, "events": events,
    }  # fmt: skip


def _not_tied_out(after: Snapshot) -> list[Alert]:
    if not after.tie_out:
        return []
    title = "The books do not tie out within materiality"
    rows = [{name: str(value) for name, value in row.items()} for row in after.tie_out[-_LINES:]]
    return [{"event": "not_tied_out", "title": title, "count": len(after.tie_out), "rows": rows}]


def _grown(before: Snapshot, after: Snapshot) -> list[Alert]:
    """Causes that move more than the last run found, by more than the materiality of the last complete period."""
    limit = after.materiality[last_complete(after.periods)] if after.periods else Decimal(0)
    growth = {cause: amount - before.causes.get(cause, Decimal(0)) for cause, amount in after.causes.items()}
    grown = sorted((cause for cause in growth if growth[cause] > limit), key=lambda cause: (-growth[cause], cause))
    rows = [
        {
            "cause": cause,
            "before": str(before.causes.get(cause, Decimal(0))),
            "now": str(after.causes[cause]),
            "growth": str(growth[cause]),
        }
        for cause in grown[:_LINES]
    ]
    title = f"Causes have grown by more than {wording.money(limit, after.currency)} since the last run"
    return [{"event": "cause_grew", "title": title, "count": len(grown), "rows": rows}] if grown else []


def tell(settings: Alerts, alert: Alert, folder: Path, root: Path, say: Callable[[str], None]) -> list[dict[str, str]]:
    """Let the hooks of the configuration know; gives what became of each, and says which failed.

    ``folder`` is where the e-mail body goes, ``root`` where the program starts. With nothing to tell, the body of an
    earlier alert goes.
    """
    events = [_short(event) for event in alert["events"] if event["event"] in settings.events]
    alert = {**_short(alert), "events": events}
    email = folder / EMAIL
    if not alert["events"]:
        email.unlink(missing_ok=True)
        return []
    hooks: dict[str, Callable[[], None]] = {}
    if settings.email:
        hooks["email"] = lambda: _write_email(alert, email)
    if settings.command:
        hooks["command"] = lambda: _run_command(settings, alert, email if settings.email else None, root)
    if settings.webhook:
        hooks["webhook"] = lambda: _post(settings, alert)
    return [_outcome(name, hook, say) for name, hook in hooks.items()]


def _outcome(name: str, hook: Callable[[], None], say: Callable[[str], None]) -> dict[str, str]:
    try:
        hook()
    except Exception as error:  # whatever a hook does, the run is over and stands
        problem = f"{type(error).__name__}: {error}"
        say(f"the alert by {name} failed: {problem}")
        return {"hook": name, "status": "failed", "error": problem}
    return {"hook": name, "status": "done"}


def _run_command(settings: Alerts, alert: Alert, email: Path | None, root: Path) -> None:
    """The program as it stands in the configuration, without a shell; the alert comes on its standard input."""
    text = json.dumps(alert)
    names = " ".join(event["event"] for event in alert["events"])
    known = {"TIEOUT_EVENTS": names, "TIEOUT_ALERT": text, "TIEOUT_EMAIL": str(email or "")}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(text.encode())
        given.seek(0)
        process = subprocess.Popen(
            settings.command, stdin=given, stdout=said, stderr=said, cwd=root, env={**os.environ, **known},
            start_new_session=True,
        )  # fmt: skip
        try:
            code = process.wait(settings.timeout_seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(f"no end within {settings.timeout_seconds} s") from error
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if code:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise RuntimeError(f"exit code {code}{': ' * bool(last)}{''.join(last)[:_TEXT]}")


def _post(settings: Alerts, alert: Alert) -> None:
    """POST the alert as JSON. A failure names the host alone: the rest of the address may be a secret."""
    address = str(settings.webhook)
    request = urllib.request.Request(
        address, json.dumps(alert).encode(), {"Content-Type": "application/json", "User-Agent": "tieout"}
    )
    try:
        with urllib.request.urlopen(request, timeout=settings.timeout_seconds):
            pass
    except OSError as error:
        raise ConnectionError(f"{urlsplit(address).hostname}: {getattr(error, 'reason', None) or error}") from error


def _write_email(alert: Mapping[str, Any], path: Path) -> None:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True)
    environment.filters["figure"] = lambda amount: f"{Decimal(amount):,}"
    path.parent.mkdir(parents=True, exist_ok=True)
    publish(path, environment.get_template("alert.html.j2").render(alert, amounts=_AMOUNTS))


def _short(alert: Alert) -> Alert:
    rows = [{name: _cut(value, _CELL) for name, value in row.items()} for row in alert.get("rows", [])]
    short = {name: _cut(value, _TEXT) if isinstance(value, str) else value for name, value in alert.items()}
    return {**short, "rows": rows} if rows else short


def _cut(text: str, places: int) -> str:
    return text if len(text) <= places else f"{text[: places - 1]}…"
