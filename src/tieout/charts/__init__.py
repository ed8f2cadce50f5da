"""Pictures of the measures: a module a picture, one theme. Importing this package makes Altair draw in our way.

``company.charts`` is a ``Charts``; each of its methods is named for the measure that it draws.
"""

from __future__ import annotations

from typing import Protocol

import altair as alt
import pandas as pd

from tieout.charts import (
    cash,
    channel_margin,
    close,
    exceptions,
    growth,
    integrity,
    inventory,
    labour,
    labour_trend,
    margin,
    margin_bridge,
    range_width,
)


class _Measures(Protocol):
    """What a picture needs of a company."""

    @property
    def currency(self) -> str: ...
    def table(self, name: str) -> pd.DataFrame: ...
    def margin(self) -> pd.DataFrame: ...
    def margin_bridge(self) -> pd.DataFrame: ...
    def channel_margin(self) -> pd.DataFrame: ...
    def inventory(self) -> pd.DataFrame: ...
    def cash(self) -> pd.DataFrame: ...
    def causes(self) -> pd.DataFrame: ...
    def periods(self) -> pd.DataFrame: ...


def last_complete(periods: pd.DataFrame) -> str:
    """The last period that is over; where none is, the last one."""
    complete = periods[periods["is_complete"].astype(bool)]
    return str((periods if complete.empty else complete).sort_values("end_date")["period"].iloc[-1])


class Charts:
    """The pictures of one company, each an Altair chart. ``period`` is by default the last complete one."""

    def __init__(self, company: _Measures) -> None:
        self._company = company

    def margin(self, period: str | None = None) -> alt.LayerChart:
        """Gross margin up to the period, recorded and corrected."""
        return margin.draw(self._company.margin(), period=period or self._last_complete())

    def margin_bridge(self, period: str | None = None) -> alt.LayerChart:
        """Gross profit from recorded to corrected (and on to expected), cause by cause."""
        return margin_bridge.draw(
            self._company.margin_bridge(), self._company.margin(), self._titles(),
            period=period or self._last_complete(), currency=self._company.currency,
        )  # fmt: skip

    def channel_margin(self, period: str | None = None) -> alt.LayerChart:
        """Contribution margin of each channel, recorded and corrected."""
        return channel_margin.draw(self._company.channel_margin(), period=period or self._last_complete())

    def inventory(self, period: str | None = None) -> alt.LayerChart:
        """Value of inventory at each period end up to this one, recorded and corrected."""
        return inventory.draw(
            self._company.inventory(), period=period or self._last_complete(), currency=self._company.currency
        )

    def cash(self, period: str | None = None) -> alt.LayerChart:
        """What overstates and understates inventory at the period's end, cause by cause."""
        return cash.draw(
            self._company.cash(),
            self._titles(),
            period=period or self._last_complete(),
            currency=self._company.currency,
        )

    def labour(self, period: str | None = None) -> alt.LayerChart:
        """Estimated hours that the differences take, by what they need, up to the period; measured ones beside."""
        return labour.draw(
            self._company.table("labour"), period=period or self._last_complete(), currency=self._company.currency
        )

    def labour_trend(self) -> alt.LayerChart:
        """Hours per 1,000 events over the complete periods, and their trend."""
        return labour_trend.draw(self._company.table("labour_rates"), self._company.table("labour_trend"))

    def growth(self) -> alt.LayerChart:
        """Distortion for each unit of its driver over the complete periods, first = 100."""
        periods = self._company.periods()
        complete = [str(period) for period in periods.loc[periods["is_complete"].astype(bool), "period"]]
        return growth.draw(self._company.table("growth"), self._company.table("growth_trend"), complete=complete)

    def range_width(self, period: str | None = None) -> alt.LayerChart:
        """Gross profit up to the period, with the range that the evidence allows."""
        return range_width.draw(
            self._company.table("range_width"), period=period or self._last_complete(), currency=self._company.currency
        )

    def close(self, period: str | None = None) -> alt.LayerChart:
        """Days to close up to the period, beside what other companies need."""
        return close.draw(self._company.table("close"), period=period or self._last_complete())

    def exceptions(self) -> alt.LayerChart:
        """Open exceptions by age."""
        return exceptions.draw(self._company.table("exceptions"), currency=self._company.currency)

    def integrity(self) -> alt.LayerChart:
        """The shares of the integrity summary."""
        return integrity.draw(self._company.table("integrity"))

    def _last_complete(self) -> str:
        return last_complete(self._company.periods())

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
