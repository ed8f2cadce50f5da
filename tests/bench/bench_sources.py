"""How long large exports take to load, beside DuckDB's bare read of the same file: every column as text into one table.

Run by hand: python tests/bench/bench_sources.py [MEGABYTES]
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tieout import pipeline, settings

HERE = Path(__file__).parent
COMPANY = '[company]\nname = "Large"\ncurrency = "USD"\n[[source]]\nformat = "auto"\npath = "{name}"\ndates = "month_first"\n'
# What is read: the query that makes it, bytes per row, and what parts its cells.
EXPORTS = {"settlement.txt": ("settlement_report", 190, "\t"), "ledger.csv": ("ledger_search", 200, ",")}


def write(path: Path, megabytes: int) -> None:
    """Make the export, about so large, and a configuration that loads it."""
    query, width, delimiter = EXPORTS[path.name]
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        made = connection.sql((HERE / f"{query}.sql").read_text("utf-8"), params={"rows": megabytes * 1_000_000 // width})
        made.write_csv(str(path), sep=delimiter)
    path.with_suffix(".toml").write_text(COMPANY.format(name=path.name), "utf-8")


def load(path: Path) -> None:
    """As ``tieout load`` does it."""
    pipeline.load(settings.load(path.with_suffix(".toml")), path.with_suffix(".duckdb"), lambda step: None)


def read(path: Path) -> None:
    """As DuckDB alone does it, into a database of its own."""
    with duckdb.connect(str(path.with_suffix(".bare.duckdb"))) as connection:
        delimiter = EXPORTS[path.name][2]
        connection.execute(
            "create or replace table bare as from read_csv(?, all_varchar = true, header = true, delim = ?)",
            [str(path), delimiter],
        )


def main() -> None:
    """Each export twice, by either in turn, in processes of their own; the better of two is told."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        for name in EXPORTS:
            path = Path(folder) / name
            write(path, megabytes)
            print(f"{name}: {path.stat().st_size / 1e6:,.0f} MB")
            figures = {}
            for step in ("load", "read") * 2:
                subprocess.run([sys.executable, __file__, step, path], check=True)
