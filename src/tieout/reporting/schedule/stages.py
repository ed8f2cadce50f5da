"""What a run does, stage by stage: how long each took, what it counted, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tieout.errors import outcome


class Stages:
    """Times the stages of a run and hands each to ``emit`` as it ends, as ``{"stage", "status", "seconds", ...}``.

    ``step`` and ``say`` are for the person who watches; ``seconds`` adds up the time by stage.
    """

    def __init__(
        self,
        step: Callable[[str], None],
        say: Callable[[str], None],
        emit: Callable[[Mapping[str, Any]], None] = lambda line: None,
    ) -> None:
        self.step, self.say, self._emit = step, say, emit
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[dict[str, Any]]:
        """Time the block; what it puts into the dictionary is told along. ``status`` is ``done`` where it sets none."""
        started = time.perf_counter()
        facts: dict[str, Any] = {}
        try:
            yield facts
        except BaseException as error:
            message, code = outcome(error)
            self._end(name, started, {**facts, "status": "failed", "exit_code": code, "error": message})
            raise
        self._end(name, started, facts)

    def _end(self, name: str, started: float, facts: dict[str, Any]) -> None:
        seconds = round(time.perf_counter() - started, 3)
        self.seconds[name] = round(self.seconds.get(name, 0) + seconds, 3)
        self._emit({"stage": name, "status": facts.pop("status", "done"), "seconds": seconds, **facts})
