"""A company of known errors, and its clean journal by way of what was planted: the other way to every measure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import companies
import tieout
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan


@dataclass(frozen=True)
class Planted:
    """A demo company and its books as lists of lines; amounts are ``Decimal``, Dr + / Cr −, blanks are empty text.

    ``recorded`` as booked; ``truth`` what was planted with the sign turned (expected − recorded). Columns: cause (empty
    for booked lines), event_id, event_type, role, sku, location, channel, period, amount. The engine finds all of it
    (recall 1.0): each measure of the corrected and of the expected book can be held against these lines, to the cent.
    """

    company: tieout.Company
    recorded: pd.DataFrame
    truth: pd.DataFrame

    def book(self, name: str) -> pd.DataFrame:
        """The lines of the book recorded, corrected (without what is no error) or expected."""
        added = {
            "recorded": self.truth.iloc[:0],
            "corrected": self.truth[~self.truth["cause"].isin(NO_ERRORS)],
            "expected": self.truth,
        }
        return pd.concat([self.recorded, added[name]], ignore_index=True)


NO_ERRORS = ("in_flight", "opening_difference", "accepted_policy_difference", "definition_gap")
COLUMNS = ["cause", "event_id", "event_type", "role", "sku", "location", "channel", "period", "amount"]


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    return _planted(folder, Plan(seed=4, days=100, skus=40, orders_per_day=20, rates=errors.parse("medium")))


def _planted(folder: Path, plan: Plan) -> Planted:
    build(folder, plan)
    company = companies.reconcile(folder / "tieout.toml")
    types = company.sql("select event_id, event_type from event_keys").set_index("event_id")["event_type"]
    entries = company.recorded().merge(company.links()[["journal_id", "line_no", "event_id"]], how="left")
    truth = pd.read_parquet(folder / "truth.parquet")
    return Planted(company, _lines(entries.assign(cause=""), types), _lines(truth, types))


def _lines(table: pd.DataFrame, types: pd.Series) -> pd.DataFrame:
    lines = table.astype(object).assign(event_type=table["event_id"].astype(object).map(types.astype(object)))
    return lines[COLUMNS].astype(object).where(lines[COLUMNS].notna(), "")
