"""What late data have changed: the files, and the figures of periods that were reported or closed before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tieout.charts import wording
from tieout.reporting.schedule.snapshot import Snapshot

# Named one by one where they moved, by book; the other figures are only counted.
_NAMED = ("revenue", "gross_profit", "profit_after_stock_losses", "inventory")
_BOOKS = ("recorded", "corrected")


@dataclass(frozen=True, slots=True)
class Movement:
    """A figure of a period that is another one than the last run found; functional currency."""

    period: str
    book: str
    figure: str
    before: Decimal
    after: Decimal


def files(before: Snapshot, after: Snapshot) -> list[str]:
    """A sentence for each source file that came, went or changed."""
    old, new = ({name: (rows, sha256) for _, _, name, rows, sha256 in run.files} for run in (before, after))
    sentences = []
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            sentences.append(f"{name} is new: {new[name][0]} rows loaded")
        elif name not in new:
            sentences.append(f"{name} is gone: {old[name][0]} rows were loaded from it")
        elif old[name][1] != new[name][1]:
            sentences.append(f"{name} has changed: {old[name][0]} rows loaded before, {new[name][0]} now")
    return sentences


def moved(before: Snapshot, after: Snapshot, reported: Collection[str]) -> dict[str, list[Movement]]:
    """The figures that moved, by period: of those that had a report, or were closed when the last run saw them."""
    settled = {period.name for period in before.periods if period.is_closed or period.name in reported}
    movements: dict[str, list[Movement]] = {}
    for key in sorted(before.figures.keys() | after.figures.keys()):
        old, new = before.figures.get(key, Decimal(0)), after.figures.get(key, Decimal(0))
        if old != new and key[0] in settled:
            movements.setdefault(key[0], []).append(Movement(*key, before=old, after=new))
    return {period.name: movements[period.name] for period in after.periods if period.name in movements}


def named(movements: list[Movement]) -> list[Movement]:
    """The movements of the figures that a reader knows by name, as recorded first."""
    places = {(book, figure): place for place, (book, figure) in enumerate((b, f) for b in _BOOKS for f in _NAMED)}
    chosen = [movement for movement in movements if (movement.book, movement.figure) in places]
    return sorted(chosen, key=lambda movement: places[movement.book, movement.figure])


def sentence(run: Snapshot, period: str, movements: list[Movement]) -> str:
    """What moved in a period, in one line."""
    shown = [_words(run, movement) for movement in named(movements)]
    others = len(movements) - len(shown)
    counted = [wording.counted(others, "figure") + " by channel, book or cause"] if others else []
    return f"{wording.period_title(period)} has moved: {'; '.join([*shown, *counted])}"


def _words(run: Snapshot, movement: Movement) -> str:
    before, after = (wording.money(amount, run.currency, run.decimals) for amount in (movement.before, movement.after))
    change = wording.signed_money(movement.after - movement.before, run.currency, run.decimals)
    return f"{movement.book} {movement.figure.replace('_', ' ')} {before} to {after} ({change})"
