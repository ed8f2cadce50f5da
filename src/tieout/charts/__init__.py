"""Pictures of the measures: a module a picture, one theme. Importing this package makes Altair draw in our way.

``company.charts`` is a ``Charts``; each of its methods is named for the measure that it draws.
"""

from __future__ import annotations

from typing import Protocol

import altair as alt
import pandas as pd

from tieout.charts import cash, channel_margin, inventory, margin, margin_bridge


class Measures(Protocol):
    """What a picture needs of a company."""

    @property
    def currency(self) -> str: ...
    def margin(self) -> pd.DataFrame: ...
    def margin_bridge(self) -> pd.DataFrame: ...
    def channel_margin(self) -> pd.DataFrame: ...
    def inventory(self) -> pd.DataFrame: ...
    def cash(self) -> pd.DataFrame: ...
    def causes(self) -> pd.DataFrame: ...


class Charts:
    """The pictures of one company, each an Altair chart. ``period`` is by default the last one."""

    def __init__(self, company: Measures) -> None:
        self._company = company

    def margin(self, period: str | None = None) -> alt.LayerChart:
        """Gross margin over all periods, recorded and corrected."""
        return margin.draw(self._company.margin(), period=period or self._last_period())

    def margin_bridge(self, period: str | None = None) -> alt.LayerChart:
        """Gross profit from recorded to corrected (and on to expected), cause by cause."""
        return margin_bridge.draw(
            self._company.margin_bridge(), self._company.margin(), self._titles(),
            period=period or self._last_period(), currency=self._company.currency,
        )  # fmt: skip

    def channel_margin(self, period: str | None = None) -> alt.LayerChart:
        """Contribution margin of each channel, recorded and corrected."""
        return channel_margin.draw(self._company.channel_margin(), period=period or self._last_period())

    def inventory(self, period: str | None = None) -> alt.LayerChart:
        """Value of inventory at all period ends, recorded and corrected."""
        return inventory.draw(
            self._company.inventory(), period=period or self._last_period(), currency=self._company.currency
        )

    def cash(self, period: str | None = None) -> alt.LayerChart:
        """What overstates and understates inventory at the period's end, cause by cause."""
        return cash.draw(
            self._company.cash(), self._titles(), period=period or self._last_period(), currency=self._company.currency
        )

    def _last_period(self) -> str:
        return str(self._company.margin()["period"].max())

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
