"""The smaller pictures: each says its message, is always the same, and says so where there is nothing to show."""

from __future__ import annotations

import re

import altair as alt
import pytest

from measures.conftest import Planted
from tieout import charts
from tieout.charts import theme

NAMES = (
    "cash_tied_up_causes", "unrecovered_claims", "valuation_only", "periodic_gap", "tax_stock", "subsidy_pairs",
    "channel_ranks", "revelation", "offsets",
)  # fmt: skip


def drawn(planted: Planted, name: str, rows: slice) -> alt.LayerChart:
    """The picture of some rows of its table."""
    asked = {"period": "2025-02", "currency": "USD", "as_of": planted.company.as_of, "titles": {}}
    draw = getattr(charts, name).draw
    wanted = draw.__annotations__.keys() & asked.keys()
    return draw(planted.company.table(name)[rows], **{key: asked[key] for key in wanted})  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_says_its_message_and_is_drawn_the_same_twice(planted: Planted, name: str) -> None:
    first, second = (drawn(planted, name, slice(None)) for _ in range(2))
    assert theme.to_html(first) == theme.to_html(second)
    assert len(re.findall(r"\d", first.to_dict()["description"])) >= 2
    assert isinstance(getattr(planted.company.charts, name)(), alt.LayerChart)


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_words_stand(planted: Planted, name: str) -> None:
    chart = drawn(planted, name, slice(0, 0)).to_dict()
    texts = [row["text"] for rows in chart["datasets"].values() for row in rows]
    assert len(texts) == 1
    assert chart["description"].startswith(texts[0].rstrip("."))


def test_what_books_agree_on_is_the_figure_of_the_table(planted: Planted) -> None:
    stock = planted.company.tax_stock()
    month = stock[(stock["period"] == "2025-02") & (stock["book"] == "corrected")].fillna({"tax_region": "no region"})
    chart = drawn(planted, "tax_stock", slice(None)).to_dict()
    bars = [row for rows in chart["datasets"].values() for row in rows if "end" in row]
    for row in month.to_dict("records"):
        assert float(row["amount"]) in [bar["end"] for bar in bars if bar["name"] == row["tax_region"]]
