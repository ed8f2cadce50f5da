"""How far a report can be trusted: what was read, what is unexplained, what was proven, where the figures come from."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from tieout.charts import wording
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs


def warnings(facts: Facts) -> list[str]:
    """What a reader must know before any figure: broken limits and proofs, an unfinished period. Often nothing."""
    trust, alarms = facts.trust, []
    if trust["broken_proofs"]:
        alarms.append(f"The books do not tie out: {_count(trust['broken_proofs'])} of {_count(trust['proofs'])} proofs are broken.")
    for what, share, limit in (
        ("Rejected source rows", trust["rejected_percent"], trust["max_rejected_percent"]),
        ("Unexplained differences", trust["unexplained_percent"], trust["max_unexplained_percent"]),
    ):
        if not wording.is_missing(share) and share > limit:
            alarms.append(f"{what} are {_share(share)} of value, above the limit of {_share(limit)}: read every figure with care.")
    if not facts.is_complete:
        alarms.append(f"{facts.title} is not complete yet: every figure of it is provisional.")
    return alarms


def block(facts: Facts) -> Passage:
    """Counts, proofs and provenance, as the last thing on the page."""
    trust, company = facts.trust, facts.company
    proofs = f"All {_count(trust['proofs'])} hold" if not trust["broken_proofs"] else f"{_count(trust['broken_proofs'])} of {_count(trust['proofs'])} are broken"
    unexplained = wording.money(trust["unexplained_amount"], company.currency, company.decimals)
    entries = {
        "Source rows": f"{_count(trust['rows_read'])} read = {_count(trust['rows_loaded'])} loaded + {_count(trust['rows_rejected'])} rejected"
        f" ({_share(trust['rejected_percent'])} of value; limit {_share(trust['max_rejected_percent'])})",
        "Unexplained": f"{unexplained} ({_share(trust['unexplained_percent'])} of value; limit {_share(trust['max_unexplained_percent'])})",
        "Proofs": f"{proofs}: recorded + corrections = expected, every journal balances, every cost pool adds up",
        "Data as of": _moment(company.as_of),
        "Run": company.run_id,
    }
    return Passage(definition_list(entries) + paragraphs(
        "Under each exhibit stand the SQL file that makes its table (it lies in the folder of the package tieout) and the "
        "command that exports the table. The lines behind every cause: tieout export corrections."
    ))  # fmt: skip


def definition_list(entries: dict[str, str]) -> Markup:
    """Terms and what they mean."""
    rows = Markup("").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(*entry) for entry in entries.items())
    return Markup("<dl>{}</dl>").format(rows)


def _count(number: int) -> str:
    return f"{int(number):,}"


def _share(percent: float) -> str:
    return "none" if wording.is_missing(percent) else f"{float(percent):.2f}%"


def _moment(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    return f"{moment.day} {moment:%B %Y, %H:%M}" + (" UTC" if moment.tzinfo else "")
