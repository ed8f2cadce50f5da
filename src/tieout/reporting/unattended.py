"""The one call of a scheduler: load, reconcile and report, published once, at the end; nothing new is success."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tieout.canonical.records import hashes
from tieout.errors import InputError, InternalError, is_interruption, outcome
from tieout.reporting.publish import publish, slug
from tieout.reporting.schedule import attempts, due, snapshot
from tieout.reporting.schedule.inputs import Watch
from tieout.reporting.schedule.snapshot import Snapshot
from tieout.reporting.schedule.stages import Stages
from tieout.settings import Settings
from tieout.store import Draft, Lock, remove_killed

NOTEBOOK = "leadership"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run; without ``period``, it reports what is due. ``trigger`` goes on record."""

    settings: Settings
    database: Path
    reports: Path
    period: str | None = None
    as_of: datetime | None = None
    xlsx: bool = False
    pdf: bool = False
    trigger: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: ``status`` is ``published`` or ``nothing new``. ``counts`` per file, ``pages`` in order of time.

    ``moved``: a sentence for each period whose figures are other ones than before.
    """

    status: str
    run_id: str
    as_of: str
    pages: list[Path]
    counts: list[dict[str, Any]] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


def run(order: Order, stages: Stages) -> Result:
    """Everything from the sources to the pages; the run manifest ``tieout.run.json`` beside the database comes last.

    Raises what fails, after the hooks of ``[alerts]`` know of it and the attempt is on record; nothing is changed then.
    """
    started_at = datetime.now(UTC)
    try:
        with Lock(order.database, order.settings.schedule.wait_seconds, stages.say) as lock:
            if lock.left_by:
                remove_killed(order.database)
                killed = f"the run of {lock.left_by} was killed; nothing of it was published"
                attempts.note(order.database, started_at, killed, None, {}, [])
            return _run(order, stages, lock, started_at)
    except BaseException as error:
        told = [] if is_interruption(error) else _tell_failure(order, stages, error)
        attempts.note(order.database, started_at, outcome(error)[0], order.trigger, stages.seconds, told)
        raise


def _run(order: Order, stages: Stages, lock: Lock, started_at: datetime) -> Result:
    before = snapshot.published(order.database)
    watch = Watch(order.settings, before.tables_read if before else [], stages.say)
    with stages.stage("inputs") as facts:
        inputs = watch.settle()
        facts["files"] = len(inputs)
    decided = hashes(order.settings.root)
    if before and before.is_of(order.settings, [*inputs, *decided], order.as_of):
        return _complete(order, stages, before)
    from tieout import pipeline  # most runs of a schedule find nothing new and need none of this

    with Draft(order.database, lock) as draft:
        counts = _load(order, stages, watch, draft)
        loaded = sorted((row["table"], row["file"], row["sha256"]) for row in counts)
        if before and before.is_of(order.settings, [*loaded, *decided], order.as_of):
            return _complete(order, stages, before)  # a database had nothing new, which only its rows could tell
        with stages.stage("reconcile"):
            pipeline.reconcile_in(draft, order.settings, order.as_of, stages.step)
        draft.flush()
        return _publish(order, stages, draft, before, counts, started_at)


def _load(order: Order, stages: Stages, watch: Watch, draft: Draft) -> list[dict[str, Any]]:
    """Load until nobody has written to the sources meanwhile."""
    from tieout import pipeline

    with stages.stage("load") as facts:
        while True:
            try:
                counts = pipeline.load_into(draft, order.settings, stages.step)
            except (InputError, OSError) as error:
                watch.excuse(error)
            else:
                if watch.confirm(counts):
                    break
            draft.restart()
        for name in ("read", "loaded", "rejected"):
            facts[name] = sum(row[f"rows_{name}"] for row in counts)
    return counts


def _publish(
    order: Order,
    stages: Stages,
    draft: Draft,
    before: Snapshot | None,
    counts: list[dict[str, Any]],
    started_at: datetime,
) -> Result:
    """Report what is due from the draft; then publish both, and tell who wants to know."""
    from tieout.reporting.schedule import late, staging

    after = snapshot.read(draft.path)
    on_file = _on_file(order, after)
    movements = late.moved(before, after, on_file) if before else {}
    moved = [late.sentence(after, period, changed) for period, changed in movements.items()]
    for sentence in [*(late.files(before, after) if before else []), *moved]:
        stages.say(sentence)
    periods = _due(order, stages, after, on_file, set(movements))
    with staging.staged(order.reports, after.company) as drafts:
        _report(order, stages, draft.path, after, drafts, periods)
        with stages.stage("publish") as facts:
            facts |= {"run_id": after.run_id, "moved": list(movements)}
            _take_on_record(order, stages, draft, after, periods, started_at)
            draft.publish()
            attempts.forget(order.database)
            staging.move(drafts, order.reports)
    pages = _pages(order, after, periods)
    told = _tell(order, stages, before, after, pages)
    _write_manifest(order, pages, stages, moved, told)
    return Result("published", after.run_id, after.as_of, pages, counts, moved)


def _complete(order: Order, stages: Stages, now: Snapshot) -> Result:
    """The published run is this very run: only reports are made that it lacks, as after an interruption."""
    on_file = _on_file(order, now)
    wanted, _ = due.due(now.periods, on_file, (), order.settings.schedule.catch_up)
    if order.period:
        wanted = [order.period]
    lacking = due.unfinished(dict.fromkeys([*now.reported, *wanted]), on_file, now.run_id)
    forms = [form for form, is_wanted in {".xlsx": order.xlsx, ".pdf": order.pdf}.items() if is_wanted]
    for period, page in zip(wanted, _pages(order, now, wanted), strict=True):
        if period not in lacking and not all(page.with_suffix(form).exists() for form in forms):
            lacking.append(period)
    if lacking:
        from tieout.reporting.schedule import staging

        with staging.staged(order.reports, now.company) as drafts:
            _report(order, stages, order.database.resolve(), now, drafts, lacking)
            staging.move(drafts, order.reports)
    pages = _pages(order, now, lacking)
    if lacking or not _manifest(order).is_file():
        _write_manifest(order, pages or _pages(order, now, wanted), stages, [], [])
    return Result("nothing new", now.run_id, now.as_of, pages)


def _on_file(order: Order, run: Snapshot) -> dict[str, str]:
    return due.on_file(order.reports, run.company, NOTEBOOK, order.settings.reports.interactive)


def _due(order: Order, stages: Stages, after: Snapshot, on_file: dict[str, str], moved: set[str]) -> list[str]:
    if order.period:
        return [order.period]
    periods, left_out = due.due(after.periods, on_file, moved, order.settings.schedule.catch_up)
    if not periods:
        raise InputError("There is no period to report on: the sources hold no dated entry. Load data first.")
    if left_out:
        stages.say(f"not reported, since schedule.catch_up allows no more: {', '.join(left_out)}")
    return periods


def _report(order: Order, stages: Stages, database: Path, of: Snapshot, drafts: Path, periods: list[str]) -> None:
    from tieout.reporting.run import refuse_strangers, report
    from tieout.reporting.schedule import staging

    refuse_strangers(order.reports, of.company)
    for period, page in zip(periods, _pages(order, of, periods), strict=True):
        with stages.stage("report") as facts:
            facts["period"] = period
            stages.step(f"reporting {NOTEBOOK} {period}")
            staging.bring(page, drafts, order.reports)
            try:
                report(database, drafts, NOTEBOOK, period, order.settings.path, order.xlsx, order.pdf)
            except InternalError as error:
                staging.move_failed(drafts, order.reports)
                raise InternalError(str(error).replace(str(drafts), str(order.reports))) from error


def _pages(order: Order, run: Snapshot, periods: list[str]) -> list[Path]:
    return [order.reports / slug(run.company) / slug(period) / f"{NOTEBOOK}.html" for period in periods]


def _take_on_record(
    order: Order, stages: Stages, draft: Draft, after: Snapshot, periods: list[str], started_at: datetime
) -> None:
    """What is known of the run now that its reports are made, and of those that failed before it."""
    draft.open()
    attempts.take_on_record(draft.connection, order.database)
    draft.connection.execute(
        """
        update runs
        set started_at = $started_at, trigger = $trigger, seconds = $seconds, stages = $stages, reported = $reported
        where run_id = $run_id
        """,
        {
            "started_at": started_at, "trigger": order.trigger, "stages": json.dumps(stages.seconds),
            "seconds": (datetime.now(UTC) - started_at).total_seconds(), "reported": json.dumps(periods),
            "run_id": after.run_id,
        },
    )  # fmt: skip
    draft.connection.execute("create or replace table this_run as select * from runs where run_id = ?", [after.run_id])


def _tell(
    order: Order, stages: Stages, before: Snapshot | None, after: Snapshot, pages: list[Path]
) -> list[dict[str, str]]:
    from tieout.reporting.schedule import alerts

    report = pages[-1]
    headline = json.loads(report.with_suffix(".manifest.json").read_text(encoding="utf-8"))["headline"]
    with stages.stage("alerts") as facts:
        alert = alerts.found(before, after, str(report), headline)
        told = alerts.tell(order.settings.alerts, alert, _folder(order), order.settings.root, stages.say)
        facts |= {"events": [event["event"] for event in alert["events"]], "hooks": told}
    return told


def _tell_failure(order: Order, stages: Stages, error: BaseException) -> list[dict[str, str]]:
    from tieout.reporting.schedule import alerts

    alert = alerts.failure(order.settings.company.name, error)
    with stages.stage("alerts") as facts:
        told = alerts.tell(order.settings.alerts, alert, _folder(order), order.settings.root, stages.say)
        facts |= {"events": ["failed"], "hooks": told}
    return told


def _folder(order: Order) -> Path:
    return order.reports / slug(order.settings.company.name)


def _manifest(order: Order) -> Path:
    return order.database.with_suffix(".run.json")


def _write_manifest(
    order: Order, pages: list[Path], stages: Stages, moved: list[str], told: list[dict[str, str]]
) -> None:
    from tieout.company import Company
    from tieout.reporting import manifest

    content = manifest.of_run(Company(order.database), pages, stages.seconds)
    publish(_manifest(order), manifest.as_text({**content, "moved": moved, "alerts": told}))
