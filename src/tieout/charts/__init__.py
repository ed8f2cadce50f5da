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
    cash_tied_up,
    cash_tied_up_causes,
    cause_views,
    change_points,
    channel_blend,
    channel_bridge,
    channel_margin,
    channel_ranks,
    channel_returns,
    channel_waterfall,
    close,
    correction_delay,
    cross_subsidy,
    cut_off_exposure,
    decision_exposure,
    distortion,
    distortion_parts,
    exceptions,
    fixes,
    forecast_fan,
    forecast_stability,
    growth,
    headline,
    integrity,
    inventory,
    inventory_distortion,
    inventory_ratios,
    labour,
    labour_trend,
    lags,
    listing_gaps,
    margin,
    margin_bridge,
    margin_forecast,
    margin_origins,
    material_causes,
    misstatement,
    offsets,
    periodic_gap,
    purchasing_arms,
    purchasing_causes,
    range_width,
    record_accuracy,
    revelation,
    roll_forward,
    rollover,
    run_changes,
    stock_classes,
    subsidy_pairs,
    system_drift,
    tax_stock,
    three_way,
    timing,
    timing_shares,
    unrecovered_claims,
    valuation_only,
    variance_split,
    what_if,
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
        return channel_margin.draw(
            self._company.channel_margin(),
            self._company.table("channel_guards"),
            period=period or self._last_complete(),
        )

    def channel_waterfall(self, period: str | None = None, channel: str | None = None) -> alt.LayerChart:
        """From gross sales to contribution of a channel (by default the largest), recorded and corrected."""
        period = period or self._last_complete()
        return channel_waterfall.draw(
            self._company.table("channel_waterfall"), self._company.table("channel_guards"),
            period=period, channel=self._channel(period, channel), currency=self._company.currency,
        )  # fmt: skip

    def channel_bridge(self, period: str | None = None, channel: str | None = None) -> alt.LayerChart:
        """What each cause does to the contribution of a channel (by default the largest)."""
        period = period or self._last_complete()
        return channel_bridge.draw(
            self._company.table("channel_bridge"), self._titles(),
            period=period, channel=self._channel(period, channel), currency=self._company.currency,
        )  # fmt: skip

    def channel_blend(self, period: str | None = None, channel: str | None = None) -> alt.LayerChart:
        """Why the contribution margin of a channel (by default the largest) is not the company's."""
        period = period or self._last_complete()
        return channel_blend.draw(
            self._company.table("channel_blend"), self._company.table("channel_guards"),
            period=period, channel=self._channel(period, channel),
        )  # fmt: skip

    def channel_returns(self, period: str | None = None) -> alt.LayerChart:
        """Return rate of each channel, recorded and corrected."""
        return channel_returns.draw(self._company.table("channel_returns"), period=period or self._last_complete())

    def cross_subsidy(self, period: str | None = None) -> alt.LayerChart:
        """Which channels look better because others bear their costs."""
        return cross_subsidy.draw(
            self._company.table("cross_subsidy"),
            period=period or self._last_complete(),
            currency=self._company.currency,
        )

    def cause_views(self, period: str | None = None, view: str = "finance") -> alt.LayerChart:
        """The corrections as finance, operations or sales see them."""
        return cause_views.draw(
            self._company.table("cause_views"),
            period=period or self._last_complete(), view=view, currency=self._company.currency,
        )  # fmt: skip

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

    def distortion(self, period: str | None = None) -> alt.LayerChart:
        """By how much each figure is too high and too low."""
        return distortion.draw(
            self._company.table("distortion"), period=period or self._last_complete(), currency=self._company.currency
        )

    def change_points(self, period: str | None = None) -> alt.LayerChart:
        """What each cause did to gross profit up to the period, and since when it weighs more or less."""
        return change_points.draw(
            self._company.table("distortion"), self._company.table("change_points"), self._titles(),
            periods=self._up_to(period), currency=self._company.currency,
        )  # fmt: skip

    def margin_origins(self, period: str | None = None) -> alt.LayerChart:
        """Where the errors of a period began: by system and by event."""
        return margin_origins.draw(
            self._company.table("margin_origins"), self._titles(), period=period or self._last_complete(),
            currency=self._company.currency,
        )  # fmt: skip

    def decision_exposure(self, period: str | None = None) -> alt.LayerChart:
        """Break-even advertising of the most misjudged items, recorded and corrected."""
        return decision_exposure.draw(self._company.table("decision_exposure"), period=period or self._last_complete())

    def misstatement(self, period: str | None = None) -> alt.LayerChart:
        """What the trial balance misstates at the period's end, account by account."""
        return misstatement.draw(
            self._company.table("misstatement"), period=period or self._last_complete(), currency=self._company.currency
        )

    def timing_shares(self, period: str | None = None) -> alt.LayerChart:
        """How much of what distorts profit comes back, waits, stays or stands in the wrong place, up to the period."""
        return timing_shares.draw(
            self._company.table("timing_shares"), periods=self._up_to(period), currency=self._company.currency
        )

    def headline(self, period: str | None = None) -> alt.LayerChart:
        """Corrected gross margin up to the period, with the range that the evidence leaves."""
        return headline.draw(self._company.table("headline"), periods=self._up_to(period))

    def variance_split(self) -> alt.LayerChart:
        """How much of the variance of margin, profit and units is trade, and how much is error."""
        return variance_split.draw(self._company.table("variance_split"))

    def correction_delay(self) -> alt.LayerChart:
        """Median days from an event to its correction, cause by cause."""
        return correction_delay.draw(self._company.table("correction_delay"), self._titles(), as_of=self._company.as_of)

    def material_causes(self, period: str | None = None) -> alt.LayerChart:
        """The causes beyond materiality of a period, account by account."""
        return material_causes.draw(
            self._company.table("material_causes"), self._titles(), period=period or self._last_complete(),
            currency=self._company.currency,
        )  # fmt: skip

    def _up_to(self, period: str | None) -> list[str]:
        """The periods up to this one (default: the last complete one), in the order of time."""
        names = [str(name) for name in self._company.periods().sort_values("end_date")["period"]]
        return names[: names.index(period or self._last_complete()) + 1]

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

    def run_changes(self, period: str | None = None) -> alt.LayerChart:
        """What each cause corrects of gross profit more or less than in the run before."""
        period = period or self._last_complete()
        table = self._company.table("run_changes", period, period)
        return run_changes.draw(table, self._titles(), period=period, currency=self._company.currency)

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

    def cash_tied_up_causes(self, period: str | None = None) -> alt.LayerChart:
        """Which causes distort the money tied up in stock at the period's end."""
        period = period or self._last_complete()
        return cash_tied_up_causes.draw(
            self._company.table("cash_tied_up_causes", period, period),
            self._titles(),
            period=period,
            currency=self._company.currency,
        )

    def unrecovered_claims(self) -> alt.LayerChart:
        """What marketplaces lost and have not made good, by age."""
        return unrecovered_claims.draw(
            self._company.table("unrecovered_claims"), as_of=self._company.as_of, currency=self._company.currency
        )

    def valuation_only(self, period: str | None = None) -> alt.LayerChart:
        """How often two systems agree on a count and not on its value."""
        period = period or self._last_complete()
        return valuation_only.draw(self._company.table("valuation_only", period, period), period=period)

    def periodic_gap(self, period: str | None = None) -> alt.LayerChart:
        """What purchases and stock leave of the cost of sales, recorded and corrected."""
        period = period or self._last_complete()
        return periodic_gap.draw(
            self._company.table("periodic_gap", period, period), period=period, currency=self._company.currency
        )

    def tax_stock(self, period: str | None = None) -> alt.LayerChart:
        """Stock by tax region at the period's end, recorded and corrected."""
        period = period or self._last_complete()
        return tax_stock.draw(
            self._company.table("tax_stock", period, period), period=period, currency=self._company.currency
        )

    def subsidy_pairs(self, period: str | None = None) -> alt.LayerChart:
        """Which channel carries what belongs to which."""
        period = period or self._last_complete()
        return subsidy_pairs.draw(
            self._company.table("subsidy_pairs", period, period), period=period, currency=self._company.currency
        )

    def channel_ranks(self, period: str | None = None) -> alt.LayerChart:
        """The channels in their right order, beside the one that the ledger gives them."""
        period = period or self._last_complete()
        return channel_ranks.draw(self._company.table("channel_ranks", period, period), period=period)

    def revelation(self, period: str | None = None) -> alt.LayerChart:
        """How much of a period the ledger had some days after its end."""
        period = period or self._last_complete()
        return revelation.draw(self._company.table("revelation", period, period), period=period)

    def forecast_fan(self) -> alt.LayerChart:
        """The forecasts of one best-seller week after week, from its history as recorded then and as corrected."""
        return forecast_fan.draw(
            self._company.table("forecasts"), self._company.table("demand_history"),
            self._company.table("forecast_stability"), self._company.table("forecast_items"),
            self._company.table("weeks"),
        )  # fmt: skip

    def forecast_stability(self) -> alt.LayerChart:
        """Change, error and bias of forecasts by pattern of demand, from history as recorded then and as corrected."""
        return forecast_stability.draw(
            self._company.table("forecast_classes"), self._company.table("forecast_stability")
        )

    def margin_forecast(self) -> alt.LayerChart:
        """Gross margin foreseen a period ahead, from recorded and from corrected history, beside what came."""
        periods = [str(name) for name in self._company.periods().sort_values("end_date")["period"]]
        return margin_forecast.draw(self._company.table("margin_forecast"), periods=periods)

    def purchasing_arms(self) -> alt.LayerChart:
        """Stock and lost margin of simulated buyers who know what was recorded, what is right, or what will come."""
        return purchasing_arms.draw(self._company.table("purchasing_arms"), currency=self._company.currency)

    def purchasing_causes(self) -> alt.LayerChart:
        """Lost margin and overstock of simulated purchases by group of causes, with intervals."""
        return purchasing_causes.draw(
            self._company.table("purchasing_causes"), self._company.table("purchasing_cost"),
            currency=self._company.currency,
        )  # fmt: skip

    def offsets(self) -> alt.LayerChart:
        """Causes that hide each other, over all periods."""
        return offsets.draw(self._company.table("offsets"), self._titles(), currency=self._company.currency)

    def _last_complete(self) -> str:
        return last_complete(self._company.periods())

    def _channel(self, period: str, channel: str | None) -> str:
        """``channel``, or the one with the largest corrected revenue of the period; blank where none has a name."""
        if channel is not None:
            return channel
        table = self._company.channel_margin()
        month = table[(table["period"] == period) & (table["book"] == "corrected") & table["channel"].notna()]
        return (
            str(month.sort_values(["revenue", "channel"], ascending=[False, True])["channel"].iloc[0])
            if len(month)
            else ""
        )

    def _titles(self) -> dict[str, str]:
        causes = self._company.causes()
        return dict(zip(causes["cause"], causes["title"], strict=True))
