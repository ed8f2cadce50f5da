"""Pictures and tables with the note that says where their figures come from."""

from __future__ import annotations

import altair as alt
from great_tables import GT
from markupsafe import Markup

from tieout.charts import theme
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage


def exhibit(facts: Facts, measures: str, *shown: alt.LayerChart | GT) -> Passage:
    """Pictures and tables over a note that names the SQL and the export of each of ``measures`` (split by blanks)."""
    html = "".join(item.as_raw_html(inline_css=True) if isinstance(item, GT) else theme.to_html(item) for item in shown)
    sources = Markup("; ").join(
        Markup("<code>{}</code> · <code>tieout export {}</code>").format(facts.company.sql_file(name), name)
        for name in measures.split()
    )
    return Passage(
        Markup('<div class="exhibit">{}<p class="source">Source: {}</p></div>').format(Markup(html), sources)
    )
