"""Pieces of a report as Jupyter shows them: HTML in which every text from data is escaped."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup, escape

from tieout.charts import wording
from tieout.charts.theme import PLAIN

SUMMARY_TYPE = "application/vnd.tieout.summary+json"


class Passage:
    """A piece of HTML. Build it from ``Markup`` only: ``Markup.format`` escapes what it is given.

    ``heading``: of a section that is there only where the passage is.
    """

    def __init__(self, html: Markup, heading: str = "") -> None:
        self.html = html
        self.heading = heading

    def _repr_html_(self) -> str:
        heading = Markup("<h2>{}</h2>").format(self.heading) if self.heading else ""
        return f'{heading}<div class="passage {PLAIN}">{self.html}</div>'

    def __repr__(self) -> str:
        return self.html.striptags()


class Opening(Passage):
    """The first passage of a report. Its summary goes into the manifest and the index of reports."""

    def __init__(self, html: Markup, headline: str, status: str) -> None:
        super().__init__(html)
        self.summary = {"headline": headline, "status": status}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": self._repr_html_(), "text/plain": repr(self), SUMMARY_TYPE: self.summary}


def prose(text: str) -> Markup:
    """Text escaped, and no line break between a sign and its number."""
    return Markup(re.sub(rf"([+{wording.MINUS}])(?=\S)", "\\1\N{WORD JOINER}", escape(text)))


def paragraphs(*texts: str) -> Markup:
    """Each text that is not empty as a paragraph."""
    return Markup("").join(Markup("<p>{}</p>").format(prose(text)) for text in texts if text)


def summary_of(outputs: list[dict[str, Any]]) -> dict[str, str] | None:
    """The summary among a notebook's outputs, if one of its passages left one."""
    for output in outputs:
        summary = output.get("data", {}).get(SUMMARY_TYPE)
        if summary:
            return json.loads(summary) if isinstance(summary, str) else dict(summary)
    return None
