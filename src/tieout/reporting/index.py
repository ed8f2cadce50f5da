"""The list of all reports in a folder, read from the manifests that lie beside them."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import jinja2

from tieout.charts import wording
from tieout.errors import InputError
from tieout.reporting import records
from tieout.reporting.records import Changes, Listed, Reason
from tieout.reporting.render import TEMPLATE
from tieout.reporting.trust import moment

_FIRST = "leadership"  # of a period's reports the one that speaks for it
_BESIDE = {"pdf": "PDF", "xlsx": "Excel"}
_REASONS_SHOWN = 3


@dataclass(frozen=True)
class Entry:
    """One report: its manifest, its link and those of the files beside it by their names, relative to the index."""

    told: Listed
    link: str
    files: dict[str, str]

    @property
    def is_first(self) -> bool:
        """Whether it is the report that speaks for its period."""
        return self.told.notebook == _FIRST

    @property
    def name(self) -> str:
        """The notebook as people say it."""
        return self.told.notebook.replace("_", " ").capitalize()

    @property
    def as_of(self) -> str:
        """Up to when data count; as it stands there if it is no time."""
        try:
            return moment(self.told.as_of)
        except ValueError:
            return self.told.as_of

    @property
    def margins(self) -> str:
        """Gross margin in both books, or that the corrected one is withheld."""
        figures = self.told.figures
        if figures is None or figures.recorded.gross_margin is None:
            return ""
        recorded = f"{wording.percent(figures.recorded.gross_margin)} recorded"
        if figures.corrected is None:
            return f"Gross margin {recorded}, corrected withheld"
        if figures.corrected.gross_margin is None:
            return f"Gross margin {recorded}, corrected no sales"
        return f"Gross margin {wording.percent(figures.corrected.gross_margin)} corrected, {recorded}"

    @property
    def alarms(self) -> list[str]:
        """What a reader must know first; of a manifest without a list its status, unless that says that all is well."""
        is_well = self.told.status.startswith("Within limits") or not self.told.status
        return self.told.alarms or ([] if is_well else [self.told.status])

    @property
    def was(self) -> str:
        """The headline of the report that stood there before, if it was another."""
        previous = self.told.previous
        return f"Was: {previous.headline}." if previous and previous.headline != self.told.headline else ""

    @property
    def changes(self) -> str:
        """What has changed since the report that stood there before, and what may be why; nothing if there was none."""
        changes = self.told.changes
        return " ".join(filter(None, (self._moved(changes), _why(changes)))) if changes else ""

    def _moved(self, changes: Changes) -> str:
        if changes.difference is None:
            return ""
        if not changes.difference and not changes.gross_profit:
            return "What is corrected of gross profit is the same."
        moved = f"The correction of gross profit moved by {self._signed(changes.difference)}"
        most = f", most of all by {changes.title} ({self._signed(changes.gross_profit)})" if changes.title else ""
        return f"{moved}{most}."

    def _signed(self, amount: Decimal) -> str:
        return wording.signed_money(amount, self.told.currency)


@dataclass(frozen=True)
class Period:
    """The reports on one period, the one that speaks for it first."""

    title: str
    entries: list[Entry]

    @property
    def alarms(self) -> list[str]:
        """All alarms of its reports, each once."""
        return list(dict.fromkeys(alarm for entry in self.entries for alarm in entry.alarms))


def page(reports: Path) -> str:
    """HTML with all reports under ``reports``: by company, the newest period open, earlier ones to unfold by year."""
    entries, problems = _entries(reports)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    style = environment.get_template("reports.css").render()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment.get_template("reports.html.j2")
    return template.render(companies=_companies(entries), problems=problems, style=style, digest=digest)


def _entries(reports: Path) -> tuple[list[Entry], list[str]]:
    """Every report with a manifest that can be read, and in words what is wrong with the others.

    A manifest without its report counts for nothing.
    """
    entries, problems = [], []
    for path in sorted(reports.glob(f"*/*/*{records.ENDING}")):
        report = path.with_name(path.name.removesuffix(records.ENDING) + ".html")
        if not report.is_file():
            continue
        try:
            told = records.read(path, Listed)
        except InputError as error:
            problems.append(_encodable(str(error).replace(str(path), path.relative_to(reports).as_posix())))
            continue
        beside = {name: report.with_suffix(f".{form}") for form, name in _BESIDE.items()}
        files = {name: _link(file, reports) for name, file in beside.items() if file.is_file()}
        entries.append(Entry(told, _link(report, reports), files))
    return entries, problems


def _link(file: Path, reports: Path) -> str:
    return quote(file.relative_to(reports).as_posix(), errors="surrogateescape")


def _encodable(text: str) -> str:
    """The text with a ? for each byte of a file's name that is no UTF-8."""
    return text.encode(errors="replace").decode()


def _companies(entries: list[Entry]) -> dict[str, list[tuple[str, list[Period]]]]:
    """By company the newest period (under no year), then the earlier ones by year, all newest first."""
    periods: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in sorted(entries, key=lambda entry: (not entry.is_first, entry.told.notebook)):
        periods[entry.told.company][entry.told.period].append(entry)
    return {company: _by_year(periods[company]) for company in sorted(periods, key=str.casefold)}


def _by_year(periods: dict[str, list[Entry]]) -> list[tuple[str, list[Period]]]:
    years: dict[str, list[Period]] = defaultdict(list)
    newest, *earlier = sorted(periods, reverse=True)
    for period in earlier:
        years[period[:4]].append(Period(wording.period_title(period), periods[period]))
    return [("", [Period(wording.period_title(newest), periods[newest])]), *years.items()]


def _why(changes: Changes) -> str:
    """What else differs: the first few things by name, with their values if these say something to people."""
    texts = [_reason(reason) for reason in changes.why]
    more = [f"{len(texts) - _REASONS_SHOWN} more"] if len(texts) > _REASONS_SHOWN else []
    return f"What differs: {wording.listed(texts[:_REASONS_SHOWN] + more)}." if texts else ""


def _reason(reason: Reason) -> str:
    name = "data as of" if reason.kind == "as_of" else f"{reason.kind} {reason.name}"
    if reason.kind in ("source", "notebook"):  # their values are hashes
        return name
    then, now = ("none" if value is None else value for value in (reason.then, reason.now))
    return f"{name} ({then} → {now})"
