"""The look of every picture, and how a picture becomes HTML that shows anywhere.

The stock Altair renderers need a network, or die in an untrusted or exported notebook. Ours puts two static drawings
(wide and phone) into one ``<picture>``, with the specification beside it as inert JSON that a page may bring to life.
Reading order of the colours: grey is what the ledger says, ink what is right, the accent what lies between.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import html
import json
from typing import Any

import altair as alt
import pandas as pd
import vl_convert as vlc

from tieout.charts import figures

INK = "#16202b"
GREY = "#6a737d"
PALE = "#e4e7eb"
ACCENT = "#1d3f9b"
TINT = "#d5ddf2"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
PLAIN = "tex2jax_ignore mathjax_ignore"  # classes: JupyterLab must not read two dollar amounts as a formula
LINE = 24  # pixels: the height of a picture that is only words
WIDE, NARROW = 680, 342  # pixels: the text column of the page, and that of a phone
VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])

Spec = dict[str, Any]


@alt.theme.register("tieout", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    axis: Spec = {
        "domain": False, "ticks": False, "labelColor": GREY, "labelFontSize": 12, "labelPadding": 8, "grid": False,
        "title": None, "gridColor": PALE, "labelFontWeight": "normal",
    }  # fmt: skip
    config: Spec = {
        "aria": False,  # the message speaks for the whole picture
        "font": FONT, "background": "white", "padding": 2, "view": {"stroke": None}, "axis": axis,
        "text": {"fontSize": 13, "color": INK},
        "title": {
            "anchor": "start", "fontSize": 15, "color": INK, "subtitleColor": GREY, "subtitleFontSize": 12,
            "offset": 14,
        },
    }  # fmt: skip
    return {"config": config}  # type: ignore[typeddict-item]


def finish(chart: alt.LayerChart, *, title: str, subtitle: str, description: str, height: int) -> alt.LayerChart:
    """The chart with its words: ``description`` says the message to those who cannot see the picture."""
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    heading = alt.TitleParams(text=title, subtitle=subtitle)
    return chart.properties(width=WIDE, height=height, autosize=fit, title=heading, description=description)


def words(text: str) -> alt.LayerChart:
    """What stands where there is nothing to draw."""
    table = pd.DataFrame({"text": [text]})
    mark = alt.Chart(table).mark_text(align="left", color=GREY).encode(x=alt.value(0), y=alt.value(10), text="text:N")
    return alt.LayerChart(layer=[mark])


def to_html(chart: alt.LayerChart, with_figures: bool = True) -> str:
    """The picture as HTML that needs neither network nor script; ``with_figures``: with a table of them, folded."""
    return _bundle(chart.to_dict(), with_figures)["text/html"]


def _bundle(spec: Spec, with_figures: bool = True, **_: Any) -> dict[str, str]:
    """What Jupyter shows for a chart: a figure, or the message as text. A chart without description is an error."""
    spec = copy.deepcopy(spec)
    title = spec.pop("title")
    message = html.escape(spec["description"], quote=True)
    text = json.dumps(spec, sort_keys=True, separators=(",", ":"), allow_nan=False)
    name = "chart-" + hashlib.sha256(text.encode()).hexdigest()[:12]
    inert = text.replace("<", "\\u003c")  # a name in the data must not close the script element
    figure = (
        f'<figure class="tieout-chart {PLAIN}" id="{name}"><figcaption><strong>{html.escape(title["text"])}</strong>'
        f"<br>{html.escape(title['subtitle'])}</figcaption>"
        f'<div class="tieout-plot"><picture><source media="(max-width: 600px)" srcset="{_drawing(spec, NARROW)}">'
        f'<img alt="{message}" src="{_drawing(spec, WIDE)}" style="max-width:100%;height:auto"></picture></div>'
        f"{figures.as_html(spec) if with_figures else ''}"
        f'<script type="application/json" class="tieout-spec">{inert}</script></figure>'
    )
    return {"text/html": figure, "text/plain": f"[chart] {spec['description']}"}


def _drawing(spec: Spec, width: int) -> str:
    svg = vlc.vegalite_to_svg({**spec, "width": width}, vl_version=VEGA_LITE)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


alt.renderers.register("tieout", _bundle)
alt.renderers.enable("tieout")
