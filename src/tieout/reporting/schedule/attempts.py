"""Runs that failed: they publish nothing, so they stay in a file until a run that is published takes them on record."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb


def place(database: Path) -> Path:
    """The file beside the database: one JSON object a line, one line an attempt."""
    return database.with_suffix(".history.jsonl")


def note(
    database: Path, started_at: datetime, error: str, trigger: str | None, seconds: Mapping[str, float],
    alerts: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Keep a failed run; where its folder cannot be written, the run's own message has to do."""
    record = {
        "started_at": started_at.isoformat(), "status": "failed", "trigger": trigger, "stages": dict(seconds),
        "error": error, "alerts": alerts,
    }  # fmt: skip
    with contextlib.suppress(OSError), place(database).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")


def take_on_record(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Put the failed runs into ``runs``, once each."""
    for record in _records(place(database)):
        connection.execute(
            """
            insert into runs by name
            select *
            from (
                select $started_at::timestamptz as started_at, 'failed' as status, $trigger as trigger,
                    $stages as stages, $error as error
            ) as failed
            anti join runs using (started_at, error)
            """,
            {
                "started_at": record["started_at"], "trigger": record["trigger"], "error": record["error"],
                "stages": json.dumps(record["stages"]),
            },
        )  # fmt: skip


def forget(database: Path) -> None:
    """Remove the file, once its lines are on record."""
    place(database).unlink(missing_ok=True)


def _records(path: Path) -> list[dict[str, Any]]:
    """The lines of the file; one that a killed run left half-written is passed over."""
    records = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            with contextlib.suppress(json.JSONDecodeError):
                records.append(json.loads(line))
    return records
