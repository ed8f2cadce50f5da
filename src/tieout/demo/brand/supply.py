"""Behind the shops: purchases with their bills and freight, receipts, transfers, assemblies, counts and losses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tieout.demo.brand import trading
from tieout.demo.brand.catalogue import Item, Supplier

if TYPE_CHECKING:
    from tieout.demo.brand.world import World

HOUR, DAY = 3_600, 86_400
EURO = 108  # cents of the company's currency per euro where a rough figure will do
LABOUR = 150  # cents a unit that is put together


def open_stock(world: World) -> None:
    """The stock with which the brand begins: some weeks of every item, where it sells."""
    shares = {"MAIN": 500, "WEST": 220, "FBA": 280}
    items = world.catalogue.items
    total = sum(item.demand for item in items)
    for item in world.catalogue.of("plain", "assembled", "consigned"):
        for place in shares if item.kind == "plain" else ("MAIN",):
            pace = world.plan.orders_per_day * 1900 * item.demand * shares[place] // (total * 1000)
            world.pace[item.sku, place] = pace
            quantity = 3 + pace * (60 if place == "MAIN" else 40) // 1000
            if item.launched > 0 or item.kind == "consigned":
                continue
            world.now += 1
            cost = _dollars(item) + (LABOUR if item.kind == "assembled" else 0)
            world.on_hand[item.sku, place] += quantity
            world.event(world.new("OPN"), "opening", item, quantity, "", place, unit_cost=cost, currency="USD")


def _dollars(item: Item) -> int:
    return item.cost * EURO // 100 if item.supplier and item.supplier.currency == "EUR" else item.cost


def plan_day(world: World, day: int) -> None:
    """What the warehouse and the buyers do on a day."""
    start, weekday, monthday = world.midnight(day), day % 7, world.date_of(day).day
    for supplier in world.catalogue.suppliers:
        if supplier.review_day == weekday:
            world.at(start + 20 * HOUR, order, supplier)
    for is_due, hour, call, values in (
        (weekday == 0, 4, copy_stock, ()),
        (monthday == 3, 7, stock_consigned, ()),
        (weekday == 1, 8, assemble, ()),
        (weekday == 2, 13, send, ("FBA",)),
        (weekday == 4, 13, send, ("WEST",)),
        (world.below(8 * 40) < world.plan.orders_per_day, 18, spoil, ()),
        (monthday == 14, 19, count, ("MAIN",)),
        (monthday == 27, 19, count, ("WEST",)),
        (world.below(14 * 40) < world.plan.orders_per_day, 22, lose_at_marketplace, ()),
        (world.date_of(day + 1).day == 1, 23, charge_for_month, ()),
    ):
        if is_due:
            world.at(start + hour * HOUR, call, *values)


def order(world: World, supplier: Supplier) -> None:
    """Buy what will run short before the next order could arrive."""
    lines = []
    for item in world.catalogue.of("plain"):
        if item.supplier is not supplier or not item.is_sold_on(world.day_of(world.now)):
            continue
        pace = sum(world.pace[item.sku, place] for place in ("MAIN", "WEST", "FBA"))
        there = world.on_order[item.sku] + sum(world.on_hand[item.sku, place] for place in _PLACES)
        if there * 1000 < pace * (supplier.lead_days + 6) or there < 3:
            wanted = max(pace * (supplier.lead_days + 40) // 1000 - there, item.pack, 4)
            lines.append((item, -(-wanted // item.pack) * item.pack))
    if lines:
        _place_order(world, supplier, lines)


_PLACES = ("MAIN", "WEST", "FBA", "ROAD")


def _place_order(world: World, supplier: Supplier, lines: list[tuple[Item, int]]) -> None:
    po_id, day = world.new("PO"), world.day_of(world.now)
    lead = supplier.lead_days * world.between(85, 125) // 100
    arrives = world.midnight(day + lead) + world.between(7 * HOUR, 9 * HOUR)
    value = 0
    for number, (item, quantity) in enumerate(lines, start=1):
        price = item.cost * (10_000 + supplier.drift * (day // 30) + world.between(-150, 150)) // 10_000
        expected_at = world.midnight(day + supplier.lead_days)
        closed_at = arrives + 45 * DAY if arrives + 45 * DAY < world.ends else None
        world.add("purchase_lines", po_id, number, supplier.name, item.sku, quantity, price, supplier.currency,
                  world.now, expected_at, closed_at)  # fmt: skip
        world.on_order[item.sku] += quantity
        value += price * quantity
        parts = [quantity]
        if not supplier.is_far and quantity >= 2 * item.pack and world.happens(60):
            parts = [quantity - item.pack, item.pack]
        for wait, part in enumerate(parts):
            receipt_id = world.new("REC")
            is_billed = supplier.is_far and world.happens(250) and arrives + 2 * DAY < world.ends
            if is_billed:
                world.at(arrives - 15 * DAY, bill, supplier, receipt_id, po_id, item, part, price)
            world.at(arrives + wait * 4 * DAY, receive, supplier, receipt_id, po_id, item, part, price, is_billed)
    if supplier.is_far:
        deposit = value * 3 // 10
        world.at(world.now + HOUR, pay, po_id, None, deposit, supplier.currency, True)
        world.at(arrives + world.between(10, 40) * DAY, bill_freight, supplier, po_id, value)


def receive(
    world: World,
    supplier: Supplier,
    receipt_id: str,
    po_id: str,
    item: Item,
    quantity: int,
    price: int,
    is_billed: bool,
) -> None:
    """Goods are on the shelf at once; now and then they are scanned a day late, or the paper is keyed in days after."""
    world.unscanned[item.sku] += quantity
    world.on_hand[item.sku, "MAIN"] += quantity
    world.on_order[item.sku] -= quantity
    is_scanned_late = world.happens(90)
    scanned = world.now + DAY + 3 * HOUR if is_scanned_late else world.now
    keyed = 0 if is_scanned_late or not world.happens(50) else world.between(2, 12) * DAY
    is_plain = not supplier.is_far and supplier.currency == "USD" and not is_scanned_late and not keyed
    returned = quantity // 10 if is_plain and world.happens(60) else 0
    billed = price
    if not supplier.is_far and not returned and world.happens(150):
        billed = price * world.between(970, 1060) // 1000
    world.at(scanned, scan, supplier, receipt_id, po_id, item, quantity, price, keyed)
    if returned:
        world.at(scanned + 300, send_back, receipt_id, item, returned)
    if not is_billed:
        wait = world.between(2, 21) * DAY
        world.at(scanned + wait, bill, supplier, receipt_id, po_id, item, quantity - returned, billed)


def scan(
    world: World, supplier: Supplier, receipt_id: str, po_id: str, item: Item, quantity: int, price: int, keyed: int
) -> None:
    """The receipt enters the warehouse system's history."""
    world.unscanned[item.sku] -= quantity
    world.event(
        receipt_id, "receipt", item, quantity, "", "MAIN", unit_cost=price, currency=supplier.currency, document=po_id,
        recorded_at=world.now + keyed if world.now + keyed < world.ends else world.now,
    )  # fmt: skip


def send_back(world: World, receipt_id: str, item: Item, quantity: int) -> None:
    """Part of a delivery goes back to the supplier, before anything of it is sold."""
    world.on_hand[item.sku, "MAIN"] -= quantity
    world.event(world.new("VRT"), "vendor_return", item, quantity, "MAIN", "", source_event_id=receipt_id)


def bill(world: World, supplier: Supplier, receipt_id: str, po_id: str, item: Item, quantity: int, price: int) -> None:
    """The supplier's bill, to be paid in a month; what was paid in advance is off it."""
    cost_id, amount = world.new("BIL"), quantity * price
    world.add("costs", cost_id, "vendor_bill", receipt_id, item.sku, quantity, amount, None, supplier.currency,
              world.now, cost_id, po_id)  # fmt: skip
    due = amount - amount * 3 // 10 if supplier.is_far else amount
    world.at(world.now + 30 * DAY, pay, po_id, cost_id, due, supplier.currency, False)


def bill_freight(world: World, supplier: Supplier, po_id: str, value: int) -> None:
    """Freight and duty of a whole order, by value."""
    dollars = value * EURO // 100 if supplier.currency == "EUR" else value
    amount = dollars * world.between(60, 140) // 1000
    world.add("costs", world.new("FRT"), "landed_cost", None, None, None, amount, "value", "USD", world.now, po_id,
              po_id)  # fmt: skip


def pay(world: World, po_id: str, cost_id: str | None, amount: int, currency: str, is_prepayment: bool) -> None:
    """Money goes to a supplier."""
    world.add("vendor_payments", world.new("PAY"), po_id, cost_id, amount, currency, world.now, is_prepayment)


def send(world: World, place: str) -> None:
    """Restock another place from the main warehouse, by truck."""
    document = world.new("TRF")
    days = world.between(3, 9)
    is_paid_apart = world.happens(500)
    for item in world.catalogue.of("plain"):
        if not item.is_sold_on(world.day_of(world.now)):
            continue
        free = world.scanned(item, "MAIN")
        there = world.on_hand[item.sku, place] + world.on_the_road[item.sku, place]
        wanted = world.pace[item.sku, place] * 38 // 1000 + 2 - there
        quantity = min(wanted, free * 6 // 10)
        if quantity < 2:
            continue
        event_id = world.new("OUT")
        world.now += 1
        world.on_hand[item.sku, "MAIN"] -= quantity
        world.on_hand[item.sku, "ROAD"] += quantity
        world.on_the_road[item.sku, place] += quantity
        world.event(event_id, "transfer", item, quantity, "MAIN", "ROAD", document=document)
        world.at(world.midnight(world.day_of(world.now) + days) + 9 * HOUR, arrive, item, quantity, place, document)
        if is_paid_apart:
            amount = 250 + quantity * (12 + item.weight // 100)
            world.at(world.now + 2 * DAY, bill_truck, event_id, item, amount, document)


def arrive(world: World, item: Item, quantity: int, place: str, document: str) -> None:
    """The truck is unloaded."""
    world.on_hand[item.sku, "ROAD"] -= quantity
    world.on_hand[item.sku, place] += quantity
    world.on_the_road[item.sku, place] -= quantity
    world.event(world.new("INB"), "transfer", item, quantity, "ROAD", place, document=document)


def bill_truck(world: World, event_id: str, item: Item, amount: int, document: str) -> None:
    """Freight between two places of our own."""
    world.add("costs", world.new("TRK"), "transfer_freight", event_id, item.sku, None, amount, None, "USD", world.now,
              document, None)  # fmt: skip


def assemble(world: World) -> None:
    """Put sets together that would run out within three weeks."""
    for kit in world.catalogue.of("assembled"):
        wanted = world.pace[kit.sku, "MAIN"] * 35 // 1000 + 2 - world.free(kit, "MAIN")
        possible = min(world.scanned(part, "MAIN") // (2 * units) for part, units in kit.parts)
        quantity = min(wanted, possible)
        if quantity < 2:
            continue
        document = world.new("ASM")
        for part, units in kit.parts:
            world.now += 1
            world.on_hand[part.sku, "MAIN"] -= quantity * units
            world.event(world.new("USE"), "assembly_out", part, quantity * units, "MAIN", "", document=document)
        world.now += 1
        world.on_hand[kit.sku, "MAIN"] += quantity
        world.event(
            document, "assembly_in", kit, quantity, "", "MAIN", document=document, unit_cost=LABOUR, currency="USD"
        )


def stock_consigned(world: World) -> None:
    """Suppliers refill goods that stay theirs until they are sold."""
    for item in world.catalogue.of("consigned"):
        quantity = 4 + world.pace[item.sku, "MAIN"] * 45 // 1000 - world.free(item, "MAIN")
        if quantity > 0:
            world.now += 1
            world.on_hand[item.sku, "MAIN"] += quantity
            world.event(world.new("CON"), "receipt", item, quantity, "", "MAIN", unit_cost=item.cost, currency="USD",
                        owner="consigned")  # fmt: skip


def count(world: World, place: str) -> None:
    """Count a part of the shelves; what is not as it should be is put right at once."""
    for item in world.catalogue.of("plain"):
        units = world.scanned(item, place)
        if units < 4 or not world.happens(180):
            continue
        world.now += 1
        difference = (-2, -1, -1, 0, 0, 0, 0, 0, 1, -3)[world.below(10)]
        system = world.on_hand[item.sku, place]
        event_id = world.new("CNT") if difference else None
        if event_id:
            source, target = (place, "") if difference < 0 else ("", place)
            world.on_hand[item.sku, place] += difference
            world.event(event_id, "count", item, abs(difference), source, target, reason="cycle count")
        world.add("cycle_counts", world.new("CC"), item.sku, place, system + difference, system, world.now, event_id)


def spoil(world: World) -> None:
    """Something breaks in the main warehouse."""
    item = _any_with(world, "MAIN")
    if item:
        world.on_hand[item.sku, "MAIN"] -= 1
        world.event(world.new("WOF"), "write_off", item, 1, "MAIN", "", reason="damaged")


def lose_at_marketplace(world: World) -> None:
    """The marketplace loses goods, and makes up for most of them weeks later."""
    item = _any_with(world, "FBA")
    if item:
        world.on_hand[item.sku, "FBA"] -= 1
        world.event(world.new("LST"), "adjustment", item, 1, "FBA", "", reason="lost at the marketplace")
        amount = _dollars(item) * world.between(80, 110) // 100
        world.at(world.now + world.between(18, 40) * DAY, make_up, item, amount)


def make_up(world: World, item: Item, amount: int) -> None:
    """The marketplace pays for what it lost."""
    world.add("reimbursements", "amazon", item.sku, 1, amount, world.now)


def _any_with(world: World, place: str) -> Item | None:
    plain = world.catalogue.of("plain")
    item = plain[world.below(len(plain))]
    return item if world.scanned(item, place) > 4 else None


def charge_for_month(world: World) -> None:
    """Storage and advertising, once a month."""
    fees: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    stored = sum(world.on_hand[item.sku, "FBA"] for item in world.catalogue.of("plain"))
    fees["amazon"] = [("storage", stored * 9), ("advertising", world.plan.orders_per_day * 30 * 34)]
    fees["web"] = [("advertising", world.plan.orders_per_day * 30 * 55)]
    for channel in trading.CHANNELS:
        for kind, amount in fees[channel.name]:
            if amount:
                world.now += 1
                trading.charge(world, channel, None, None, "", kind, amount)


def copy_stock(world: World) -> None:
    """Every week the warehouse's own system writes down what can be sold."""
    for item in world.catalogue.of("plain"):
        for place in ("MAIN", "WEST", "FBA"):
            unscanned = world.unscanned[item.sku] if place == "MAIN" else 0
            world.add("copies", world.now, item.sku, place, world.on_hand[item.sku, place] - unscanned)
