"""Reading what a run holds: the tables of the interface by name, and the measures by period and dimension."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from tieout.errors import UnknownId, UnknownName
from tieout.store import sql_text

DIMENSIONS = ("category", "channel", "location", "sku")

# What ``tieout export`` gives, and where the SQL that makes it lies.
TABLES = {
    "expected": "journal/expected",
    "recorded": "journal/recorded",
    "links": "reconciliation/links",
    "corrections": "reconciliation/corrections",
    "proofs": "reconciliation/proofs",
    "layers": "costing/layers",
    "layer_issues": "costing/layer_issues",
    "valued_events": "costing/valued_events",
    "findings": "costing/costing_findings",
    "margin": "measures/margin",
    "margin_bridge": "measures/margin_bridge",
    "channel_margin": "measures/channel_margin",
    "inventory": "measures/inventory",
    "cash": "measures/cash",
    "trust": "measures/trust",
    "tie_out": "measures/tie_out",
    "periods": "canonical/periods",
    "rejected_rows": "canonical/loader.py",
    "source_files": "canonical/loader.py",
    "causes": "reconciliation/causes",
    "runs": "pipeline.py",
}


def read(
    connection: duckdb.DuckDBPyConnection, name: str, start: str | None = None, end: str | None = None
) -> pa.Table:
    """One table of the run as it stands, between two periods (inclusive) where it has periods."""
    if name not in TABLES:
        raise UnknownName("table", name, TABLES)
    relation = connection.sql(f'from "{name}"')
    if "period" not in relation.columns or (start is None and end is None):
        return relation.to_arrow_table()
    condition = "coalesce(period >= $start, true) and coalesce(period <= $end, true)"
    query = f'from "{name}" where {condition}'
    return connection.sql(query, params={"start": start, "end": end}).to_arrow_table()


def explain(connection: duckdb.DuckDBPyConnection, identifier: str) -> pa.Table:
    """All that is known about an event, journal, correction or cause; raises ``UnknownId`` where that is nothing."""
    facts = connection.sql(sql_text("measures/explain"), params={"id": identifier}).to_arrow_table()
    if facts.num_rows == 0:
        raise UnknownId(identifier)
    return facts


def read_by(connection: duckdb.DuckDBPyConnection, name: str, by: str, start: str | None, end: str | None) -> pa.Table:
    """A measure split by a dimension, which becomes the column of that name; raises ``UnknownName``."""
    if by not in DIMENSIONS:
        raise UnknownName("dimension", by, DIMENSIONS)
    condition = "coalesce(period >= $start, true) and coalesce(period <= $end, true)"
    query = f"select * rename (dimension as {by}) from ({sql_text(TABLES[name])}) where {condition}"
    return connection.sql(query, params={"by": by, "start": start, "end": end}).to_arrow_table()
