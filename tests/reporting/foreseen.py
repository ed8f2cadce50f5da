"""Made-up forecasts and purchases: the tables of ``tieout.forecasting``, with effects of any size and sign, or none."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from reporting.fake import MONEY, RATIO, TEXT, FakeCompany, cents, frame

HORIZON, ORIGINS, WEEKS = 3, 4, 12
_ARMS = {"RR": (1, 1), "RC": (1, 0), "CR": (0, 1), "CC": (0, 0), "O": (0, 0)}  # history and stock as recorded?
_BOOKS = ("as_of", "recorded", "corrected", "benchmark")
_MEASURES = ("overstock_amount", "understock_amount", "orders_changed_amount", "lost_margin", "carrying_cost",
             "terminal_cost", "expedite_cost", "change_cost", "cost")  # fmt: skip
_STATED = ("wape", "bias", "mase", "rmsse", "forecast_value_added", "wapc", "net_drift", "flip_flop_rate",
           "smapc", "masc", "rmssc", "wapc_initial",
           "smapc_initial", "masc_initial", "rmssc_initial", "smapc_horizontal", "masc_horizontal",
           "rmssc_horizontal", "restatement_change")  # fmt: skip
_COUNT = pa.int64()


@dataclass
class Foreseen(FakeCompany):
    """A made-up company with the forecasts of one item and simulated purchases.

    ``lost`` and ``held``: what errors do to lost margin and to average stock, a quarter through forecasts; ``turn``: by
    how much they raise each measure of forecasts; ``learning``: the same of a model that learns from all items, if one
    is asked for; ``status``: why there are none, if there are none.
    """

    lost: int = 400
    held: int = 600
    turn: float = 0.1
    learning: float | None = None
    status: str = "forecast"
    message: str = "1 of 2 items in demand is forecast, at 4 weekly origins, 3 weeks ahead."
    item: str | None = "Mug"
    sku: str = "MUG-01"

    @property
    def _is_empty(self) -> bool:
        return self.status != "forecast"

    def _made(self, rows: list[dict[str, Any]], columns: dict[str, pa.DataType]) -> pd.DataFrame:
        return frame([] if self._is_empty else rows, columns)

    def sql(self, query: str) -> pd.DataFrame:
        assert query == "from settings"
        shares = dict.fromkeys(("service_level_percent", "lost_share_percent", "carrying_percent"), Decimal("95.0"))
        prices = dict.fromkeys(("markdown_percent", "expedite_cost", "order_change_cost"), Decimal("0.0"))
        weeks = {"lead_time_weeks": 4, "review_weeks": 1, "cover_days": 90}
        return pd.DataFrame([{**shares, **prices, **weeks}])

    def forecast_scope(self) -> pd.DataFrame:
        row = {"weeks": WEEKS, "status": self.status, "message": self.message}
        return frame([row], {"weeks": _COUNT, "status": TEXT, "message": TEXT})

    def weeks(self) -> pd.DataFrame:
        first = datetime.date(2025, 9, 1)
        rows = [
            {"number": week, "starts_on": first + datetime.timedelta(weeks=week - 1)} for week in range(1, WEEKS + 1)
        ]
        return frame(rows, {"number": _COUNT, "starts_on": pa.date32()})

    def forecast_items(self) -> pd.DataFrame:
        known = {"sku": self.sku, "name": self.item, "class": "smooth", "model": "AutoETS", "weekly_value": 90,
                 "weeks": 12}  # fmt: skip
        rows = [
            {**known, "status": "short" if self._is_empty else "forecast"},
            {**known, "sku": "NEW-1", "class": "none", "model": None, "status": "new", "weekly_value": 10, "weeks": 4},
        ]
        texts = dict.fromkeys(("sku", "name", "class", "model", "status"), TEXT)
        return frame(rows, {**texts, "weekly_value": MONEY, "weeks": _COUNT})

    def demand_history(self) -> pd.DataFrame:
        rows = [{"sku": self.sku, "book": book, "week": week, "units": Decimal(5 + week % 3)}
                for book in ("recorded", "corrected") for week in range(1, WEEKS + 1)]  # fmt: skip
        return self._made(rows, {"sku": TEXT, "book": TEXT, "week": _COUNT, "units": MONEY})

    def forecasts(self) -> pd.DataFrame:
        rows = [
            {"sku": self.sku, "book": book, "origin": origin, "week": origin + ahead, "horizon": ahead,
             "units": Decimal(6) + (origin % 2 if book in _BOOKS[:2] and self.turn else 0)}
            for book in _BOOKS for origin in range(WEEKS - HORIZON - ORIGINS + 1, WEEKS - HORIZON + 1)
            for ahead in range(1, HORIZON + 1)
        ]  # fmt: skip
        counts = dict.fromkeys(("origin", "week", "horizon"), _COUNT)
        return self._made(rows, {"sku": TEXT, "book": TEXT, **counts, "units": MONEY})

    def _stated(self, book: str) -> dict[str, Any]:
        turn = (self.learning or 0.0) if book.startswith("learning_") else self.turn
        worse = turn if book.removeprefix("learning_") in _BOOKS[:2] else 0.0
        return {**dict.fromkeys(_STATED, 0.3 + worse), "restatement_change": abs(worse), "bias": -worse, "book": book}

    @property
    def _books(self) -> tuple[str, ...]:
        return _BOOKS if self.learning is None else (*_BOOKS, *(f"learning_{book}" for book in _BOOKS[:3]))

    def forecast_stability(self) -> pd.DataFrame:
        rows = [{**self._stated(book), "level": level, "sku": sku}
                for level, sku in (("total", None), ("sku", self.sku)) for book in self._books]  # fmt: skip
        return self._made(rows, {"sku": TEXT, "book": TEXT, "level": TEXT, **dict.fromkeys(_STATED, RATIO)})

    def forecast_classes(self) -> pd.DataFrame:
        rows = [{**self._stated(book), "class": name, "items": 1} for name in ("smooth", "A") for book in self._books]
        return self._made(rows, {"class": TEXT, "book": TEXT, "items": _COUNT, **dict.fromkeys(_STATED, RATIO)})

    def margin_forecast_scope(self) -> pd.DataFrame:
        return frame([{"message": "Margin is said to be forecast."}], {"message": TEXT})

    def margin_forecast(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [
            {"period": period, "horizon": 1, "book": book, "gross_margin": 0.4 + off, "actual_gross_margin": 0.4,
             "error": Decimal(int(off * 10_000))}
            for period in self._months(start, end)[-3:]
            for book, off in (("recorded", self.turn), ("corrected", 0.01))
        ]  # fmt: skip
        margins = {"gross_margin": RATIO, "actual_gross_margin": RATIO}
        return self._made(rows, {"period": TEXT, "horizon": _COUNT, "book": TEXT, **margins, "error": MONEY})

    def margin_forecast_causes(self) -> pd.DataFrame:
        row = {"cause": "missing_cogs", "forecasts": 3, "absolute_error": int(self.turn * 3000), "error_points": 0}
        kinds = {"absolute_error": MONEY, "error_points": pa.decimal128(18, 6)}
        return self._made([row] if self.turn else [], {"cause": TEXT, "forecasts": _COUNT, **kinds})

    def purchasing_arms(self) -> pd.DataFrame:
        rows = [self._arm(arm, of_class) for arm in _ARMS for of_class in (None, "smooth")]
        money = dict.fromkeys(("average_stock", "order_amount", *_MEASURES), MONEY)
        ratios = dict.fromkeys(
            ("order_change_rate", "order_units_changed", "fill_rate", "bullwhip", "nervousness"), RATIO
        )
        counts = dict.fromkeys(("weeks", "lines_changed", "items_without_margin"), _COUNT)
        return self._made(rows, {"arm": TEXT, "class": TEXT, "is_total": pa.bool_(), **counts, **money, **ratios})

    def _arm(self, arm: str, of_class: str | None) -> dict[str, Any]:
        history, stock = _ARMS[arm]
        quarters = history + 3 * stock
        lost, held = (Decimal(effect * quarters) / 4 for effect in (self.lost, self.held))
        is_other = bool(lost or held)
        return {
            "arm": arm, "class": of_class, "is_total": of_class is None, "weeks": 4, "average_stock": 5000 + held,
            "lost_margin": 1000 + lost, "cost": 1000 + lost, "order_amount": 9000, "lines_changed": int(is_other),
            "overstock_amount": max(held, Decimal(0)), "understock_amount": max(-held, Decimal(0)),
            "orders_changed_amount": int(is_other), "order_change_rate": 0.25 if is_other else 0.0,
            "order_units_changed": None, "fill_rate": 0.9, "bullwhip": None, "nervousness": 1.5,
            "items_without_margin": 0, **dict.fromkeys(("carrying_cost", *_MEASURES[5:8]), 0),
        }  # fmt: skip

    def _effect_of(self, measure: str) -> Decimal:
        effects = {
            "lost_margin": self.lost, "cost": self.lost, "overstock_amount": max(self.held, 0),
            "understock_amount": max(-self.held, 0), "orders_changed_amount": int(bool(self.lost or self.held)),
        }  # fmt: skip
        return Decimal(effects.get(measure, 0))

    def _parts(self, measure: str, share: Decimal = Decimal(1)) -> dict[str, Any]:
        amount = cents(self._effect_of(measure) * share)
        low, high = sorted((cents(amount / 2), amount * 2))
        history = cents(amount / 4)
        return {"measure": measure, "amount": amount, "history_amount": history, "stock_amount": amount - history,
                "low": low, "high": high}  # fmt: skip

    def purchasing_cost(self) -> pd.DataFrame:
        rows = [{"comparison": comparison, **self._parts(measure)}
                for comparison in ("errors", "forecast") for measure in _MEASURES]  # fmt: skip
        return self._made(rows, {"comparison": TEXT, "measure": TEXT, **_EFFECT})

    def purchasing_causes(self) -> pd.DataFrame:
        shares = {"returns": Decimal("1.5"), "other": Decimal("-0.5"), "not_booked_yet": Decimal(0)}
        rows = [{"cause": cause, "families": "kits, transfers", **self._parts(measure, share)}
                for cause, share in shares.items() for measure in _MEASURES]  # fmt: skip
        return self._made(rows, {"measure": TEXT, "cause": TEXT, "families": TEXT, **_EFFECT})


_EFFECT = dict.fromkeys(("amount", "history_amount", "stock_amount", "low", "high"), MONEY)
