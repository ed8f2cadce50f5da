"""What a user holds: one company's published run, read-only. Every measure is a method; see ``docs/interface.md``."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from tieout import settings
from tieout.errors import NotLoaded
from tieout.measures.read import TABLES, explain, read, read_by
from tieout.store import Reader

if TYPE_CHECKING:
    from tieout.charts import Charts


class Company:
    """The books of one company as the last run left them.

    Money arrives as exact decimals (Arrow-backed columns). ``refresh`` goes over to a newer run.
    """

    def __init__(self, path: str | Path) -> None:
        path = Path(path)
        self.database = database_beside(path) if path.suffix == ".toml" else path
        self._reader = Reader(self.database)
        self._require_results()

    def __repr__(self) -> str:
        return f"Company({self.name!r}, run {self.run_id}, as of {self.as_of})"

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

    @property
    def run_id(self) -> str:
        """Names the run by its content: the same inputs, policy and version give the same one."""
        return str(self.sql("select run_id from this_run").iat[0, 0])

    @property
    def as_of(self) -> str:
        """The moment up to which facts count, in ISO 8601, UTC."""
        return str(self.sql("select strftime(timezone('UTC', moment), '%Y-%m-%dT%H:%M:%SZ') from as_of").iat[0, 0])

    def refresh(self) -> Company:
        """Read from the run that is published now."""
        self._reader.refresh()
        self._require_results()
        return self

    def sql(self, query: str, params: dict[str, Any] | list[Any] | None = None) -> pd.DataFrame:
        """Any query on the run's tables, as a DataFrame with exact decimals."""
        return _frame(self._reader.connection.sql(query, params=params).to_arrow_table())

    def arrow(self, name: str) -> pa.Table:
        """One table of the run by name, as Arrow."""
        return read(self._reader.connection, name)

    def table(self, name: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """One table of the run by name, between two periods (inclusive) where it has periods."""
        return _frame(read(self._reader.connection, name, start, end))

    def explain(self, identifier: str) -> pd.DataFrame:
        """All that is known about an event, journal entry, correction or cause, from source row to correction."""
        return _frame(explain(self._reader.connection, identifier))

    def sql_file(self, name: str) -> str:
        """Where the SQL that makes a table lies, from the package's folder on."""
        return TABLES[name]

    def margin(self, by: str | None = None, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """Revenue to profit per period and book; ``by`` channel, sku, location or category. Functional currency."""
        if by is None:
            return self.table("margin", start, end)
        return _frame(read_by(self._reader.connection, "margin", by, start, end))

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

    def findings(self) -> pd.DataFrame:
        """Oddities of the data, one a row."""
        return self.table("findings")

    def rejected_rows(self) -> pd.DataFrame:
        """Source rows that were refused, with file, row number and reason."""
        return self.table("rejected_rows")

    def files(self) -> pd.DataFrame:
        """Rows read, loaded and rejected per source file."""
        return self.table("source_files")

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

    def runs(self) -> pd.DataFrame:
        """The runs on record, this one included."""
        return self.table("runs")

    def _require_results(self) -> None:
        if "this_run" not in self._reader.tables():
            raise NotLoaded(self.database, "reconcile")

    def _setting(self, name: str) -> Any:
        return self.sql("from settings")[name].iat[0]


def database_beside(config: Path) -> Path:
    """The default place of a company's database: ``tieout.duckdb`` beside its configuration, which must be valid."""
    return settings.load(config).root / "tieout.duckdb"


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
