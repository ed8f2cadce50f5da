"""Pictures of the measures: a module a picture, one theme. Importing this package makes Altair draw in our way.

``company.charts`` is a ``Charts``; each of its methods is named for the measure that it draws.
"""

from __future__ import annotations

from typing import Protocol

import altair as alt
import pandas as pd

from tieout.charts import (
    cash,
    cash_tied_up,
    channel_margin,
    distortion_parts,
    inventory,
    inventory_distortion,
    inventory_ratios,
    margin,
    margin_bridge,
    roll_forward,
    stock_classes,
    three_way,
)


class _Measures(Protocol):
    """What a picture needs of a company."""

    @property
    def currency(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    def table(self, name: str, start: str | None = None, end: str | None = None) -> pd.DataFrame: ...
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

    def inventory_distortion(self, period: str | None = None) -> alt.LayerChart:
        """Stock over- and understated at the period's end, place by place."""
        period = period or self._last_complete()
        table = self._company.table("inventory_distortion", period, period)
        return inventory_distortion.draw(table, period=period, currency=self._company.currency)

    def roll_forward(self, period: str | None = None) -> alt.LayerChart:
        """From opening to closing stock, movement by movement, recorded and corrected."""
        period = period or self._last_complete()
        table = self._company.table("roll_forward", period, period)
        return roll_forward.draw(table, period=period, currency=self._company.currency)

    def three_way(self, period: str | None = None) -> alt.LayerChart:
        """Stock counted, from the history and in the ledger at the period's end."""
        period = period or self._last_complete()
        table = self._company.table("three_way", period, period)
        return three_way.draw(table, period=period, currency=self._company.currency)

    def inventory_ratios(self, period: str | None = None) -> alt.LayerChart:
        """Days of inventory up to the period, recorded and corrected."""
        table, periods = self._company.table("inventory_ratios"), list(self._company.periods()["period"])
        return inventory_ratios.draw(table, periods=periods, period=period or self._last_complete())

    def cash_tied_up(self, period: str | None = None) -> alt.LayerChart:
        """Stock, what of it is not paid yet, and the money tied up in it, recorded and corrected."""
        period = period or self._last_complete()
        table = self._company.table("cash_tied_up", period, period)
        return cash_tied_up.draw(table, period=period, currency=self._company.currency)

    def distortion_parts(self, period: str | None = None) -> alt.LayerChart:
        """Whose money the distortion of stock is at the period's end."""
        period = period or self._last_complete()
        table = self._company.table("distortion_parts", period, period)
        return distortion_parts.draw(table, period=period, currency=self._company.currency)

    def stock_classes(self) -> alt.LayerChart:
        """How many items are in another class than the books say, at the run's "now"."""
        return stock_classes.draw(self._company.table("class_migrations"), as_of=self._company.as_of)

    def _last_complete(self) -> str:
        return last_complete(self._company.periods())

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
