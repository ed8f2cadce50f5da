"""Delta and Iceberg tables, and folders of parquet, written by their own libraries."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake
from pyiceberg.catalog.memory import InMemoryCatalog
from pyiceberg.table import StaticTable

import elsewhere
from exported import PRIVATE, Loaded, load, write_config
from tieout import settings
from tieout.errors import InputError, NotInstalled
from tieout.reporting.schedule.inputs import Watch
from tieout.sources import find, fingerprint

Write = Callable[[Path, str, pa.Table], str]


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return elsewhere.folder(tmp_path_factory.mktemp("folder"))


def delta(folder: Path, name: str, table: pa.Table) -> str:
    """Append to a Delta table in two writes, last rows first; gives the path for the configuration."""
    half = table.num_rows // 2
    write_deltalake(folder / name, table.slice(half), mode="append")
    write_deltalake(folder / name, table.slice(0, half), mode="append")
    return name


def iceberg(folder: Path, name: str, table: pa.Table) -> str:
    """Append to an Iceberg table in two writes, last rows first; gives the path of its metadata."""
    catalog = InMemoryCatalog("tests", warehouse=(folder / "lake").as_uri())
    catalog.create_namespace("shop")
    stored = catalog.create_table(f"shop.{name}", schema=table.schema)
    half = table.num_rows // 2
    stored.append(table.slice(half))
    stored.append(table.slice(0, half))
    return str(Path(stored.metadata_location.removeprefix("file://")).relative_to(folder))


def source(kind: str, path: str, table: str, more: str = "") -> str:
    return f'[[source]]\nformat = "{kind}"\npath = "{path}"\ntable = "{table}"\n{more}'


@pytest.mark.parametrize("write", [delta, iceberg])
def test_a_lake_loads_like_the_folder(tmp_path: Path, canonical: Loaded, write: Write) -> None:
    sources = [
        source(write.__name__, write(tmp_path, table, elsewhere.arrow(canonical, table)), table)
        for table in elsewhere.TABLES
    ]
    lake = load(write_config(tmp_path, "".join(sources)))
    assert elsewhere.differences(canonical, lake) == {}
    assert elsewhere.counts(lake) == elsewhere.counts(canonical)
    assert lake.rows("select order_id, line_no, source_row from order_lines order by source_row") == [
        ("O1", "1", 1), ("O2", "1", 2), ("O2", "2", 3),
    ]  # fmt: skip


NOON = 1_751_371_200  # of 1 July 2025, on a clock of no zone
FOREIGN = pa.table({
    "Order": ["A", "B"], "Buyer": [PRIVATE, PRIVATE], "qty": [2.0, 1.5], "Price": [Decimal("1.10"), None],
    "sold": pa.array([NOON * 10**6, None], pa.timestamp("us")), "line": [1.0, 2.0],
})  # fmt: skip
COLUMNS = """
[source.columns]
order_id = "\\"Order\\""
line_no = "line"
channel = "'web'"
sku = "'MUG'"
quantity = "qty"
unit_price = "price"
ordered_at = "iso_time(sold, file_zone, file_dates)"
"""


@pytest.mark.parametrize("write", [delta, iceberg])
def test_columns_of_other_names_are_mapped_and_no_other_is_read(tmp_path: Path, write: Write) -> None:
    mapped = 'timezone = "Europe/London"\n' + COLUMNS
    config = write_config(tmp_path, source(write.__name__, write(tmp_path, "sold", FOREIGN), "order_lines", mapped))
    lake = load(config)
    query = "select order_id, line_no, quantity, unit_price, ordered_at::varchar, source_row from order_lines"
    assert lake.rows(query) == [("A", "1", 2, Decimal("1.1"), "2025-07-01 11:00:00+00", 1)]
    assert lake.rows('select "row", reason from rejected_rows') == [(2, "unit_price is missing; ordered_at is missing")]
    assert PRIVATE.encode() not in lake.reader.path.read_bytes()


def test_a_row_that_was_deleted_is_not_read(tmp_path: Path) -> None:
    """Delta leaves a deleted row in its file and says in a vector, here of the first row, that it is gone."""
    write_deltalake(tmp_path / "items", pa.table({"sku": ["GONE", "MUG", "BOWL"]}))
    log = tmp_path / "items" / "_delta_log"
    (add,) = [json.loads(line)["add"] for line in (log / f"{0:020}.json").read_text().splitlines() if '"add"' in line]
    vector = {"storageType": "i", "pathOrInlineDv": "^Bg9^0rr910000000000iXQKl0rr91000005c8Xg00000"}
    features = {"readerFeatures": ["deletionVectors"], "writerFeatures": ["deletionVectors"]}
    commit = [
        {"protocol": {"minReaderVersion": 3, "minWriterVersion": 7, **features}},
        {"remove": {"path": add["path"], "deletionTimestamp": 1, "dataChange": True}},
        {"add": {**add, "deletionVector": {**vector, "sizeInBytes": 34, "cardinality": 1}}},
    ]
    (log / f"{1:020}.json").write_text("\n".join(map(json.dumps, commit)))
    lake = load(write_config(tmp_path, source("delta", "items", "items")))
    assert lake.rows("select sku from items order by all") == [("BOWL",), ("MUG",)]


def test_a_folder_of_parquet_is_mapped(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    pq.write_table(FOREIGN.slice(0, 1), tmp_path / "parts" / "1.parquet")
    pq.write_table(FOREIGN.slice(1), tmp_path / "parts" / "2.parquet")
    (tmp_path / "parts" / "_SUCCESS.txt").write_text("no table")
    config = write_config(tmp_path, source("parquet", "parts", "order_lines", COLUMNS))
    assert load(config).rows("select file, rows_read, rows_loaded from source_files order by 1") == [
        ("parts/1.parquet", 1, 1), ("parts/2.parquet", 1, 0),
    ]  # fmt: skip
    pq.write_table(FOREIGN.drop_columns("Price"), tmp_path / "parts" / "3.parquet")
    with pytest.raises(InputError, match=r"3\.parquet.*price is missing"):
        load(config)
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="holds no parquet file"):
        load(write_config(tmp_path, source("parquet", "none", "order_lines", COLUMNS)))


def test_another_version_is_another_input_and_a_pinned_one_stays(tmp_path: Path, canonical: Loaded) -> None:
    table = elsewhere.arrow(canonical, "order_lines")
    paths = {"delta": delta(tmp_path, "delta", table), "iceberg": iceberg(tmp_path, "orders", table)}
    first = StaticTable.from_metadata(str(tmp_path / paths["iceberg"])).metadata.snapshots[0].snapshot_id
    pins = {"delta": "version = 0", "iceberg": f"version = {first}"}
    for kind, path in paths.items():
        pinned = write_config(tmp_path, source(kind, path, "order_lines", pins[kind]))
        lake = load(pinned)
        assert lake.rows("select count(*) from order_lines") == [(2,)]
        ((message,),) = lake.rows("select message from load_findings where finding = 'version_read'")
        assert f" {pins[kind].removeprefix('version = ')} of table " in message
        config = settings.load(pinned)
        hashes = Watch(config, [], print).settle()
        assert hashes == lake.rows('select "table", file, sha256 from source_files')
        assert fingerprint(find(config).stored[0]) == hashes[0][2]
        assert (
            Watch(settings.load(write_config(tmp_path, source(kind, path, "order_lines"))), [], print).settle()
            != hashes
        )


def test_what_is_written_while_it_is_read_is_noticed(tmp_path: Path, canonical: Loaded) -> None:
    table = elsewhere.arrow(canonical, "order_lines")
    delta(tmp_path, "orders", table)
    config = settings.load(
        write_config(tmp_path, source("delta", "orders", "order_lines") + "[schedule]\nwait_seconds = 1\n")
    )
    watch = Watch(config, [], lambda step: None)
    (before,) = watch.settle()
    write_deltalake(tmp_path / "orders", table, mode="append")
    assert not watch.confirm([{"table": before[0], "file": before[1], "sha256": before[2]}])
    assert watch.hashes != [before]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (source("delta", "nowhere", "items"), "nowhere: cannot be opened as a table of delta"),
        (source("delta", "sold", "items", "version = 9"), "cannot be opened as a table of delta"),
        (source("delta", "sold", "items"), "sold#items: has no column sku, .*it has: Order, Buyer"),
        (source("delta", "sold", "order_lines", COLUMNS.replace('"price"', '"cost"')), "has no column cost"),
        (source("delta", "sold", "item"), "Did you mean"),
        (source("delta", "sold", "items", "[source.columns]\nsku = 'getenv(1)'"), "calls getenv"),
        ('[[source]]\nformat = "delta"\npath = "sold"\n', "source.table: is missing"),
        (source("iceberg", "sold", "items"), "cannot be opened as a table of iceberg"),
        (source("iceberg", "shop.sold", "items", 'catalog = "nobody"'), "Correct source.catalog"),
        (source("delta", "s3://me:hush@bucket/x", "items"), "source.path: holds a password"),
        (source("delta", "sold", "items", 'catalog = "x"'), "catalog belongs to format = iceberg"),
        (source("csv", "sold", "items", "version = 1"), "version belongs to format = delta or iceberg"),
        (source("delta", "sold", "order_lines", COLUMNS) * 2, "reads sold#order_lines twice"),
    ],
)
def test_a_wrong_lake_is_named(tmp_path: Path, text: str, words: str) -> None:
    delta(tmp_path, "sold", FOREIGN)
    with pytest.raises(InputError, match=words) as caught:
        load(write_config(tmp_path, text))
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_library_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, kind in (("deltalake", "delta"), ("pyiceberg.table", "iceberg")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(NotInstalled, match=r"pip install 'tieout\[lakes\]'"):
            load(write_config(tmp_path, source(kind, "x", "items")))
