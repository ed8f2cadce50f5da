"""Random histories under random policies, through the whole product: whatever comes in, the books tie out."""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
from histories import History

EVERY_DAY, LONG = range(12), range(12, 200)


@pytest.mark.parametrize("seed", [*EVERY_DAY, *(pytest.param(seed, marks=pytest.mark.long) for seed in LONG)])
def test_any_history_ties_out_under_any_policy(seed: int, tmp_path: Path) -> None:
    """A run stops where a proof fails: conservation per pool and period, journal against layers, every balance."""
    history = History(seed, events=60)
    config = companies.write(tmp_path, policy=history.policy(), tables=history.tables())
    company = companies.explain(config)
    assert len(company.table("proofs")) > 5
    empty = "select count(*) as n from layers where quantity <= 0 or amount < 0"
    assert company.sql(empty)["n"].iat[0] == 0
    counted = "select sum(rows_read) as n, sum(rows_loaded + rows_rejected) as fate from source_files"
    assert company.sql(counted)["n"].iat[0] == company.sql(counted)["fate"].iat[0]
