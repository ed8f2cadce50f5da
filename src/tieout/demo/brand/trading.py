"""The shops: orders by channel, what they promise from a copy of the stock, shipments, returns, refunds and fees."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from tieout.demo.brand.catalogue import Item, Parts

if TYPE_CHECKING:
    from tieout.demo.brand.world import World

MINUTE, HOUR, DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to sell. Rates and delays: docs/demo.md gives their sources.

    ``share`` of orders and ``returns`` of shipments in thousand; ``copy_age`` seconds between two copies of the stock;
    ``fee`` in ten-thousandths of the goods' price, ``fee_per_order`` cents; ``payout_days`` 0: none, the customer pays.
    """

    name: str
    kind: str
    share: int
    places: tuple[str, ...]
    copy_age: int
    returns: int
    return_window: int
    fee_type: str
    fee: int
    fee_per_order: int
    least_fee: int
    payout_days: int


CHANNELS = (
    Channel("web", "web", 450, ("MAIN", "WEST"), 15 * MINUTE, 120, 30, "payment", 290, 30, 0, 7),
    Channel("amazon", "marketplace", 340, ("FBA", "MAIN"), 120 * MINUTE, 90, 30, "referral", 1500, 0, 30, 14),
    Channel("walmart", "marketplace", 130, ("WEST",), 120 * MINUTE, 100, 30, "referral", 1200, 0, 0, 14),
    Channel("wholesale", "wholesale", 80, ("MAIN",), 24 * HOUR, 20, 60, "", 0, 0, 0, 0),
)
WEEKDAYS = (104, 100, 97, 98, 102, 106, 93)  # percent of a usual day, from Monday on
# Orders by hour of the day, in thousand.
HOURS = (18, 11, 8, 6, 6, 9, 16, 27, 40, 52, 60, 64, 66, 63, 60, 58, 57, 58, 61, 66, 68, 62, 42, 22)
TAX = 70  # in thousand


@dataclass(slots=True)
class Line:
    """An order line on its way; money in cents, totals of the line."""

    order_id: str
    number: int
    channel: Channel
    item: Item
    place: str
    quantity: int
    unit_price: int
    discount: int
    shipping: int
    tax: int
    row: int
    parts: Parts
    is_cancelled: bool = False
    shipped: int = 0


@dataclass(slots=True)
class Shelf:
    """What a channel's copy of the stock says of an item and place."""

    slot: int = -1
    units: int = 0


@dataclass(slots=True)
class Shop:
    """The items of one day that a channel offers, to draw from by demand."""

    items: list[Item]
    bounds: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bounds = list(accumulate(item.demand for item in self.items))

    def draw(self, world: World) -> Item:
        """One item, by demand."""
        return self.items[bisect_right(self.bounds, world.below(self.bounds[-1]))]


def plan_day(world: World, day: int) -> None:
    """Have the orders of a day come in, by season, weekday and hour."""
    today = world.date_of(day)
    world.feeds_down |= {(channel.name, day) for channel in CHANNELS if world.happens(60)}
    shops = {channel.name: Shop(_offered(world, channel, day)) for channel in CHANNELS}
    usual = world.plan.orders_per_day * 100 * WEEKDAYS[today.weekday()] * (130 if _is_promoted(day) else 100)
    season = _season(world, today.month - 1)
    count = usual * season * world.between(88, 112) // 10**10
    hours = list(accumulate(HOURS))
    channels = list(accumulate(channel.share for channel in CHANNELS))
    for _ in range(count):
        hour = bisect_right(hours, world.below(hours[-1]))
        channel = CHANNELS[bisect_right(channels, world.below(channels[-1]))]
        moment = world.midnight(day) + hour * HOUR + world.below(HOUR)
        world.at(moment, take_order, channel, shops[channel.name])


def _season(world: World, month: int) -> int:
    """Demand of a month in percent of a usual one."""
    items = world.catalogue.items
    return sum(item.months[month] * item.demand for item in items) // sum(item.demand for item in items)


def _offered(world: World, channel: Channel, day: int) -> list[Item]:
    kinds = {
        "web": ("plain", "virtual", "assembled", "consigned", "dropship"),
        "wholesale": ("plain", "virtual", "assembled"),
    }.get(channel.name, ("plain",))
    return [item for item in world.catalogue.of(*kinds) if item.is_sold_on(day)]


def _is_promoted(day: int) -> bool:
    return day // 7 % 6 == 5


def take_order(world: World, channel: Channel, shop: Shop) -> None:
    """An order: its lines are what the channel believes to be there."""
    wanted = {item.sku: item for item in (shop.draw(world) for _ in range(_line_count(world, channel)))}
    lines = []
    for item in wanted.values():
        quantity = _quantity(world, channel, item)
        place = _place_that_seems_to_have(world, channel, item, quantity)
        if place is not None:
            lines.append((item, quantity, place))
    if not lines:
        return
    order_id = world.new("ORD")
    total = sum(_unit_price(channel, item) * quantity for item, quantity, _ in lines)
    for number, (item, quantity, place) in enumerate(lines, start=1):
        shipping = 495 if channel.name == "web" and total < 5000 and number == 1 else 0
        _take_line(world, order_id, number, channel, item, quantity, place, shipping)
    if channel.fee_per_order:
        world.at(world.now + MINUTE, charge, channel, order_id, None, "", channel.fee_type, channel.fee_per_order)


def _line_count(world: World, channel: Channel) -> int:
    if channel.kind == "wholesale":
        return world.between(2, 5)
    return (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)[world.below(10)]


def _quantity(world: World, channel: Channel, item: Item) -> int:
    if channel.kind == "wholesale":
        return max(item.pack, 4) * world.between(1, 2)
    return (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)[world.below(10)]


def _unit_price(channel: Channel, item: Item) -> int:
    return item.price * 6 // 10 if channel.kind == "wholesale" else item.price


def _place_that_seems_to_have(world: World, channel: Channel, item: Item, quantity: int) -> str | None:
    """The first place whose copy of the stock shows enough. The copy knows the channel's own sales, no one else's."""
    if item.kind == "dropship":
        return ""
    for place in channel.places if item.kind == "plain" else ("MAIN",):
        shelf = world.shelves.setdefault((channel.name, item.sku, place), Shelf())
        is_down = (channel.name, world.day_of(world.now)) in world.feeds_down
        slot = world.now // (DAY if is_down else channel.copy_age)
        if shelf.slot != slot:
            shelf.slot, shelf.units = slot, world.free(item, place)
        if shelf.units >= quantity:
            shelf.units -= quantity
            return place
    return None


def _take_line(
    world: World, order_id: str, number: int, channel: Channel, item: Item, quantity: int, place: str, shipping: int
) -> None:
    price = _unit_price(channel, item)
    discount, funded_by = _discount(world, channel, item, price * quantity)
    is_taxed = channel.kind != "wholesale"
    charged = price * quantity - (discount if funded_by == "shop" else 0)
    tax = _per_mille(charged, TAX) if is_taxed else 0
    collected_by = ("channel" if channel.kind == "marketplace" else "shop") if is_taxed else None
    row = len(world.rows["order_lines"])
    world.add(
        "order_lines", order_id, number, channel.name, item.sku, quantity, price, discount, funded_by, shipping, tax,
        collected_by, world.now, world.now + 40 if channel.kind != "wholesale" else None, None, None,
    )  # fmt: skip
    own_tax = tax if collected_by == "shop" else 0
    own_discount = discount if funded_by == "shop" else 0
    line = Line(
        order_id, number, channel, item, place, quantity, price, own_discount, shipping, own_tax, row, world.parts(item)
    )  # fmt: skip
    for part, units in line.parts:
        world.sold_today[part.sku, place] += units * quantity
    is_there = item.kind == "dropship" or world.free(item, place) >= quantity
    world.promise(line.parts, place, quantity)
    late = world.midnight(world.day_of(world.now) + 1) - 10 * MINUTE
    if not is_there:
        world.at(min(world.now + world.between(1, 5) * HOUR, late), cancel, line, "oversold")
    elif world.happens(8):
        world.at(min(world.now + HOUR, late), cancel, line, "customer")
    else:
        world.at(_ships_at(world, channel, place), ship, line, line.quantity)


def _discount(world: World, channel: Channel, item: Item, amount: int) -> tuple[int, str | None]:
    day = world.day_of(world.now)
    if channel.name == "web" and _is_promoted(day) and item.kind == "plain":
        return _per_mille(amount, 150), "shop"
    if channel.name == "amazon" and day // 7 % 8 == 3:
        return _per_mille(amount, 100), "channel"
    return 0, None


def _ships_at(world: World, channel: Channel, place: str) -> int:
    day = world.day_of(world.now)
    if place == "FBA":
        return world.now + world.between(2 * HOUR, 20 * HOUR)
    if channel.kind == "wholesale":
        return world.midnight(day + world.between(1, 3)) + world.between(10 * HOUR, 17 * HOUR)
    if world.now < world.midnight(day) + 12 * HOUR:
        return world.midnight(day) + world.between(14 * HOUR, 18 * HOUR)
    return world.midnight(day + 1) + world.between(9 * HOUR, 18 * HOUR)


def cancel(world: World, line: Line, reason: str) -> None:
    """Take a line back before anything of it left."""
    line.is_cancelled = True
    world.promise(line.parts, line.place, -line.quantity)
    row = world.rows["order_lines"][line.row]
    world.rows["order_lines"][line.row] = (*row[:-2], world.now, reason)


def ship(world: World, line: Line, quantity: int) -> None:
    """Goods leave: all of the line, one of several parts, or one unit less where the shelf is short."""
    if line.is_cancelled:
        return
    if quantity > 1 and line.shipped == 0 and world.happens(15):
        world.at(world.now + DAY, ship, line, quantity - 1)
        quantity = 1
    elif quantity > 1 and line.shipped == 0 and line.item.kind == "plain" and world.happens(6):
        world.promise(line.parts, line.place, -1)
        quantity -= 1
    event_id = world.new("SHP")
    arrival = world.now + world.between(20, 140) * HOUR
    is_dropship = line.item.kind == "dropship"
    if not is_dropship:
        world.promise(line.parts, line.place, -quantity)
        world.move(world.parts(line.item), line.place, -quantity)
    world.event(
        event_id, "shipment", line.item, quantity, line.place, delivered_at=arrival, order_id=line.order_id,
        line_no=line.number, channel=line.channel.name, document=line.order_id, owner=_owner(line.item),
        unit_cost=line.item.cost if is_dropship else None, currency="USD" if is_dropship else None,
        system=line.channel.name,
    )  # fmt: skip
    before = line.shipped
    line.shipped += quantity
    _charge_for(world, line, quantity)
    _plan_return(world, line, event_id, quantity, before)


def _owner(item: Item) -> str:
    return {"consigned": "consigned", "dropship": "dropship"}.get(item.kind, "own")


def _charge_for(world: World, line: Line, quantity: int) -> None:
    channel = line.channel
    if channel.fee:
        fee = max((line.unit_price * quantity * channel.fee + 5_000) // 10_000, channel.least_fee)
        world.at(world.now + MINUTE, charge, channel, line.order_id, line.number, line.item.sku, channel.fee_type, fee)
    if line.place == "FBA":
        fee = quantity * (322 + line.item.weight // 10)
        world.at(world.now + 2 * MINUTE, charge, channel, line.order_id, line.number, line.item.sku, "fulfilment", fee)


def charge(
    world: World, channel: Channel, order_id: str | None, number: int | None, sku: str, kind: str, amount: int
) -> None:
    """The channel charges a fee."""
    world.add("fees", world.new("FEE"), channel.name, order_id, number, sku, kind, amount, world.now)


def _plan_return(world: World, line: Line, event_id: str, quantity: int, before: int) -> None:
    if line.item.kind in ("consigned", "dropship") or not world.happens(line.channel.returns):
        return
    back = world.between(1, quantity)
    moment = world.midnight(world.day_of(world.now) + world.between(6, 28)) + world.between(8 * HOUR, 18 * HOUR)
    if world.happens(120):
        world.at(moment, refund, line, event_id, back, before, "no_restock")
    else:
        disposition = "damaged" if world.happens(180) else "sellable"
        world.at(moment, take_back, line, event_id, world.parts(line.item), back, disposition)
        world.at(moment + world.between(0, 50) * HOUR, refund, line, event_id, back, before, "return")


def take_back(world: World, line: Line, event_id: str, parts: Parts, quantity: int, disposition: str) -> None:
    """Goods come back to where they left."""
    if disposition == "sellable":
        world.move(parts, line.place, quantity)
    world.event(
        world.new("RET"), "customer_return", line.item, quantity, "", line.place, order_id=line.order_id,
        line_no=line.number, channel=line.channel.name, document=line.order_id, source_event_id=event_id,
        disposition=disposition,
    )  # fmt: skip


def refund(world: World, line: Line, event_id: str, quantity: int, before: int, kind: str) -> None:
    """Money goes back: the price of what came back, less its discount, and its tax."""
    until = before + quantity
    discount = _share(line.discount, until, line.quantity) - _share(line.discount, before, line.quantity)
    tax = _share(line.tax, until, line.quantity) - _share(line.tax, before, line.quantity)
    world.add(
        "refunds", world.new("REF"), line.order_id, line.number, line.channel.name, line.item.sku, quantity,
        line.unit_price * quantity - discount, tax, world.now, kind, event_id,
    )  # fmt: skip


def _per_mille(amount: int, rate: int) -> int:
    return (amount * rate + 500) // 1000


def _share(total: int, part: int, whole: int) -> int:
    return (2 * total * part + whole) // (2 * whole)
