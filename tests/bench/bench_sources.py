"""How long large exports take to load, beside DuckDB's bare read of the same file: every column as text into one table.

Run by hand: python tests/bench/bench_sources.py [MEGABYTES]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from tieout import pipeline, settings

HERE = Path(__file__).parent
COMPANY = (
    '[company]\nname = "Large"\ncurrency = "USD"\n[[source]]\nformat = "auto"\npath = "{name}"\ndates = "month_first"\n'
)
# What is read: the query that makes it, about how many bytes a row has, and what parts its cells.
EXPORTS = {"settlement.txt": ("settlement_report", 190, "\t"), "ledger.csv": ("ledger_search", 200, ",")}


def write(path: Path, megabytes: int) -> None:
    """Make the export, about so large, and a configuration that loads it."""
    query, width, delimiter = EXPORTS[path.name]
    rows = megabytes * 1_000_000 // width
    with duckdb.connect() as connection:
        made = connection.sql((HERE / f"{query}.sql").read_text("utf-8"), params={"rows": rows})
        made.write_csv(str(path), sep=delimiter)
    path.with_suffix(".toml").write_text(COMPANY.format(name=path.name), "utf-8")


def load(path: Path) -> None:
    """As ``tieout load`` does it the first time: what is published already would not be loaded again."""
    database = path.with_suffix(".duckdb")
    database.unlink(missing_ok=True)
    pipeline.load(settings.load(path.with_suffix(".toml")), database, lambda step: None)


def read(path: Path) -> None:
    """As DuckDB alone does it, into a database of its own."""
    with duckdb.connect(str(path.with_suffix(".bare.duckdb"))) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(
            "create or replace table bare as from read_csv(?, all_varchar = true, header = true, delim = ?)",
            [str(path), EXPORTS[path.name][2]],
        )


def measure(step: str, path: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processors, of one step in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, step, str(path)])
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{step} of {path.name} failed")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime


def main() -> None:
    """Each export three times in turn; the best of each is told."""
    if len(sys.argv) == 3:
        {"load": load, "read": read}[sys.argv[1]](Path(sys.argv[2]))
        return
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        for name in EXPORTS:
            path = Path(folder) / name
            write(path, megabytes)
            print(f"{name}: {path.stat().st_size / 1e6:,.0f} MB")
            runs = [(measure("read", path), measure("load", path)) for _ in range(3)]
            for step, measured in zip(("read", "load"), zip(*runs, strict=True), strict=True):
                wall, busy = map(min, zip(*measured, strict=True))
                print(f"  {step}: {wall:.1f} s, {busy:.1f} s of the processors")
            ratios = ", ".join(f"{loaded[1] / bare[1]:.2f}" for bare, loaded in runs)
            print(f"  load / read, by processors: {ratios}")


if __name__ == "__main__":
    main()
