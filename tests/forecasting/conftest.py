"""Two companies of the same trade for seven months, one with a right ledger and one with a ledger full of errors."""

from __future__ import annotations

from pathlib import Path

import pytest

import companies
import tieout
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return _company(tmp_path_factory.mktemp("clean"), "none")


@pytest.fixture(scope="session")
def erring(tmp_path_factory: pytest.TempPathFactory) -> tieout.Company:
    return _company(tmp_path_factory.mktemp("erring"), "compound")


def _company(folder: Path, rates: str) -> tieout.Company:
    build(folder, Plan(seed=3, days=210, skus=20, orders_per_day=5, rates=errors.parse(rates)))
    config = folder / "tieout.toml"
    config.write_text(f"{config.read_text('utf-8')}\n[forecast]\norigins = 2\n", "utf-8")  # cheap
    return companies.reconcile(config)
