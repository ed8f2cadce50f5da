"""The causes beyond materiality, account by account, and the rest as one."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

SHOWN = 12


def draw(material_causes: pd.DataFrame, titles: dict[str, str], *, period: str, currency: str) -> alt.LayerChart:
    """``material_causes`` as the measure of that name: the largest of a period, drawn as expected − recorded."""
    month = material_causes[material_causes["period"] == period].fillna({"account": ""})
    material = month[month["cause"] != "other"]
    shown = material.assign(size=-material["gross"]).sort_values(["size", "account", "cause"])[:SHOWN]
    fields = shown[["account", "role", "cause", "amount", "gross"]].itertuples(index=False)
    lines = [
        (f"{account or role}: {titles.get(cause, cause)}", amount, gross)
        for account, role, cause, amount, gross in fields
    ]
    rest = month.drop(shown.index)
    if len(rest):
        lines.append(("All else", rest["amount"].sum(), rest["gross"].sum()))
    names = [name for name, _, _ in lines]
    debits = [float(gross + amount) / 2 for _, amount, gross in lines]
    credited = [float(gross - amount) / 2 for _, amount, gross in lines]
    texts = [wording.signed_money(amount, currency) for _, amount, _ in lines]
    when = wording.period_title(period)
    limit = wording.money(month["materiality"].iloc[0] if len(month) else Decimal(0), currency)
    listed = "; ".join(f"{name} {text}" for name, text in zip(names, texts, strict=True))
    return theme.finish(
        bars.two_sided(names, debits, credited, texts) if names else theme.words("No correction in this period."),
        title=f"{wording.counted(len(material), 'time')} a cause moves an account by more than {limit}",
        subtitle=f"{when}, expected minus recorded, largest first: debits right, credits left, the net at the end.",
        description=f"Corrections of {when}: {len(material)} beyond materiality ({limit}). {listed}",
        height=rows.height(len(names)) if names else theme.LINE,
    )
