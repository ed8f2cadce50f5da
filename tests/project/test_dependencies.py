"""What is installed: locked with hashes, without an address, in range, and with a reason."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; [a-z_]+ [^\\/]+)? \\\n(?P<hashes>(?:    .+\n)+)")
HASHES = re.compile(r"(    --hash=sha256:[0-9a-f]{64} \\\n)*    --hash=sha256:[0-9a-f]{64}\n")


def declared() -> list[Requirement]:
    """Everything that pyproject.toml asks for: runtime, extras and build backend."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = itertools.chain.from_iterable(content["project"]["optional-dependencies"].values())
    asked = [*content["project"]["dependencies"], *content["build-system"]["requires"], *extras]
    return [Requirement(text) for text in asked]


def test_lock_is_nothing_but_pins_with_hashes() -> None:
    pins = list(PIN.finditer(LOCK))
    assert "".join(pin.group() for pin in pins) == LOCK
    assert [pin["name"] for pin in pins if not HASHES.fullmatch(pin["hashes"])] == []


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_lock_holds_what_is_declared(requirement: Requirement) -> None:
    pins = [pin for pin in PIN.finditer(LOCK) if pin["name"] == canonicalize_name(requirement.name)]
    assert pins
    assert all(requirement.specifier.contains(pin["version"]) for pin in pins)


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_each_dependency_has_its_reason(requirement: Requirement) -> None:
    table = [line for line in (ROOT / "docs" / "decisions.md").read_text().splitlines() if line.startswith("| ")]
    assert requirement.name in {name.strip() for line in table for name in line.split("|")[1].split(",")}
