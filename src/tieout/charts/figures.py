"""What a picture shows, as a table: for those who cannot see it, or want to copy from it."""

from __future__ import annotations

import html
from typing import Any

LAYER = "figures"  # the name of a layer whose rows have ``name`` and ``text``: all that its picture says in figures
_WORDS = {"name": "Line", "text": "Figure"}


def as_html(spec: dict[str, Any]) -> str:
    """The figures of a layered chart, folded away; nothing where the chart holds words alone.

    They are those of the layer named ``LAYER``, and without one what the marks tell under the pointer.
    """
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for fields, rows in _layers(spec):
        shown = [tuple(_text(row.get(field)) for field in fields) for row in rows]
        tables.setdefault(tuple(fields.values()), []).extend(shown)
    tables_html = "".join(_table(headings, list(dict.fromkeys(rows))) for headings, rows in tables.items() if rows)
    if not tables_html:
        return ""
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="Figures of the picture">{tables_html}</div>'
    return f'<details class="figures"><summary>The figures as a table</summary>{box}</details>'


def _layers(spec: dict[str, Any]) -> list[tuple[dict[str, str], list[dict[str, Any]]]]:
    """For each layer that tells figures: its fields with their titles, and its rows."""
    layers = spec.get("layer", [spec])
    named = [layer for layer in layers if layer.get("name") == LAYER]
    if named:
        return [(_WORDS, _rows(spec, layer)) for layer in named]
    told = [(layer, layer.get("encoding", {}).get("tooltip")) for layer in layers]
    return [
        ({each["field"]: each.get("title", each["field"]) for each in tooltip if "field" in each}, _rows(spec, layer))
        for layer, tooltip in told
        if isinstance(tooltip, list)
    ]


def _rows(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a layer's data; none of a picture of one's own that takes them from elsewhere."""
    rows: list[dict[str, Any]] = spec.get("datasets", {}).get(layer.get("data", spec.get("data", {})).get("name"), [])
    return rows


def _text(value: Any) -> str:
    return "–" if value is None else str(value)


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{html.escape(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{_row(*row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(first: str, *cells: str) -> str:
    others = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
    return f'<th scope="row">{html.escape(first)}</th>{others}'
