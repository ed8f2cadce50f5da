"""Pictures of the measures: a module a picture, one theme. Importing this package makes Altair draw in our way.

``company.charts`` is a ``Charts``; each of its methods is named for the measure that it draws.
"""

from __future__ import annotations

from typing import Protocol

import altair as alt
import pandas as pd

from tieout.charts import (
    availability,
    cash,
    channel_margin,
    inventory,
    listing_gaps,
    margin,
    margin_bridge,
    record_accuracy,
    system_drift,
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

    def availability(self, period: str | None = None) -> alt.LayerChart:
        """Available stock from operations to finance, sales and what can be sold, cell by cell."""
        return availability.draw(
            self._company.table("availability"), self._company.table("availability_bridge"),
            period=period or self._last_complete(),
        )  # fmt: skip

    def system_drift(self, period: str | None = None) -> alt.LayerChart:
        """How far the systems are apart about the same stock."""
        return system_drift.draw(
            self._company.table("system_drift"), period=period or self._last_complete(), currency=self._company.currency
        )

    def record_accuracy(self, period: str | None = None) -> alt.LayerChart:
        """How many records of the stock are right against physical counts."""
        return record_accuracy.draw(self._company.table("record_accuracy"), period=period or self._last_complete())

    def listing_gaps(self, period: str | None = None) -> alt.LayerChart:
        """What was listed and not there, there and not listed, sold twice or cancelled."""
        return listing_gaps.draw(self._company.table("listing_gaps"), period=period or self._last_complete())

    def _last_complete(self) -> str:
        return last_complete(self._company.periods())

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
