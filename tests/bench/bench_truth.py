"""How much of the errors planted in synthetic companies is found, and under which cause: docs/accuracy.md.

Run by hand: python tests/bench/bench_truth.py [--seeds 10] [--days 150] [--skus 80] [--orders-per-day 40]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tieout import pipeline, settings
from tieout.demo.brand import errors
from tieout.demo.brand.build import build
from tieout.demo.brand.plan import Plan
from tieout.reporting.score import Score, Totals, score

DOCUMENT = Path(__file__).parents[2] / "docs" / "accuracy.md"
WORKERS = 2
CONFUSIONS = 5
MAIN_CONFUSIONS = 2
Pairs = dict[tuple[str, str], Decimal]  # money per true and found cause


OVERVIEW = (
    "scenario | planted: | found: | recall: | precision: | recall of causes: | precision of evidence A: |"
    " unexplained / planted: | ambiguous / planted: | lines planted: | line recall: | worst company's recall: |"
    " broken proofs:"
)
CONFUSED = "scenario | planted | found as | money: | / planted: | with everything:"
TEXT = """\
# Accuracy

How much of the errors planted in a synthetic company is found, and under the right cause. `make bench-truth` measures
it and writes this page.

Each scenario: {companies} ({seeds}) of {plan.days} days, {plan.skus} items and {plan.orders_per_day} orders a day.
Money is in USD, Σ |amount|, summed over the companies before it is divided.

- *Recall*: of the money planted, the part found under the right cause, at the right event, account, item, location,
  channel and period. *Precision*: of the money found, the part that is right.
- *Recall of causes*: per company and cause, the lesser of planted and found, wherever it was found. It cannot be less
  than recall; what the files do not say of a place cannot be found there.
- A *line* is one cause at one such place; it counts only where it is equal to the cent.
- Recall and precision are cut after four digits, so that only what is perfect reads 1; shares of what should be nothing
  are rounded up, so that only nothing reads 0.

The errors are of the catalogue of causes that the engine knows: the figures say nothing of errors without a name there.

The scenarios after *compound* have the errors of *medium*. *Summarised postings*: a day's sales of a channel are one
entry. *Without …*: a column of the ledger lines (`gl_lines`) is withheld, or whole tables are.

## Scenarios

{scenarios}
## Causes

Medium and severe together.

{causes}
## What cannot be told apart

With something withheld, beside the same companies with everything; money beyond what is confused there too.

{withheld}

The {count} largest confusions of each scenario. What is found as `nothing` is missed; `nothing` found as something is
claimed without truth.

{confusions}"""


@dataclass(frozen=True)
class Scenario:
    """``level``: how often errors strike; ``withheld``: tables, and columns as table.column, that the user lacks."""

    name: str
    level: str
    is_summarised: bool = False
    withheld: tuple[str, ...] = ()


WHOLE = Scenario("medium", "medium")
SCENARIOS = (
    Scenario("clean", "none"),
    Scenario("low", "low"),
    WHOLE,
    Scenario("severe", "severe"),
    Scenario("compound", "compound"),
    Scenario("summarised postings", "medium", is_summarised=True),
    *(
        Scenario(f"without {name}", "medium", withheld=(f"gl_lines.{name}",))
        for name in ("external_id", "quantity", "location", "channel", "sku", "posted_at")
    ),
    Scenario("without cost_table", "medium", withheld=("cost_table",)),
    Scenario("without connector_messages, trial_balance", "medium", withheld=("connector_messages", "trial_balance")),
)


@dataclass(frozen=True)
class Pooled:
    """The scores of one scenario, one a seed; money is summed over them before anything is divided."""

    scores: list[Score]

    def money(self, name: str) -> Decimal:
        return sum((getattr(one.totals, name) for one in self.scores), Decimal(0))

    def evidence(self, level: str) -> tuple[Decimal, Decimal]:
        """Hit and found on that evidence."""
        rows = [row for one in self.scores for row in rows_of(one.by_evidence) if row.evidence == level]
        return sum((row.hit for row in rows), Decimal(0)), sum((row.found for row in rows), Decimal(0))

    def worst(self) -> Totals:
        """The totals of the seed with the least recall; where nothing was planted, of the first."""
        return min((one.totals for one in self.scores), key=lambda one: one.hit / one.planted if one.planted else 1)

    def causes(self) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
        """Planted, found and hit per cause."""
        sums: dict[str, tuple[Decimal, Decimal, Decimal]] = defaultdict(lambda: (Decimal(0),) * 3)
        for one in self.scores:
            for row in rows_of(one.by_cause):
                planted, found, hit = sums[row.cause]
                sums[row.cause] = planted + row.planted, found + row.found, hit + row.hit
        return sums

    def named(self) -> Decimal:
        """What has the right cause, wherever it was found: per company and cause, the lesser of planted and found."""
        return sum((min(row.planted, row.found) for one in self.scores for row in rows_of(one.by_cause)), Decimal(0))

    def confusions(self) -> Pairs:
        """What was found under another cause, missed, or claimed without truth; the largest first."""
        pairs: Pairs = defaultdict(Decimal)
        for one in self.scores:
            for row in rows_of(one.confusion):
                if row.true_cause != row.found_cause:
                    pairs[row.true_cause, row.found_cause] += row.amount
        return dict(sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])))


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    return iter(frame.itertuples(index=False))


def measure(plan: Plan, scenario: Scenario) -> Score:
    """Build the company, take away what the scenario withholds, reconcile the rest, and score it."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        build(folder, replace(plan, rates=errors.parse(scenario.level), is_summarised=scenario.is_summarised))
        for name in scenario.withheld:
            withhold(folder / "canonical", *name.split("."))
        loaded, database = settings.load(folder / "tieout.toml"), folder / "tieout.duckdb"
        pipeline.load(loaded, database, lambda step: None)
        pipeline.reconcile(loaded, database, None, lambda step: None)
        return score(folder)


def withhold(canonical: Path, table: str, column: str | None = None) -> None:
    """Remove a table, or one column of all of its parts."""
    file, folder = canonical / f"{table}.parquet", canonical / table
    if not column:
        file.unlink() if file.exists() else shutil.rmtree(folder)
        return
    for part in [file] if file.exists() else sorted(folder.iterdir()):
        rest = duckdb.read_parquet(str(part)).project(f"* exclude ({column})").to_arrow_table()
        duckdb.from_arrow(rest).write_parquet(str(part), compression="zstd")


def measured(plan: Plan, seeds: int) -> dict[str, Pooled]:
    """Each scenario's scores, by its name."""
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as workers:
        runs = {
            scenario.name: [workers.submit(measure, replace(plan, seed=seed), scenario) for seed in range(1, seeds + 1)]
            for scenario in SCENARIOS
        }
        pooled = {}
        for name, scores in runs.items():
            pooled[name] = Pooled([one.result() for one in scores])
            print(f"{name}: recall {ratio(pooled[name].money('hit'), pooled[name].money('planted'))}", flush=True)
    return pooled


def ratio(part: Decimal | int, whole: Decimal | int, rounding: str = ROUND_FLOOR) -> str:
    """Four places, cut; a dash where there is nothing to divide by."""
    if not whole:
        return "–"
    return str((Decimal(part) / Decimal(whole)).quantize(Decimal("0.0001"), rounding=rounding))


# Of what should be nothing, only nothing reads 0.
share = partial(ratio, rounding=ROUND_CEILING)


def table(head: str, rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table of Markdown; the columns that a colon ends are numbers."""
    names = head.split(" | ")
    yield "| " + " | ".join(name.rstrip(":") for name in names) + " |"
    yield "| " + " | ".join("---:" if name.endswith(":") else "---" for name in names) + " |"
    for row in rows:
        yield "| " + " | ".join(f"{cell:,}" if isinstance(cell, Decimal | int) else str(cell) for cell in row) + " |"
    yield ""


def overview(name: str, pooled: Pooled) -> list[object]:
    planted, found, hit = (pooled.money(kind) for kind in ("planted", "found", "hit"))
    worst = pooled.worst()
    return [
        name, planted, found, ratio(hit, planted), ratio(hit, found), ratio(pooled.named(), planted),
        ratio(*pooled.evidence("A")),
        share(pooled.money("unexplained"), planted), share(pooled.money("ambiguous"), planted),
        pooled.money("planted_lines"), ratio(pooled.money("hit_lines"), pooled.money("planted_lines")),
        ratio(worst.hit, worst.planted), pooled.money("broken_proofs"),
    ]  # fmt: skip


def causes(pooled: Pooled) -> Iterator[list[object]]:
    sums = pooled.causes()
    for cause in sorted(sums, key=lambda cause: (-sums[cause][0], cause)):
        planted, found, hit = sums[cause]
        yield [f"`{cause}`", planted, found, ratio(hit, planted), ratio(hit, found)]


def confusions(pooled: dict[str, Pooled]) -> Iterator[list[object]]:
    whole = pooled[WHOLE.name].confusions()
    for scenario in SCENARIOS:
        one = pooled[scenario.name]
        for pair, amount in list(one.confusions().items())[:CONFUSIONS]:
            true, found = pair
            usual = whole.get(pair, Decimal("0.00")) if scenario.withheld else ""
            yield [scenario.name, f"`{true}`", f"`{found}`", amount, share(amount, one.money("planted")), usual]


def withheld(pooled: dict[str, Pooled]) -> Iterator[str]:
    """One sentence for each thing withheld: what it costs, and where most of that money goes."""
    whole = pooled[WHOLE.name]
    usual = whole.confusions()
    for scenario in filter(lambda scenario: scenario.withheld, SCENARIOS):
        one = pooled[scenario.name]
        planted = one.money("planted")
        more = {pair: amount - usual.get(pair, Decimal(0)) for pair, amount in one.confusions().items()}
        most = sorted((pair for pair in more if more[pair] > 0), key=lambda pair: (-more[pair], pair))
        told = "; ".join(f"{phrase(pair)} {more[pair]:,}" for pair in most[:MAIN_CONFUSIONS])
        yield (
            f"- **{scenario.name}**: recall {ratio(one.money('hit'), planted)} instead of"
            f" {ratio(whole.money('hit'), whole.money('planted'))}, of causes {ratio(one.named(), planted)}. "
            + (f"Mostly: {told}." if told else "No cause is confused more than before.")
        )


def phrase(pair: tuple[str, str]) -> str:
    true, found = pair
    if found == "nothing":
        return f"`{true}` missed"
    return f"`{found}` claimed without truth" if true == "nothing" else f"`{true}` found as `{found}`"


def document(plan: Plan, seeds: int, pooled: dict[str, Pooled]) -> str:
    both = Pooled([*pooled["medium"].scores, *pooled["severe"].scores])
    return TEXT.format(
        seeds="seed 1" if seeds == 1 else f"seeds 1 to {seeds}",
        companies="1 company" if seeds == 1 else f"{seeds} companies",
        plan=plan,
        scenarios="\n".join(table(OVERVIEW, (overview(name, one) for name, one in pooled.items()))),
        causes="\n".join(table("cause | planted: | found: | recall: | precision:", causes(both))),
        withheld="\n".join(withheld(pooled)),
        count=CONFUSIONS,
        confusions="\n".join(table(CONFUSED, confusions(pooled))),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--days", type=int, default=150)
    parser.add_argument("--skus", type=int, default=80)
    parser.add_argument("--orders-per-day", type=int, default=40)
    given = parser.parse_args()
    plan = Plan(days=given.days, skus=given.skus, orders_per_day=given.orders_per_day)
    pooled = measured(plan, given.seeds)
    DOCUMENT.write_text(document(plan, given.seeds, pooled), "utf-8", newline="\n")
    broken = [name for name, one in pooled.items() if one.money("broken_proofs")]
    if broken:
        sys.exit(f"Proofs are broken: {', '.join(broken)}")


if __name__ == "__main__":
    main()
