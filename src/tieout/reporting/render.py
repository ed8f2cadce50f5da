"""From an executed notebook to one HTML file that needs no network.

Our template writes no cell id, count or time, so the same notebook gives the same bytes. Scripts are forbidden by the
page's policy, except the one that brings the charts to life, named by its hash; without it the static pictures stay.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

import vl_convert as vlc
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from tieout.charts.theme import VEGA_LITE

MAX_BYTES = 1_500_000  # with the chart library; a page beyond that stays static, so that it can be mailed
TEMPLATE = Path(__file__).parent / "template"
_NO_SCRIPT, _SCRIPT_PLACE = "script-src 'none'", "<!--live-->"


def page(notebook: NotebookNode, title: str) -> str:
    """The notebook as a page: Markdown and outputs, no code."""
    notebook.metadata["title"] = title
    exporter = HTMLExporter(
        template_name=TEMPLATE.name, extra_template_basedirs=[str(TEMPLATE.parent)], exclude_anchor_links=True
    )
    html, _ = exporter.from_notebook_node(notebook)
    script = _chart_script()
    if 'class="tieout-spec"' not in html or len(html.encode()) + len(script.encode()) > MAX_BYTES:
        return str(html)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    before, _, after = html.replace(_NO_SCRIPT, f"script-src 'sha256-{digest}'", 1).rpartition(_SCRIPT_PLACE)
    return f'{before}<script type="module">{script}</script>{after}'


@functools.cache
def _chart_script() -> str:
    """Vega with what it needs, and the few lines that hand it the specifications on the page."""
    snippet = (TEMPLATE / "live.js").read_text(encoding="utf-8")
    return vlc.javascript_bundle(snippet, vl_version=VEGA_LITE)
