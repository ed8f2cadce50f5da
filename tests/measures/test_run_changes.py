"""From run to run: changes by cause sum to the change of the difference, and nothing is compared with itself."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import companies
import tieout
from measures.conftest import Planted
from tieout import pipeline, settings
from tieout.charts import run_changes, theme

LATER = datetime(2025, 5, 10, tzinfo=UTC)
COUNTS = ["cases_new", "cases_gone", "cases_changed"]


@dataclass(frozen=True)
class Runs:
    """A run, then one with other sources and another setting: its tables, and those of the first."""

    folder: Path
    before: pd.DataFrame
    margin_before: pd.DataFrame
    after: tieout.Company


@pytest.fixture(scope="module")
def runs(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    first, folder = planted.company, tmp_path_factory.mktemp("runs") / "company"
    assert first.run_changes().empty
    assert first.run_reasons().empty
    shutil.copytree(first.database.parent, folder, symlinks=True)
    config = folder / "tieout.toml"
    _forget_a_third_of_the_ledger(folder)
    config.write_text(config.read_text() + "\n[labour]\nhourly_rate = 70\n")
    return Runs(folder, first.corrections(), first.margin(), companies.reconcile(config, LATER))


def _forget_a_third_of_the_ledger(folder: Path) -> None:
    part = next((folder / "canonical" / "gl_lines").glob("*.parquet"))
    lines = pd.read_parquet(part, dtype_backend="pyarrow")
    journals = sorted(lines["journal_id"].unique())[::3]
    lines[~lines["journal_id"].isin(journals)].to_parquet(part)


def test_changes_sum_to_the_change_of_the_difference(runs: Runs) -> None:
    changes = runs.after.run_changes()
    corrected = changes[changes["in_corrected"]].groupby("period")["gross_profit_change"].sum()
    then, now = (_differences(margin) for margin in (runs.margin_before, runs.after.margin()))
    assert now.ne(then).all()
    for period in now.index:
        assert corrected[period] == now[period] - then[period]
    for name in ("gross", "gross_profit", "stock"):
        assert (changes[f"{name}_now"] - changes[f"{name}_then"]).equals(changes[f"{name}_change"])


def _differences(margin: pd.DataFrame) -> pd.Series:
    profit = margin.pivot_table(index="period", columns="book", values="gross_profit", aggfunc="sum")
    difference: pd.Series = profit["corrected"].astype(object) - profit["recorded"].astype(object)
    return difference


def test_amounts_and_cases_are_those_of_both_runs(runs: Runs) -> None:
    changes = runs.after.run_changes().set_index(["period", "cause", "in_corrected"])
    cases = []
    for lines in (runs.before, runs.after.corrections()):
        lines = lines.assign(in_corrected=lines["evidence"].isin(["A", "B", "C"]))
        groups = lines.groupby(["period", "cause", "in_corrected"])
        cases.append({key: group.groupby("event_id")["correction_id"].apply(frozenset) for key, group in groups})
        column = "gross_now" if len(cases) == 2 else "gross_then"
        gross = groups["amount"].apply(lambda amounts: sum(abs(amount) for amount in amounts))
        assert changes.loc[gross.index, column].tolist() == gross.tolist()
    then, now = ({(*key, event): ids for key, sets in run.items() for event, ids in sets.items()} for run in cases)
    assert (changes[COUNTS].sum() > 0).all()
    for key, row in changes.iterrows():
        mine = [{case: ids for case, ids in run.items() if case[:3] == key} for run in (then, now)]
        assert row["cases_new"] == len(mine[1].keys() - mine[0].keys()), key
        assert row["cases_gone"] == len(mine[0].keys() - mine[1].keys()), key
        assert row["cases_changed"] == sum(
            mine[0][case] != mine[1][case] for case in mine[0].keys() & mine[1].keys()
        ), key


def test_reasons_are_what_went_in(runs: Runs) -> None:
    reasons = companies.lines(runs.after.run_reasons(), ["kind", "name"])
    assert ("source", "canonical/gl_lines/000.parquet") in reasons
    assert ("setting", "labour.hourly_rate") in reasons
    assert {kind for kind, _ in reasons} == {"source", "setting", "as_of"}


def test_the_same_run_again_is_compared_with_the_one_before_it(runs: Runs) -> None:
    changes, reasons = runs.after.run_changes(), runs.after.run_reasons()
    database = runs.folder / "tieout.duckdb"
    pipeline.reconcile(settings.load(runs.folder / "tieout.toml"), database, LATER, lambda step: None)
    again = tieout.open(database)
    assert again.run_id == runs.after.run_id
    assert again.run_changes().equals(changes)
    assert again.run_reasons().equals(reasons)
    kept = again.sql("select count(distinct run_id) as runs, count(*) as lines from earlier_corrections").iloc[0]
    assert (kept["runs"], kept["lines"]) == (1, len(runs.before))


def test_the_picture_says_what_moved(runs: Runs) -> None:
    chart = runs.after.charts.run_changes()
    assert "The correction of gross profit moved by " in chart.to_dict()["description"]
    assert theme.to_html(chart) == theme.to_html(runs.after.charts.run_changes())


def test_where_nothing_changed_words_stand(runs: Runs) -> None:
    chart = run_changes.draw(runs.after.run_changes()[:0], {}, period="2025-01", currency="USD")
    assert chart.to_dict()["description"].startswith("Nothing that is corrected in the gross profit of January 2025")
