"""Pictures and tables with the note that says where their figures come from."""

from __future__ import annotations

import altair as alt
from great_tables import GT
from markupsafe import Markup

from tieout.charts import theme
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage


def exhibit(facts: Facts, measures: str, *shown: alt.LayerChart | GT | Passage) -> Passage:
    """Pictures, tables and words over a note that names SQL and export of each of ``measures`` (split by blanks)."""
    html = "".join(_html(item) for item in shown)
    sources = Markup("; ").join(
        Markup("<code>{}</code> · <code>tieout export {}</code>").format(facts.company.sql_file(name), name)
        for name in measures.split()
    )
    return Passage(
        Markup('<div class="exhibit">{}<p class="source">Source: {}</p></div>').format(Markup(html), sources)
    )


def _html(item: alt.LayerChart | GT | Passage) -> str:
    if isinstance(item, Passage):
        return item.html
    return str(item.as_raw_html(inline_css=True)) if isinstance(item, GT) else theme.to_html(item)
