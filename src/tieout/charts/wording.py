"""How figures are written: one way for prose, pictures and tables, so that a number reads the same everywhere.

Money stays ``Decimal`` until it is text; ratios and margin points are floats (0.0123 is 1.23 points).
"""

from __future__ import annotations

import calendar
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

MINUS = "\N{MINUS SIGN}"
_ROLES = {"cogs": "cost of goods sold", "grni": "received, not billed", "write_off": "write-offs"}
_SPANS = ((7 * 24 * 60, "days", 24 * 60), (24 * 60, "day", 24 * 60), (120, "hours", 60), (60, "hour", 60))
_FAMILIES = {"kits": "kit", "returns": "return", "transfers": "transfer", "channels": "channel"}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def is_missing(value: Any) -> bool:
    """True for None, NaN and pandas' NA."""
    return value is None or bool(pd.isna(value))


def money(amount: Decimal, currency: str, decimals: int = 0) -> str:
    """``-1234.5`` in USD is ``−$1,235``: rounded half-up to ``decimals`` places, the sign first."""
    rounded = Decimal(amount).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    unit = _SYMBOLS.get(currency, currency + "\N{NO-BREAK SPACE}")
    return f"{MINUS if rounded < 0 else ''}{unit}{abs(rounded):,}"


def signed_money(amount: Decimal, currency: str, decimals: int = 0) -> str:
    """Money with its sign always written."""
    text = money(amount, currency, decimals)
    return text if text.startswith(MINUS) or not any(digit in text for digit in "123456789") else f"+{text}"


def units(quantity: Decimal) -> str:
    """``-1234.5`` is ``−1,234``: whole units."""
    return f"{quantity:,.0f}".replace("-", MINUS)


def hours(amount: Decimal) -> str:
    """``12.4`` is ``12 hours``, ``0.51`` is ``0.5 hours``: whole hours from ten on, below that to a tenth."""
    text = f"{amount:,.0f}" if amount >= 10 else f"{amount:.1f}".removesuffix(".0")
    return f"{text} hour" if text == "1" else f"{text} hours"


def percent(ratio: float, decimals: int = 1) -> str:
    """``0.4236`` is ``42.4%``; what rounds to nothing has no sign."""
    text = f"{ratio:.{decimals}%}"
    return text.replace("-", MINUS if text.strip("-0.%") else "")


def points(change: float) -> str:
    """``-0.0123`` is ``−1.23 points``; the sign is written, except of what rounds to nothing."""
    text = f"{change * 100:+.2f}".replace("-", MINUS)
    return f"{text if text.strip('+0.' + MINUS) else '0.00'} points"


def counted(count: int, noun: str) -> str:
    """``1`` and ``entry`` are ``1 entry``; any other number has the plural."""
    plural = f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def chance(p_value: float) -> str:
    """How likely a finding is by chance: ``p = 0.042``, and ``p < 0.001`` below that."""
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"


def period_title(period: str) -> str:
    """``2025-06`` is ``June 2025``; a period with another name keeps it."""
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", period)
    return f"{calendar.month_name[int(month[2])]} {month[1]}" if month else period


def period_label(period: str) -> str:
    """``2025-06`` is ``Jun 25``: for axes."""
    month = re.fullmatch(r"\d{2}(\d{2})-(0[1-9]|1[0-2])", period)
    return f"{calendar.month_abbr[int(month[2])]} {month[1]}" if month else period


def interval(minutes: int) -> str:
    """``60`` is ``Every hour``; ``0`` is ``Event by event``."""
    if minutes == 0:
        return "Event by event"
    for least, unit, size in _SPANS:
        if minutes >= least:
            count = minutes // size
            return f"Every {unit}" if count == 1 else f"Every {count} {unit}"
    return f"Every {minutes} minutes"


def family(name: str) -> str:
    """A family of causes: ``returns`` are ``return errors``."""
    return f"{_FAMILIES.get(name, name)} errors"


def account(number: str, role: str) -> str:
    """``5000`` and ``cogs`` are ``5000 cost of goods sold``; a line without an account is its role."""
    return f"{number} {_ROLES.get(role, role.replace('_', ' '))}".strip()


def not_comparable(guards: pd.DataFrame) -> str:
    """What keeps channels from being compared, by rows of ``channel_guards``; nothing where all can be."""
    missing: dict[str, list[str]] = {}
    for channel, reason in guards[["channel", "reason"]].dropna().itertuples(index=False, name=None):
        what, _, unless = reason.removeprefix("not comparable: ").rpartition(f" for {channel}")
        missing.setdefault(what, []).append(channel + unless)
    texts = [f"{what} for {listed(channels)}" for what, channels in missing.items()]
    return f"Not comparable: {'; '.join(texts)}." if texts else ""


def inside(title: str) -> str:
    """A title as it stands within a sentence: ``Booked twice`` is ``booked twice``; names in it keep their letters."""
    return f"{title[:1].lower()}{title[1:]}"


def beginning(text: str) -> str:
    """A text as it begins a sentence: ``profit too high by CAD 60`` is ``Profit too high by CAD 60``."""
    return f"{text[:1].upper()}{text[1:]}"


def listed(names: list[str]) -> str:
    """Names as a sentence has them: ``a, b and c``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
