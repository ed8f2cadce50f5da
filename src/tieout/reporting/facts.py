"""What a report on one period needs to know, read from the measures once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import pandas as pd

from tieout.charts import Charts, wording
from tieout.reporting import parameters


class Company(Protocol):
    """What a report needs of ``tieout.company.Company``."""

    name: str
    currency: str
    decimals: int
    run_id: str
    as_of: str

    @property
    def charts(self) -> Charts: ...
    def margin(self) -> pd.DataFrame: ...
    def margin_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame: ...
    def channel_margin(self, start: str | None = None, end: str | None = None) -> pd.DataFrame: ...
    def inventory(self, start: str | None = None, end: str | None = None) -> pd.DataFrame: ...
    def cash(self, start: str | None = None, end: str | None = None) -> pd.DataFrame: ...
    def causes(self) -> pd.DataFrame: ...
    def periods(self) -> pd.DataFrame: ...
    def files(self) -> pd.DataFrame: ...
    def trust(self) -> pd.DataFrame: ...
    def sql_file(self, name: str) -> str: ...


@dataclass(frozen=True)
class Facts:
    """One company in one period. Tables hold that period only, except ``margins``, which holds all."""

    company: Company
    period: str
    prior: str | None
    is_complete: bool
    is_closed: bool
    margins: pd.DataFrame
    bridge: pd.DataFrame
    channels: pd.DataFrame
    stock: pd.DataFrame
    cash: pd.DataFrame
    titles: dict[str, str]
    sentences: dict[str, str]
    trust: dict[str, Any]

    def book(self, name: str, period: str | None = None) -> dict[str, Any] | None:
        """The margin of one book in a period (default: the report's); None where the books hold nothing."""
        rows = self.margins[(self.margins["period"] == (period or self.period)) & (self.margins["book"] == name)]
        return None if rows.empty else dict(rows.iloc[0])

    def stock_value(self, book: str) -> Decimal:
        """Inventory at the period's end in one book, in units of currency."""
        return sum(self.stock.loc[self.stock["book"] == book, "amount"], Decimal(0))

    @property
    def materiality(self) -> Decimal:
        """Below what a difference of the period's profit is not worth a decision, in units of currency."""
        corrected = self.book("corrected")
        profit = abs(corrected["gross_profit"]) if corrected else Decimal(0)
        share = Decimal(str(self.trust["materiality_percent"])) / 100
        return max(Decimal(str(self.trust["materiality_amount"])), profit * share)

    @property
    def title(self) -> str:
        """The period as people say it."""
        return wording.period_title(self.period)

    def money(self, amount: Decimal) -> str:
        """Money for prose: whole units of currency."""
        return wording.money(amount, self.company.currency)


def read(company: Company, period: str = "") -> Facts:
    """The facts of ``period`` (default: the last complete one); ``UnknownName`` if there is no such period."""
    period = parameters.chosen_period(company, period)
    calendar = company.periods().sort_values("end_date").reset_index(drop=True)
    place = list(calendar["period"]).index(period)
    causes = company.causes()
    return Facts(
        company=company, period=period, prior=str(calendar["period"][place - 1]) if place else None,
        is_complete=bool(calendar["is_complete"][place]), is_closed=not wording.is_missing(calendar["closed_at"][place]),
        margins=company.margin(), bridge=company.margin_bridge(start=period, end=period),
        channels=company.channel_margin(start=period, end=period).fillna({"channel": ""}), stock=company.inventory(start=period, end=period),
        cash=company.cash(start=period, end=period),
        titles=dict(zip(causes["cause"], causes["title"], strict=True)),
        sentences=dict(zip(causes["cause"], causes["sentence"], strict=True)),
        trust=dict(company.trust().iloc[0]),
    )  # fmt: skip
