"""What a command says while it works: a progress bar on a terminal, plain lines elsewhere, always on standard error."""

from __future__ import annotations

import sys
from types import TracebackType

import pandas as pd
import rich.console
from rich import box
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text


class Console:
    """Steps, remarks and tables of one command; ``quiet`` leaves only tables, which are results."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self._console = rich.console.Console(stderr=True, highlight=False)
        self._progress: Progress | None = None

    def __enter__(self) -> Console:
        if self._console.is_terminal and not self.quiet:
            columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
            self._progress = Progress(*columns, console=self._console, transient=True)
            self._progress.add_task("starting", total=None)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress:
            self._progress.stop()

    def step(self, name: str) -> None:
        """The command now does ``name``."""
        if self._progress:
            self._progress.update(self._progress.task_ids[0], description=name)
        else:
            self.say(name)

    def say(self, remark: str) -> None:
        """One line for the person at the terminal or the log."""
        if not self.quiet:
            self._console.print(Text(remark), soft_wrap=True)

    def table(self, frame: pd.DataFrame, aside: bool = False) -> None:
        """A table of results on standard output, or ``aside`` of them; as wide as it needs to be without a terminal."""
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, kind in frame.dtypes.items():
            numbers = str(kind).startswith(("decimal", "double", "int"))
            table.add_column(Text(str(name)), overflow="fold", justify="right" if numbers else "left")
        for row in frame.itertuples(index=False):
            table.add_row(*[Text("" if value is None or value is pd.NA else str(value)) for value in row])
        width = None if (sys.stderr if aside else sys.stdout).isatty() else 1_000
        rich.console.Console(stderr=aside, highlight=False, width=width).print(table)
