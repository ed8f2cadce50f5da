"""Etsy's monthly statement of the payment account: one row an amount; ``--`` is an empty cell."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="etsy_statement",
    title="Etsy statement",
    takes=takes("*date *type *title *info currency *amount *fees_taxes *net"),
    drops=drops("tax_details"),
    fills=("settlements", "settlement_lines", "fees", "refunds"),
    document=("date",),
    dates=("date",),
    prepares=("etsy_statement_amounts",),
    blanks=("--",),
    has_controls=True,
)
