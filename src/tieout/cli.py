"""The command line: the same verbs as the pipeline and the company. Libraries are imported where they are needed."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tieout import interruption
from tieout.errors import InputError, TieoutError, outcome
from tieout.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tieout.console import Console
    from tieout.settings import Settings

app = typer.Typer(
    help="Explains to the cent, cause by cause, how a ledger differs from what stock and sales say it should hold.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip

Config = Annotated[Path, typer.Option("--config", help="The company's configuration.")]
Database = Annotated[
    Path | None, typer.Option("--database", help="The database. [default: tieout.duckdb beside the config]")
]
Reports = Annotated[
    Path | None, typer.Option("--reports", help="Where reports go. [default: reports/ beside the config]")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Date or time up to which facts count. [default: the latest one loaded]")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but results and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Show the traceback of an internal error.")]
Output = Annotated[Path | None, typer.Option("--output", help="The file. [default: standard output]")]
Period = Annotated[str | None, typer.Option("--period", help="The period to report. [default: the last complete one]")]
Lines = Annotated[bool, typer.Option("--json", help="Tell each stage as a line of JSON, in place of the pages' paths.")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="Leave the period's figures as an Excel workbook, too.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Leave the page as PDF, too.")]

Parameter = Annotated[
    list[str] | None,
    typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="Another parameter of the notebook; may be repeated."),
]

_CONFIG = Path("tieout.toml")


def main() -> None:
    """Run the command line; exit codes: 0 done, 1 not tied out, 2 wrong input, 3 our fault."""
    interruption.listen()
    try:
        code = app(standalone_mode=False)
    except typer.Abort:
        _fail(*outcome(KeyboardInterrupt()))
    except (Exception, KeyboardInterrupt) as error:
        if hasattr(error, "exit_code") and hasattr(error, "format_message"):  # a click error: wrong arguments
            _fail(f"{error.format_message()} Try `tieout --help`.", 2)
        message, code = outcome(error)
        if code == 3 and not isinstance(error, TieoutError) and "--verbose" in sys.argv:
            raise
        _fail(message, code)
    sys.exit(code or 0)


@app.callback(invoke_without_command=True)
def _common(version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False) -> None:
    if version:
        typer.echo(f"tieout {__version__}")
        raise typer.Exit


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder with the files.")] = Path(),
    map: Annotated[
        Path | None, typer.Option("--map", help="A file of no known format: propose its mapping, or try it.")
    ] = None,
    quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """Look at the files in DIR, recognise their formats, and write a commented tieout.toml to confirm."""
    from tieout import onboarding

    with _console(quiet) as console:
        if map is not None:
            text, said = onboarding.try_mapping(folder, map, console.step)
        else:
            text, said = onboarding.write_config(folder, console.step)
    for line in said:
        console.say(line)
    typer.echo(text)


@app.command()
def load(config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Read the sources into the canonical tables; rows read = loaded + rejected, per file."""
    from tieout import pipeline

    settings = _settings(config)
    place = database or _database(settings)
    with _console(quiet) as console:
        counts, _ = pipeline.load(settings, place, console.step)
    for line in _counted(counts):
        typer.echo(line)
    for remark in [*pipeline.remarks(place), *pipeline.limits(place)]:
        console.say(remark)


@app.command()
def reconcile(
    config: Config = _CONFIG,
    database: Database = None,
    as_of: AsOf = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Replay the history, link the ledger, and explain every difference; prints the money by cause and evidence."""
    import tieout
    from tieout import pipeline

    settings = _settings(config)
    database = database or _database(settings)
    with _console(quiet) as console:
        pipeline.reconcile(settings, database, _moment(as_of, settings), console.step)
    _print_outcome(console, database)
    if not quiet:
        console.table(tieout.open(database).table("cause_evidence"))


@app.command()
def report(
    notebook: Annotated[str | None, typer.Argument(help="The notebook to run. [default: leadership]")] = None,
    config: Config = _CONFIG, database: Database = None, reports: Reports = None, period: Period = None,
    parameter: Parameter = None, xlsx: Xlsx = False, pdf: Pdf = False,
    from_manifest: Annotated[
        Path | None, typer.Option("--from-manifest", metavar="FILE", help="Make the report of this manifest again.")
    ] = None,
    quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """Run a parameterized notebook on one period and render it to one HTML file."""
    from tieout.reporting.parameters import given, notebook_path
    from tieout.reporting.run import report as make

    settings = _settings(config)
    database = database or _database(settings)
    if from_manifest:
        if period or xlsx or pdf or parameter:
            raise InputError("--from-manifest says all of it: leave --period, --parameter, --xlsx and --pdf out.")
        _reproduce(from_manifest, settings, database, reports, notebook, quiet)
        return
    notebook = notebook or "leadership"
    with _console(quiet) as console:
        console.step(f"reporting {notebook}")
        others = given(notebook_path(notebook), parameter or [])
        page = make(database, reports or settings.root / "reports", notebook, period, config, xlsx, pdf, others)
    typer.echo(page)


def _reproduce(
    told_at: Path, settings: Settings, database: Path, reports: Path | None, notebook: str | None, quiet: bool
) -> None:
    """Exit code 1 where the page made again is another one."""
    from tieout.reporting.reproduce import reproduce

    with _console(quiet) as console:
        console.step(f"reporting as {told_at} says")
        again = reproduce(told_at, settings, database, reports, notebook, console.step)
    for form, is_same in again.is_same.items():
        console.say(f"{form}: {'the same, byte for byte' if is_same else 'NOT the same'}")
    for reason in again.why:
        console.say(f"{reason.kind} {reason.name}: {reason.then} then, {reason.now} now")
    typer.echo(again.page)
    if not all(again.is_same.values()):
        raise typer.Exit(1)


@app.command()
def run(
    config: Config = _CONFIG, database: Database = None, reports: Reports = None, period: Period = None,
    as_of: AsOf = None, xlsx: Xlsx = False, pdf: Pdf = False, lines: Lines = False, quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:  # fmt: skip
    """Load, reconcile and report, published once, at the end: the one call for a scheduler. Nothing new is success."""
    from tieout.reporting.schedule.stages import Stages
    from tieout.reporting.unattended import Order
    from tieout.reporting.unattended import run as run_all

    with _console(quiet) as console:
        stages = Stages(console.step, console.say, _emit if lines else lambda line: None)
        with stages.stage("run") as facts:
            settings = _settings(config)
            database, reports = database or _database(settings), reports or settings.root / "reports"
            trigger = "terminal" if sys.stderr.isatty() else "unattended"
            order = Order(settings, database, reports, period, _moment(as_of, settings), xlsx, pdf, trigger)
            result = run_all(order, stages)
            facts |= {
                "status": result.status, "exit_code": 0, "run_id": result.run_id, "as_of": result.as_of,
                "moved": result.moved, "reports": [str(page) for page in result.pages],
            }  # fmt: skip
    if result.status == "nothing new":
        console.say(f"Nothing new: run {result.run_id}, as of {result.as_of}, has the same inputs and policy.")
    else:
        _print_run(console, database, result.counts, quiet)
    if not lines:
        for page in result.pages:
            typer.echo(page)


@app.command()
def check(config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Is everything tied out within materiality? Exit code 0 yes, 1 no."""
    import tieout

    company = tieout.open(database or _database(_settings(config)))
    if not company.sql("from recorded limit 1").shape[0]:
        raise InputError(
            "There is nothing to tie out: no line of a ledger is loaded. Add it as a source (docs/sources.md)."
        )
    open_items = company.tie_out()
    if open_items.empty:
        _console(quiet).say("Everything is tied out within materiality.")
        return
    _console(quiet).table(open_items)
    raise typer.Exit(1)


@app.command()
def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="An event, journal, correction or cause.")],
    config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """Everything known about one event, journal entry, correction or cause."""
    import tieout

    facts = tieout.open(database or _database(_settings(config))).explain(identifier)
    _console(quiet).table(facts.drop(columns=[name for name in facts.columns if facts[name].isna().all()]))


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="A table or measure, such as corrections or margin.")],
    format: Annotated[
        str,
        typer.Option(
            "--format", help="csv, parquet, json or xlsx; entries also quickbooks, xero, beancount and hledger."
        ),
    ] = "csv",
    output: Output = None,
    config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """Write a table or measure to a file or to standard output."""
    import tieout
    from tieout.reporting.export import write

    database = database or _database(_settings(config))
    write(database, name, format, output)
    if name == "entries":
        held = tieout.open(database).proposals()["held"].dropna()
        if count := int((~held.isin(["no error", "rejected"])).sum()):
            _console(quiet).say(f"held back: {count:,} of the correcting lines; `tieout export proposals` says why")


@app.command()
def review(
    file: Annotated[Path | None, typer.Argument(help="A filled-in list. [default: write the list]")] = None,
    period: Annotated[str | None, typer.Option("--period", help="List only this period.")] = None,
    cause: Annotated[str | None, typer.Option("--cause", help="List only this cause.")] = None,
    output: Output = None,
    sign_off: Annotated[
        str | None, typer.Option("--sign-off", metavar="PERIOD", help="Freeze the figures of a period as published.")
    ] = None,
    preparer: Annotated[str, typer.Option("--preparer", help="Who prepared them.")] = "",
    reviewer: Annotated[str, typer.Option("--reviewer", help="Who checked them.")] = "",
    note: Annotated[str, typer.Option("--note", help="Why, where they are signed off again.")] = "",
    config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """List what was found, for decisions; take decisions over from the list; or sign off a period."""
    import tieout
    from tieout.reporting import review as reviewing
    from tieout.reporting.sign_off import sign_off as sign

    settings = _settings(config)
    company = tieout.open(database or _database(settings))
    if sum(wish is not None for wish in (file, sign_off, output or period or cause)) > 1:
        raise InputError("Do one thing at a time: FILE takes decisions over, --sign-off signs, the rest lists.")
    if sign_off is not None:
        number = sign(company, settings.root, sign_off, preparer, reviewer, note)
        _console(quiet).say(f"{sign_off} is signed off ({number}); the next `tieout run` holds its figures to that")
    elif file is not None:
        new, known = reviewing.take_over(company, settings, file)
        _console(quiet).say(f"{new} decisions taken over, {known} known already; the next `tieout run` applies them")
    else:
        reviewing.write(reviewing.sheet(company, period, cause), output)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or one of an earlier demo.")],
    seed: Annotated[int, typer.Option(min=0, help="Another seed, another company.")] = 1,
    days: Annotated[int, typer.Option(min=31, max=1460, help="Days of history, from 2025-01-01 on.")] = 365,
    skus: Annotated[int, typer.Option(min=20, max=9000, help="Items of a brand.")] = 200,
    orders_per_day: Annotated[int, typer.Option(min=1, help="Orders of a brand on a usual day.")] = 40,
    errors: Annotated[
        str, typer.Option(metavar="SPEC", help="none, low, medium, severe or compound; and cause=rate, by commas.")
    ] = "medium",
    scale: Annotated[int, typer.Option(min=1, max=999, help="Brands of this size in the company.")] = 1,
    clean: Annotated[bool, typer.Option("--clean", help="A ledger without errors.")] = False,
    messy: Annotated[bool, typer.Option("--messy", help="Files with rows that must be rejected.")] = False,
    summarised: Annotated[bool, typer.Option("--summarised", help="One entry a day, shop and half.")] = False,
    has_exports: Annotated[bool, typer.Option("--files", help="Also as exports of shops, Amazon and ledgers.")] = False,
    quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """Write a synthetic company whose ledger has known errors, and the truth about them."""
    from tieout.demo.brand import build
    from tieout.demo.brand import errors as known
    from tieout.demo.brand.plan import Plan

    rates = known.parse("none" if clean else errors)
    plan = Plan(seed, days, skus, orders_per_day, scale, rates, summarised, messy, has_exports)
    with _console(quiet) as console:
        console.step("simulating")
        build.build(folder, plan)
    typer.echo(folder / "tieout.toml")


@app.command()
def lab(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[-- ARGUMENTS]", help="For jupyter lab, such as -- --port=8890.")
    ] = None,
    config: Config = _CONFIG, database: Database = None, quiet: Quiet = False, verbose: Verbose = False,
) -> None:  # fmt: skip
    """JupyterLab on the company's notebooks; what comes with tieout is put there once. Read-only on the database."""
    from tieout.lab.server import start

    settings = _settings(config)
    start(settings.root / "notebooks", database or _database(settings), arguments or [], quiet)


@app.command()
def score(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a demo company, reconciled.")],
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """How good the reconciliation of a demo company is against its planted truth, cause by cause."""
    from tieout.reporting import score as scoring

    with _console(quiet) as console:
        console.step("scoring")
        result = scoring.score(folder)
        page = scoring.write(result, folder)
    console.table(scoring.printed(result.by_cause))
    console.table(scoring.printed(result.by_evidence))
    console.table(scoring.listed(result.totals))
    typer.echo(page)


def _settings(config: Path) -> Settings:
    from tieout import settings

    return settings.load(config)


def _database(settings: Settings) -> Path:
    return settings.root / "tieout.duckdb"


def _moment(as_of: str | None, settings: Settings) -> datetime | None:
    """A date counts to its end, in the company's zone; a time without a zone is the company's."""
    from datetime import time
    from zoneinfo import ZoneInfo

    if as_of is None:
        return None
    try:
        moment = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise InputError(
            f'--as-of "{as_of}" is not a date or time. Write it as 2025-01-31 or 2025-01-31T17:00Z.'
        ) from error
    if len(as_of) == len("2025-01-31"):
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.company.timezone))


def _console(quiet: bool) -> Console:
    from tieout.console import Console

    return Console(quiet)


def _counted(counts: Iterable[dict[str, object]]) -> list[str]:
    text = "{file}: {rows_read} read = {rows_loaded} loaded + {rows_rejected} rejected"
    merged = " ({rows_merged} of the loaded stand in another file, too)"
    return [(text + merged if row["rows_merged"] else text).format(**row) for row in counts]


def _emit(line: Mapping[str, object]) -> None:
    """A line of JSON for the program that reads along."""
    import json

    typer.echo(json.dumps(line))


def _print_run(console: Console, database: Path, counts: Iterable[dict[str, object]], quiet: bool) -> None:
    import tieout
    from tieout import pipeline

    for line in [*_counted(counts), *pipeline.remarks(database)]:
        console.say(line)
    _print_outcome(console, database)
    if not quiet:
        console.table(tieout.open(database).table("cause_evidence"), aside=True)


def _print_outcome(console: Console, database: Path) -> None:
    import tieout
    from tieout.reporting.trust import on_top

    company = tieout.open(database)
    row = company.trust().iloc[0]
    console.say(
        f"{row['proofs']} proofs hold; unexplained {row['unexplained_amount']} "
        f"({row['unexplained_percent']:.2f} % of the value booked)"
    )
    grain = company.capability()["grain"].fillna("").iloc[0]
    if grain not in ("", "per event"):
        console.say(f"The ledger tells its causes {grain}.")
    for sentence in on_top(company):
        console.say(sentence)


def _fail(message: str, code: int) -> None:
    typer.echo(f"tieout: {message}", err=True)
    sys.exit(code)
