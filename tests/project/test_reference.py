"""The reference names everything that goes in and comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from tieout.canonical.tables import TABLES
from tieout.cli import app
from tieout.measures.read import TABLES as OUTPUTS
from tieout.reconciliation import REGISTRY
from tieout.reconciliation.causes import Cause
from tieout.settings import (
    Alerts,
    CompanySettings,
    Entries,
    Forecast,
    Inventory,
    Labour,
    Materiality,
    Policy,
    Purchasing,
    Schedule,
    Trust,
)

WORKED = Path(__file__).parents[1] / "worked"
DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_each_canonical_column_is_described(table) -> None:  # type: ignore[no-untyped-def]
    section = REFERENCE.split(f"### {table.name}\n")[1].split("\n##")[0]
    described = {line.split("|")[1].strip() for line in section.splitlines() if line.startswith("|")}
    wanted = {f"**{column.name}**" if column.required else column.name for column in table.columns}
    assert wanted == described - {"column", "---"}
    assert [rule.reason for rule in table.rules if rule.reason not in section] == []


def test_each_command_output_and_key_is_described() -> None:
    assert [name for name in get_command(app).commands if f"`tieout {name}" not in REFERENCE] == []
    assert [name for name in OUTPUTS if f"| {name} |" not in REFERENCE] == []
    sections = {"company": CompanySettings, "materiality": Materiality, "trust": Trust, "labour": Labour,
                "entries": Entries, "inventory": Inventory, "forecast": Forecast,
                "purchasing": Purchasing, "schedule": Schedule, "alerts": Alerts}  # fmt: skip
    keys = [f"`{section}.{key}`" for section, model in sections.items() for key in model.model_fields]
    assert [key for key in keys if key not in REFERENCE] == []
    assert [key for key in Policy.model_fields if f"policy.{key}" not in REFERENCE] == []


@pytest.mark.parametrize("cause", REGISTRY.values(), ids=lambda cause: cause.name)
def test_each_cause_is_described_and_has_a_worked_example(cause: Cause) -> None:
    assert cause.title
    assert f"| `{cause.name}` | {cause.family} | {cause.sentence} |" in REFERENCE
    assert any(f"  {cause.name}," in path.read_text("utf-8") for path in WORKED.glob("*.yaml"))
