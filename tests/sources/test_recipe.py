"""The worked example of docs/sources.md does what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from exported import load, write_config
from tieout.sources import format as formats
from tieout.sources import formats as folder

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
EXPORT = """Tiny Shop Ltd;;;;;
Order No;Item;Qty;Price;Sold on;Buyer
A1;MUG;2;£4.00;13/04/2025 10:00;Jane
A1;GIFTCARD;1;£9.00;13/04/2025 10:00;Jane
Total;;3;;;
"""


def test_the_example_of_a_format_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, sql = (re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL) for language in ("python", "sql"))
    made: dict[str, formats.Format] = {}
    exec(python[0], {name: getattr(formats, name) for name in ("Format", "takes", "drops")}, made)
    example = made["FORMAT"]
    texts = {
        "order_lines": sql[0],
        "controls": "select source_file, 'rows' as control, '' as id, 1 as expected, 1 as found from tiny_shop limit 1",
    }
    known = folder.known() | {"tiny_shop": replace(example, texts=texts)}
    monkeypatch.setattr("tieout.sources.known", lambda: known)
    (tmp_path / "tiny.csv").write_text(EXPORT, encoding="utf-8")
    loaded = load(write_config(tmp_path, '[[source]]\nformat = "auto"\npath = "tiny.csv"\n'))
    lines = loaded.rows(
        "select order_id, line_no, sku, quantity, unit_price, ordered_at::varchar, source_row from order_lines"
    )
    assert lines == [("A1", "1", "MUG", 2, 4, "2025-04-13 09:00:00+00", 3)]
    assert loaded.rows("select row, reason from rejected_rows") == [(4, "a gift card is a deposit, not a sale")]
    assert loaded.rows("select rows_read, rows_loaded, rows_rejected from source_files") == [(2, 1, 1)]
