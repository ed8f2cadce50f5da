"""Pictures and tables with the note that says where their figures come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import altair as alt
from css_inline import inline_fragment
from great_tables import GT
from markupsafe import Markup

from tieout.charts import theme
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage

EXHIBIT_TYPE = "application/vnd.tieout.exhibit+json"
_TABLE_CSS = Path(__file__).parent / "template" / "table.css"


class Exhibit(Passage):
    """A passage that names the ``tables`` behind it, so that a report can leave them beside its page.

    ``tells_causes``: one of them has causes by period, so that the page can lead on to their cases.
    """

    def __init__(self, html: Markup, tables: list[str], tells_causes: bool) -> None:
        super().__init__(html)
        self.about = {"tables": tables, "tells_causes": tells_causes}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), EXHIBIT_TYPE: self.about}


def exhibit(facts: Facts, measures: str, *shown: alt.LayerChart | GT | Passage) -> Exhibit:
    """Pictures, tables and words over a note on where the figures come from: the tables ``measures``, split by blanks.

    The note names each table's SQL and export and, where a table has causes by period, how to go on from the largest of
    this period. Pictures that no table stands beside get their figures as one that unfolds.
    """
    tables = measures.split()
    has_table = any(isinstance(item, GT) for item in shown)
    html = [_html(item, tables, has_table) for item in shown]
    sources = Markup("; ").join(
        Markup("<code>{}</code> · <code>tieout export {}</code>").format(facts.company.sql_file(name), name)
        for name in tables
    )
    tells_causes = any({"cause", "period"}.issubset(facts.company.columns(name)) for name in tables)
    note = Markup('<p class="source">Source: {}{}</p>').format(sources, _drill_down(facts) if tells_causes else "")
    return Exhibit(Markup('<div class="exhibit">{}{}</div>').format(Markup("".join(html)), note), tables, tells_causes)


def tables_behind(outputs: Iterable[Mapping[str, Any]]) -> list[str]:
    """The tables that the exhibits among a notebook's outputs name, each once."""
    named = (output.get("data", {}).get(EXHIBIT_TYPE, {}).get("tables", ()) for output in outputs)
    return list(dict.fromkeys(table for tables in named for table in tables))


def _html(item: alt.LayerChart | GT | Passage, tables: list[str], has_table: bool) -> str:
    if isinstance(item, Passage):
        return item.html
    return set_table(item, tables) if isinstance(item, GT) else theme.to_html(item, with_figures=not has_table)


def set_table(table: GT, measures: list[str]) -> Markup:
    """A table of ``measures`` in our look, in a box that scrolls, by keyboard too, where the screen is too narrow.

    Our look replaces GT's, which is five times as long, and is put on every cell: a notebook that is opened again keeps
    nothing else of it.
    """
    bare = re.sub(r"<style>.*?</style>", "", table.as_raw_html(), count=1, flags=re.DOTALL)
    html = inline_fragment(bare, _TABLE_CSS.read_text(encoding="utf-8"), load_remote_stylesheets=False)
    return Markup('<div class="scroll" tabindex="0" role="group" aria-label="Table: {}">{}</div>').format(
        ", ".join(measures).replace("_", " "), Markup(html)
    )


def _drill_down(facts: Facts) -> Markup:
    """How to go on from the cause that moves most of the period's gross profit, if there is one."""
    known = facts.bridge[facts.bridge["in_corrected"]]
    if known.empty:
        return Markup("")
    effects = zip(known["gross_profit"].abs(), known["cause"], strict=True)
    _, cause = min(effects, key=lambda pair: (-pair[0], pair[1]))
    return Markup(". Drill down: <code>tieout explain {}</code>").format(cause)
