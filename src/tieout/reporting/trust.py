"""How far a report can be trusted: what was read, what is unexplained, what was proven, where the figures come from."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from tieout.charts import wording
from tieout.company import Company
from tieout.reporting import sign_off
from tieout.reporting.facts import Facts
from tieout.reporting.passage import Passage, paragraphs

_TO_THE_SOURCE = "The lines behind every cause: tieout export corrections."
_ON_TOP = (
    "ledger_without_roles", "ledger_incomplete", "periodic_inventory", "policy_not_followed", "history_in_doubt",
)  # fmt: skip


def warnings(facts: Facts) -> list[str]:
    """What a reader must know before any figure: broken proofs and limits, an unfinished period. Often nothing."""
    trust, alarms = facts.trust, []
    if trust["broken_proofs"]:
        alarms.append(f"The books do not tie out: {_proofs(facts)}.")
    for what, kind in (("Rejected source rows", "rejected"), ("Unexplained differences", "unexplained")):
        if trust[f"{kind}_percent"] > trust[f"max_{kind}_percent"]:
            alarms.append(f"{what} are {_share(facts, kind)}, beyond the limit: read every figure with care.")
    alarms += on_top(facts.company)
    if not facts.is_complete:
        alarms.append(f"{facts.title} is not complete yet: every figure of it is provisional.")
    return alarms


def on_top(company: Company) -> list[str]:
    """What was found that changes how every figure of the company is to be read, as sentences."""
    findings = company.findings()
    messages = findings.loc[findings["finding"].isin(_ON_TOP), "message"]
    return [f"{wording.beginning(message)}." for message in messages]


def block(facts: Facts) -> Passage:
    """Counts, proofs and provenance, as the last thing on the page."""
    trust, company = facts.trust, facts.company
    read, loaded, rejected = (f"{trust[f'rows_{kind}']:,}" for kind in ("read", "loaded", "rejected"))
    unexplained = wording.money(trust["unexplained_amount"], company.currency, company.decimals)
    entries = {
        "Source rows": f"{read} read = {loaded} loaded + {rejected} rejected; {_share(facts, 'rejected')}",
        "Unexplained": f"{unexplained}; {_share(facts, 'unexplained')}",
        "Ledger": _control_totals(facts),
        "Proofs": f"{_proofs(facts)}: recorded + corrections = expected, journals balance, cost pools add up",
        "Data as of": moment(company.as_of),
        "Run": company.run_id,
        "Sign-off": _signed(facts),
        "Distribution": company.label("distribution"),
        "Questions to": company.label("questions_to"),
    }
    entries = {term: meaning for term, meaning in entries.items() if meaning}
    return Passage(definition_list(entries) + paragraphs(_TO_THE_SOURCE))


def _control_totals(facts: Facts) -> str:
    """What the period's ledger adds up to, and how much of its trial balance agrees with that."""
    (ledger,) = facts.rows("ledger_totals")
    debit, credit = (facts.exact(ledger[side]) for side in ("debit", "credit"))
    count, tied = ledger["control_totals"], ledger["control_totals_tied"]
    balance = f"{tied:,} of {count:,} balances of the trial balance agree" if count else "there is no trial balance"
    return f"{ledger['lines']:,} lines of {facts.title}, debit {debit} = credit {credit}; {balance}"


def _signed(facts: Facts) -> str:
    signed = sign_off.of_period(facts.company, facts.period)
    if signed is None:
        return f"{facts.title} is not signed off"
    changed = signed["restated_figures"]
    since = f"; {wording.counted(changed, 'figure')} of it changed since: see restatements" if changed else ""
    names = f"Prepared by {signed['preparer']}, reviewed by {signed['reviewer']}"
    return f"{names}, signed off {moment(signed['signed_at'])}{since}"


def _proofs(facts: Facts) -> str:
    total, broken = facts.trust["proofs"], facts.trust["broken_proofs"]
    return f"{broken:,} of {total:,} proofs are broken" if broken else f"all {total:,} hold"


def _share(facts: Facts, kind: str) -> str:
    share, limit = (float(facts.trust[name]) for name in (f"{kind}_percent", f"max_{kind}_percent"))
    return f"{share:.2f}% of value (limit {limit:.2f}%)"


def definition_list(entries: dict[str, str]) -> Markup:
    """Terms and what they mean."""
    pair = Markup('<div style="overflow:hidden"><dt>{}</dt><dd>{}</dd></div>')  # JupyterLab lets terms float
    rows = Markup("").join(pair.format(*entry) for entry in entries.items())
    return Markup("<dl>{}</dl>").format(rows)


def moment(iso: str) -> str:
    """A time in ISO 8601 as people say it; ``ValueError`` if it is none."""
    time = datetime.fromisoformat(iso)
    return f"{time.day} {time:%B %Y, %H:%M}" + (" UTC" if time.tzinfo else "")
