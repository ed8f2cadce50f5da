"""The tables that purchasing starts from, of a company whose demand and errors are written here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from tieout.canonical.typing import define_macros
from tieout.settings import CompanySettings, Forecast, Purchasing, Settings

CLASSES = {"smooth": "AutoETS", "erratic": "Theta", "intermittent": "CrostonSBA", "lumpy": "IMAPA"}
START = date(2024, 1, 1)  # a Monday


def settings(horizon: int = 4, **purchasing: object) -> Settings:
    return Settings(
        path=Path("tieout.toml"), company=CompanySettings(name="Test"), forecast=Forecast(horizon_weeks=horizon),
        purchasing=Purchasing.model_validate(purchasing),
    )  # fmt: skip


def company(
    rates: Mapping[str, float],
    late: float = 0,
    *,
    items: int = 8,
    weeks: int = 40,
    origins: int = 10,
    horizon: int = 4,
    reach: float = 1,
    terms: Settings | None = None,
) -> duckdb.DuckDBPyConnection:
    """Weekly demand of items, some of it booked wrong or late.

    Args:
        rates: Share of the weeks of an item in which a family of causes strikes. Families that begin with ``double``
            book sales twice, ``missed`` not at all, ``moved`` in another channel; others lose or invent stock,
            item by item in turn.
        late: Share of the weeks that are booked two weeks late.
        items: How many items, of all classes in turn.
        weeks: Weeks of history.
        origins: Weeks that are simulated.
        horizon: Weeks that are forecast.
        reach: Share of the items that each family strikes at all.
        terms: The settings, by default those of ``settings(horizon)``.
    """
    random = np.random.default_rng(7)
    skus = [f"item '{item:04}" for item in range(items)]
    sold = pd.DataFrame([(sku, week) for sku in skus for week in range(1, weeks + 1)], columns=["sku", "week"])
    sold = sold.assign(
        units=random.negative_binomial(4, 0.1, len(sold)).astype(float), channel="web", in_corrected=True
    )
    demand, stock = [sold.assign(part="sold", family="")], [_lying(skus)]
    for family, rate in rates.items():
        struck = np.repeat(random.random(items) < reach, weeks) & (random.random(len(sold)) < rate)
        moved = sold[struck].assign(part="correction", family=family)
        if family.startswith(("double", "moved")):
            demand.append(moved.assign(units=-moved.units))
        if family.startswith(("missed", "moved")):
            demand.append(moved.assign(channel="shop"))
        if not family.startswith("moved"):
            stock.append(moved.assign(units=moved.units * _way(family, moved.sku)))
    frames = {
        "demand_parts": pd.concat(demand),
        "stock_parts": pd.concat(stock),
        "late_demand": sold[random.random(len(sold)) < late].assign(
            known_week=lambda frame: frame.week + 2, family=None
        ),
        "weeks": _weeks(weeks),
        "periods": _periods(weeks),
        "forecast_items": _items(skus),
        "forecast_scope": pd.DataFrame({"status": ["forecast"], "last_origin": weeks - horizon, "origins": origins}),
    }
    terms = terms or settings(horizon)
    connection = duckdb.connect()
    define_macros(connection, terms.company)
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"create table {name} as from frame")
    _exact(connection, terms)
    return connection


def _way(family: str, skus: pd.Series) -> object:
    """Expected − recorded stock per unit: of double sales too little is on record, of missed ones too much."""
    if family.startswith(("double", "missed")):
        return 1 if family.startswith("double") else -1
    return skus.str[-1].astype(int) % 2 * 6 - 3


def _exact(connection: duckdb.DuckDBPyConnection, terms: Settings) -> None:
    for table, columns in {
        "demand_parts": ("units",), "stock_parts": ("units",), "late_demand": ("units",),
        "forecast_items": ("unit_cost", "unit_margin", "pack_size"),
    }.items():  # fmt: skip
        for column in columns:
            connection.execute(f"alter table {table} alter {column} type decimal(18, {6 if 'unit_' in column else 4})")
    values = {
        "carrying_percent": terms.inventory.carrying_percent,
        **terms.purchasing.model_dump(
            include={"markdown_percent", "expedite_cost", "order_change_cost", "review_weeks"}
        ),
    }
    columns = ", ".join(f"${name}::decimal(18, 4) as {name}" for name in values)
    connection.execute(f"create table settings as select {columns}", values)


def _lying(skus: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"sku": skus, "week": 0, "part": "stock", "family": "", "units": 1e6, "in_corrected": True})


def _weeks(number: int) -> pd.DataFrame:
    starts = [START + timedelta(weeks=week) for week in range(number)]
    ends = [start + timedelta(days=6) for start in starts]
    return pd.DataFrame({"number": range(1, number + 1), "starts_on": starts, "ends_on": ends})


def _periods(weeks: int) -> pd.DataFrame:
    starts = [START + timedelta(days=30 * number) for number in range(weeks * 7 // 30 + 1)]
    return pd.DataFrame({
        "period": [f"P{number:02}" for number in range(len(starts))], "start_date": starts,
        "end_date": [start + timedelta(days=29) for start in starts], "number": range(1, len(starts) + 1),
    })  # fmt: skip


def _items(skus: list[str]) -> pd.DataFrame:
    classes = [list(CLASSES)[place % 4] for place in range(len(skus))]
    places = np.arange(len(skus))
    return pd.DataFrame({
        "sku": skus, "class": classes, "model": [CLASSES[name] for name in classes], "abc": "A", "status": "forecast",
        "first_week": 1, "unit_cost": 5 + places % 7 / 3, "unit_margin": 4 - places % 3 * 2.5,
        "lead_time_weeks": 1 + places % 3, "pack_size": 1.0 + places % 2 * 5,
    })  # fmt: skip
