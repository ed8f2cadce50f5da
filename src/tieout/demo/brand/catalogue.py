"""What the brand sells, from whom it buys and what its kits are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

# Category: share of items in hundred, cost from and to (cents), price in percent of cost, demand by month in percent.
CATEGORIES = {
    "kitchen": (28, 300, 2600, 260, (90, 88, 92, 95, 98, 95, 92, 95, 100, 105, 125, 145)),
    "textile": (24, 450, 3200, 300, (95, 92, 98, 100, 102, 105, 98, 95, 100, 102, 115, 130)),
    "garden": (18, 500, 4800, 240, (55, 65, 105, 150, 165, 155, 135, 110, 85, 65, 50, 60)),
    "lighting": (16, 900, 6000, 230, (105, 98, 92, 85, 80, 78, 80, 88, 100, 115, 130, 140)),
    "gifts": (14, 150, 1500, 340, (70, 95, 85, 90, 110, 80, 75, 80, 88, 105, 150, 210)),
}
PACKS = (1, 1, 6, 6, 12, 24)


Parts = tuple[tuple["Item", int], ...]  # components and units of each


@dataclass(slots=True)
class Supplier:
    """Who sells to the brand; ``drift`` is what its prices rise by a month, in ten-thousandths."""

    name: str
    currency: str
    lead_days: int
    drift: int
    review_day: int

    @property
    def is_far(self) -> bool:
        """Whether freight and duty come on top, and part of the price is paid in advance."""
        return self.lead_days > 30


@dataclass(slots=True)
class Item:
    """One article. ``cost`` in cents of the supplier's currency, ``price`` in cents without tax.

    ``kind``: plain, virtual, assembled, consigned (not ours until sold) or dropship (the supplier ships it).
    ``parts`` and ``later_parts``: units per component, before and from the day on which the kit changed.
    """

    sku: str
    name: str
    category: str
    kind: str
    cost: int
    price: int
    pack: int
    weight: int
    demand: int
    launched: int
    ended: int
    supplier: Supplier | None = None
    parts: Parts = ()
    later_parts: Parts = ()
    months: tuple[int, ...] = field(default=(), repr=False)

    def is_sold_on(self, day: int) -> bool:
        """Whether it is in the shops on a day of the simulation."""
        return self.launched <= day < self.ended

    def parts_on(self, day: int, changed: int) -> Parts:
        """The components that leave the shelf for one unit."""
        return self.later_parts if day >= changed else self.parts


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All items of a brand, and the day on which kits change."""

    items: list[Item]
    suppliers: list[Supplier]
    kits_change: int

    def of(self, *kinds: str) -> list[Item]:
        """The items of some kinds."""
        return [item for item in self.items if item.kind in kinds]


def make(random: Random, prefix: str, skus: int, days: int) -> Catalogue:
    """A catalogue of about ``skus`` items: one in twenty a virtual kit, fewer assembled, consigned or dropshipped."""
    suppliers = [_supplier(random, prefix, number) for number in range(max(2, skus // 7))]
    kits, built, consigned, dropped = (max(1, skus // part) for part in (20, 40, 50, 40))
    plain = max(4, skus - kits - built - consigned - dropped)
    kinds = ["plain"] * plain + ["consigned"] * consigned + ["dropship"] * dropped
    items = [_item(random, prefix, number, kind, days, suppliers) for number, kind in enumerate(kinds)]
    steady = [item for item in items[:plain] if item.launched == 0 and item.ended > days]
    for kind, count in (("virtual", kits), ("assembled", built)):
        items += [_kit(random, prefix, len(items) + number, kind, steady, days) for number in range(count)]
    return Catalogue(items, suppliers, days // 2)


def _supplier(random: Random, prefix: str, number: int) -> Supplier:
    is_far = number % 3 == 0
    return Supplier(
        name=f"{prefix}V{number:03}",
        currency="EUR" if number % 4 == 3 else "USD",
        lead_days=_between(random, 38, 60) if is_far else _between(random, 7, 18),
        drift=_between(random, -20, 90),
        review_day=number % 7,
    )


def _item(random: Random, prefix: str, number: int, kind: str, days: int, suppliers: list[Supplier]) -> Item:
    category = _category(random)
    _, least, most, markup, months = CATEGORIES[category]
    cost = _between(random, least, most)
    launched, ended = 0, days + 1
    fate = _between(random, 0, 99)
    if fate < 10:
        launched = _between(random, days // 10, days // 2)
    elif fate < 17:
        ended = _between(random, days // 2, days)
    return Item(
        sku=f"{prefix}{category[:3].upper()}-{number:04}", name=f"{category.title()} No. {number}", category=category,
        kind=kind, cost=cost, price=_price(cost * (markup + _between(random, -30, 60)) // 100),
        pack=PACKS[_between(random, 0, len(PACKS) - 1)], weight=_between(random, 80, 4000),
        # A few best-sellers, many slow movers: the demand of rank n is about a constant over n.
        demand=1_000_000 // (number + 3) + _between(random, 0, 2000),
        launched=launched, ended=ended, supplier=suppliers[number % len(suppliers)], months=months,
    )  # fmt: skip


def _kit(random: Random, prefix: str, number: int, kind: str, steady: list[Item], days: int) -> Item:
    chosen = sorted({_between(random, 0, len(steady) - 1) for _ in range(3)})
    parts = tuple((steady[index], _between(random, 1, 2)) for index in chosen)
    later = parts
    if kind == "virtual" and number % 2 == 0:
        (first, units), *rest = parts
        later = ((first, 3 - units), *rest)
    return Item(
        sku=f"{prefix}SET-{number:04}", name=f"Set No. {number}", category="gifts", kind=kind,
        cost=sum(part.cost * units for part, units in parts),
        price=_price(sum(part.price * units for part, units in parts) * 9 // 10), pack=1,
        weight=sum(part.weight * units for part, units in parts), demand=90_000 // (number % 7 + 3),
        launched=0, ended=days + 1, parts=parts, later_parts=later, months=CATEGORIES["gifts"][-1],
    )  # fmt: skip


def _category(random: Random) -> str:
    draw = _between(random, 0, 99)
    for name, (share, *_) in CATEGORIES.items():
        if draw < share:
            return name
        draw -= share
    return name


def _price(cents: int) -> int:
    """The next price that ends in 95 cents."""
    return cents // 100 * 100 + 95


def _between(random: Random, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``, by the one method of Random that gives the same in every version."""
    return least + int(random.random() * (most - least + 1))
