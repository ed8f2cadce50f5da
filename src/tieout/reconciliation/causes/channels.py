"""Channels: booked at its value, on the wrong channel."""

from __future__ import annotations

from tieout.reconciliation.causes import ABSENCE, Cause, register

register(
    Cause(
        name="wrong_channel",
        family="channels",
        scenario="channels",
        root="mapping",
        work="match",
        title="Booked on the wrong channel",
        sentence="Revenue or cost stands on a channel that did not make the sale: one subsidises the other.",
        claims="step = 'channel'",
        evidence="link_evidence",
        needs=("gl_lines.channel", "order_lines.channel"),
    ),
    Cause(
        name="tax_in_revenue",
        family="channels",
        scenario="channels",
        root="mapping",
        work="match",
        title="Tax in revenue",
        sentence=(
            "Tax that belongs to the state was booked as revenue, or what the channel pays or charges of it as owed "
            "by us."
        ),
        claims=(
            "half = 'money' and (own_tax > 0 and not list_contains(recorded_roles, 'tax') and (role = 'tax' and "
            "step = 'unmatched' or role = 'revenue' and step = 'unit_cost' and abs(recorded_amount) - "
            "abs(expected_amount) = own_tax) or channel_tax > 0 and (role = 'tax' and step = 'unmatched' and "
            "abs(amount) = channel_tax or step = 'unit_cost' and abs(recorded_amount) - abs(expected_amount) = "
            "channel_tax))"
        ),
        evidence="link_evidence",
        needs=("order_lines.tax", "order_lines.tax_collected_by"),
    ),
    Cause(
        name="promo_misclassified",
        family="channels",
        scenario="channels",
        root="mapping",
        work="match",
        title="Discount booked as marketing or revenue",
        sentence="A discount on the sale was booked as marketing, or added to revenue: it looks higher than it is.",
        claims=(
            "half = 'money' and list_contains(recorded_roles, 'marketing') and not "
            "list_contains(expected_roles, 'marketing') and step in ('account', 'unmatched', 'unit_cost')"
        ),
        evidence="link_evidence",
        needs=("order_lines.discount", "gl_accounts.role"),
    ),
    Cause(
        name="reimbursement_as_revenue",
        family="channels",
        scenario="channels",
        root="mapping",
        work="match",
        title="Compensation misclassified",
        sentence="The channel paid for lost goods; the ledger calls it revenue, lacks it, or mixes recovery and gain.",
        claims=(
            "event_type = 'settlement' and step <> 'existence' "
            "and list_has_any(expected_roles, ['recoveries', 'other_income']) "
            "and (list_contains(recorded_roles, 'revenue') "
            "or not list_has_all(recorded_roles, list_intersect(expected_roles, ['recoveries', 'other_income'])))"
        ),
        evidence="link_evidence",
        needs=("settlement_lines.type",),
    ),
    Cause(
        name="payout_netting",
        family="channels",
        scenario="channels",
        root="logic_not_passed",
        work="match",
        title="Payout booked as revenue, or not at all",
        sentence=(
            "The net payout was booked as revenue, or as what made its entry balance, so neither sales nor fees are "
            "what they were; or never."
        ),
        claims="event_type = 'settlement' and (step = 'existence' or list_contains(recorded_roles, 'revenue'))",
        evidence=f"case step when 'existence' then {ABSENCE} else link_evidence end",
        needs=("settlements", "gl_lines.external_id"),
    ),
)
