"""Random histories of a small company, as hostile as the canonical tables allow: every event, document and policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

SKUS = ("A", "B", "C", "K", "V", "W")  # K is assembled, V a kit of A and B, W a kit of V and C
PLACES = ("EAST", "WEST", "ROAD")
STATUSES = ("available", "reserved", "damaged", "quality_control", "in_transit", "returned")
START = datetime(2025, 1, 1, tzinfo=UTC)
CHOICES: dict[str, tuple[Any, ...]] = {
    "cost_method": ("fifo", "average", "lifo", "standard", "specific"),
    "cost_scope": ("location", "location", "company"),
    "late_cost": ("restate", "prospective"),
    "late_cost_share": ("auto", "layers", "pool"),
    "return_cost": ("original", "current"),
    "return_layer": ("end", "original"),
    "supplier_return": ("original", "method_order", "current"),
    "freight_on_return": ("leaves", "stays"),
    "negative_stock": ("true_up", "provisional"),
    "bill_rate": ("exchange_difference", "cost"),
    "damage": ("on_write_off", "on_status"),
    "knowledge": ("hindsight", "as_known"),
    "capitalise_transfer_freight": (False, True),
}
FIXED = {
    "items": """
        sku, kit_type,  standard_cost, category, weight
        A,   none,      10,            goods,    1
        B,   none,      7.333333,      goods,    0.5
        C,   none,      ,              bulk,
        K,   assembled, 25,            goods,    3
        V,   virtual,   ,              goods,
        W,   virtual,   ,              bulk,
    """,
    "locations": """
        location, type
        EAST,     warehouse
        WEST,     3pl
        ROAD,     transit
    """,
    "kit_components": """
        kit_sku, component_sku, quantity, per
        V,       A,             1,        3
        V,       B,             2,
        W,       V,             1,
        W,       C,             2,
    """,
    "exchange_rates": """
        currency, rate_date,  rate
        EUR,      2024-12-01, 1.10
        EUR,      2025-01-20, 1.17
        EUR,      2025-02-10, 1.03
    """,
    "sku_aliases": """
        system, external_sku, sku, units_per
        WMS,    B-CASE,       B,   12
    """,
}


class History:
    """A company's tables from a seed; the same seed gives the same rows."""

    def __init__(self, seed: int, events: int) -> None:
        self.random = Random(seed)
        self.events: list[dict[str, Any]] = []
        self.costs: list[dict[str, Any]] = []
        for number in range(events):
            self._add_event(number)
        for number in range(events // 4):
            self._add_cost(number)

    def policy(self) -> dict[str, Any]:
        """One choice of every policy, sometimes with overrides."""
        policy = {key: self.random.choice(values) for key, values in CHOICES.items()}
        overrides = []
        for subject in ({"sku": "A"}, {"category": "bulk"}, {"category": "goods"}):
            if self.random.random() < 0.3:
                starts = {"from": self._moment().date()} if self.random.random() < 0.7 else {}
                change = {"change": self.random.choice(("prospective", "retrospective"))}
                method = {"cost_method": self.random.choice(CHOICES["cost_method"])}
                overrides.append({**subject, **method, **starts, **change})
        return {**policy, "override": overrides} if overrides else policy

    def tables(self) -> dict[str, str]:
        """The canonical tables as text."""
        return {**FIXED, "stock_events": _text(self.events), "costs": _text(self.costs)}

    def _moment(self) -> datetime:
        return START + timedelta(hours=self.random.randrange(24 * 60))

    def _quantity(self) -> str:
        return self.random.choice(("1", "2", "3", "5", "10", "0.5", "0.3333", "7.25", "100", "0.0001"))

    def _unit_cost(self) -> str:
        return self.random.choice(("10", "12.5", "0", "0.333333", "9.99", "1000", ""))

    def _moments(self) -> dict[str, str]:
        moment = self._moment()
        recorded = moment + timedelta(hours=self.random.choice((0, 0, 0, 1, 30, 400, -5)))
        voided = moment + timedelta(hours=self.random.choice((1, 50, 500)))
        return {
            "occurred_at": moment.isoformat(),
            "recorded_at": recorded.isoformat() if self.random.random() < 0.7 else "",
            "voided_at": voided.isoformat() if self.random.random() < 0.06 else "",
        }

    def _add_event(self, number: int) -> None:
        kind = self.random.choice((
            "opening", "receipt", "receipt", "receipt", "vendor_return", "shipment", "shipment", "shipment",
            "customer_return", "customer_return", "transfer", "transfer", "adjustment", "count", "status_change",
            "write_off", "assembly_out", "assembly_in",
        ))  # fmt: skip
        place, other = self.random.sample(PLACES, 2)
        arrives = kind in ("opening", "receipt", "customer_return", "assembly_in")
        stays = kind in ("transfer", "status_change")
        if kind in ("adjustment", "count"):
            arrives = self.random.random() < 0.5
        status = self.random.choice(STATUSES) if self.random.random() < 0.3 else ""
        self.events.append({
            "event_id": f"E{number:04}",
            "type": kind,
            "sku": self.random.choice(SKUS),
            "quantity": self._quantity(),
            "from_location": "" if arrives else place,
            "to_location": place if arrives or kind == "status_change" else other if stays else "",
            "from_status": self.random.choice(STATUSES) if stays and self.random.random() < 0.6 else status,
            "to_status": self.random.choice(STATUSES) if stays and self.random.random() < 0.6 else status,
            "unit_cost": self._unit_cost() if arrives or self.random.random() < 0.1 else "",
            "currency": self.random.choice(("", "", "EUR", "GBP")),
            "document": f"D{self.random.randrange(8)}" if self.random.random() < 0.6 else "",
            "source_event_id": f"E{self.random.randrange(number + 3):04}" if self.random.random() < 0.5 else "",
            "disposition": self.random.choice(("", "damaged", "sellable")) if kind == "customer_return" else "",
            "recoverable": self.random.choice(("", "1", "4")),
            "owner": self.random.choice(("", "", "", "", "", "consigned", "dropship")),
            **self._moments(),
        })  # fmt: skip
        if self.events[-1]["sku"] == "B" and self.random.random() < 0.2:
            self.events[-1].update(sku="B-CASE", system="WMS")

    def _add_cost(self, number: int) -> None:
        kind = self.random.choice((
            "vendor_bill", "vendor_bill", "landed_cost", "landed_cost", "standard_cost", "transfer_freight",
            "revaluation",
        ))  # fmt: skip
        suitable = [event["event_id"] for event in self.events if event["type"] in ("receipt", "transfer", "opening")]
        of_event = kind in ("vendor_bill", "landed_cost", "transfer_freight") and self.random.random() < 0.9
        by_unit = kind in ("standard_cost", "vendor_bill") or (kind == "revaluation" and self.random.random() < 0.5)
        moments = self._moments()
        moments["effective_at"] = moments.pop("occurred_at")
        self.costs.append({
            "cost_id": f"C{number:04}",
            "type": kind,
            "event_id": self.random.choice(suitable) if of_event and suitable else "",
            "sku": self.random.choice(SKUS) if kind in ("standard_cost", "revaluation") else "",
            "location": self.random.choice(("", "EAST", "WEST")) if kind == "revaluation" else "",
            "quantity": self._quantity() if kind == "vendor_bill" and self.random.random() < 0.3 else "",
            "unit_cost": self.random.choice(("8", "11", "15.5", "0")) if by_unit else "",
            "amount": "" if by_unit else self.random.choice(("10", "-10", "99.99", "-500", "0.01", "33.33")),
            "basis": self.random.choice(("", "value", "quantity", "weight", "volume")),
            "currency": self.random.choice(("", "", "EUR", "GBP")),
            "document": f"D{self.random.randrange(8)}",
            **moments,
        })  # fmt: skip


def _text(rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(columns), *(",".join(str(row.get(column, "")) for column in columns) for row in rows)]
    return "\n".join(lines)
