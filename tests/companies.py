"""Small companies for tests, written as an accountant would: tables as text, one row a line, cells trimmed."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

import tieout
from tieout import pipeline, settings
from tieout.store import Draft

ACCOUNTS = """
account, role
1000, inventory
1010, in_transit
1100, clearing
1200, grni
1300, landed_cost_clearing
1400, payables
1500, tax
1600, deferred_revenue
3000, other
4000, revenue
4100, discounts
4200, returns
4300, shipping_income
4400, other_income
5000, cogs
5100, shrinkage
5200, write_off
5300, purchase_price_variance
5400, inventory_revaluation
5500, labour_absorbed
5600, freight
5700, exchange_difference
6000, fees
6100, marketing
1050, cash
4500, recoveries
"""


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table in text form: comma separated, blanks around the cells do not count."""
    lines = [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text.strip()), skipinitialspace=True)]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def write(
    folder: Path,
    tables: dict[str, str],
    config: str = "",
    policy: dict[str, Any] | None = None,
    company: dict[str, Any] | None = None,
    sections: dict[str, dict[str, Any]] | None = None,
) -> Path:
    """Write a company's canonical folder and ``tieout.toml``; gives the latter. ``tables`` as text.

    ``sections``: further ones of the configuration, by name.
    """
    canonical = folder / "canonical"
    canonical.mkdir(parents=True, exist_ok=True)
    for name, text in {"gl_accounts": ACCOUNTS, **tables}.items():
        content = rows(text)
        with (canonical / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(content[0]) if content else text.strip().split(","))
            writer.writeheader()
            writer.writerows(content)
    path = folder / "tieout.toml"
    path.write_text(config or _config(policy or {}, company or {}, sections or {}), encoding="utf-8")
    return path


def _config(policy: dict[str, Any], company: dict[str, Any], sections: dict[str, dict[str, Any]]) -> str:
    def literal(value: Any) -> str:
        if isinstance(value, list):
            return f"[{', '.join(literal(entry) for entry in value)}]"
        if isinstance(value, dict):
            return f"{{{', '.join(f'{key} = {literal(entry)}' for key, entry in value.items())}}}"
        if isinstance(value, date):
            return f"'{value}'"
        return str(value).lower() if isinstance(value, bool) else repr(value)

    given = {"company": {"name": "Test company", **company}, "policy": {"sync_sla_hours": 0, **policy}, **sections}
    lines = [
        line for name, keys in given.items()
        for line in (f"[{name}]", *(f"{key} = {literal(value)}" for key, value in keys.items()))
    ]  # fmt: skip
    return "\n".join([*lines, "[[source]]", "format = 'canonical'", "path = 'canonical'"])


def reconcile(config: Path, as_of: Any = None) -> tieout.Company:
    """Load and reconcile a written company, as ``tieout run`` does; gives it opened."""
    loaded = settings.load(config)
    with Draft(loaded.root / "tieout.duckdb") as draft:
        pipeline.rebuild(draft, loaded, as_of, quietly)
        draft.publish()
    return tieout.open(draft.database)


def explain(config: Path) -> tieout.Company:
    """A written company up to its journals, corrections and proofs, without the measures; gives it opened."""
    loaded = settings.load(config)
    with Draft(loaded.root / "tieout.duckdb") as draft:
        pipeline.load_into(draft, loaded, quietly)
        pipeline.explain(draft, loaded, None, quietly)
        draft.publish()
    return tieout.open(draft.database)


def quietly(step: str) -> None:
    """A progress that says nothing."""


def lines(frame: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    """The rows of a table as sorted tuples of text; empty where there is no value."""
    return sorted(
        tuple("" if pd.isna(value) else _plain(value) for value in row)
        for row in frame[columns].itertuples(index=False, name=None)
    )


def wanted(text: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Columns and sorted rows of a table in text form, to compare with ``lines``."""
    content = rows(text)
    columns = [cell.strip() for cell in text.strip().splitlines()[0].split(",")]
    return columns, sorted(tuple(_plain(row[column]) for column in columns) for row in content)


def _plain(value: Any) -> str:
    """Numbers without needless zeros, so that 10 and 10.0000 are the same."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.lstrip("-").replace(".", "", 1).isdigit() else text
