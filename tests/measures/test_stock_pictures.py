"""The pictures of stock: each says its message in words, is drawn the same twice, and has words where nothing is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from measures.conftest import Planted
from reporting import played
from tieout.charts import (
    distortion_parts,
    inventory_distortion,
    inventory_ratios,
    roll_forward,
    stock_classes,
    theme,
    three_way,
)

NAMES = (
    "inventory_distortion", "roll_forward", "three_way", "inventory_ratios", "cash_tied_up", "distortion_parts",
    "stock_classes",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_drawn_the_same_twice(planted: Planted, name: str) -> None:
    draw = getattr(planted.company.charts, name)
    first, second = draw(), draw()
    assert theme.to_html(first) == theme.to_html(second)
    description = first.to_dict()["description"]
    assert re.search(r"(March|April) 2025", description)
    assert len(re.findall(r"\d", description)) >= 4
    assert not any("No " in text for text in texts(first))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("inventory_ratios", "stock_classes")])
def test_bars_stand_on_zero_and_figures_are_those_of_the_table(planted: Planted, name: str) -> None:
    chart = getattr(planted.company.charts, name)("2025-02")
    assert "February 2025" in chart.to_dict()["description"]
    bars = [row for data in chart.to_dict()["datasets"].values() for row in data if "end" in row]
    assert {row["start"] for row in bars} == {0}
    assert len(bars) >= 3


def test_hostile_names_stay_in_the_picture(planted: Planted) -> None:
    table = planted.company.inventory_distortion(start="2025-02", end="2025-02")
    table["location"] = "</script><script>alert(1)</script>"
    html = theme.to_html(inventory_distortion.draw(table, period="2025-02", currency="USD"))
    assert "<script>alert" not in html


def test_where_there_is_nothing_words_stand(planted: Planted) -> None:
    company, asked = planted.company, {"period": "2025-02", "currency": "USD"}
    empty = [
        inventory_distortion.draw(company.inventory_distortion()[:0], **asked),
        roll_forward.draw(company.roll_forward()[:0], **asked),
        three_way.draw(company.three_way()[:0], **asked),
        distortion_parts.draw(company.distortion_parts()[:0], **asked),
        inventory_ratios.draw(company.inventory_ratios()[:0], periods=["2025-02"], period="2025-02"),
        stock_classes.draw(company.class_migrations()[:0], as_of="2025-02-28"),
    ]
    for chart in empty:
        assert texts(chart)[0].startswith("No ")
        assert 'alt="' in theme.to_html(chart)


@pytest.mark.parametrize(("back", "says"), [("5", "; $5 can be got back"), ("-5", "; none of it is money")])
def test_what_is_to_be_given_back_cannot_be_got_back(back: str, says: str) -> None:
    parts = pd.DataFrame({"period": ["2025-02"], "in_corrected": [True], "net": [Decimal(20)]})
    for part in ("recoverable", "purchasing", "already_sold", "lost", "other"):
        parts[part] = [Decimal(back if part == "recoverable" else 4)]
    title = distortion_parts.draw(parts, period="2025-02", currency="USD").to_dict()["title"]["text"]
    assert f"$20 too much stock{says}" in "".join(title)


def texts(chart: Any) -> list[str]:
    tables = chart.to_dict()["datasets"].values()
    return [row["text"] for data in tables for row in data if not pd.isna(row.get("text"))]


def test_the_notebook_tells_stock_from_place_to_claim(planted: Planted) -> None:
    page = played.page(planted.company, "2025-02", "cash")  # type: ignore[arg-type]
    stock = planted.company.inventory(start="2025-02", end="2025-02")
    right = sum(stock.loc[stock["book"] == "corrected", "amount"])
    assert f"Stock at the end of February 2025 was ${right:,.0f}, not $" in page
    assert "frees no cash" in page
    assert f"{right:,.2f}" in page
    assert page.count('<figure class="tieout-chart') == 7
