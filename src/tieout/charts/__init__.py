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
    cut_off_exposure,
    fixes,
    inventory,
    lags,
    margin,
    margin_bridge,
    rollover,
    timing,
    what_if,
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

    def timing(self, period: str | None = None) -> alt.LayerChart:
        """Gross profit that stands in the wrong period, up to this one."""
        return timing.draw(
            self._company.table("timing"), period=period or self._last_complete(), currency=self._company.currency
        )

    def rollover(self, period: str | None = None) -> alt.LayerChart:
        """Income of the period and what has accumulated at its end, by cause that reverses."""
        return rollover.draw(
            self._company.table("rollover"),
            self._titles(),
            period=period or self._last_complete(),
            currency=self._company.currency,
        )

    def cut_off_exposure(self, period: str | None = None) -> alt.LayerChart:
        """Sales of the period's last hours, and what of them stands in another period."""
        return cut_off_exposure.draw(
            self._company.table("cut_off_exposure"),
            period=period or self._last_complete(),
            currency=self._company.currency,
        )

    def lags(self) -> alt.LayerChart:
        """From event to ledger entry, per system and type of event."""
        return lags.draw(self._company.table("lags"))

    def what_if(self) -> alt.LayerChart:
        """Money that stands wrong and hours of work (estimate), by the interval of posting."""
        return what_if.draw(self._company.table("what_if"), currency=self._company.currency)

    def fixes(self) -> alt.LayerChart:
        """Profit that stays misplaced and hours of work (estimate) after each fix."""
        return fixes.draw(self._company.table("what_if"), currency=self._company.currency)

    def _last_complete(self) -> str:
        return last_complete(self._company.periods())

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
