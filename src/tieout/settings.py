"""``tieout.toml`` as typed, frozen records. An unknown key or value is an error that names what is allowed."""

from __future__ import annotations

import difflib
import re
import tomllib
import zoneinfo
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from tieout.errors import ConfigError, MissingFile

# ISO 4217: the currencies whose minor unit is not 1/100.
_DECIMALS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}

Role = Literal[
    "inventory", "in_transit", "cogs", "revenue", "discounts", "returns", "fees", "shipping_income", "clearing", "cash",
    "grni", "payables", "prepaid", "landed_cost_clearing", "freight", "shrinkage", "write_off",
    "purchase_price_variance", "inventory_revaluation", "exchange_difference", "labour_absorbed", "tax", "marketing",
    "deferred_revenue", "refund_liability", "return_asset", "recoveries", "other_income", "other",
]  # fmt: skip


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CompanySettings(_Section):
    """Whose books these are, and who is to read about them."""

    name: str = Field(min_length=1)
    currency: str = "USD"
    timezone: str = "UTC"
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    confidentiality: str = ""
    distribution: str = ""
    questions_to: str = ""

    @field_validator("currency")
    @classmethod
    def _currency_code(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Z]{3}", value):
            raise ValueError("must be a three-letter currency code such as USD")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in zoneinfo.available_timezones():
            raise ValueError("must be a time zone of the IANA list such as America/New_York")
        return value

    @property
    def decimals(self) -> int:
        """Decimal places of the currency's minor unit."""
        return _DECIMALS.get(self.currency, 2)


CostMethod = Literal["fifo", "average", "lifo", "standard", "specific"]


class Override(_Section):
    """A policy of one sku or category, from a date on; ``change``: what that date means for what was before it."""

    sku: str | None = None
    category: str | None = None
    channel: str | None = None
    cost_method: CostMethod | None = None
    revenue_point: Literal["shipment", "delivery", "order"] | None = None
    starts: date | None = Field(default=None, alias="from", strict=False)
    change: Literal["prospective", "retrospective"] = "prospective"

    @model_validator(mode="after")
    def _one_subject(self) -> Override:
        if [self.sku, self.category, self.channel].count(None) != 2:
            raise ValueError("name one of sku, category and channel")
        if self.channel is None and (self.cost_method is None or self.revenue_point is not None):
            raise ValueError("for a sku or category give cost_method, and not revenue_point")
        if self.channel is not None and (self.revenue_point is None or self.cost_method is not None):
            raise ValueError("for a channel give revenue_point, and not cost_method")
        return self


class Policy(_Section):
    """The accounting policy that the expected book follows."""

    cost_method: CostMethod = "fifo"
    cost_scope: Literal["location", "company"] = "location"
    revenue_point: Literal["shipment", "delivery", "order"] = "shipment"
    late_cost: Literal["restate", "prospective"] = "restate"
    return_cost: Literal["original", "current"] = "original"
    supplier_return: Literal["original", "method_order", "current"] = "original"
    negative_stock: Literal["true_up", "provisional"] = "true_up"
    late_cost_share: Literal["auto", "layers", "pool"] = "auto"
    damage: Literal["on_write_off", "on_status"] = "on_write_off"
    knowledge: Literal["hindsight", "as_known"] = "hindsight"
    capitalise_transfer_freight: bool = False
    prior_year: Literal["current_profit", "retained_earnings"] = "current_profit"
    sync_sla_hours: int = Field(default=48, ge=0, le=8784)
    return_layer: Literal["end", "original"] = "end"
    freight_on_return: Literal["leaves", "stays"] = "leaves"
    bill_rate: Literal["exchange_difference", "cost"] = "exchange_difference"
    expected_returns: Literal["none", "accrued"] = "none"
    accepted_causes: tuple[str, ...] = ()
    override: tuple[Override, ...] = ()

    @field_validator("override", "accepted_causes", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("accepted_causes")
    @classmethod
    def _known_causes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        # The causes lie above the settings: they are asked only where a configuration names any.
        known = import_module("tieout.reconciliation").REGISTRY if value else {}
        unknown = [name for name in value if name not in known]
        if unknown:
            raise ValueError(f"{', '.join(unknown)} is no cause. Allowed: {', '.join(sorted(known))}")
        return value


class Materiality(_Section):
    """Below what a difference is not worth a decision, per period: the larger of the two."""

    amount: Decimal = Field(default=Decimal(1000), ge=0, le=10**12, strict=False)
    percent_of_gross_profit: Decimal = Field(default=Decimal("0.5"), ge=0, le=100, strict=False)


class Trust(_Section):
    """Beyond what share of value every report says so on top, or withholds its headline."""

    max_rejected_percent: Decimal = Field(default=Decimal(1), ge=0, le=100, strict=False)
    max_unexplained_percent: Decimal = Field(default=Decimal(1), ge=0, le=100, strict=False)
    min_known_cost_percent: Decimal = Field(default=Decimal(98), ge=0, le=100, strict=False)
    max_negative_stock_percent: Decimal = Field(default=Decimal(1), ge=0, le=100, strict=False)


class Labour(_Section):
    """What an hour of reconciling costs, and how many minutes a difference takes by what it needs."""

    hourly_rate: Decimal = Field(default=Decimal(65), ge=0, le=10**6, strict=False)
    minutes_look: Decimal = Field(default=Decimal(2), ge=0, le=10**4, strict=False)
    minutes_match: Decimal = Field(default=Decimal(10), ge=0, le=10**4, strict=False)
    minutes_investigate: Decimal = Field(default=Decimal(30), ge=0, le=10**4, strict=False)
    minutes_recompute: Decimal = Field(default=Decimal(120), ge=0, le=10**4, strict=False)


class Inventory(_Section):
    """What stock costs to hold, how much of it is meant to be there, and how records of it are judged.

    ``target`` in units of currency; ``warehouse_system``: whose counts stand for the shelf itself.
    """

    target: Decimal | None = Field(default=None, ge=0, le=10**12, strict=False)
    carrying_percent: Decimal = Field(default=Decimal(25), ge=0, le=1000, strict=False)
    capital_percent: Decimal = Field(default=Decimal(12), ge=0, le=1000, strict=False)
    cover_days: int = Field(default=90, ge=1, le=3660)
    count_tolerance_percent: Decimal = Field(default=Decimal(1), ge=0, le=100, strict=False)
    warehouse_system: str = "wms"


class Forecast(_Section):
    """How many items are forecast (0: none), how far ahead, at how many weekly origins, and how long a season is.

    ``learning``: also by one model that learns from all items.
    """

    items: int = Field(default=500, ge=0, le=100_000)
    horizon_weeks: int = Field(default=8, ge=1, le=52)
    origins: int = Field(default=26, ge=2, le=520)
    season_weeks: int = Field(default=52, ge=2, le=520)
    learning: bool = False


class Purchasing(_Section):
    """How stock is ordered where items do not say, and what a lost sale or a changed order costs.

    ``expedite_cost`` and ``order_change_cost``: per order line, in units of currency.
    """

    lead_time_weeks: int = Field(default=4, ge=0, le=52)
    review_weeks: int = Field(default=1, ge=1, le=52)
    service_level_percent: Decimal = Field(default=Decimal(95), ge=50, le=Decimal("99.9999"), strict=False)
    lost_share_percent: Decimal = Field(default=Decimal(100), ge=0, le=100, strict=False)
    markdown_percent: Decimal = Field(default=Decimal(0), ge=0, le=100, strict=False)
    expedite_cost: Decimal = Field(default=Decimal(0), ge=0, le=10**6, strict=False)
    order_change_cost: Decimal = Field(default=Decimal(0), ge=0, le=10**6, strict=False)


class Entries(_Section):
    """How correcting entries are proposed; ``retained_earnings``: the account for the profit of a closed year."""

    group: Literal["event", "cause"] = "event"
    retained_earnings: str | None = None


class Schedule(_Section):
    """How long `tieout run` waits for others, and how many periods it reports at most that no run has reported yet."""

    wait_seconds: int = Field(default=60, ge=0, le=86_400)
    catch_up: int = Field(default=12, ge=1, le=120)


Event = Literal["failed", "not_tied_out", "cause_grew"]


class Alerts(_Section):
    """Who is told when something of ``events`` happens: a program, a web address, or whoever gets the e-mail body."""

    events: tuple[Event, ...] = ("failed", "not_tied_out", "cause_grew")
    command: tuple[str, ...] = ()
    webhook: str | None = None
    email: bool = False
    timeout_seconds: int = Field(default=30, ge=1, le=600)

    @field_validator("events", "command", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @field_validator("webhook")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[!-~]+", value):
            raise ValueError("must be an address that begins with https:// or http://")
        return value


class Reports(_Section):
    """How pages are made; ``interactive``: charts answer to the pointer, at 0.9 MB a page."""

    interactive: bool = True


_KEYS_OF_FORMATS = {
    **dict.fromkeys(("table", "columns"), ("csv", "parquet", "delta", "iceberg")),
    "version": ("delta", "iceberg"),
    "catalog": ("iceberg",),
    **dict.fromkeys(("uri", "uri_env", "queries", "timeout_seconds"), ("postgres",)),
}


class SourceSettings(_Section):
    """One folder or file of exports, a table of a lake, or a database, and its format.

    ``timezone``: of times that carry none; ``dates``: the order of day and month where the file leaves it open;
    ``tables``: which canonical tables to fill, by default all that the format can; ``channels``, ``locations``: names
    in the export and ours for them (``*``: all others). ``table``: the one that a mapped source fills; ``columns``: an
    expression over the source's columns for each of that table's. ``version``: of a Delta table, or the id of an
    Iceberg snapshot; ``catalog``: of pyiceberg's own configuration. A database has one query a table in ``queries``;
    its address is ``uri``, without a password, or stands in the environment variable ``uri_env``.
    """

    format: str
    path: str = ""
    timezone: str | None = None
    dates: Literal["day_first", "month_first"] | None = None
    tables: tuple[str, ...] | None = Field(default=None, strict=False)
    channels: dict[str, str] = {}
    locations: dict[str, str] = {}
    table: str | None = None
    columns: dict[str, str] | None = None
    version: int | None = Field(default=None, ge=0)
    catalog: str | None = None
    uri: str | None = None
    uri_env: str | None = None
    queries: dict[str, str] | None = None
    timeout_seconds: int | None = Field(default=None, ge=1, le=86_400)

    @property
    def name(self) -> str:
        """What messages and tables call the source: its path, or where its database is looked for."""
        return self.path or f"postgres:{self.uri_env or re.sub('^[^/]*//([^@/]*@)?', '', self.uri or '').split('?')[0]}"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        return value if value is None else CompanySettings._known_zone(value)

    @model_validator(mode="after")
    def _keys_fit_the_format(self) -> SourceSettings:
        for key, formats in _KEYS_OF_FORMATS.items():
            if self.format not in formats and getattr(self, key) is not None:
                raise ValueError(f"{key} belongs to format = {' or '.join(formats)}")
        if (self.format == "postgres") is bool(self.path):
            raise ValueError("a database has no path, but uri or uri_env" if self.path else "path is missing")
        if self.format == "postgres" and (not self.queries or (self.uri is None) is (self.uri_env is None)):
            raise ValueError("a database needs queries, and one of uri and uri_env")
        if self.tables is not None and self.format in ("delta", "iceberg", "postgres"):
            raise ValueError("tables belongs to exports: leave out the [[source]] or the query")
        if self.format == "canonical" and (
            self.timezone or self.dates or self.tables or self.channels or self.locations
        ):
            raise ValueError(
                "timezone, dates, tables, channels and locations belong to exports, not to canonical files"
            )
        return self


class SkuAlias(_Section):
    """What a name of an item in the exports means: ``units`` of ``sku``."""

    sku: str
    units: Decimal = Field(default=Decimal(1), gt=0, le=10**6, strict=False)


class Settings(_Section):
    """The whole of ``tieout.toml``; ``path`` is where it lies, and relative paths start there."""

    path: Path
    company: CompanySettings
    policy: Policy = Policy()
    materiality: Materiality = Materiality()
    trust: Trust = Trust()
    labour: Labour = Labour()
    entries: Entries = Entries()
    inventory: Inventory = Inventory()
    forecast: Forecast = Forecast()
    purchasing: Purchasing = Purchasing()
    schedule: Schedule = Schedule()
    alerts: Alerts = Alerts()
    reports: Reports = Reports()
    accounts: dict[str, Role] = {}
    skus: dict[str, SkuAlias] = {}
    source: tuple[SourceSettings, ...] = ()

    @field_validator("source", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        if isinstance(value, dict):
            raise ValueError("a source is written with double brackets: [[source]]")
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _account_for_prior_years(self) -> Settings:
        if self.policy.prior_year == "retained_earnings" and self.entries.retained_earnings is None:
            raise ValueError('prior_year = "retained_earnings" needs the account: entries.retained_earnings')
        return self

    @property
    def root(self) -> Path:
        """The folder that relative paths of the configuration start from."""
        return self.path.parent


def load(path: Path) -> Settings:
    """Read ``tieout.toml`` at ``path``; raises ``ConfigError`` or ``MissingFile``, naming key and allowed values."""
    if not path.is_file():
        raise MissingFile(path, "Name the configuration with --config, or write one (see README).")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(path, "file", f"is not text in UTF-8 ({error})", "Save it as UTF-8.") from error
    return parse(path, text)


def parse(path: Path, text: str) -> Settings:
    """The configuration that ``text`` would be at ``path``; raises ``ConfigError``."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, "file", f"is not valid TOML ({error})", "Correct that line.") from error
    try:
        settings = Settings(**{**content, "path": _refuse_path(path, content)})
    except ValidationError as error:
        raise _explained(path, error) from error
    return settings


def _refuse_path(path: Path, content: dict[str, Any]) -> Path:
    if "path" in content:
        raise ConfigError(path, "path", "is not a known key", f"Allowed here: {', '.join(_keys_beside(('path',)))}.")
    return path.absolute()


def _explained(path: Path, error: ValidationError) -> ConfigError:
    """One fault, in the words of the file: an unknown key first, since it is often why another is missing."""
    fault = min(error.errors(), key=lambda fault: fault["type"] != "extra_forbidden")
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        allowed = _keys_beside(fault["loc"])
        near = difflib.get_close_matches(str(fault["loc"][-1]), allowed, 1)
        hint = f"Did you mean {near[0]}? " if near else ""
        return ConfigError(path, key, "is not a known key", f"{hint}Allowed here: {', '.join(allowed)}.")
    if fault["type"] == "model_type":
        keys = ", ".join(f"{name} = …" for name in _keys_beside((*fault["loc"], "")))
        return ConfigError(path, key, f"{fault['input']!r} is no table", f"Write it as {{ {keys} }}.")
    if fault["type"] == "missing":
        return ConfigError(path, key, "is missing", "Add it.")
    if fault["type"] == "literal_error":
        return ConfigError(path, key, f"{fault['input']!r} is not allowed", f"Use {fault['ctx']['expected']}.")
    # A whole section, and the address of a database, may hold a password.
    said = fault["msg"].removeprefix("Value error, ").replace("a valid string", "a text, in quotes")
    is_shown = not isinstance(fault["input"], dict) and fault["loc"][-1] != "uri"
    return ConfigError(path, key, f"{fault['input']!r}: {said}" if is_shown else said, "Correct the value.")


def _keys_beside(location: tuple[int | str, ...]) -> list[str]:
    """The keys that are allowed where an unknown one was found."""
    sections: dict[str, type[BaseModel]] = {
        "company": CompanySettings, "policy": Policy, "materiality": Materiality, "trust": Trust, "labour": Labour,
        "source": SourceSettings, "entries": Entries,
        "inventory": Inventory, "forecast": Forecast, "purchasing": Purchasing,
        "schedule": Schedule, "alerts": Alerts, "reports": Reports, "skus": SkuAlias,
    }  # fmt: skip
    model = sections.get(str(location[0]), Settings) if len(location) > 1 else Settings
    if location[:2] == ("policy", "override"):
        model = Override
    fields = model.model_fields.items()
    return sorted(field.alias or name for name, field in fields if name != "path" or model is SourceSettings)
