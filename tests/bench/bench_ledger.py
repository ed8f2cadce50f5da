"""How long a large ledger takes, and how much memory: the sample year several times over, each copy with its own ids.

Run by hand, after `make report`: python tests/bench/bench_ledger.py [COPIES]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

import tieout
from tieout import pipeline, settings
from tieout.canonical.tables import TABLES

SAMPLE = Path(__file__).parents[2] / ".sample"
# What names a row, an item or a document: of each copy its own. Places, channels, periods and accounts are shared.
OWN = (
    "sku", "external_sku", "kit_sku", "component_sku", "event_id", "source_event_id", "order_id", "refund_id", "fee_id",
    "settlement_id", "cost_id", "po_id", "payment_id", "journal_id", "reverses_journal_id", "external_id", "document",
    "batch_id", "message_id", "count_id",
)  # fmt: skip


def multiply(folder: Path, copies: int) -> None:
    """Write the sample's canonical tables so many times over."""
    (folder / "canonical").mkdir()
    (folder / "tieout.toml").write_text((SAMPLE / "tieout.toml").read_text("utf-8"), "utf-8")
    for path in sorted((SAMPLE / "canonical").glob("*.parquet")):
        columns = duckdb.read_parquet(str(path)).columns
        own = [name for name in columns if name in OWN]
        is_shared = not set(TABLES[path.stem].key) & set(own)
        renamed = ", ".join(f"{name} || ' ' || copy as {name}" for name in own)
        replaced = f"replace ({renamed})" if renamed else ""
        duckdb.sql(
            f"""
            select * exclude (copy) {replaced}
            from read_parquet('{path}'), range({1 if is_shared else copies}) as copies (copy)
            """
        ).write_parquet(str(folder / "canonical" / path.name))


def main() -> None:
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        multiply(folder, copies)
        company, database = settings.load(folder / "tieout.toml"), folder / "tieout.duckdb"
        for step, task in (
            ("load", lambda: pipeline.load(company, database, print)),
            ("reconcile", lambda: pipeline.reconcile(company, database, None, print)),
        ):
            started, processors = time.perf_counter(), time.process_time()
            task()
            wall, busy = time.perf_counter() - started, time.process_time() - processors
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(f"{step}: {wall:.1f} s, {busy:.1f} s of the processors; largest memory so far {peak:.1f} GiB")
        found = tieout.open(database)
        print(f"{len(found.arrow('recorded')):,} ledger lines, {len(found.arrow('corrections')):,} corrections")


if __name__ == "__main__":
    main()
