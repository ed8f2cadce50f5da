"""The trial balance that balances, and what it misstates."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 12


def draw(misstatement: pd.DataFrame, *, period: str, currency: str) -> alt.LayerChart:
    """``misstatement`` as the measure of that name, at the end of ``period``, in units of ``currency``."""
    month = misstatement[misstatement["period"] == period].fillna({"account": ""})
    wrong = month[month["misstatement"] != 0]
    wrong = wrong.assign(size=-wrong["misstatement"].abs()).sort_values(["size", "account", "role"])
    shown = wrong[:SHOWN]
    names = [wording.account(account, role) for account, role in zip(shown["account"], shown["role"], strict=True)]
    texts = [wording.signed_money(value, currency) for value in shown["misstatement"]]
    off = sum(month["closing"], Decimal(0))
    size = sum((value for value in wrong["misstatement"] if value > 0), Decimal(0))
    balances = "balances" if off == 0 else f"is off by {wording.signed_money(off, currency)}"
    when = wording.period_title(period)
    listed = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    rest = f" {len(wrong) - SHOWN} smaller ones are not drawn." if len(wrong) > SHOWN else ""
    return theme.finish(
        bars.signed(names, list(shown["misstatement"].astype(float)), texts)
        if names
        else theme.words("No account is misstated."),
        title=f"The trial balance {balances}, and is wrong by {wording.money(size, currency)}",
        subtitle=f"End of {when}, recorded minus corrected: debit to the right, credit to the left; "
        f"it adds up to zero.{rest}",
        description=f"Trial balance at the end of {when}: {balances}; {len(wrong)} of {len(month)} accounts are "
        f"misstated, by {wording.money(size, currency)} on either side. {listed}",
        height=rows.height(len(names)) if names else theme.LINE,
    )
