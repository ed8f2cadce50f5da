"""What changed from one report to the next of the same company, period and notebook, told by their manifests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tieout.reporting.records import Changes, Figures, Previous, Reason, Whole


def continued(content: Mapping[str, Any], before: Whole | None) -> dict[str, Any]:
    """The manifest ``content`` with the last other report in brief (``previous``) and what has changed (``changes``).

    To make the same report again changes nothing: it keeps the predecessor that it had.
    """
    now = Whole.model_validate(content)
    if before is None:
        return dict(content)
    if before.report_id == now.report_id:
        previous, changes = before.previous, before.changes
    else:
        previous, changes = Previous.model_validate(before.model_dump()), _changes(before, now)
    told = {"previous": previous, "changes": changes}
    return {**content, **{name: record.model_dump(mode="json") for name, record in told.items() if record}}


def differences(then: Whole, now: Whole) -> list[Reason]:
    """What went into one of two reports and not, or otherwise, into the other: as ``run_reasons``, and more kinds."""
    was, is_now = _things(then), _things(now)
    return [
        Reason(kind=kind, name=name, then=was.get((kind, name)), now=is_now.get((kind, name)))
        for kind, name in sorted({*was, *is_now})
        if was.get((kind, name)) != is_now.get((kind, name))
    ]


def _things(content: Whole) -> dict[tuple[str, str], Any]:
    """What goes into a report, by kind and name."""
    kinds: dict[str, Mapping[str, Any]] = {
        "source": {name: file.sha256 for name, file in content.inputs.items()},
        "setting": _flat(content.settings), "parameter": content.parameters, "version": content.versions,
        "notebook": {content.notebook: content.notebook_sha256}, "as_of": {"as_of": content.as_of},
    }  # fmt: skip
    return {(kind, name): value for kind, things in kinds.items() for name, value in things.items()}


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    """Nested settings by their whole keys, as ``policy.cost_method``; what is not set is not there."""
    if isinstance(value, Mapping):
        parts = {f"{name}.{key}" if name else str(key): part for key, part in value.items()}
    elif isinstance(value, list):
        parts = {f"{name}[{place}]": part for place, part in enumerate(value)}
    else:
        return {} if value is None else {name: value}
    return {key: leaf for part in parts for key, leaf in _flat(parts[part], part).items()}


def _changes(then: Whole, now: Whole) -> Changes:
    """By how much corrected − recorded gross profit moved, and the cause that moved it most.

    The moves of the causes add up to it. No amounts where one of the headlines is withheld.
    """
    why = differences(then, now)
    was, is_now = _difference(then.figures), _difference(now.figures)
    if was is None or is_now is None:
        return Changes(why=why)
    causes = {**then.figures.causes, **now.figures.causes}
    moves = {name: _effect(now.figures, name) - _effect(then.figures, name) for name in sorted(causes)}
    largest = max(moves, key=lambda name: abs(moves[name]), default=None)
    if largest is None or not moves[largest]:
        return Changes(difference=is_now - was, why=why)
    return Changes(difference=is_now - was, title=causes[largest].title, gross_profit=moves[largest], why=why)


def _difference(figures: Figures) -> Decimal | None:
    return figures.corrected.gross_profit - figures.recorded.gross_profit if figures.corrected else None


def _effect(figures: Figures, cause: str) -> Decimal:
    return figures.causes[cause].gross_profit if cause in figures.causes else Decimal(0)
