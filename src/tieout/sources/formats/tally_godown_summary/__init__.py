"""Tally's godown summary: what a place held at the end of the days above. Items are set in italics, groups are not."""

from tieout.sources.format import Format, drops, takes

FORMAT = Format(
    name="tally_godown_summary",
    title="Tally godown summary",
    takes=takes("""
        *particulars=#1 *opening_balance opening_value=#4 *inwards inwards_value=#7 *outwards outwards_value=#10
        *closing_balance closing_rate=#12 *closing_value=#13
    """),
    drops=drops(""),
    fills=("stock_snapshots",),
    skips="particulars is null or particulars = 'Grand Total' or file_style not like 'italic %'",
    leaves_out={"file_style is null": "items and groups look alike in a text file: export xlsx from Tally"},
    preamble=r"([^\t\n]+\t*\nGodown Summary\t*\n[^\t\n]+)",
    is_styled=True,
    has_controls=True,
    has_findings=True,
)
