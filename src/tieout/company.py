"""What a user holds: one company's published run, read-only. Every measure is a method; see ``docs/interface.md``."""

from __future__ import annotations

import itertools
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow as pa

from tieout import settings
from tieout.errors import NewerRun, NotLoaded, NotReconciled, OtherVersion, TieoutError, WrongSql
from tieout.measures.read import TABLES, explain, read, read_by, story
from tieout.store import Reader

if TYPE_CHECKING:
    from tieout.charts import Charts

_openings = itertools.count()


class Company:
    """The books of one company as the last run left them.

    Money arrives as exact decimals (Arrow-backed columns). ``refresh`` goes over to a newer run.
    """

    def __init__(self, path: str | Path) -> None:
        path = Path(path)
        self.database = database_beside(path) if path.suffix == ".toml" else path
        self._reader = Reader(self.database)
        self._known = self._reader.path
        if not _has_results(self._reader):
            raise NotLoaded(self.database, "reconcile")
        self.opened = next(_openings)

    def __repr__(self) -> str:
        return f"Company({self.name!r}, run {self.run_id}, as of {self.as_of})"

    def _repr_html_(self) -> str:
        from tieout.charts import card, last_complete

        periods = self.periods()
        return card.draw(
            self.name, self.currency, self.run_id, self.as_of, None if periods.empty else last_complete(periods),
            periods, self.margin(), self.headline(), self.trust(),
        )  # fmt: skip

    @cached_property
    def charts(self) -> Charts:
        """The pictures: ``company.charts.margin_bridge(period="2025-06")`` draws the measure of that name."""
        from tieout.charts import Charts

        return Charts(self)

    @property
    def name(self) -> str:
        """The company's name, as its configuration says."""
        return str(self._setting("company"))

    @property
    def currency(self) -> str:
        """Code of the functional currency."""
        return str(self._setting("currency"))

    @property
    def decimals(self) -> int:
        """Decimal places of the functional currency."""
        return int(self._setting("decimals"))

    def label(self, name: str) -> str:
        """What the configuration says of the pages' ``confidentiality``, ``distribution`` or ``questions_to``."""
        return str(self._setting(name))

    @property
    def run_id(self) -> str:
        """Names the run by its content: the same inputs, policy and version give the same one."""
        return str(self.sql("select run_id from this_run").iat[0, 0])

    @property
    def as_of(self) -> str:
        """The moment up to which facts count, in ISO 8601, UTC."""
        return str(self.sql("select strftime(timezone('UTC', moment), '%Y-%m-%dT%H:%M:%SZ') from as_of").iat[0, 0])

    def refresh(self) -> Company:
        """Read from the run that is published now; where it is only loaded yet, stay with this one and say so."""
        published = Reader(self.database)
        self._known = published.path
        if _has_results(published):
            self._reader.connection.close()
            self._reader = published
        else:
            self._tell(NotReconciled(self.run_id))
        return self

    def sql(self, query: str, params: dict[str, Any] | list[Any] | None = None) -> pd.DataFrame:
        """Any query on the run's tables, as a DataFrame with exact decimals; ``params`` are bound as ``$name``.

        Raises ``WrongSql`` for a query that DuckDB refuses.
        """
        try:
            relation: duckdb.DuckDBPyRelation | None = self._connection.sql(query, params=params)
            if relation is None:  # nothing but comments
                return pd.DataFrame()
            return _frame(relation.to_arrow_table())
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise WrongSql(self._with_line(query, params) or str(error)) from error
        except duckdb.Error as error:
            raise WrongSql(str(error)) from error

    def arrow(self, name: str, start: str | None = None, end: str | None = None) -> pa.Table:
        """One table of the run by name, as Arrow, between two periods (inclusive) where it has periods."""
        try:
            return read(self._connection, name, start, end)
        except duckdb.CatalogException as error:
            raise OtherVersion(self.database, name) from error

    def table(self, name: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """One table of the run by name, between two periods (inclusive) where it has periods."""
        return _frame(self.arrow(name, start, end))

    def columns(self, name: str) -> list[str]:
        """The columns of one table of the run, in their order."""
        return list(self.sql(f'from "{name}" limit 0').columns)

    def explain(self, identifier: str) -> pd.DataFrame:
        """All that is known about an event, journal entry, correction or cause, from source row to correction."""
        return _frame(explain(self._connection, identifier))

    def story(self, cause: str, event_id: str) -> pd.DataFrame:
        """What is booked for one exception, what corrects it and what should be booked. Functional currency."""
        return _frame(story(self._connection, cause, event_id))

    def sql_file(self, name: str) -> str:
        """Where the SQL that makes a table lies, from the package's folder on."""
        return TABLES[name]

    def margin(self, by: str | None = None, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Revenue to profit per period and book; ``by`` channel, sku, location or category. Functional currency."""
        if by is None:
            return self.table("margin", start, end)
        return _frame(read_by(self._connection, "margin", by, start, end))

    def margin_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Effect of each cause on gross profit (functional currency) and margin (points, 0.01 = one) per period."""
        return self.table("margin_bridge", start, end)

    def channel_margin(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What each channel keeps per period and book. Functional currency."""
        return self.table("channel_margin", start, end)

    def inventory(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock at each period end per sku, location and book: units and functional currency."""
        return self.table("inventory", start, end)

    def cash(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock over- and understated at each period end, per cause, cumulative. Functional currency."""
        return self.table("cash", start, end)

    def expected(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The journal as it should have been. Functional currency, Dr + / Cr −."""
        return self.table("expected", start, end)

    def recorded(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The journal as it was booked. Functional currency, Dr + / Cr −."""
        return self.table("recorded", start, end)

    def corrections(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Expected − recorded, line by line, each with its cause. Functional currency, Dr + / Cr −."""
        return self.table("corrections", start, end)

    def entries(self) -> pd.DataFrame:
        """The correcting entries that are proposed, line by line. Functional currency, Dr + / Cr −."""
        return self.table("entries")

    def proposals(self) -> pd.DataFrame:
        """Every correction that is not booked yet: when and where it would be, or why it is held back."""
        return self.table("proposals")

    def proofs(self) -> pd.DataFrame:
        """The identities of the run; every difference is zero."""
        return self.table("proofs")

    def capability(self) -> pd.DataFrame:
        """What the data can tell, cause by cause, what is missing for more, and how finely the ledger books."""
        return self.table("capability")

    def cause_totals(self) -> pd.DataFrame:
        """What each cause moves, with bounds by evidence. Functional currency."""
        return self.table("cause_totals")

    def cause_evidence(self) -> pd.DataFrame:
        """How surely each cause is known: its money by evidence level. Functional currency."""
        return self.table("cause_evidence")

    def drift(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What each cause has done to profit and stock so far. Functional currency, recorded − corrected."""
        return self.table("drift", start, end)

    def offsets(self) -> pd.DataFrame:
        """Causes that hide each other in one role and period. Functional currency."""
        return self.table("offsets")

    def tax_movements(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Own goods that crossed the border of a tax region. Functional currency."""
        return self.table("tax_movements", start, end)

    def tax_stock(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock in each tax region at each period end, per book: units and functional currency."""
        return self.table("tax_stock", start, end)

    def oversells(self) -> pd.DataFrame:
        """Each oversold order line and what its corrections add to stock and profit: units and functional currency."""
        return self.table("oversells")

    def quantity_drift(self) -> pd.DataFrame:
        """Snapshots that are not what the history of stock events leaves: units and functional currency."""
        return self.table("quantity_drift")

    def method_changes(self) -> pd.DataFrame:
        """What a change of the cost method does, dated and as if it had always been so. Functional currency."""
        return self.table("method_changes")

    def findings(self) -> pd.DataFrame:
        """Oddities of the data, one a row."""
        return self.table("findings")

    def rejected_rows(self) -> pd.DataFrame:
        """Source rows that were refused, with file, row number and reason."""
        return self.table("rejected_rows")

    def files(self) -> pd.DataFrame:
        """Rows read, loaded and rejected per source file."""
        return self.table("source_files")

    def source_controls(self) -> pd.DataFrame:
        """Totals that the exports state, against the sum of their rows."""
        return self.table("source_controls")

    def layers(self) -> pd.DataFrame:
        """Cost layers open at the end: units and functional currency."""
        return self.table("layers")

    def layer_issues(self) -> pd.DataFrame:
        """What each issue took from which layer: units and functional currency."""
        return self.table("layer_issues")

    def valued_events(self) -> pd.DataFrame:
        """The stock events leg by leg, valued, with what was there afterwards: units and functional currency."""
        return self.table("valued_events")

    def ambiguity(self) -> pd.DataFrame:
        """The causes that fit what the data cannot decide, one a row."""
        return self.table("ambiguity")

    def links(self) -> pd.DataFrame:
        """Which event each ledger line belongs to, and on what evidence."""
        return self.table("links")

    def periods(self) -> pd.DataFrame:
        """The accounting periods in order."""
        return self.table("periods")

    def causes(self) -> pd.DataFrame:
        """The causes that this version can name, each with a title and a sentence."""
        return self.table("causes")

    def trust(self) -> pd.DataFrame:
        """One row: rows read and refused, what stays unexplained, proofs, and the limits of the configuration."""
        return self.table("trust")

    def distortion(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """By how much each cause makes each figure too high or low per period. Functional currency."""
        return self.table("distortion", start, end)

    def margin_origins(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Effect on gross profit (functional currency) and margin (points) by where an error began."""
        return self.table("margin_origins", start, end)

    def change_points(self) -> pd.DataFrame:
        """Per cause: since when its effect on gross profit is another, and its trend. Functional currency."""
        return self.table("change_points")

    def decision_exposure(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What advertising and discounts are decided on, in both books, by item and channel."""
        return self.table("decision_exposure", start, end)

    def correction_delay(self) -> pd.DataFrame:
        """Days from an event to the day on which the books are right again, per cause."""
        return self.table("correction_delay")

    def misstatement(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The trial balance as recorded and corrected, per period and account. Functional currency, Dr + / Cr −."""
        return self.table("misstatement", start, end)

    def timing_shares(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How much of the distorted profit reverses, is parked, stays or is in the wrong place. Functional currency."""
        return self.table("timing_shares", start, end)

    def period_evidence(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How surely the corrections of each period are known, by evidence level. Functional currency."""
        return self.table("period_evidence", start, end)

    def variance_split(self) -> pd.DataFrame:
        """Variance over the periods of margin, profit and units: recorded = true + error + 2 · covariance."""
        return self.table("variance_split")

    def headline(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Gross margin per period with the range that the evidence leaves, and whether it may be shown."""
        return self.table("headline", start, end)

    def material_causes(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Causes beyond materiality by period and account, the others as one line. Functional currency, Dr + / Cr −."""
        return self.table("material_causes", start, end)

    def channel_waterfall(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Gross sales to contribution per period, channel, book and step: effect on it. Functional currency."""
        return self.table("channel_waterfall", start, end)

    def cross_subsidy(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What channels bear for each other per period and component: recorded − corrected. Functional currency."""
        return self.table("cross_subsidy", start, end)

    def subsidy_pairs(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Who pays for whom, per period: the fewest payments that settle the positions. Functional currency."""
        return self.table("subsidy_pairs", start, end)

    def channel_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Effect of each cause on each channel's contribution (functional currency) and margin (points, 0.01 = one)."""
        return self.table("channel_bridge", start, end)

    def channel_ranks(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Places of the channels by contribution margin, recorded and corrected, per period. Functional currency."""
        return self.table("channel_ranks", start, end)

    def channel_guards(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Whether the channels can be compared, per period, and what is missing where not."""
        return self.table("channel_guards", start, end)

    def channel_returns(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Return rate (share of sales) and what is set aside for returns, per period, channel and book."""
        return self.table("channel_returns", start, end)

    def channel_blend(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Each channel's contribution margin less the company's, in parts that add up; shares of revenue, per book."""
        return self.table("channel_blend", start, end)

    def cause_views(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The corrections as finance, operations and sales see them, per period. Functional currency."""
        return self.table("cause_views", start, end)

    def inventory_distortion(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock recorded and corrected at each period end, place by place: units and functional currency."""
        return self.table("inventory_distortion", start, end)

    def roll_forward(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Opening stock, every movement and closing stock per sku, location and book: units and functional currency."""
        return self.table("roll_forward", start, end)

    def periodic_gap(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Cost of sales sale by sale beside what opening and closing stock leave. Functional currency."""
        return self.table("periodic_gap", start, end)

    def three_way(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock counted, replayed and booked at each period end, place by place: units and functional currency."""
        return self.table("three_way", start, end)

    def inventory_ratios(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Days of inventory, turns, return and carrying cost per book and category; money in functional currency."""
        return self.table("inventory_ratios", start, end)

    def inventory_days_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """By how many days each cause makes the days of inventory wrong, per period."""
        return self.table("inventory_days_bridge", start, end)

    def cash_tied_up(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Stock that is paid for and stock that suppliers fund at each period end, per book. Functional currency."""
        return self.table("cash_tied_up", start, end)

    def cash_tied_up_causes(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What each cause does to the money tied up in stock, cumulative. Functional currency."""
        return self.table("cash_tied_up_causes", start, end)

    def distortion_parts(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Whose money the distortion of stock is, per cause, cumulative. Functional currency."""
        return self.table("distortion_parts", start, end)

    def stock_classes(self) -> pd.DataFrame:
        """Seller class, cover, over- and understock of each sku by both books: units and functional currency."""
        return self.table("stock_classes")

    def class_migrations(self) -> pd.DataFrame:
        """How many skus are in another class than the books say, and their stock. Functional currency."""
        return self.table("class_migrations")

    def valuation_only(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How often two systems agree on units and not on value, per period end; money in functional currency."""
        return self.table("valuation_only", start, end)

    def unrecovered_claims(self) -> pd.DataFrame:
        """Goods lost at marketplaces and not made good yet, with their age in days. Functional currency."""
        return self.table("unrecovered_claims")

    def weeks(self) -> pd.DataFrame:
        """The calendar of demand: whole weeks, Monday to Sunday, up to now."""
        return self.table("weeks")

    def demand(self) -> pd.DataFrame:
        """Units asked for per sku, channel, week and book; a week without a row had none."""
        return self.table("demand")

    def demand_history(self) -> pd.DataFrame:
        """Units asked for, lost and on hand per sku, week and book, without gaps from the first demand on."""
        return self.table("demand_history")

    def demand_parts(self) -> pd.DataFrame:
        """What the histories of demand are made of, cause by cause: recorded = sold + unmet − corrections. Units."""
        return self.table("demand_parts")

    def stock_parts(self) -> pd.DataFrame:
        """What moved the stock each week, cause by cause: recorded = stock − corrections. Units."""
        return self.table("stock_parts")

    def late_demand(self) -> pd.DataFrame:
        """Sales that were booked in a later week than their own: what a history as of then lacked. Units."""
        return self.table("late_demand")

    def unmet_demand(self) -> pd.DataFrame:
        """Order lines cancelled since the goods were not there: demand that was not sold. Units."""
        return self.table("unmet_demand")

    def forecast_items(self) -> pd.DataFrame:
        """Each item's class of demand, and whether it is forecast, by which model, or why not."""
        return self.table("forecast_items")

    def forecast_scope(self) -> pd.DataFrame:
        """What this company can have of forecasts, and what not yet: one row, in words."""
        return self.table("forecast_scope")

    def forecasts(self) -> pd.DataFrame:
        """Forecasts per sku, book, origin and week. Units."""
        return self.table("forecasts")

    def forecast_stability(self) -> pd.DataFrame:
        """How good and how steady forecasts from each book are, per sku and in all, by standard names."""
        return self.table("forecast_stability")

    def forecast_classes(self) -> pd.DataFrame:
        """The same, pooled per class of demand and book."""
        return self.table("forecast_classes")

    def margin_forecast(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The margin of coming periods, predicted from each book, and how far off it was. Functional currency."""
        return self.table("margin_forecast", start, end)

    def margin_forecast_causes(self) -> pd.DataFrame:
        """What each cause adds to the error of margins predicted from recorded history. Functional currency."""
        return self.table("margin_forecast_causes")

    def margin_forecast_scope(self) -> pd.DataFrame:
        """Whether margin can be forecast, and from how many periods: one row, in words."""
        return self.table("margin_forecast_scope")

    def purchasing(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What would have been ordered by either book, per sku and period: units and functional currency."""
        return self.table("purchasing", start, end)

    def purchasing_cost(self) -> pd.DataFrame:
        """What wrong records cost the buyer, and what a forecast costs that cannot know. Functional currency."""
        return self.table("purchasing_cost")

    def purchasing_arms(self) -> pd.DataFrame:
        """What ordering by each history and stock record comes to, per class. Units and functional currency."""
        return self.table("purchasing_arms")

    def purchasing_items(self) -> pd.DataFrame:
        """The same per item. Units and functional currency."""
        return self.table("purchasing_items")

    def purchasing_weeks(self) -> pd.DataFrame:
        """The same week by week: orders, stock and what is short. Units."""
        return self.table("purchasing_weeks")

    def purchasing_causes(self) -> pd.DataFrame:
        """Money of wrong orders by group of causes, with its interval. Functional currency."""
        return self.table("purchasing_causes")

    def availability(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Units available by four definitions and by the books, per moment, sku and location; errors apart."""
        return self.table("availability", start, end)

    def availability_cells(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Every unit in exactly one cell, per moment, sku and location, and which definitions count it. Units."""
        return self.table("availability_cells", start, end)

    def availability_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """From one definition of available stock to the next, cell by cell, exact. Units."""
        return self.table("availability_bridge", start, end)

    def availability_errors(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Where the ledger or a system is wrong about the stock, by cause: units and functional currency."""
        return self.table("availability_errors", start, end)

    def system_drift(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How far two systems are apart about the same stock, per moment: units and functional currency."""
        return self.table("system_drift", start, end)

    def record_accuracy(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How right each record of the stock is against physical counts: shares, units and functional currency."""
        return self.table("record_accuracy", start, end)

    def listing_gaps(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What was listed and not there, there and not listed, sold twice or cancelled: shares."""
        return self.table("listing_gaps", start, end)

    def labour(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Work per period and activity, estimated and, apart, measured: hours and functional currency."""
        return self.table("labour", start, end)

    def labour_rates(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Work per period beside its events: hours and functional currency, and both per 1,000 events."""
        return self.table("labour_rates", start, end)

    def labour_trend(self) -> pd.DataFrame:
        """Whether the work per 1,000 events rises: slope per period, and how likely it is chance."""
        return self.table("labour_trend")

    def growth(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Distortion per kit sold, transfer lane, 1,000 events and unit of revenue. Functional currency."""
        return self.table("growth", start, end)

    def growth_trend(self) -> pd.DataFrame:
        """Whether distortion and uncertainty grow faster than what drives them: slope per period."""
        return self.table("growth_trend")

    def range_width(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Gross profit from the lowest to the highest that the evidence allows. Functional currency."""
        return self.table("range_width", start, end)

    def close(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """How each period was closed and what has become of its figures: days, counts, functional currency."""
        return self.table("close", start, end)

    def exceptions(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The work list, one open difference a row, the oldest and largest first. Functional currency, days."""
        return self.table("exceptions", start, end)

    def review_list(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What can be reviewed, one case a row, with what was decided about it. Functional currency, days."""
        return self.table("review_list", start, end)

    def figures(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The figures of a period as recorded and as corrected, each split by what makes it. Functional currency."""
        return self.table("figures", start, end)

    def sign_offs(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Who signed off the figures of each period, and when."""
        return self.table("sign_offs", start, end)

    def restatements(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Published figures that have changed: what was signed off, what it is now and why. Functional currency."""
        return self.table("restatements", start, end)

    def integrity(self) -> pd.DataFrame:
        """The facts that say how far the books can be trusted, each with what it is a part of."""
        return self.table("integrity")

    def timing(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Revenue and cost of sales that stand in the wrong period, and the spike of profit. Functional currency."""
        return self.table("timing", start, end)

    def rollover(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Each cause by income of the period and by what has accumulated at its end (SAB 108). Functional currency."""
        return self.table("rollover", start, end)

    def timing_gaps(self) -> pd.DataFrame:
        """Events whose revenue or cost was booked on another day, or apart: days, hours and functional currency."""
        return self.table("timing_gaps")

    def cut_off_exposure(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What was sold in the last hours of each period, and what of it stands elsewhere. Functional currency."""
        return self.table("cut_off_exposure", start, end)

    def lags(self) -> pd.DataFrame:
        """How long events take to be recorded and to be posted, per system and type of event. Hours."""
        return self.table("lags")

    def revelation(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Share of a period's revenue and cost of sales in the ledger some days after its end. Functional currency."""
        return self.table("revelation", start, end)

    def what_if(self) -> pd.DataFrame:
        """The price of each fix: books of all periods, what stays wrong, and the work left (estimate: hours, cost)."""
        return self.table("what_if")

    def what_if_periods(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """The books as they would be after each fix, per period. Functional currency."""
        return self.table("what_if_periods", start, end)

    def tie_out(self) -> pd.DataFrame:
        """What is beyond materiality, per period; empty when everything is tied out."""
        return self.table("tie_out")

    def ledger_totals(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Debits, credits and closing balances of the ledger per period, as control totals. Functional currency."""
        return self.table("ledger_totals", start, end)

    def run_changes(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What each cause corrects now and did in the run before, per period. Functional currency, cases in counts."""
        return self.table("run_changes", start, end)

    def run_reasons(self) -> pd.DataFrame:
        """What went into this run and not into the one before, or the other way: sources, settings, versions, as-of."""
        return self.table("run_reasons")

    def fix_order(self) -> pd.DataFrame:
        """Families of causes in the order in which to fix them, and what is left after each. Functional currency."""
        return self.table("fix_order")

    def source_ages(self) -> pd.DataFrame:
        """How far each table of the history reaches, and whether it is silent for longer than ever: days."""
        return self.table("source_ages")

    def missing_inputs(self) -> pd.DataFrame:
        """What is not delivered, and the ambiguous money that it leaves. Functional currency."""
        return self.table("missing_inputs")

    def unlinked_entries(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Ledger entries that belong to no event, per period and source. Functional currency."""
        return self.table("unlinked_entries", start, end)

    def control_totals(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """What was booked beside what the trial balance moved by, per period and account. Functional currency."""
        return self.table("control_totals", start, end)

    def runs(self) -> pd.DataFrame:
        """The runs on record, this one included."""
        return self.table("runs")

    def _with_line(self, query: str, params: dict[str, Any] | list[Any] | None) -> str:
        """The complaint about an unknown name again, with the line, which a relation of DuckDB does not tell."""
        try:
            self._reader.connection.execute(query, params)
        except duckdb.Error as error:
            return str(error)
        return ""

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        """The run that is read; the first look after another one was published says so."""
        published = self._reader.published()
        if published not in (self._known, None):
            self._known = published
            self._tell_of_newer_run()
        return self._reader.connection

    def _tell_of_newer_run(self) -> None:
        try:
            newer = Company(self.database).run_id
        except TieoutError:  # loaded, not reconciled: nothing yet to go over to
            return
        if newer != self.run_id:
            self._tell(NewerRun(newer))

    def _tell(self, news: UserWarning) -> None:
        warnings.warn_explicit(news, None, str(self.database), 1)

    def _setting(self, name: str) -> Any:
        known = self.sql("from settings")
        if name not in known:
            raise OtherVersion(self.database, name)
        return known[name].iat[0]


def database_beside(config: Path) -> Path:
    """The default place of a company's database: ``tieout.duckdb`` beside its configuration, which must be valid."""
    return settings.load(config).root / "tieout.duckdb"


def _has_results(reader: Reader) -> bool:
    """Whether the database is reconciled; else it is only loaded."""
    return "this_run" in reader.tables()


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
