"""Channels: booked at its value, on the wrong channel."""

from __future__ import annotations

from tieout.reconciliation.causes import Cause, register

register(
    Cause(
        name="wrong_channel",
        family="channels",
        root="mapping",
        title="Booked on the wrong channel",
        sentence="Revenue or cost stands on a channel that did not make the sale: one subsidises the other.",
        claims="step = 'channel'",
        evidence="link_evidence",
        needs=("gl_lines.channel", "order_lines.channel"),
    ),
)
