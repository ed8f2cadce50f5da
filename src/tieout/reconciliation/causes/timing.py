"""Timing: booked at its value, in the wrong period; what one period loses another gains."""

from __future__ import annotations

from tieout.reconciliation.causes import Cause, register

register(
    Cause(
        name="cogs_lag",
        family="timing",
        root="batch_timing",
        title="Cost of sales booked late",
        sentence="The cost of goods sold reached the ledger after the period in which they were sold.",
        claims="step = 'period' and event_type = 'shipment' and half = 'goods' and not is_early",
        evidence="link_evidence",
        needs=("gl_lines.external_id", "gl_lines.effective_date"),
    ),
)
