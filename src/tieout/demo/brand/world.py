"""The brand's days: an event queue, the stock that really is there, and the rows that each happening leaves.

What happens in the shops is in ``trading``, what happens around the warehouse in ``supply``. Nothing here knows of a
ledger. Everything is a whole number: units, cents, seconds of the company's own clock since 1970.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from tieout.demo.brand import catalogue, supply, trading
from tieout.demo.brand.catalogue import Item, Parts
from tieout.demo.brand.plan import Plan

START = date(2025, 1, 1)
DAY = 86_400
EPOCH_DAY = (START - date(1970, 1, 1)).days

# What each table of rows holds; times in seconds of the company's clock, money in cents of the row's currency.
COLUMNS = {
    "order_lines": "order_id line_no channel sku quantity unit_price discount discount_funded_by shipping tax"
    " tax_collected_by ordered_at paid_at cancelled_at cancel_reason",
    "stock_events": "event_id type sku quantity from_location to_location occurred_at recorded_at delivered_at"
    " unit_cost currency order_id line_no channel document source_event_id disposition owner reason system",
    "refunds": "refund_id order_id line_no channel sku quantity amount tax refunded_at restock_type shipment_id",
    "fees": "fee_id channel order_id line_no sku type amount charged_at",
    "purchase_lines": "po_id line_no vendor sku quantity unit_price currency ordered_at expected_at closed_at",
    "costs": "cost_id type event_id sku quantity amount basis currency effective_at document po_id",
    "vendor_payments": "payment_id po_id cost_id amount currency paid_at is_prepayment",
    "cycle_counts": "count_id sku location counted_quantity system_quantity counted_at event_id",
    "reimbursements": "channel sku quantity amount posted_at",
    "copies": "taken_at sku location quantity",
}


class World:
    """One brand, day by day. ``rows`` fills up as time goes by."""

    def __init__(self, plan: Plan, brand: int) -> None:
        self.plan = plan
        self.prefix = plan.prefix(brand)
        self.random = Random(f"{plan.seed}/{brand}")
        self.catalogue = catalogue.make(self.random, self.prefix, plan.skus, plan.days)
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
        self.on_hand: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.promised: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.on_order: defaultdict[str, int] = defaultdict(int)
        self.on_the_road: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.unscanned: defaultdict[str, int] = defaultdict(int)
        self.pace: defaultdict[tuple[str, str], int] = defaultdict(int)  # thousandths of a unit a day
        self.feeds_down: set[tuple[str, int]] = set()
        self.shelves: dict[tuple[str, str, str], trading.Shelf] = {}
        self.sold_today: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.now = EPOCH_DAY * DAY
        self.ends = self.midnight(plan.days)
        self._queue: list[tuple[int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._numbers: defaultdict[str, int] = defaultdict(int)
        self._waiting = 0

    def run(self) -> None:
        """Live through all days of the plan. What would come later is cut off."""
        supply.open_stock(self)
        for day in range(self.plan.days):
            trading.plan_day(self, day)
            supply.plan_day(self, day)
            end = self.midnight(day + 1)
            while self._queue and self._queue[0][0] < end:
                moment, _, call, values = heapq.heappop(self._queue)
                # Two things never happen in one second, so that their order is never in doubt.
                self.now = max(moment, self.now + 1)
                call(self, *values)
            self._end_day()

    def at(self, moment: int, call: Callable[..., None], *values: Any) -> None:
        """Have ``call`` happen at a moment, or right after what comes before it."""
        self._waiting += 1
        heapq.heappush(self._queue, (moment, self._waiting, call, values))

    def add(self, table: str, *values: Any) -> None:
        """Leave a row."""
        self.rows[table].append(values)

    def event(
        self, event_id: str, kind: str, item: Item, quantity: int, source: str = "", target: str = "", **other: Any
    ) -> None:
        """Leave a row of the stock's history that happens now."""
        values = {"recorded_at": self.now, "owner": "own", "system": "wms", **other}
        self.rows["stock_events"].append((
            event_id, kind, item.sku, quantity, source, target, self.now,
            *(values.get(name) for name in _OTHER_COLUMNS),
        ))  # fmt: skip

    def new(self, kind: str) -> str:
        """The next id of a kind: ``SHP-0000001``."""
        self._numbers[kind] += 1
        return f"{self.prefix}{kind}-{self._numbers[kind]:07}"

    def below(self, sides: int) -> int:
        """A draw from 0 to ``sides`` - 1; the one method of Random that gives the same in every version of Python."""
        return int(self.random.random() * sides)

    def between(self, least: int, most: int) -> int:
        """A draw from ``least`` to ``most``."""
        return least + self.below(most - least + 1)

    def happens(self, permille: int) -> bool:
        """Whether something with so many chances in a thousand comes about."""
        return self.below(1000) < permille

    def midnight(self, day: int) -> int:
        """When a day of the simulation begins."""
        return (EPOCH_DAY + day) * DAY

    def day_of(self, moment: int) -> int:
        """The day of the simulation in which a moment lies."""
        return moment // DAY - EPOCH_DAY

    def date_of(self, day: int) -> date:
        """The calendar's date of a day of the simulation."""
        return START + timedelta(days=day)

    def free(self, item: Item, place: str) -> int:
        """Units on the shelf that nobody has been promised; of a virtual kit, how many can be packed."""
        if item.kind == "virtual":
            return min(self.free(part, place) // units for part, units in self.parts(item))
        return self.on_hand[item.sku, place] - self.promised[item.sku, place]

    def scanned(self, item: Item, place: str) -> int:
        """Free units that the warehouse's system knows of: only customers' orders take what is not scanned yet."""
        return self.free(item, place) - (self.unscanned[item.sku] if place == "MAIN" else 0)

    def parts(self, item: Item) -> Parts:
        """What leaves the shelf for one unit, today."""
        if item.kind != "virtual":
            return ((item, 1),)
        return item.parts_on(self.day_of(self.now), self.catalogue.kits_change)

    def promise(self, parts: Parts, place: str, quantity: int) -> None:
        """Set units aside for an order (or give them free again)."""
        for part, units in parts:
            self.promised[part.sku, place] += units * quantity

    def move(self, parts: Parts, place: str, quantity: int) -> None:
        """Put units on a shelf (or take them off it)."""
        for part, units in parts:
            self.on_hand[part.sku, place] += units * quantity

    def _end_day(self) -> None:
        for key in sorted(self.pace.keys() | self.sold_today.keys()):
            self.pace[key] += (1000 * self.sold_today.get(key, 0) - self.pace[key]) // 24
        self.sold_today.clear()


_OTHER_COLUMNS = COLUMNS["stock_events"].split()[7:]


def simulate(plan: Plan, brand: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that one brand's history leaves, per table; ``stock_events`` in the order in which they happened."""
    world = World(plan, brand)
    world.run()
    world.rows["items"] = [_item_row(world, item) for item in world.catalogue.items]
    world.rows["kit_components"] = [row for item in world.catalogue.items for row in _component_rows(world, item)]
    return world.rows


def _item_row(world: World, item: Item) -> tuple[Any, ...]:
    supplier = item.supplier
    return (
        item.sku, item.name, item.category, item.kind, item.price, item.pack, item.weight,
        supplier.lead_days if supplier else None, supplier.name if supplier else None,
    )  # fmt: skip


def _component_rows(world: World, item: Item) -> list[tuple[Any, ...]]:
    change = world.midnight(world.catalogue.kits_change)
    if item.parts == item.later_parts:
        return [(item.sku, part.sku, units, None, None) for part, units in item.parts]
    return [
        *((item.sku, part.sku, units, None, change) for part, units in item.parts),
        *((item.sku, part.sku, units, change, None) for part, units in item.later_parts),
    ]


COLUMNS["items"] = "sku name category kind list_price pack_size weight lead_time_days vendor"
COLUMNS["kit_components"] = "kit_sku component_sku quantity valid_from valid_to"
