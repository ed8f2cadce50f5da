"""What Jupyter shows for a company: which run it is, what its last period says, and how far to trust it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from tieout.charts import wording
from tieout.charts.theme import PLAIN


def draw(
    name: str, currency: str, run: str, as_of: str, period: str | None, periods: pd.DataFrame, margin: pd.DataFrame,
    headline: pd.DataFrame, trust: pd.DataFrame,
) -> str:  # fmt: skip
    """A small table as HTML, every text from data escaped. ``period``: the one to show, if there is any."""
    entries = {"Run": f"{run}, data as of {as_of}", "Periods": _span(periods)}
    if period is not None:
        of_period = headline[headline["period"] == period].iloc[0]
        recorded = margin[(margin["period"] == period) & (margin["book"] == "recorded")]["gross_margin"].iloc[0]
        entries[f"Gross margin, {wording.period_title(period)}"] = _margin(dict(of_period), recorded)
    entries["Trust"] = _trust(dict(trust.iloc[0]), currency)
    line = Markup('<tr><th scope="row" style="text-align:left">{}</th><td style="text-align:left">{}</td></tr>')
    lines = Markup("").join(line.format(*entry) for entry in entries.items())
    caption = Markup('<caption style="text-align:left"><strong>{}</strong> · {}</caption>').format(name, currency)
    return Markup('<table class="tieout-company {}">{}<tbody>{}</tbody></table>').format(PLAIN, caption, lines)


def _span(periods: pd.DataFrame) -> str:
    if periods.empty:
        return "none"
    names = list(periods.sort_values("end_date")["period"])
    return f"{len(names):,}, {names[0]} to {names[-1]}"


def _margin(headline: dict[str, Any], recorded: float) -> str:
    ledger = "no sales" if wording.is_missing(recorded) else wording.percent(recorded)
    shown = f"the ledger shows {ledger}"
    if wording.is_missing(headline["gross_margin"]):
        return f"no sales; {shown}"
    low, high = (wording.percent(headline[f"gross_margin_{end}"]) for end in ("min", "max"))
    if headline["is_withheld"]:
        return f"withheld: {headline['reason']}; {shown}"
    if wording.is_missing(headline["decimals"]):
        return f"between {low} and {high}; {shown}"
    span = "" if low == high else f" (by the evidence from {low} to {high})"
    return f"{wording.percent(headline['gross_margin'], headline['decimals'])}{span}; {shown}"


def _trust(trust: dict[str, Any], currency: str) -> str:
    broken, proofs = trust["broken_proofs"], trust["proofs"]
    proven = f"{broken:,} of {proofs:,} proofs are broken" if broken else f"all {proofs:,} proofs hold"
    unexplained = wording.money(trust["unexplained_amount"], currency)
    return (
        f"{proven}; unexplained {unexplained}, {trust['unexplained_percent']:.2f}% of the value booked; "
        f"rejected {trust['rejected_percent']:.2f}% of the value read"
    )
