"""Which sale a credit note takes back. The source does not say: a plain walk through the credits in time order.

The rules, newest sale first, same country always:

* goods: a line of the same product, quantity and price that is not dispatched yet is *cancelled*; else a dispatched
  line of the product with enough units left is *returned*, at the same price if there is one, else at any price;
* charges (postage, manual, discount, samples): a line of exactly that value that is not dispatched yet is *cancelled*;
  else a dispatched line of the same charge with enough money left, else a dispatched order with enough money left,
  gets an *allowance*;
* what finds nothing stays *unmatched*.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(slots=True)
class Sale:
    """One sale line; ``value`` in pence. ``units_left`` and ``value_left`` are what can still be taken back."""

    row: int
    order_id: str
    sku: str
    country: str
    quantity: int
    price: Decimal
    value: int
    ordered_at: datetime
    shipped_at: datetime
    units_left: int = 0
    value_left: int = 0
    is_cancelled: bool = False

    def __post_init__(self) -> None:
        self.units_left, self.value_left = self.quantity, self.value


@dataclass(slots=True)
class Order:
    """What is left of an order's money, in pence."""

    order_id: str
    country: str
    shipped_at: datetime
    value_left: int


@dataclass(frozen=True, slots=True)
class Credit:
    """One row of a C invoice; quantity as a positive number, ``value`` in pence."""

    row: int
    sku: str
    country: str
    is_goods: bool
    quantity: int
    price: Decimal
    value: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of one credit: cancelled, returned, allowance or unmatched."""

    row: int
    outcome: str
    sale_row: int | None = None
    order_id: str | None = None


class Book:
    """All sales, by product and by country, with what is left to take back."""

    def __init__(self, sales: list[Sale]) -> None:
        self.by_sku: dict[tuple[str, str], list[Sale]] = defaultdict(list)
        self.by_country: dict[str, list[Order]] = defaultdict(list)
        self.by_value: dict[tuple[int, str], list[Sale]] = defaultdict(list)
        self.orders: dict[str, Order] = {}
        for sale in sales:
            self.by_sku[sale.sku, sale.country].append(sale)
            self.by_value[sale.value, sale.country].append(sale)
            if sale.order_id not in self.orders:
                order = Order(sale.order_id, sale.country, sale.shipped_at, 0)
                self.orders[sale.order_id] = order
                self.by_country[sale.country].append(order)
            self.orders[sale.order_id].value_left += sale.value

    def settle(self, credit: Credit) -> Match:
        """Find what ``credit`` takes back and take it off the book."""
        waiting = (
            self.by_sku[credit.sku, credit.country] if credit.is_goods else self.by_value[credit.value, credit.country]
        )
        for sale in _open_newest_first(waiting, credit.at):
            same = (sale.quantity, sale.price) == (credit.quantity, credit.price) or not credit.is_goods
            if same and sale.shipped_at > credit.at:
                return self._cancel(sale, credit)
        sold = _open_newest_first(self.by_sku[credit.sku, credit.country], credit.at)
        shipped = [sale for sale in sold if sale.shipped_at <= credit.at]
        if credit.is_goods:
            fitting = [sale for sale in shipped if sale.units_left >= credit.quantity]
            best = next((sale for sale in fitting if sale.price == credit.price), next(iter(fitting), None))
            return self._take_back(best, credit, "returned") if best else Match(credit.row, "unmatched")
        line = next((sale for sale in shipped if sale.value_left >= credit.value), None)
        return self._take_back(line, credit, "allowance") if line else self._allow(credit)

    def _cancel(self, sale: Sale, credit: Credit) -> Match:
        sale.is_cancelled = True
        self.orders[sale.order_id].value_left -= sale.value
        return Match(credit.row, "cancelled", sale.row, sale.order_id)

    def _take_back(self, sale: Sale, credit: Credit, outcome: str) -> Match:
        sale.units_left -= credit.quantity
        sale.value_left -= credit.value
        self.orders[sale.order_id].value_left -= credit.value
        return Match(credit.row, outcome, sale.row, sale.order_id)

    def _allow(self, credit: Credit) -> Match:
        for order in reversed(self.by_country[credit.country]):
            if order.shipped_at <= credit.at and order.value_left >= credit.value:
                order.value_left -= credit.value
                return Match(credit.row, "allowance", None, order.order_id)
        return Match(credit.row, "unmatched")


def _open_newest_first(sales: list[Sale], moment: datetime) -> Iterator[Sale]:
    return (sale for sale in reversed(sales) if sale.ordered_at <= moment and not sale.is_cancelled)


def settle_all(sales: list[Sale], credits: list[Credit]) -> list[Match]:
    """One match per credit. Both lists in time order, ties by row."""
    book = Book(sales)
    return [book.settle(credit) for credit in credits]
