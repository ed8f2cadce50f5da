"""The pictures of phantom margin: what they say, that they do not vary, what stands where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import altair as alt
import pytest

import companies
import tieout
from measures.conftest import Planted
from reporting.fake import HOSTILE
from tieout.charts import theme

NAMES = (
    "distortion", "change_points", "margin_origins", "decision_exposure", "misstatement", "timing_shares", "headline",
    "variance_split", "correction_delay", "material_causes",
)  # fmt: skip


def picture(name: str, company: tieout.Company) -> alt.LayerChart:
    chart = getattr(company.charts, name)()
    assert isinstance(chart, alt.LayerChart)
    return chart


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_always_the_same(planted: Planted, name: str) -> None:
    description = picture(name, planted.company).to_dict()["description"]
    assert len(re.findall(r"\d", description)) >= 4
    assert theme.to_html(picture(name, planted.company)) == theme.to_html(picture(name, planted.company))


RECEIPT = f"""
    event_id, type,    sku,       quantity, to_location, unit_cost, occurred_at
    R,        receipt, {HOSTILE}, 10,       EAST,        20,        2025-01-01T09:00Z"""
LEDGER = f"""
    journal_id, line_no, account, amount, sku,       external_id, effective_date, posted_at
    J,          1,       1000,    200,    {HOSTILE}, R,           2025-01-01,     2025-01-01T12:00Z
    J,          2,       1200,    -200,   {HOSTILE}, R,           2025-01-01,     2025-01-01T12:00Z"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    folder = tmp_path_factory.mktemp("empty")
    return companies.reconcile(companies.write(folder, {"stock_events": RECEIPT, "gl_lines": LEDGER}))


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_words_stand(empty: tieout.Company, name: str) -> None:
    chart = picture(name, empty)
    words = [row["text"] for data in chart.to_dict()["datasets"].values() for row in data if "text" in row]
    assert words[0].startswith("No ")
    assert 'alt="' in theme.to_html(chart)


def test_hostile_names_stay_in_the_picture(tmp_path: Path) -> None:
    stock = f"""
        event_id,  type,     sku,       quantity, from_location, order_id, line_no, occurred_at
        {HOSTILE}, shipment, {HOSTILE}, 5,        EAST,          O,        1,       2025-01-05T09:00Z"""
    orders = f"""
        order_id, line_no, channel,   sku,       quantity, unit_price, ordered_at
        O,        1,       {HOSTILE}, {HOSTILE}, 5,        90,         2025-01-04T08:00Z"""
    ledger = f"""
        journal_id, line_no, account, amount, channel,   external_id, effective_date, source
        J,          1,       1100,    470,    {HOSTILE}, {HOSTILE},   2025-01-05,     {HOSTILE}
        J,          2,       4000,    -470,   {HOSTILE}, {HOSTILE},   2025-01-05,     {HOSTILE}"""
    items = f"sku, standard_cost\n{HOSTILE}, 20"
    tables = {"items": items, "stock_events": stock, "order_lines": orders, "gl_lines": ledger}
    company = companies.reconcile(companies.write(tmp_path, tables), as_of="2025-02-28")
    assert not company.corrections().empty
    for name in NAMES:
        body, _, spec = theme.to_html(picture(name, company)).partition('<script type="application/json"')
        assert "<script" not in body
        assert spec.count("<") == 2


def test_bars_start_at_zero(planted: Planted) -> None:
    for name in (
        "distortion",
        "misstatement",
        "margin_origins",
        "material_causes",
        "correction_delay",
        "variance_split",
    ):
        tables = picture(name, planted.company).to_dict()["datasets"].values()
        assert {row["start"] for table in tables for row in table if "end" in row} == {0}
