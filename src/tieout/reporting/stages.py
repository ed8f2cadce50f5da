"""How long each stage of a run took. The clock belongs here, and in the run manifest, and nowhere else."""

from __future__ import annotations

import time

from tieout.pipeline import Progress


class Stages:
    """Passes each step of a run on to ``progress`` and notes when it began."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._begun: list[tuple[str, float]] = []

    def __call__(self, step: str) -> None:
        """The run now does ``step``."""
        self._begun.append((step, time.monotonic()))
        self._progress(step)

    def seconds(self) -> dict[str, float]:
        """Each stage so far with its seconds, in order; the last one ends now, and one that came twice is summed."""
        ends = [begun for _, begun in self._begun[1:]] + [time.monotonic()]
        taken: dict[str, float] = {}
        for (step, begun), end in zip(self._begun, ends, strict=True):
            taken[step] = round(taken.get(step, 0.0) + end - begun, 3)
        return taken
