"""From gross sales to what one channel keeps: each step as recorded and as corrected."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from tieout.charts import bars, rows, theme, wording

STEPS = {
    "gross_sales": "Gross sales", "promotions_by_shop": "Promotions paid by the shop",
    "promotions_by_channel": "Promotions paid by the channel", "promotions_unclassified": "Promotions, unclassified",
    "returns": "Returns", "shipping_income": "Shipping income", "cost_of_goods_sold": "Cost of goods sold",
    "fees_referral": "Referral fees", "fees_payment": "Payment fees", "fees_fulfilment": "Fulfilment fees",
    "fees_storage": "Storage fees", "fees_advertising": "Advertising", "fees_other": "Other fees",
    "fees_unclassified": "Fees, unclassified", "return_handling": "Return handling", "write_offs": "Write-offs",
    "marketing": "Marketing",
}  # fmt: skip
BOOKS = ("recorded", "corrected")


def draw(waterfall: pd.DataFrame, guards: pd.DataFrame, *, period: str, channel: str, currency: str) -> alt.LayerChart:
    """The measures ``channel_waterfall`` and ``channel_guards``; a blank channel stands for none."""
    month = waterfall[(waterfall["period"] == period) & (waterfall["channel"].fillna("") == channel)]
    amounts = dict(zip(zip(month["step"], month["book"], strict=True), month["amount"], strict=True))
    taken = [step for step in STEPS if any(amounts.get((step, book)) for book in BOOKS)]
    steps = {book: [amounts.get((step, book), Decimal(0)) for step in taken] for book in BOOKS}
    totals = {book: sum(effects, Decimal(0)) for book, effects in steps.items()}
    names = [*(STEPS[step] for step in taken), "Contribution"]
    when, name = wording.period_title(period), channel or "no channel"
    was, now = (wording.money(totals[book], currency) for book in BOOKS)
    figures = [wording.signed_money(amount, currency) for amount in steps["corrected"]] + [now]
    listed = "; ".join(
        f"{step} {wording.signed_money(before, currency)} recorded, {text} corrected"
        for step, before, text in zip(names, [*steps["recorded"], totals["recorded"]], figures, strict=True)
    )
    caveat = wording.not_comparable(guards[(guards["period"] == period) & (guards["channel"] == channel)])
    spans = {book: _falling(steps[book]) for book in BOOKS}
    bold = [step == "Contribution" for step in names]
    return theme.finish(
        bars.in_two_books(names, figures, spans, bold) if taken else theme.words("Nothing is on the books."),
        title=f"What {name} keeps: {now}, {'as recorded' if was == now else f'not {was} as recorded'}",
        subtitle=f"{when}. Grey recorded, black and in figures corrected; a bar starts where the last ended. {caveat}",
        description=f"From gross sales to contribution of {name}, {when}: {listed}. {caveat}",
        height=rows.height(len(names)) if taken else theme.LINE,
    )


def _falling(amounts: list[Decimal]) -> list[bars.Span]:
    """Each step from where the one before ended; the total from zero."""
    spans, level = [], Decimal(0)
    for amount in amounts:
        spans.append((float(level), float(level + amount)))
        level += amount
    return [*spans, (0.0, float(level))]
