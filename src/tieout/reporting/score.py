"""How good the reconciliation of a demo company is: its corrections against the truth that was planted."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pandas as pd
from markupsafe import Markup

from tieout.charts import confusion, theme
from tieout.company import database_beside
from tieout.errors import MissingFile, NotLoaded, UnreadableFile
from tieout.reporting.publish import publish
from tieout.reporting.render import TEMPLATE
from tieout.store import Reader, sql_text

_COLUMNS = ("cause", "event_id", "role", "sku", "location", "channel", "period", "amount")
_REMEDY = f"Write it again, with the columns {', '.join(_COLUMNS)}; amount as DECIMAL(18, 2)."
_TABLES = ("claimed", "compared", "by_cause", "by_evidence", "confusion", "totals")  # each needs those before it
_IDENTITY = "select company, currency, run_id from settings cross join this_run"
_FAULT = """
    select row, case when cause in ('', 'nothing') then 'cause' else 'amount' end as name, amount
    from truth
    where cause in ('', 'nothing') or amount is null or amount <> try_cast(money(amount) as decimal(38, 9))
    order by row
    limit 1
"""


@dataclass(frozen=True)
class Totals:
    """The score of a run. Money: functional currency, Σ |amount|; ratios: 0 to 1, None where the divisor is zero.

    A line is one cause at one event, role, sku, location, channel and period; it is hit where truth and correction are
    equal to the minor unit. Money is hit by the lesser of the two where both have the same sign.
    """

    planted: Decimal
    found: Decimal
    hit: Decimal
    recall: float | None
    precision: float | None
    planted_lines: int
    found_lines: int
    hit_lines: int
    line_recall: float | None
    line_precision: float | None
    unexplained: Decimal
    unexplained_share: float | None
    ambiguous: Decimal
    ambiguous_share: float | None
    evidence_a_precision: float | None
    proofs: int
    broken_proofs: int


@dataclass(frozen=True)
class Score:
    """A run's corrections against its truth: the totals, and the tables of ``measures/score/`` by their names."""

    company: str
    currency: str
    run_id: str
    titles: dict[str, str]  # what people call each cause
    totals: Totals
    by_cause: pd.DataFrame
    by_evidence: pd.DataFrame
    confusion: pd.DataFrame


def score(folder: Path) -> Score:
    """Compare the corrections of the demo company in ``folder`` with its ``truth.parquet``.

    Raises ``NotLoaded`` where nothing is reconciled yet, ``InputError`` where configuration or truth is missing or bad.
    """
    database = database_beside(folder / "tieout.toml")
    reader = Reader(database)
    with contextlib.closing(reader.connection) as connection:
        if "this_run" not in reader.tables():
            raise NotLoaded(database, "reconcile")
        _read_truth(connection, folder / "truth.parquet")
        tables = compare(connection)
        ((company, currency, run_id),) = connection.execute(_IDENTITY).fetchall()
        titles = dict(connection.execute("select cause, title from causes").fetchall())
    return Score(company, currency, run_id, titles, **tables)


def compare(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The last four fields of a ``Score``, from the tables ``truth``, ``corrections`` and ``proofs`` of a connection.

    Leaves the tables of ``measures/score/`` on the connection, as temporary ones.
    """
    for name in _TABLES:
        _create(connection, name)
    frames = {name: _frame(connection, name) for name in ("by_cause", "by_evidence", "confusion")}
    (totals,) = connection.sql("from totals").to_arrow_table().to_pylist()
    return {"totals": Totals(**totals), **frames}


def write(result: Score, folder: Path) -> Path:
    """Leave ``score.json`` and the picture ``score.html`` in ``folder``; gives the latter's path."""
    publish(folder / "score.json", as_json(result))
    page = folder / "score.html"
    publish(page, as_html(result))
    return page


def as_json(result: Score) -> str:
    """Everything but the titles, with sorted keys; money as text, so that no reader makes a float of it."""
    content = {
        "company": result.company, "currency": result.currency, "run_id": result.run_id,
        "totals": asdict(result.totals), "by_cause": _by_name(result.by_cause),
        "by_evidence": _by_name(result.by_evidence), "confusion": list(_records(result.confusion)),
    }  # fmt: skip
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, default=str, allow_nan=False) + "\n"


def as_html(result: Score) -> str:
    """One page that needs neither network nor script: which causes were found under which, drawn."""
    chart = confusion.draw(result.confusion, result.titles, currency=result.currency)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True)
    template = environment.get_template("score.html.j2")
    return template.render(company=result.company, run_id=result.run_id, picture=Markup(theme.to_html(chart)))


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """The table for a terminal: ratios with four places, cut so that only what is perfect reads 1."""
    shown = table.copy()
    for name in table.columns[[str(kind).startswith("double") for kind in table.dtypes]]:
        shown[name] = table[name] * 10_000 // 1 / 10_000
    return shown


def listed(totals: Totals) -> pd.DataFrame:
    """The totals for a terminal, one a row."""
    rows = [(name, value if not isinstance(value, float) else int(value * 10_000) / 10_000)
            for name, value in asdict(totals).items()]  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "total"], dtype=object)


def _read_truth(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if not path.is_file():
        raise MissingFile(path, "It comes with a demo company; a real one has no truth to be scored against.")
    try:
        _create(connection, "truth", {"truth": str(path)})
        kind = connection.sql("from truth").types[-1]
        fault = connection.execute(_FAULT).fetchone() if kind.id == "decimal" else None
    except duckdb.Error as error:
        raise UnreadableFile(path, f"is not a table of the truth ({str(error).splitlines()[0]})", _REMEDY) from error
    if kind.id != "decimal":
        raise UnreadableFile(path, f"column amount is {kind}, which is not exact money", _REMEDY)
    if fault:
        row, column, amount = fault
        value = amount if column == "amount" and amount is not None else "nothing"
        raise UnreadableFile(path, f"row {row}, column {column}: {value} is not allowed", _REMEDY)


def _create(connection: duckdb.DuckDBPyConnection, name: str, values: dict[str, str] | None = None) -> None:
    """A temporary table: the run itself is read-only."""
    connection.execute(f"create or replace temp table {name} as\n{sql_text(f'measures/score/{name}')}", values)


def _frame(connection: duckdb.DuckDBPyConnection, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = connection.sql(f"from {name}").to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in table.itertuples(index=False, name=None):
        yield {name: None if pd.isna(value) else value for name, value in zip(table.columns, row, strict=True)}


def _by_name(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The rows by the first column."""
    key = table.columns[0]
    return {row.pop(key): row for row in _records(table)}
