"""``tieout review --sign-off``: the figures of a period, as they were published and by whom, kept for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tieout.canonical import records
from tieout.company import Company
from tieout.errors import InputError
from tieout.reporting.parameters import chosen_period


def sign_off(company: Company, root: Path, period: str, preparer: str, reviewer: str, note: str) -> int:
    """Add the period's figures to ``review/published.csv`` in ``root``; gives the number of this sign-off of it.

    Raises ``InputError`` for a period that is not there, not over or empty, and unless two people are named.
    """
    if not preparer.strip() or not reviewer.strip():
        raise InputError("A sign-off needs both names: --preparer NAME --reviewer NAME.")
    if preparer.strip().casefold() == reviewer.strip().casefold():
        raise InputError(
            f'--preparer and --reviewer are both "{preparer}". Name two people: one of them checks the other.'
        )
    period = chosen_period(company, period)
    calendar = company.periods()
    if not calendar.loc[calendar["period"] == period, "is_complete"].all():
        raise InputError(f"{period} is not over as of {company.as_of}. Sign it off once it is, after the next run.")
    earlier = [row["sign_off"] for row in records.PUBLISHED.rows(root) if row["period"] == period]
    number = max(earlier, default=0) + 1
    signature = {
        "sign_off": number, "preparer": preparer.strip(), "reviewer": reviewer.strip(), "note": note or None,
        "run_id": company.run_id, "signed_at": records.now(),
    }  # fmt: skip
    figures = company.arrow("figures", period, period).to_pylist()
    if not figures:
        raise InputError(
            f"{period} has no figures: nothing of it was recorded or is to be corrected. Sign off another."
        )
    records.PUBLISHED.append(root, [{**figure, **signature} for figure in figures])
    return number


def of_period(company: Company, period: str) -> dict[str, Any] | None:
    """Who signed the period off last, and when, for a report's manifest; ``None`` while nobody has."""
    latest = _latest(company, period)
    if latest.empty:
        return None
    row = latest.iloc[0]
    return {
        "preparer": row["preparer"], "reviewer": row["reviewer"], "signed_at": row["signed_at"].isoformat(),
        "run_id": row["run_id"], "restated_figures": len(_restated(company, period)),
    }  # fmt: skip


def _latest(company: Company, period: str) -> pd.DataFrame:
    signed = company.sign_offs(start=period, end=period)
    return signed[signed["is_latest"]]


def _restated(company: Company, period: str) -> pd.DataFrame:
    changed = company.restatements(start=period, end=period)
    return changed[~changed["is_signed_off"]]
