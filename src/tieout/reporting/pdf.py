"""A page as PDF: tagged (PDF/UA), pictures as vectors, the same bytes for the same page. WeasyPrint, no browser."""

from __future__ import annotations

from pathlib import Path

from tieout.errors import InputError, NotInstalled


def require_pdf() -> None:
    """Raise ``NotInstalled`` without WeasyPrint, ``InputError`` without Pango, with which it sets text."""
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise NotInstalled("WeasyPrint", "pdf") from error
    except OSError as error:
        raise InputError(
            "PDF needs the library Pango, which this machine lacks. Install it (Debian: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango), or leave --pdf out."
        ) from error


def write_pdf(page: str, path: Path) -> None:
    """Write the HTML of ``page`` to ``path``. Nothing is fetched: what is not in the page is not in the PDF."""
    require_pdf()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    only_data = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    HTML(string=page, url_fetcher=only_data).write_pdf(path, pdf_variant="pdf/ua-1")
