"""What makes an absence a proof: a ledger whose journals are numbered without a gap cannot have lost one.

And what makes it none: a ledger of which nobody said what its accounts are.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
from tieout.reporting.trust import on_top

RECEIPTS = 110


def company(
    folder: Path, lost: int | None, posted: str = "2025-01-{day:02}T12:00Z", accounts: str = companies.ACCOUNTS
) -> companies.tieout.Company:
    """A sale that the ledger lacks, and one numbered journal a receipt; number ``lost`` is not there."""
    events = ["event_id, type, sku, quantity, from_location, to_location, unit_cost, occurred_at"]
    lines = ["journal_id, line_no, account, amount, sku, quantity, location, external_id, effective_date, posted_at"]
    for number in range(1, RECEIPTS + 1):
        day = 1 + number // 5
        events.append(f"R{number}, receipt, A, 1, , EAST, 20, 2025-01-{day:02}T09:00Z")
        at = posted.format(day=day, left=28 - day)
        if number != lost:
            lines.append(f"JE-{number:05}, 1, 1000, 20, A, 1, EAST, R{number}, 2025-01-{day:02}, {at}")
            lines.append(f"JE-{number:05}, 2, 1200, -20, A, , EAST, R{number}, 2025-01-{day:02}, {at}")
    events.append("S1, shipment, A, 1, EAST, , , 2025-01-20T09:00Z")
    tables = {"stock_events": "\n".join(events), "gl_lines": "\n".join(lines), "gl_accounts": accounts}
    return companies.explain(companies.write(folder, tables))


@pytest.mark.parametrize(("lost", "evidence", "best"), [(None, "A", "A"), (50, "B", "B")])
def test_an_absence_is_proven_by_numbers_without_a_gap(
    tmp_path: Path, lost: int | None, evidence: str, best: str
) -> None:
    found = company(tmp_path, lost)
    missing = found.sql("select distinct evidence from corrections where event_id = 'S1'").values.tolist()
    assert missing == [[evidence]]
    told = found.sql("select best_evidence from capability where cause = 'missing_cogs'").values.tolist()
    assert told == [[best]]


def test_numbers_that_fall_with_time_prove_nothing(tmp_path: Path) -> None:
    found = company(tmp_path, None, posted="2025-02-{left:02}T12:00Z")
    assert found.sql("select distinct is_whole from journal_numbers").values.tolist() == [[False]]


@pytest.mark.parametrize(("role", "told"), [("", True), ("inventory", False)])
def test_a_ledger_whose_accounts_have_no_role_is_called_that_first(tmp_path: Path, role: str, told: bool) -> None:
    tables = {
        "gl_accounts": f"account, name, role\n1000, Stock, {role}\n1200, Suppliers,",
        "stock_events": "event_id, type, sku, quantity, to_location, unit_cost, occurred_at\n"
        "R1, receipt, A, 1, EAST, 20, 2025-01-02T09:00Z",
        "gl_lines": "journal_id, line_no, account, amount, external_id, effective_date\n"
        "J1, 1, 1000, 20, R1, 2025-01-02\nJ1, 2, 1200, -20, R1, 2025-01-02",
    }
    found = companies.explain(companies.write(tmp_path, tables))
    sentences = [text for text in on_top(found) if text.startswith("None of the 2 accounts of the ledger has a role")]
    assert bool(sentences) == told


def test_what_a_ledger_without_roles_lacks_is_never_certain(tmp_path: Path) -> None:
    found = company(tmp_path, None, accounts="account, role\n1000,\n1200,")
    levels = "select cause, evidence, count(distinct event_id) from corrections group by all order by all"
    assert found.sql(levels).values.tolist() == [["missing_cogs", "C", 1], ["receipt_not_accrued", "C", RECEIPTS]]
    assert found.sql("select distinct held from proposals").values.tolist() == [["to be reviewed"]]
