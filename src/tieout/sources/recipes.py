"""Which meanings of columns (``vocabulary``) fill which columns of the canonical tables, for files of no known format.

Written ``column=meaning|meaning``, the nearest first; a column that is called as its meaning stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Recipe:
    """How a table is filled; ``about``: what its rows are, in words.

    ``must``: columns that only the file can fill. ``beside``: meanings that stand in such files and are not taken.
    """

    about: str
    fills: str
    must: str
    beside: str = ""

    @cached_property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The meanings that may fill each column."""
        pairs = (word.partition("=") for word in self.fills.split())
        return {name: tuple(meanings.split("|")) if meanings else (name,) for name, _, meanings in pairs}

    @cached_property
    def meanings(self) -> frozenset[str]:
        """All that it takes, or that stands beside."""
        return frozenset(name for names in self.columns.values() for name in names) | frozenset(self.beside.split())


NUMBERS = frozenset(
    "quantity quantity_in quantity_out received shipped counted system_quantity on_hand unit_cost unit_price list_price"
    " amount foreign_amount debit credit opening closing balance rate tax discount shipping gross fees refunds net"
    " refund_amount paid_amount value".split()
)
DATES = frozenset(
    "date posting_date order_date bill_date shipped_date received_date delivery_date paid_date refund_date count_date"
    " as_of recorded modified voided expected_date due_date".split()
)
RECIPES = {
    "stock_events": Recipe(
        "movements of stock",
        "event_id=event|receipt|shipment|refund|document|journal type sku"
        " quantity=received|shipped|quantity|quantity_in|quantity_out"
        " from_location=from_place|place to_location=to_place|place"
        " occurred_at=shipped_date|received_date|refund_date|date|posting_date|delivery_date|as_of"
        " recorded_at=recorded delivered_at=delivery_date voided_at=voided unit_cost=unit_cost|rate currency"
        " order_id=order line_no=order_line channel"
        " document=document|journal|receipt|shipment|purchase reason",
        must="sku quantity occurred_at",
        beside="name person vendor customer category balance line expected_date value",
    ),
    "gl_lines": Recipe(
        "lines of a ledger",
        "journal_id=journal|document|event line_no=line account amount=debit|credit|amount currency"
        " transaction_amount=foreign_amount effective_date=posting_date|date posted_at=recorded modified_at=modified"
        " deleted_at=voided sku quantity location=place channel batch_id=batch source=connector"
        " external_id=document|bill|order document=document|bill|order",
        must="account amount effective_date",
        beside="account_name name period person type balance vendor",
    ),
    "order_lines": Recipe(
        "lines of orders of customers",
        "order_id=order|document line_no=line|order_line channel sku quantity=quantity|shipped"
        " unit_price=unit_price|list_price|amount discount shipping tax currency"
        " ordered_at=order_date|date|posting_date paid_at=paid_date",
        must="order_id sku quantity unit_price ordered_at",
        beside="name order_status amount customer",
    ),
    "refunds": Recipe(
        "refunds to customers",
        "refund_id=refund|document order_id=order channel sku quantity amount=refund_amount|amount tax shipping"
        " currency refunded_at=refund_date|date|posting_date",
        must="refund_id order_id amount refunded_at",
        beside="name reason order_status customer",
    ),
    "fees": Recipe(
        "fees of shops, marketplaces and payment services",
        "fee_id=event|document|order channel order_id=order sku type amount=fees|amount currency"
        " charged_at=date|posting_date",
        must="type amount charged_at",
    ),
    "settlements": Recipe(
        "payouts of shops and marketplaces",
        "settlement_id=settlement|document channel paid_at=paid_date|date gross fees refunds net=net|paid_amount"
        " currency",
        must="settlement_id paid_at net",
        beside="order_status",
    ),
    "settlement_lines": Recipe(
        "lines of payouts",
        "settlement_id=settlement line_no=line type order_id=order sku quantity amount=net|amount"
        " posted_at=posting_date|date",
        must="settlement_id amount",
        beside="currency name fees gross",
    ),
    "costs": Recipe(
        "bills of suppliers, freight and duty",
        "cost_id=bill|document type event_id=receipt sku location=place quantity amount=amount|paid_amount"
        " unit_cost=unit_cost|unit_price currency effective_at=bill_date|date|posting_date recorded_at=recorded"
        " document=bill|document po_id=purchase|order",
        must="cost_id amount effective_at",
        beside="vendor name line tax due_date bill",
    ),
    "purchase_lines": Recipe(
        "lines of purchase orders",
        "po_id=purchase|order|document line_no=line|order_line vendor sku quantity unit_price=unit_price|unit_cost"
        " currency ordered_at=order_date|date expected_at=expected_date|delivery_date",
        must="po_id sku quantity unit_price",
        beside="name amount order_status received",
    ),
    "vendor_payments": Recipe(
        "payments to suppliers",
        "payment_id=payment|document po_id=purchase cost_id=bill amount=paid_amount|amount currency"
        " paid_at=paid_date|date",
        must="payment_id amount paid_at",
        beside="vendor due_date bill_date",
    ),
    "stock_snapshots": Recipe(
        "stock on hand at a moment",
        "sku location=place quantity=on_hand|quantity unit_cost=unit_cost value taken_at=as_of|date|count_date",
        must="sku quantity",
        beside="name category order_status currency amount",
    ),
    "cycle_counts": Recipe(
        "counts of stock",
        "count_id=count|document|event sku location=place counted_quantity=counted"
        " system_quantity=system_quantity|on_hand counted_at=count_date|date|as_of",
        must="sku counted_quantity",
        beside="name variance person unit_cost value category",
    ),
    "items": Recipe(
        "a list of items",
        "sku name category standard_cost=unit_cost list_price=list_price|unit_price currency lead_time_days=lead_time"
        " pack_size",
        must="sku",
        beside="vendor tax",
    ),
    "cost_table": Recipe(
        "costs that a system believed",
        "sku location=place unit_cost currency valid_from=date|as_of|posting_date recorded_at=recorded|modified",
        must="sku unit_cost valid_from",
        beside="name",
    ),
    "kit_components": Recipe(
        "what kits are made of",
        "kit_sku=parent component_sku=component quantity",
        must="kit_sku component_sku quantity",
        beside="name",
    ),
    "gl_accounts": Recipe(
        "accounts of the ledger",
        "account name=account_name|name",
        must="account",
        beside="account_type currency balance",
    ),
    "trial_balance": Recipe(
        "balances of accounts",
        "period account opening debit credit closing=closing|balance",
        must="account closing",
        beside="account_name account_type name currency",
    ),
    "locations": Recipe("a list of places", "location=place name", must="location"),
    "channels": Recipe("a list of shops and marketplaces", "channel name", must="channel"),
    "sku_aliases": Recipe("codes of items in other systems", "sku", must="external_sku sku"),
    "fiscal_periods": Recipe("periods of the books", "period", must="period start_date end_date"),
    "connector_messages": Recipe("what a connector handed over", "message_id=event", must="message_id external_id"),
    "exchange_rates": Recipe("exchange rates", "currency rate_date=date|as_of rate", must="currency rate_date rate"),
}
