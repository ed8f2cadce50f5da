"""A made-up company with the tables of ``tieout.company.Company``: for pages that real data rarely make."""

from __future__ import annotations

import datetime
import inspect
import itertools
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from tieout.charts import Charts

BOOKS = ("first_reported", "recorded", "corrected", "expected")
HOSTILE = "<script>alert('x')</script><!--<script>"

# cause: (change of revenue, change of cogs, in the corrected book) per thousand of the month's revenue
EFFECTS: dict[str, tuple[int, int, bool]] = {
    "missing_cogs": (0, 52, True),
    "duplicate_posting": (-18, -4, True),
    "cogs_lag": (0, -13, True),
    "missing_revenue": (7, 0, True),
    "orphan_connector_entry": (-3, -1, True),
    "in_flight": (2, 1, False),
    "unexplained": (-2, 0, False),
}
TITLES = {
    "missing_cogs": ("Cost of goods sold never booked", "Goods left, but their cost never reached the ledger."),
    "duplicate_posting": ("Posted twice", "The connector sent the same sale twice."),
    "cogs_lag": ("Cost booked in a later period", "The sale and its cost lie in different periods."),
    "missing_revenue": ("Sale never booked", "Goods were sold but no revenue was booked."),
    "orphan_connector_entry": ("Entry without an event", "The ledger holds an entry that no event supports."),
    "in_flight": ("On its way", "Younger than the time that a sync may take."),
    "unexplained": ("Unexplained", "No cause could be proven."),
    "late_posting": ("Booked late", "A stock movement was booked after its period."),
}  # fmt: skip


def frame(rows: list[dict[str, Any]], columns: dict[str, pa.DataType]) -> pd.DataFrame:
    """Rows as the real company returns them: Arrow types, money exact."""
    schema = pa.schema(list(columns.items()))
    return pa.Table.from_pylist(rows, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


MONEY, TEXT, RATIO = pa.decimal128(18, 2), pa.string(), pa.float64()


@dataclass
class FakeCompany:
    """Twelve months of 2025; see the fields for what can be odd about it."""

    name: str = "Harbour & Pine"
    currency: str = "USD"
    decimals: int = 2
    channels: tuple[str, ...] = ("web", "marketplace", "wholesale")
    periods_count: int = 12
    without_sales: tuple[str, ...] = ()
    without_fees: bool = False
    guarded: dict[str, str] = field(default_factory=dict)  # why channels cannot be compared
    flawless: bool = False
    never_closed: bool = False
    trust_row: dict[str, Any] = field(default_factory=dict)
    headline_row: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)  # findings: their messages by their names
    signed: tuple[str, str] | None = None  # preparer and reviewer
    restated_figures: int = 0
    run_id: str = "5f3a9c01d2e4"
    as_of: str = "2025-12-31T23:59:59+00:00"

    @property
    def charts(self) -> Charts:
        return Charts(self)

    def table(self, name: str, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        """One measure by its name."""
        measure = getattr(self, name)
        periods = {"start": start, "end": end} if "start" in inspect.signature(measure).parameters else {}
        table: pd.DataFrame = measure(**periods)
        return table

    def columns(self, name: str) -> list[str]:
        return list(self.table(name).columns) if hasattr(self, name) else []

    def label(self, name: str) -> str:
        return self.labels.get(name, "")

    def ledger_totals(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [{"period": period, "lines": 812, "debit": Decimal("90210.55"), "credit": Decimal("90210.55"),
                 "control_totals": 9, "control_totals_tied": 8} for period in self._months(start, end)]  # fmt: skip
        counts = dict.fromkeys(("lines", "control_totals", "control_totals_tied"), pa.int64())
        return frame(rows, {"period": TEXT, "debit": MONEY, "credit": MONEY, **counts})

    def _months(self, start: str | None = None, end: str | None = None) -> list[str]:
        months = [f"2025-{month:02}" for month in range(1, self.periods_count + 1)]
        return [month for month in months if (start or "") <= month <= (end or "~")]

    def _effects(self, period: str) -> dict[str, tuple[Decimal, Decimal, bool]]:
        """Cause: what its corrections change of revenue and of cogs."""
        if self.flawless or period in self.without_sales:
            return {}
        scale = self._revenue(period) / 10_000 * (10 + int(period[5:]) % 5)
        return {
            cause: (cents(revenue * scale), cents(cogs * scale), known)
            for cause, (revenue, cogs, known) in EFFECTS.items()
        }

    def _revenue(self, period: str) -> Decimal:
        month = int(period[5:])
        return Decimal(0) if period in self.without_sales else Decimal(84_120 + 4_391 * month - 977 * (month % 3))

    def _book(self, period: str, book: str) -> dict[str, Decimal]:
        revenue = self._revenue(period)
        cogs = cents(revenue * (Decimal("0.51") + Decimal(int(period[5:]) % 4) / 100))
        if book == "first_reported":
            return {"revenue": revenue, "cogs": cogs - (0 if self.flawless else 310)}
        for more_revenue, more_cogs, known in self._effects(period).values():
            if book == "expected" or (book == "corrected" and known):
                revenue, cogs = revenue + more_revenue, cogs + more_cogs
        return {"revenue": revenue, "cogs": cogs}

    def margin(self, by: str | None = None, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = []
        for period in self._months(start, end):
            for book in BOOKS[self.never_closed :]:
                amounts = self._book(period, book)
                profit = amounts["revenue"] - amounts["cogs"] - 120 - 450 + 200
                margin = float(profit / amounts["revenue"]) if amounts["revenue"] else None
                rows.append({"period": period, "book": book, **amounts, "discounts": 120, "returns": 450,
                             "shipping_income": 200, "gross_profit": profit, "gross_margin": margin,
                             "stock_losses": 75, "profit_after_stock_losses": profit - 75})  # fmt: skip
        money = ("revenue", "discounts", "returns", "cogs", "gross_profit")
        tail = {
            "gross_margin": RATIO,
            "stock_losses": MONEY,
            "profit_after_stock_losses": MONEY,
            "shipping_income": MONEY,
        }
        return frame(rows, {"period": TEXT, "book": TEXT, **dict.fromkeys(money, MONEY), **tail})

    def margin_bridge(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = []
        for period in self._months(start, end):
            recorded, corrected = (self._book(period, book) for book in ("recorded", "corrected"))
            for cause, (revenue, cogs, known) in self._effects(period).items():
                ratio = (recorded["revenue"] - recorded["cogs"] - 370) / recorded["revenue"]
                points = float((revenue - cogs - ratio * revenue) / corrected["revenue"])
                rows.append({"period": period, "cause": cause, "gross_profit": revenue - cogs,
                             "margin_points": points, "in_corrected": known})  # fmt: skip
        columns = {
            "period": TEXT,
            "cause": TEXT,
            "gross_profit": MONEY,
            "margin_points": RATIO,
            "in_corrected": pa.bool_(),
        }
        return frame(rows, columns)

    def headline(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        margin = self.margin(start=start, end=end)
        rows = [
            {"period": row["period"], **{f"gross_margin{end}": row["gross_margin"] for end in ("", "_min", "_max")},
             **{f"gross_profit{end}": row["gross_profit"] for end in ("", "_min", "_max")}, "is_withheld": False,
             "decimals": None if pd.isna(row["gross_margin"]) else 1, "reason": None, **self.headline_row}
            for row in margin[margin["book"] == "corrected"].to_dict("records")
        ]  # fmt: skip
        ends = ("", "_min", "_max")
        kinds = {f"gross_margin{end}": RATIO for end in ends} | {f"gross_profit{end}": MONEY for end in ends}
        tail = {"is_withheld": pa.bool_(), "decimals": pa.int64(), "reason": TEXT}
        return frame(rows, {"period": TEXT, **kinds, **tail})

    def channel_margin(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = []
        for period, book, (place, channel) in itertools.product(
            self._months(start, end), BOOKS, enumerate(self.channels)
        ):
            share = Decimal(len(self.channels) - place) / sum(range(1, len(self.channels) + 1))
            revenue, cogs = (cents(amount * share) for amount in self._book(period, book).values())
            if book in ("corrected", "expected") and not self.flawless:
                cogs = cents(cogs * (1 + place * Decimal("0.07")))
            fees = Decimal(0) if self.without_fees else cents(revenue * place / 10)
            contribution = revenue - cogs - fees
            rows.append({
                "period": period, "channel": channel or None, "book": book, "revenue": revenue, "cogs": cogs,
                "fees": fees, "returns": 0, "contribution": contribution, "discounts": 0,
                "contribution_margin": float(contribution / revenue) if revenue else None,
            })  # fmt: skip
        money = dict.fromkeys(("revenue", "cogs", "fees", "returns", "contribution"), MONEY)
        tail = {"contribution_margin": RATIO, "discounts": MONEY}
        return frame(rows, {"period": TEXT, "channel": TEXT, "book": TEXT, **money, **tail})

    def channel_guards(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [
            {"period": period, "channel": channel, "is_comparable": channel not in self.guarded,
             "reason": self.guarded.get(channel)}
            for period in self._months(start, end)
            for channel in self.channels
        ]  # fmt: skip
        return frame(rows, {"period": TEXT, "channel": TEXT, "is_comparable": pa.bool_(), "reason": TEXT})

    def inventory(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = []
        for period in self._months(start, end):
            distortion = sum(row[2] for row in self._cash(period))
            for sku, value in (("MUG-01", 30_000), ("LAMP-7", 18_000 + 900 * int(period[5:]))):
                for book in ("recorded", "corrected", "expected"):
                    amount = Decimal(value) + (distortion if book == "recorded" and sku == "MUG-01" else 0)
                    rows.append(
                        {
                            "period": period,
                            "sku": sku,
                            "location": "MAIN",
                            "book": book,
                            "quantity": 100,
                            "amount": amount,
                        }
                    )
        columns = {
            "period": TEXT,
            "sku": TEXT,
            "location": TEXT,
            "book": TEXT,
            "quantity": pa.decimal128(18, 4),
            "amount": MONEY,
        }
        return frame(rows, columns)

    def _cash(self, period: str) -> list[tuple[str, Decimal, Decimal]]:
        """Cause, size and signed distortion of inventory at the period's end, cumulative."""
        if self.flawless:
            return []
        months = int(period[5:])
        return [("missing_cogs", Decimal(2_450 * months), Decimal(2_450 * months)),
                ("late_posting", Decimal(-810 * months), Decimal(-810 * months)),
                ("orphan_connector_entry", Decimal("95.50"), Decimal("95.50"))]  # fmt: skip

    def cash(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [
            {
                "period": period,
                "cause": cause,
                "overstated": max(net, Decimal(0)),
                "understated": max(-net, Decimal(0)),
                "net": net,
                "in_corrected": True,
            }
            for period in self._months(start, end)
            for cause, _, net in self._cash(period)
        ]
        money = dict.fromkeys(("overstated", "understated", "net"), MONEY)
        return frame(rows, {"period": TEXT, "cause": TEXT, **money, "in_corrected": pa.bool_()})

    def causes(self) -> pd.DataFrame:
        rows = [
            {"cause": cause, "family": "goods", "root": "mapping", "title": title, "sentence": sentence}
            for cause, (title, sentence) in TITLES.items()
        ]
        return frame(rows, dict.fromkeys(("cause", "family", "root", "title", "sentence"), TEXT))

    def periods(self) -> pd.DataFrame:
        rows = [
            {"period": month, "start_date": datetime.date.fromisoformat(f"{month}-01"),
             "end_date": datetime.date.fromisoformat(f"{month}-28"), "is_complete": month != "2025-12"}
            for month in self._months()
        ]  # fmt: skip
        days = {"start_date": pa.date32(), "end_date": pa.date32()}
        return frame(rows, {"period": TEXT, **days, "is_complete": pa.bool_()})

    def trust(self) -> pd.DataFrame:
        row = {"rows_read": 45_012, "rows_loaded": 44_970, "rows_rejected": 42, "rejected_percent": 0.08,
               "max_rejected_percent": 1.0, "unexplained_amount": Decimal("231.40"), "unexplained_percent": 0.22,
               "max_unexplained_percent": 1.0, "proofs": 4_811, "broken_proofs": 0,
               "materiality_amount": Decimal(1000), "materiality_percent": 0.5, **self.trust_row}  # fmt: skip
        kinds = {name: MONEY if isinstance(value, Decimal) else RATIO if isinstance(value, float) else pa.int64()
                 for name, value in row.items()}  # fmt: skip
        return frame([row], kinds)

    def sign_offs(self, start: str = "2025-11", end: str = "2025-11") -> pd.DataFrame:
        assert start == end
        signed_at = datetime.datetime(2026, 1, 9, 14, 30, tzinfo=datetime.UTC)
        people = [
            {"period": start, "sign_off": 1, "preparer": preparer, "reviewer": reviewer, "signed_at": signed_at,
             "run_id": self.run_id, "is_latest": True}
            for preparer, reviewer in ([self.signed] if self.signed else [])
        ]  # fmt: skip
        texts = dict.fromkeys(("period", "preparer", "reviewer", "run_id"), TEXT)
        kinds = {"sign_off": pa.int64(), "signed_at": pa.timestamp("us", "UTC"), "is_latest": pa.bool_()}
        return frame(people, {**texts, **kinds})

    def restatements(self, start: str = "2025-11", end: str = "2025-11") -> pd.DataFrame:
        assert start == end
        row = {
            "period": start, "figure": "gross_profit", "book": "corrected", "published": Decimal(900),
            "now": Decimal(905), "difference": Decimal(5), "reason": "missing_cogs", "preparer": "ada",
            "reviewer": "bob", "is_signed_off": False,
        }  # fmt: skip
        texts = dict.fromkeys(("period", "figure", "book", "reason", "preparer", "reviewer"), TEXT)
        money = dict.fromkeys(("published", "now", "difference"), MONEY)
        return frame([row] * self.restated_figures, {**texts, **money, "is_signed_off": pa.bool_()})

    def findings(self) -> pd.DataFrame:
        return pd.DataFrame({"finding": list(self.found), "message": list(self.found.values())})

    def files(self) -> pd.DataFrame:
        names = [("order_lines.csv", 18_040, 31), ("stock_events.csv", 20_112, 11), ("gl_lines.csv", 6_860, 0)]
        rows = [
            {"source": "canonical", "file": file, "table": file[:-4], "rows_read": read, "rows_loaded": read - rejected,
             "rows_rejected": rejected, "sha256": f"{read:064x}"}
            for file, read, rejected in names
        ]  # fmt: skip
        counts = dict.fromkeys(("rows_read", "rows_loaded", "rows_rejected"), pa.int64())
        return frame(rows, {"source": TEXT, "file": TEXT, "table": TEXT, **counts, "sha256": TEXT})

    def sql_file(self, name: str) -> str:
        return f"measures/{name}.sql"

    def margin_origins(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [
            {"period": period, "cause": cause, "origin_system": "wms", "gross_profit": revenue - cogs,
             "in_corrected": known}
            for period in self._months(start, end)
            for cause, (revenue, cogs, known) in self._effects(period).items()
        ]  # fmt: skip
        kinds = {"period": TEXT, "cause": TEXT, "origin_system": TEXT, "gross_profit": MONEY}
        return frame(rows, {**kinds, "in_corrected": pa.bool_()})

    def period_evidence(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        sizes = {"A": 9_000, "B": 700, "C": 250, "U": 50}
        rows = [] if self.flawless else [
            {"period": period, "evidence": level, "gross": size}
            for period in self._months(start, end) for level, size in sizes.items()
        ]  # fmt: skip
        return frame(rows, {"period": TEXT, "evidence": TEXT, "gross": MONEY})

    def channel_ranks(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        margins = self.channel_margin(start, end).pivot(
            index=["period", "channel"], columns="book", values="contribution_margin"
        )
        rows = [
            {"period": period, "channel": channel, "margin_recorded": row["recorded"],
             "margin_corrected": row["corrected"]}
            for (period, channel), row in margins.iterrows()
        ]  # fmt: skip
        return frame(rows, {"period": TEXT, "channel": TEXT, "margin_recorded": RATIO, "margin_corrected": RATIO})

    def subsidy_pairs(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [] if self.flawless or len(self.channels) < 2 else [
            {"period": period, "payer": self.channels[1], "receiver": self.channels[0], "amount": 412}
            for period in self._months(start, end)
        ]  # fmt: skip
        return frame(rows, {"period": TEXT, "payer": TEXT, "receiver": TEXT, "amount": MONEY})

    def distortion_parts(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        parts = ("recoverable", "lost", "already_sold", "purchasing", "other")
        rows = [
            {"period": period, "cause": cause, "in_corrected": True, "net": net, **dict.fromkeys(parts, 0),
             "already_sold": net}
            for period in self._months(start, end) for cause, _, net in self._cash(period)
        ]  # fmt: skip
        money = dict.fromkeys(("net", *parts), MONEY)
        return frame(rows, {"period": TEXT, "cause": TEXT, "in_corrected": pa.bool_(), **money})

    def timing(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = []
        for period in self._months(start, end):
            shift = -self._effects(period)["cogs_lag"][1] if "cogs_lag" in self._effects(period) else Decimal(0)
            rows.append({"period": period, "gross_profit_shifted": -shift, "overstated": max(-shift, Decimal(0)),
                         "understated": max(shift, Decimal(0)), "spike_index": 0.02, "reason": None})  # fmt: skip
        money = dict.fromkeys(("gross_profit_shifted", "overstated", "understated"), MONEY)
        return frame(rows, {"period": TEXT, **money, "spike_index": RATIO, "reason": TEXT})

    def decision_exposure(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        shares = {"company": (0.46, 0.41), "sku": (0.05, -0.02)}
        rows = [
            {"period": period, "scope": scope, "sku": None if scope == "company" else "MUG-01",
             "break_even_advertising_recorded": was, "break_even_advertising_corrected": was if self.flawless else now,
             "gross_profit_corrected": Decimal(-40), "fees_corrected": Decimal(45),
             "sign_flips": scope == "sku" and not self.flawless}
            for period in self._months(start, end) if period not in self.without_sales
            for scope, (was, now) in shares.items()
        ]  # fmt: skip
        kinds = {f"break_even_advertising_{book}": RATIO for book in ("recorded", "corrected")}
        kinds = {"period": TEXT, "scope": TEXT, "sku": TEXT, **kinds}
        kinds |= {"gross_profit_corrected": MONEY, "fees_corrected": MONEY}
        return frame(rows, {**kinds, "sign_flips": pa.bool_()})

    def forecast_scope(self) -> pd.DataFrame:
        message = "12 whole weeks of history are too few: forecasts take 20."
        row = {"weeks": 12, "status": "short_history", "message": message}
        return frame([row], {"weeks": pa.int64(), "status": TEXT, "message": TEXT})

    def labour_rates(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [{"period": period, "hours": 12, "cost": 780, "avoidable_share": 0.9}
                for period in self._months(start, end)]  # fmt: skip
        return frame(rows, {"period": TEXT, "hours": MONEY, "cost": MONEY, "avoidable_share": RATIO})

    def close(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        rows = [{"period": period, "days_to_close": None if self.never_closed else 6,
                 "open_exceptions": 0 if self.flawless else 31} for period in self._months(start, end)]  # fmt: skip
        return frame(rows, {"period": TEXT, "days_to_close": pa.int64(), "open_exceptions": pa.int64()})

    def what_if(self) -> pd.DataFrame:
        left = {
            "recorded": ("book", 6_000, 140),
            "pass_cost_layers": ("fix", 1_000, 60),
            "kits": ("cause_family", 5_500, 80),
        }
        rows = [] if self.flawless else [
            {"scenario": scenario, "kind": kind, "profit_misplaced": profit, "hours": hours, "cost": 65 * hours,
             "months": Decimal("12.0")}
            for scenario, (kind, profit, hours) in left.items()
        ]  # fmt: skip
        money = dict.fromkeys(("profit_misplaced", "hours", "cost"), MONEY)
        return frame(rows, {"scenario": TEXT, "kind": TEXT, **money, "months": pa.decimal128(5, 1)})

    def entries(self) -> pd.DataFrame:
        rows = [] if self.flawless else [
            {"entry_id": entry, "corrected_period": "2025-11", "period": "2025-12", "role": role, "amount": amount}
            for entry in ("TO-1", "TO-2") for role, amount in (("cogs", 700), ("inventory", -700))
        ]  # fmt: skip
        text = dict.fromkeys(("entry_id", "corrected_period", "period", "role"), TEXT)
        return frame(rows, {**text, "amount": MONEY})

    def proposals(self, start: str | None = None, end: str | None = None) -> pd.DataFrame:
        held = {"waits for true-up MJE-9": "MJE-9", "to be reviewed": None}
        rows = [] if self.flawless else [
            {"event_id": f"EV-{place}", "period": period, "amount": -150, "true_up": true_up, "held": why}
            for period in self._months(start, end) for place, (why, true_up) in enumerate(held.items())
        ]  # fmt: skip
        return frame(rows, {"event_id": TEXT, "period": TEXT, "amount": MONEY, "true_up": TEXT, "held": TEXT})

    def unrecovered_claims(self) -> pd.DataFrame:
        rows = [] if self.flawless else [{"event_id": "ADJ-1", "unrecovered_amount": 43, "age": 95}]
        return frame(rows, {"event_id": TEXT, "unrecovered_amount": MONEY, "age": pa.int64()})
