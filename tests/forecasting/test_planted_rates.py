"""On demo companies of known error the damage to forecasts, margins and orders grows with the rate, from none."""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan

DAMAGE = """
    select
        (select restatement_change from forecast_stability where level = 'total' and book = 'recorded') as forecasts,
        (select abs(recorded.bias - corrected.bias)
            from forecast_stability as recorded join forecast_stability as corrected using (level)
            where level = 'total' and recorded.book = 'recorded' and corrected.book = 'corrected') as bias,
        (select sum(abs(recorded.gross_margin - corrected.gross_margin))
            from margin_forecast as recorded join margin_forecast as corrected using (origin, period)
            where recorded.book = 'recorded' and corrected.book = 'corrected') as margin,
        (select amount::double from purchasing_cost
            where comparison = 'errors' and measure = 'orders_changed_amount') as orders,
        (select amount::double from purchasing_cost where comparison = 'errors' and measure = 'cost') as cost
"""


@pytest.mark.long
def test_damage_grows_with_the_planted_rate_and_vanishes_without_errors(tmp_path: Path) -> None:
    damage = []
    for rate in ("none", "low", "medium", "severe"):
        build(tmp_path / rate, Plan(seed=4, days=260, skus=40, orders_per_day=20, rates=errors.parse(rate)))
        company = companies.reconcile(tmp_path / rate / "tieout.toml")
        damage.append(company.sql(DAMAGE).iloc[0].to_dict())
    assert damage[0] == {"forecasts": 0, "bias": 0, "margin": 0, "orders": 0, "cost": 0}
    for measure in damage[0]:
        values = [each[measure] for each in damage]
        assert values == sorted(set(values)), measure
