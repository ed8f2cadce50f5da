"""From an executed notebook to one HTML file that needs no network.

Our template writes no cell id, count or time, so the same notebook gives the same bytes. Scripts are forbidden by the
page's policy, except the one that brings the charts to life, named by its hash; without it the static pictures stay.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

import vl_convert as vlc
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from tieout.charts.theme import VEGA_LITE
from tieout.reporting.beside import Saved

MAX_BYTES = 1_500_000  # with the chart library; a page beyond that stays static, so that it can be mailed
TEMPLATE = Path(__file__).parent / "template"
_NO_SCRIPT, _SCRIPT_PLACE = "script-src 'none'", "<!--live-->"
_FOOTER_LENGTH = 90  # characters that fit at the foot of a printed page


def page(
    notebook: NotebookNode, title: str, footer: str = "", saved: Mapping[str, Saved] | None = None, name: str = ""
) -> str:
    """The notebook as a page: Markdown and outputs, no code; ``live`` or ``still`` makes it ready.

    ``footer`` stands at the foot of each printed page; ``saved`` has the tables that lie beside the page, if any do.
    ``name`` is what its file is called, so that it does not lead to itself.
    """
    notebook.metadata["title"] = title
    exporter = HTMLExporter(
        template_name=TEMPLATE.name, extra_template_basedirs=[str(TEMPLATE.parent)], exclude_anchor_links=True
    )
    resources = {"footer": _css_text(footer[:_FOOTER_LENGTH]), "saved": saved, "name": name}
    html, _ = exporter.from_notebook_node(notebook, resources=resources)
    return str(html)


def still(page: str) -> str:
    """The page with pictures alone, a fraction of the size."""
    return re.sub(r'<script [^>]*class="tieout-spec"[^>]*>[^<]*</script>', "", page)


def live(page: str) -> str:
    """The page with charts that answer to the pointer, as long as it stays small enough to be mailed."""
    script = _chart_script()
    if 'class="tieout-spec"' not in page or len(page.encode()) + len(script.encode()) > MAX_BYTES:
        return still(page)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    before, _, after = page.replace(_NO_SCRIPT, f"script-src 'sha256-{digest}'", 1).rpartition(_SCRIPT_PLACE)
    return f'{before}<script type="module">{script}</script>{after}'


def _css_text(text: str) -> str:
    """The text for a string in a style sheet: whatever could end the string or the sheet is a number."""
    return re.sub(r"[^A-Za-z0-9 ]", lambda sign: f"\\{ord(sign[0]):x} ", text)


@functools.cache
def _chart_script() -> str:
    """Vega with what it needs, and the few lines that hand it the specifications on the page."""
    snippet = (TEMPLATE / "live.js").read_text(encoding="utf-8")
    return vlc.javascript_bundle(snippet, vl_version=VEGA_LITE)
