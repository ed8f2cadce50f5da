"""The canonical tables: columns, types, keys and the rules that a row must keep.

A column is written ``name:kind``; ``*`` marks what must be there, ``{a, b}`` the values that are allowed. Kinds:
``text`` (an identifier, kept as it came), ``money`` (the company's currency, in its own places), ``amount`` (of a
document, in the document's currency), ``unit`` (a cost or price per unit, six places), ``quantity`` (four places),
``rate`` (nine), ``time`` (stored in UTC), ``date``, ``count`` (a whole number), ``flag`` (true or false). A rule is a
condition in SQL that every row must meet, with the reason given to one that does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a canonical table."""

    name: str
    kind: str
    required: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that each row must meet; ``reason`` goes to ``rejected_rows`` where it does not."""

    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """One canonical table.

    ``key`` is unique, ``value`` is the money at stake in a row (SQL) for the trust limits, ``span`` names two dates
    between which no other row may lie. ``document``: columns of the key that name what is corrected as a whole, such as
    an order; by default all of them. ``is_named``: a list of names, which several exports may each know a part of.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rules: tuple[Rule, ...]
    value: str
    span: tuple[str, ...]
    document: tuple[str, ...]
    is_named: bool

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a file is refused."""
        return tuple(column.name for column in self.columns if column.required)


_COLUMN = re.compile(r"(?P<required>\*?)(?P<name>\w+)(?::(?P<kind>\w+))?(?:\{(?P<choices>[^}]*)\})?")


def _table(
    name: str,
    key: str,
    columns: str,
    rules: tuple[tuple[str, str], ...] = (),
    value: str = "0",
    span: str = "",
    document: str = "",
    is_named: bool = False,
) -> Table:
    parsed = tuple(
        Column(
            match["name"],
            match["kind"] or "text",
            bool(match["required"]),
            tuple(choice.strip() for choice in (match["choices"] or "").split(",") if choice.strip()),
        )
        for match in _COLUMN.finditer(columns)
    )
    return Table(
        name,
        parsed,
        tuple(key.split()),
        tuple(Rule(*rule) for rule in rules),
        value,
        tuple(span.split()),
        tuple((document or key).split()),
        is_named,
    )


_MOVES = (
    ("quantity > 0", "quantity must be above zero: the locations tell the direction"),
    ("quantity < 1e10", "quantity is beyond bounds"),
    (
        "type not in ('adjustment', 'count') or (from_location is null) <> (to_location is null)",
        "an adjustment or count needs exactly one of from_location and to_location",
    ),
    (
        "type <> 'transfer' or from_location is not null and to_location is not null",
        "a transfer needs both from_location and to_location",
    ),
    ("unit_cost >= 0", "unit_cost must not be negative"),
    ("recoverable >= 0", "recoverable must not be negative"),
    ("in_bounds(times(quantity, unit_cost)) is not null or unit_cost is null", "quantity × unit_cost is beyond bounds"),
)

_TABLES = (
    _table(
        "items",
        "sku",
        "*sku name category kit_type{none, virtual, assembled} standard_cost:unit list_price:unit currency"
        " lead_time_days:count pack_size:quantity weight:quantity volume:quantity is_stocked:flag",
        (("standard_cost >= 0", "standard_cost must not be negative"),),
        is_named=True,
    ),
    _table(
        "sku_aliases",
        "system external_sku valid_from",
        "*system *external_sku *sku units_per:quantity valid_from:time valid_to:time",
        (("units_per > 0", "units_per must be above zero"),),
    ),
    _table(
        "locations",
        "location",
        "*location name type{warehouse, 3pl, fba, store, transit} country tax_region timezone",
        is_named=True,
    ),
    _table(
        "channels",
        "channel",
        "*channel name type{web, marketplace, wholesale, pos} return_window_days:count",
        is_named=True,
    ),
    _table(
        "kit_components",
        "kit_sku component_sku valid_from",
        "*kit_sku *component_sku *quantity:quantity per:quantity valid_from:time valid_to:time",
        (
            ("quantity > 0", "quantity must be above zero"),
            ("per > 0", "per must be above zero"),
            ("kit_sku <> component_sku", "a kit cannot contain itself"),
        ),
        document="kit_sku",
    ),
    _table(
        "order_lines",
        "order_id line_no",
        "*order_id *line_no *channel *sku *quantity:quantity *unit_price:unit discount:amount"
        " discount_funded_by{shop, channel} shipping:amount tax:amount tax_collected_by{shop, channel} currency"
        " *ordered_at:time paid_at:time cancelled_at:time cancel_reason",
        (
            ("quantity > 0", "quantity must be above zero: what comes back is a refund or a customer_return"),
            ("unit_price >= 0", "unit_price must not be negative"),
            ("in_bounds(times(quantity, unit_price)) is not null", "quantity × unit_price is beyond bounds"),
        ),
        value="abs(times(quantity, unit_price))",
        document="order_id",
    ),
    _table(
        "refunds",
        "refund_id",
        "*refund_id *order_id line_no channel sku quantity:quantity *amount:amount tax:amount shipping:amount"
        " restocking_fee:amount currency *refunded_at:time restock_type{return, cancel, no_restock} settlement_id"
        " voided_at:time",
        value="abs(amount)",
    ),
    _table(
        "fees",
        "fee_id",
        "*fee_id *channel order_id line_no sku *type{referral, payment, fulfilment, storage, advertising, other}"
        " *amount:amount currency *charged_at:time settlement_id voided_at:time",
        value="abs(amount)",
    ),
    _table(
        "settlements",
        "settlement_id",
        "*settlement_id *channel starts_at:time ends_at:time *paid_at:time gross:amount fees:amount refunds:amount"
        " *net:amount currency",
        (("net = gross - fees - refunds", "net must equal gross - fees - refunds"),),
        value="abs(net)",
    ),
    _table(
        "settlement_lines",
        "settlement_id line_no",
        "*settlement_id *line_no *type{sale, refund, fee, reimbursement, reserve, adjustment, tax, other} order_id sku"
        " quantity:quantity *amount:unit posted_at:time",
        value="abs(amount)",
        document="settlement_id",
    ),
    _table(
        "stock_events",
        "event_id",
        "*event_id *type{opening, receipt, vendor_return, shipment, customer_return, transfer, adjustment, count,"
        " status_change, write_off, assembly_out, assembly_in} *sku *quantity:quantity from_location to_location"
        " from_status{available, reserved, damaged, quality_control, in_transit, returned}"
        " to_status{available, reserved, damaged, quality_control, in_transit, returned} *occurred_at:time"
        " recorded_at:time delivered_at:time unit_cost:unit currency order_id line_no channel document source_event_id"
        " disposition{sellable, damaged} owner{own, consigned, dropship} recoverable:unit title_at:time reason system"
        " voided_at:time",
        _MOVES,
        value="abs(times(quantity, unit_cost))",
    ),
    _table(
        "costs",
        "cost_id",
        "*cost_id *type{vendor_bill, landed_cost, standard_cost, transfer_freight, revaluation} event_id sku location"
        " quantity:quantity amount:amount unit_cost:unit basis{value, quantity, weight, volume} currency"
        " *effective_at:time recorded_at:time document po_id voided_at:time",
        (
            ("amount is not null or unit_cost is not null", "a cost document needs amount or unit_cost"),
            ("unit_cost >= 0", "unit_cost must not be negative"),
        ),
        value="abs(amount)",
    ),
    _table(
        "cost_table",
        "system sku location valid_from recorded_at",
        "*system *sku location *unit_cost:unit currency *valid_from:time recorded_at:time",
        (("unit_cost >= 0", "unit_cost must not be negative"),),
    ),
    _table(
        "purchase_lines",
        "po_id line_no",
        "*po_id *line_no vendor *sku *quantity:quantity *unit_price:unit currency ordered_at:time expected_at:time"
        " closed_at:time",
        value="abs(times(quantity, unit_price))",
        document="po_id",
    ),
    _table(
        "vendor_payments",
        "payment_id",
        "*payment_id po_id cost_id *amount:amount currency *paid_at:time is_prepayment:flag",
        value="abs(amount)",
    ),
    _table(
        "gl_lines",
        "journal_id line_no",
        "*journal_id *line_no *account *amount:money currency transaction_amount:unit *effective_date:date"
        " posted_at:time modified_at:time deleted_at:time sku quantity:quantity location channel external_id document"
        " batch_id source is_manual:flag memo reverses_journal_id",
        value="abs(amount)",
        document="journal_id",
    ),
    _table(
        "gl_accounts",
        "account",
        "*account name role{inventory, in_transit, cogs, revenue, discounts, returns, fees, shipping_income, clearing,"
        " cash, grni, payables, prepaid, landed_cost_clearing, freight, shrinkage, write_off, purchase_price_variance,"
        " inventory_revaluation, exchange_difference, labour_absorbed, tax, marketing, deferred_revenue,"
        " refund_liability, return_asset, recoveries, other_income, other}",
        is_named=True,
    ),
    _table(
        "trial_balance",
        "period account",
        "*period *account opening:money debit:money credit:money *closing:money",
        value="abs(closing)",
    ),
    _table(
        "reviews",
        "correction_id",
        "*correction_id *status{accepted, rejected} reason approved_by reviewed_at:time",
    ),
    _table("batch_members", "batch_id external_id", "*batch_id *external_id"),
    _table(
        "connector_messages",
        "message_id",
        "*message_id system *external_id sent_at:time status amount:money quantity:quantity journal_id",
        value="abs(amount)",
    ),
    _table(
        "fiscal_periods",
        "period",
        "*period *start_date:date *end_date:date closed_at:time",
        (("start_date <= end_date", "start_date must not be after end_date"),),
        span="start_date end_date",
    ),
    _table(
        "exchange_rates",
        "currency rate_date",
        "*currency *rate_date:date *rate:rate",
        (("rate > 0", "rate must be above zero"),),
    ),
    _table(
        "stock_snapshots",
        "system taken_at sku location status",
        "*system *taken_at:time *sku location status{available, reserved, damaged, quality_control, in_transit,"
        " returned} *quantity:quantity unit_cost:unit value:money",
        value="abs(value)",
    ),
    _table(
        "cycle_counts",
        "count_id sku location",
        "*count_id *sku *location *counted_quantity:quantity system_quantity:quantity *counted_at:time event_id",
    ),
    _table(
        "close_log",
        "period activity role",
        "*period *activity role hours:quantity started_at:time finished_at:time",
    ),
    _table("accepted_entries", "journal_id", "*journal_id reason approved_by"),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
