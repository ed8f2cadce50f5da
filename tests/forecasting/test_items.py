"""The calendar of demand, and what becomes of items of every kind: short, all zero, new, dead, and badly named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

import companies
import tieout
from tieout.canonical.typing import define_macros
from tieout.forecasting import histories
from tieout.settings import CompanySettings
from tieout.store import Reader, sql_text

WEEKS = 30
MONDAY = date(2024, 12, 16)
ZONE = ZoneInfo("America/New_York")
# Units per week of each item. The weeks hold the end of a year (week 3) and the change to summer time (week 12).
TRADE = {
    "'; drop table items; --": dict.fromkeys(range(1, WEEKS + 1), 5),
    "<script>alert(1)</script>": {week: 60 if week % 5 == 0 else 3 for week in range(1, WEEKS + 1)},
    '=HYPERLINK("x","y")': dict.fromkeys(range(1, WEEKS + 1, 3), 4),
    "total": {1: 1, 9: 50, 20: 2, 28: 90},
    "../../cheap": dict.fromkeys(range(2, WEEKS + 1), 1),
    "dead": {1: 9, 2: 9, 3: 9},
    "new": dict.fromkeys(range(27, WEEKS + 1), 7),
    "short": dict.fromkeys(range(18, WEEKS + 1), 7),
    "once": {10: 3},
    "never": {},
}


def table(columns: str, rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([columns.split(), *rows])
    return text.getvalue()


def sold_at(week: int) -> datetime:
    """Sunday night, half an hour before the week is over: in UTC it is Monday already."""
    sunday = MONDAY + timedelta(weeks=week, days=-1)
    return datetime(sunday.year, sunday.month, sunday.day, 23, 30, tzinfo=ZONE)


def written(folder: Path, has_ledger: bool) -> tieout.Company:
    """A company that sells as TRADE says, from stock received on the first Monday at 10 apiece; its ledger is right."""
    events, lines = [], []

    def move(event: str, sku: str, units: int, moment: datetime, unit_cost: str, debit: str, credit: str) -> None:
        places = ("", "EAST") if unit_cost else ("EAST", "")
        kind = "receipt" if unit_cost else "shipment"
        events.append((event, kind, sku, units, *places, unit_cost, moment.isoformat()))
        for number, (account, sign) in enumerate(((debit, 1), (credit, -1)), start=1):
            quantity = "" if account == "1200" else sign * units
            amount = sign * 10 * units
            lines.append((f"J{event}", number, account, amount, sku, quantity, "EAST", event, moment.date(), moment))

    for number, (sku, weekly) in enumerate(TRADE.items()):
        move(f"R{number}", sku, 1000, datetime(2024, 12, 16, 9, tzinfo=ZONE), "10", "1000", "1200")
        for week, units in weekly.items():
            move(f"S{number}-{week}", sku, units, sold_at(week), "", "5000", "1000")
    tables = {
        "items": table("sku name list_price", ((sku, f"{sku} & co", 15) for sku in TRADE)),
        "stock_events": table("event_id type sku quantity from_location to_location unit_cost occurred_at", events),
    }
    if has_ledger:
        columns = "journal_id line_no account amount sku quantity location external_id effective_date posted_at"
        tables["gl_lines"] = table(columns, lines)
    config = companies.write(folder, tables, company={"timezone": str(ZONE)}, sections={"forecast": {"items": 4}})
    return companies.reconcile(config)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return written(tmp_path_factory.mktemp("trade"), has_ledger=True)


def test_weeks_are_whole_and_go_by_the_clock_of_the_company(company: tieout.Company) -> None:
    weeks = company.weeks()
    assert list(weeks["number"]) == list(range(1, WEEKS + 1))
    assert list(weeks["starts_on"]) == [MONDAY + timedelta(weeks=week) for week in range(WEEKS)]
    assert list(weeks["ends_on"]) == [MONDAY + timedelta(weeks=week, days=6) for week in range(WEEKS)]
    history = company.demand_history().query("book == 'recorded'").astype({"units": float})
    for sku, weekly in TRADE.items():
        own = history[history["sku"] == sku].set_index("week")["units"]
        assert own[own > 0].to_dict() == weekly
        assert company.late_demand().empty


def test_each_item_has_its_class_and_its_reason(company: tieout.Company) -> None:
    items = company.forecast_items().set_index("sku")
    assert sorted(items.index) == sorted(TRADE)
    assert items["class"].to_dict() == {
        **dict.fromkeys(TRADE, "smooth"), "<script>alert(1)</script>": "erratic", '=HYPERLINK("x","y")': "intermittent",
        "total": "lumpy", "dead": "intermittent", "once": "none", "never": "none",
    }  # fmt: skip
    assert items["status"].to_dict() == {
        **dict.fromkeys(list(TRADE)[:4], "forecast"), "../../cheap": "beyond_limit", "dead": "dead", "new": "new",
        "short": "short", "once": "short", "never": "no_demand",
    }  # fmt: skip
    models = {"smooth": "AutoETS", "erratic": "Theta", "intermittent": "CrostonSBA", "lumpy": "IMAPA"}
    shown = items[items["class"] != "none"]
    assert list(shown["model"]) == [models[name] for name in shown["class"]]
    assert items["reason"].notna().all()
    assert {str(cost) for cost in items["unit_cost"].drop("never")} == {"10.000000"}
    assert {str(margin) for margin in items["unit_margin"].drop("never")} == {"5.000000"}


def test_class_follows_the_published_definition(company: tieout.Company) -> None:
    item = company.forecast_items().set_index("sku").loc["total"]
    sizes = list(TRADE["total"].values())
    mean = sum(sizes) / len(sizes)
    assert item["adi"] == WEEKS / len(sizes)
    assert item["cv2"] == pytest.approx(sum((size - mean) ** 2 for size in sizes) / len(sizes) / mean**2)


def test_hostile_names_reach_the_arrays_as_they_are(company: tieout.Company) -> None:
    read = histories.read(Reader(company.database).connection, [])
    assert list(read.skus) == sorted(list(TRADE)[:4])
    assert read.demand.shape == read.on_hand.shape == (4, WEEKS)
    for row, sku in enumerate(read.skus):
        assert {week + 1: units for week, units in enumerate(read.demand[row]) if units} == TRADE[sku]
        assert read.on_hand[row, -1] == 1000 - sum(TRADE[sku].values())


def test_the_company_is_told_what_it_can_have(company: tieout.Company) -> None:
    (scope,) = company.forecast_scope().to_dict("records")
    assert (scope["weeks"], scope["origins"], scope["last_origin"], scope["items"]) == (30, 15, 22, 9)
    assert scope["message"] == "4 of 9 items in demand are forecast, at 15 weekly origins, 8 weeks ahead."


def test_without_units_in_the_ledger_there_is_no_recorded_history(tmp_path: Path) -> None:
    company = written(tmp_path, has_ledger=False)
    (scope,) = company.forecast_scope().to_dict("records")
    assert (scope["status"], scope["origins"], scope["items_forecast"]) == ("no_units", 0, 0)
    assert "without units by item" in scope["message"]
    assert set(company.demand()["book"]) == {"corrected"}


@pytest.mark.parametrize(("now", "booked", "last"), [
    ("2025-01-26 23:59:59", "2025-01-26", date(2025, 1, 26)),
    ("2025-01-26 23:59:58", "2025-01-26", date(2025, 1, 19)),  # Sunday is not over
    ("2025-02-10 00:00:00", "2025-02-09", date(2025, 2, 2)),  # nothing moved after 30 January
    ("2025-02-10 00:00:00", "2025-01-23", date(2025, 1, 26)),  # on the 24th to 29th nothing moved
    ("2025-02-10 00:00:00", "2025-01-22", date(2025, 1, 19)),  # the ledger ends before the sale of the 23rd
    ("2025-02-10 00:00:00", None, date(2025, 2, 2)),
])  # fmt: skip
def test_the_last_week_is_over_and_the_ledger_reaches_as_far(now: str, booked: str | None, last: date) -> None:
    connection = duckdb.connect()
    define_macros(connection, CompanySettings(name="Test", timezone=str(ZONE)))
    connection.execute("create table expected (date date, event_type varchar, role varchar, quantity integer)")
    connection.execute("create table recorded as select $booked::date as date", {"booked": booked})
    connection.execute(f"create table as_of as select timestamptz '{now} {ZONE}' as moment")
    for day in ("2025-01-02", "2025-01-23", "2025-01-30"):
        connection.execute("insert into expected values ($day, 'shipment', 'cogs', 1)", {"day": day})
    weeks = connection.sql(sql_text("forecasting/weeks")).fetchall()
    assert weeks[0] == (1, date(2024, 12, 30), date(2025, 1, 5))
    assert weeks[-1][2] == last


@pytest.mark.parametrize(
    ("weeks", "limit", "eligible", "status", "origins", "start"),
    [
        (0, 500, 0, "short_history", 0, "No whole week of demand is known: forecasts that"),
        (1, 500, 0, "short_history", 0, "1 whole week of history is too few"),
        (19, 500, 3, "short_history", 0, "19 whole weeks of history are too few"),
        (20, 500, 1, "forecast", 5, "1 of 1 item in demand is forecast, at 5 weekly origins, 8 weeks ahead."),
        (200, 500, 3, "forecast", 26, "3 of 3 items in demand are forecast, at 26 weekly origins"),
        (60, 0, 0, "off", 0, "No forecasts were asked for"), (60, 500, 0, "no_items", 0, "No item has a history"),
    ],
)  # fmt: skip
def test_scope(weeks: int, limit: int, eligible: int, status: str, origins: int, start: str) -> None:
    connection = duckdb.connect()
    connection.execute("create table weeks as select range as number from range($weeks)", {"weeks": weeks})
    connection.execute("create table recorded as select 'cogs' as role, 'A' as sku, 1 as quantity")
    connection.execute(
        "create table forecast_items as select 'forecast' as status, 1 as weeks_with_demand from range($items)",
        {"items": eligible},
    )
    connection.execute(
        "create table settings as select 8 as forecast_horizon_weeks, 26 as forecast_origins, $limit as forecast_items",
        {"limit": limit},
    )
    scope = connection.sql(sql_text("forecasting/forecast_scope")).to_arrow_table().to_pylist()[0]
    assert (scope["status"], scope["origins"]) == (status, origins)
    assert scope["message"].startswith(start)
