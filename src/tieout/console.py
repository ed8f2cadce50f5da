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
        """A table of results on standard output, or ``aside`` of them; as wide as it needs to be without a terminal.

        On a terminal rows with a text longer than its line stand above the table, so that the others stay readable.
        """
        is_terminal = (sys.stderr if aside else sys.stdout).isatty()
        console = rich.console.Console(stderr=aside, highlight=False, width=None if is_terminal else 1_000)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name, kind in frame.dtypes.items():
            numbers = str(kind).startswith(("decimal", "double", "int"))
            whole = numbers or str(kind).startswith("date")
            table.add_column(Text(str(name)), overflow="fold", justify="right" if numbers else "left", no_wrap=whole)
        for row in frame.itertuples(index=False):
            cells = ["" if value is None or value is pd.NA else str(value) for value in row]
            if is_terminal and max(map(len, cells), default=0) > console.width:
                console.print(Text("  ".join(filter(None, cells))), soft_wrap=True)
            else:
                table.add_row(*map(Text, cells))
        console.print(table)
