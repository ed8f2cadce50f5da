"""What a report on one period needs to know, read from the measures once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from tieout.charts import wording
from tieout.company import Company
from tieout.reporting import parameters


@dataclass(frozen=True)
class Facts:
    """One company in one period. Tables hold that period only, except ``margins``, which holds all."""

    company: Company
    period: str
    prior: str | None
    prior_year: str | None
    is_complete: bool
    margins: pd.DataFrame
    bridge: pd.DataFrame
    channels: pd.DataFrame
    guards: pd.DataFrame
    stock: pd.DataFrame
    cash: pd.DataFrame
    titles: dict[str, str]
    sentences: dict[str, str]
    trust: dict[str, Any]
    headline: dict[str, Any]

    def book(self, name: str, period: str | None = None) -> dict[str, Any]:
        """The margin of one book in a period (default: the report's); every period has all but ``first_reported``."""
        return dict(self._rows(name, period or self.period).iloc[0])

    @property
    def was_closed(self) -> bool:
        """Whether it is known what was first reported: only a period with a closing date can tell."""
        return not self._rows("first_reported", self.period).empty

    def _rows(self, book: str, period: str) -> pd.DataFrame:
        return self.margins[(self.margins["period"] == period) & (self.margins["book"] == book)]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows that a table of the run has for the period, in its order; all rows where it has no periods."""
        return [{str(column): value for column, value in row.items()}
                for row in self.company.table(name, self.period, self.period).to_dict("records")]  # fmt: skip

    def stock_value(self, book: str) -> Decimal:
        """Inventory at the period's end in one book, in units of currency."""
        return sum(self.stock.loc[self.stock["book"] == book, "amount"], Decimal(0))

    @property
    def materiality(self) -> Decimal:
        """Below what a difference of the period's profit is not worth a decision, in units of currency."""
        share = Decimal(self.trust["materiality_percent"]) / 100
        profit: Decimal = abs(self.book("corrected")["gross_profit"])
        return max(Decimal(self.trust["materiality_amount"]), profit * share)

    @property
    def title(self) -> str:
        """The period as people say it."""
        return wording.period_title(self.period)

    def money(self, amount: Decimal) -> str:
        """Money for prose: whole units of currency."""
        return wording.money(amount, self.company.currency)

    def signed(self, amount: Decimal) -> str:
        """Money for prose with its sign."""
        return wording.signed_money(amount, self.company.currency)

    @property
    def is_withheld(self) -> bool:
        """Whether the corrected margin must not be shown: costs are unknown, or stock stands below zero."""
        return bool(self.headline["is_withheld"])

    def is_withheld_in(self, period: str) -> bool:
        """The same of another period."""
        return bool(self.company.headline(start=period, end=period)["is_withheld"].iloc[0])

    def carried(self, amount: Decimal) -> Decimal:
        """A profit rounded to what the evidence carries: to the first place of the width of its range."""
        width = self.headline["gross_profit_max"] - self.headline["gross_profit_min"]
        if width < 1:
            return amount
        unit = Decimal(1).scaleb(width.adjusted())
        return Decimal(amount / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit

    def exact(self, amount: Decimal) -> str:
        """Money for tables: to the minor unit, without the currency, which the page names once."""
        return f"{amount:,.{self.company.decimals}f}".replace("-", wording.MINUS)


def read(company: Company, period: str = "") -> Facts:
    """The facts of ``period`` (default: the last complete one); ``UnknownName`` if there is no such period."""
    period = parameters.chosen_period(company, period)
    calendar = company.periods().sort_values("end_date").reset_index(drop=True)
    names = [str(name) for name in calendar["period"]]
    place = names.index(period)
    causes = company.causes()
    return Facts(
        company=company, period=period, prior=names[place - 1] if place else None,
        prior_year=_a_year_before(dict(zip(names, calendar["end_date"], strict=True)), period),
        is_complete=bool(calendar["is_complete"][place]),
        margins=company.margin(), bridge=company.margin_bridge(start=period, end=period),
        channels=company.channel_margin(start=period, end=period).fillna({"channel": ""}),
        guards=company.channel_guards(start=period, end=period),
        stock=company.inventory(start=period, end=period), cash=company.cash(start=period, end=period),
        titles=dict(zip(causes["cause"], causes["title"], strict=True)),
        sentences=dict(zip(causes["cause"], causes["sentence"], strict=True)),
        trust=dict(company.trust().iloc[0]), headline=dict(company.headline(start=period, end=period).iloc[0]),
    )  # fmt: skip


def _a_year_before(ends: dict[str, date], period: str) -> str | None:
    """The period that ended a year earlier, give or take what weeks make of a year."""
    wanted = ends[period] - timedelta(days=365)
    nearest = min(ends, key=lambda name: abs(ends[name] - wanted))
    return nearest if abs(ends[nearest] - wanted) <= timedelta(days=10) else None
