"""The page as PDF: the same bytes for the same page, whole rows and pictures, nothing fetched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reporting.test_run import own_notebook
from tieout.errors import InputError, NotInstalled
from tieout.reporting.pdf import require_pdf, write_pdf
from tieout.reporting.render import TEMPLATE
from tieout.reporting.run import report

WRITE = """
import sys
from pathlib import Path
from tieout.reporting.pdf import write_pdf
write_pdf(Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[2]))
"""


@pytest.fixture(scope="module", autouse=True)
def _pango() -> None:
    """CI installs Pango and must have it; elsewhere the tests that need it say so."""
    try:
        require_pdf()
    except InputError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def pages(html: str) -> list[Any]:
    """The pages as WeasyPrint lays them out."""
    from weasyprint import HTML

    return list(HTML(string=html).render().pages)


def texts(box: Any) -> Iterator[str]:
    """All text of a page, footer and all."""
    if hasattr(box, "text"):
        yield box.text
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from texts(child)


def test_it_is_tagged_named_and_the_same_wherever_it_is_made(page: Path, tmp_path: Path) -> None:
    write_pdf(page.read_text(encoding="utf-8"), tmp_path / "here.pdf")
    surroundings = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run(
        [sys.executable, "-c", WRITE, page, "there.pdf"], check=True, cwd=elsewhere, env=surroundings, timeout=300
    )
    content = (tmp_path / "here.pdf").read_bytes()
    assert content == (elsewhere / "there.pdf").read_bytes()
    assert len(content) < 300_000
    packed = re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL)
    plain = b"".join([content, *(zlib.decompress(stream) for stream in packed if stream.startswith(b"\x78"))])
    for entry in (b"/Lang (en)", b"/StructTreeRoot", b"/Marked true", b"/Title", b"/Alt", b"pdfuaid:part"):
        assert entry in plain
    assert b"/CreationDate" not in plain


def test_every_page_says_whose_it_is_and_how_many_there_are(page: Path) -> None:
    laid_out = pages(page.read_text(encoding="utf-8"))
    assert len(laid_out) > 2
    for number, each in enumerate(laid_out, start=1):
        text = "".join(texts(each._page_box))
        assert f"Page {number} of {len(laid_out)}" in text
        assert "<script>document.title = 'stolen'</script>" in text
        assert "February 2025" in text


def test_a_long_table_breaks_between_rows_under_its_headings() -> None:
    style = (TEMPLATE / "page.css").read_text(encoding="utf-8")
    rows = "".join(f"<tr><th>Row {row}</th><td>two lines<br>of row {row}</td></tr>" for row in range(100))
    table = f"<table><thead><tr><th>Name</th><th>Amount</th></tr></thead><tbody>{rows}</tbody></table>"
    laid_out = pages(f'<style>{style}</style><main><div class="scroll" style="overflow: auto">{table}</div></main>')
    seen = ["".join(texts(each._page_box)) for each in laid_out]
    assert len(seen) > 2
    assert all("NameAmount" in text for text in seen)
    for row in range(100):
        assert [f"Row {row}two lines" in text for text in seen].count(True) == 1
        assert any(f"Row {row}two linesof row {row}" in text for text in seen)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p::after { content: 'told' }")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png"
        head = f'<link rel="stylesheet" href="{secret.as_uri()}"><html lang="en"><title>Plain</title>'
        write_pdf(f'{head}<p>Text<img alt="" src="{address}"></p>', tmp_path / "asks.pdf")
        with pytest.raises(BlockingIOError):
            server.accept()
    secret.write_text("p { break-before: page; font-size: 40pt }")
    write_pdf(f'{head}<p>Text<img alt="" src="{address}"></p>', tmp_path / "again.pdf")
    assert (tmp_path / "asks.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()


def test_what_is_missing_is_said_before_anything_runs(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(NotInstalled, match=r"WeasyPrint is not installed.*tieout\[pdf\]"):
        report(database, tmp_path / "reports", period="2025-02", pdf=True)
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint")
    with pytest.raises(InputError, match=r"PDF needs the library Pango.*apt-get install"):
        report(database, tmp_path / "reports", period="2025-02", pdf=True)
    assert not (tmp_path / "reports").exists()


def test_it_lies_beside_a_static_page_until_the_next_report(database: Path, tmp_path: Path) -> None:
    config = tmp_path / "tieout.toml"
    config.write_text('[company]\nname = "Any"\n[reports]\ninteractive = false\n')
    drawing = (
        "from tieout import charts\nfrom tieout.charts import theme\n"
        "theme.finish(theme.words('Nothing.'), title='T', subtitle='S', description='A message', height=20)"
    )
    notebook = own_notebook(tmp_path, drawing, 'database: str = ""\nconfig: str = ""\nperiod: str = ""')
    page = report(database, tmp_path / "reports", notebook, "2025-02", config, pdf=True)
    names = ["own {report}.html", "own {report}.manifest.json", "own {report}.pdf"]
    assert sorted(path.name for path in page.parent.iterdir()) == names
    manifest = json.loads((page.parent / names[1]).read_text(encoding="utf-8"))
    assert manifest["pdf_sha256"] == hashlib.sha256((page.parent / names[2]).read_bytes()).hexdigest()
    html = page.read_text(encoding="utf-8")
    assert 'alt="A message"' in html
    assert "tieout-spec" not in html
    assert "script-src 'none'" in html

    report(database, tmp_path / "reports", notebook, "2025-02")
    assert sorted(path.name for path in page.parent.iterdir()) == names[:2]
    assert "pdf" not in json.loads((page.parent / names[1]).read_text(encoding="utf-8"))
    assert "tieout-spec" in page.read_text(encoding="utf-8")
