"""The engine against the sample company's truth, which a program without any of its code has written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import companies
import tieout
from tieout.demo.retail.build import build
from tieout.resources import data_dir

SOURCE = data_dir() / "online_retail" / "online_retail.parquet"
# The lines of the truth, and of the engine, that the other does not have at the same coordinate under the same cause.
DISAGREEMENTS = """
    with found as (
        select cause, event_id, role, sku, location, channel, period, sum(amount) as found from corrections group by all
    ),
    planted as (
        select cause, event_id, role, sku, location, channel, period, sum(amount) as planted
        from read_parquet($truth)
        group by all
    )
    select cause, event_id, role, coalesce(sku, '') as sku, coalesce(location, '') as location,
        coalesce(channel, '') as channel, period, any_value(found) as found, any_value(planted) as planted
    from (from found union all by name from planted)
    group by all
    having coalesce(sum(found), 0) <> coalesce(sum(planted), 0)
    order by all
"""


def reconciled(folder: Path, **slice_of_the_year: object) -> tieout.Company:
    build(folder, SOURCE, **slice_of_the_year)  # type: ignore[arg-type]
    return companies.explain(folder / "tieout.toml")


def check(company: tieout.Company) -> None:
    truth = company.database.parent / "truth.parquet"
    disagreements = company.sql(DISAGREEMENTS, {"truth": str(truth)})
    assert disagreements.to_dict("records") == []
    assert not company.corrections().empty
    assert (company.proofs()["difference"] == 0).all()


def test_a_slice_of_the_sample_is_explained_to_the_penny(tmp_path: Path) -> None:
    check(reconciled(tmp_path, before=date(2011, 3, 1), one_sku_in=4))


def test_a_clean_slice_gives_nothing(tmp_path: Path) -> None:
    company = reconciled(tmp_path, clean=True, before=date(2011, 2, 1), one_sku_in=8)
    assert company.corrections().empty
    assert set(company.findings()["finding"]) <= {"unknown_column", "time_without_zone"}


@pytest.mark.long
def test_the_whole_sample_is_explained_to_the_penny(tmp_path: Path) -> None:
    check(reconciled(tmp_path))


@pytest.mark.long
def test_the_clean_sample_gives_nothing(tmp_path: Path) -> None:
    assert reconciled(tmp_path, clean=True).corrections().empty
