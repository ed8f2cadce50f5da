"""What every format keeps: it is recognised, no row is lost, its totals tie out, and nothing private comes in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from exported import EXPORTS, PRIVATE, Loaded, write_planted
from tieout.canonical.tables import TABLES
from tieout.sources.formats import known
from tieout.sources.recognise import recognise
from tieout.store import Reader, sql_text

TOLD = ("rejected_rows", "findings", "source_files", "source_controls")
FILES = [path for name in known() for path in sorted((EXPORTS / name).iterdir()) if path.name != "source.toml"]


@pytest.mark.parametrize("name", known())
def test_a_format_has_an_export_and_one_sql_file_a_table(name: str) -> None:
    known_format = known()[name]
    assert known_format.name == name
    assert any(path.parent.name == name for path in FILES)
    assert [table for table in known_format.fills if table not in TABLES] == []
    texts = [*known_format.fills, *known_format.prepares]
    texts += ["controls"] * known_format.has_controls + ["findings"] * known_format.has_findings
    folder = Path(__file__).parents[2] / "src/tieout/sources/formats" / name
    assert sorted(path.stem for path in folder.glob("*.sql")) == sorted(texts)
    assert [text for text in texts if "-- Grain: " not in sql_text(f"sources/formats/{name}/{text}")] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_export_is_recognised_among_all_formats(path: Path) -> None:
    matches = recognise(path, list(known().values()))
    assert {match.format.name for match in matches} == {path.parent.name}
    assert [match.unknown for match in matches] == [[] for _ in matches]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_row_is_loaded_or_rejected(loaded: Loaded, path: Path) -> None:
    name = f"exports/{path.parent.name}/{path.name}"
    counts = loaded.rows(
        f"select rows_read, rows_loaded + rows_rejected from source_files where split_part(file, '#', 1) = '{name}'"
    )
    assert counts
    assert all(read > 0 and read == counted for read, counted in counts)  # type: ignore[operator]


@pytest.mark.parametrize("name", [name for name, known_format in known().items() if known_format.has_controls])
def test_control_totals_tie_out(loaded: Loaded, name: str) -> None:
    controls = loaded.rows(f"select id, difference from source_controls where file like 'exports/{name}/%'")
    assert controls
    assert [row for row in controls if row[1] != 0] == []


def test_nothing_private_enters(loaded: Loaded) -> None:
    written = [path for path in loaded.folder.iterdir() if path.is_file()]
    assert [path.name for path in written if PRIVATE.encode() in path.read_bytes()] == []
    for table in sorted(loaded.reader.tables()):
        assert loaded.rows(f"select * from \"{table}\" as t where contains(t::varchar, '{PRIVATE}')") == [], table


@pytest.fixture(scope="module")
def ransacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Loaded, str]:
    """All exports with something private wherever it could stand, and in rows that cannot be loaded; what was said."""
    folder = tmp_path_factory.mktemp("ransacked")
    (folder / "company").mkdir()
    config = write_planted(folder / "exports", folder / "company", is_thorough=True)
    command = [sys.executable, "-c", "from tieout.cli import main; main()"]
    verbs = [["load"], ["reconcile"], ["report", "--reports", "reports"]]
    said = [
        subprocess.run([*command, *verb, "--config", config], capture_output=True, text=True, check=True, cwd=folder)
        for verb in [*verbs, *(["export", name, "--output", f"{name}.csv"] for name in TOLD)]
    ]
    return Loaded(folder, Reader(folder / "company" / "tieout.duckdb")), "".join(
        run.stdout + run.stderr for run in said
    )


@pytest.mark.long
def test_nothing_private_is_written_or_said_even_of_rejected_rows(ransacked: tuple[Loaded, str]) -> None:
    loaded, said = ransacked
    assert PRIVATE not in said
    written = [path for path in loaded.folder.rglob("*") if path.is_file() and "exports" not in path.parts]
    assert {*(f"{name}.csv" for name in TOLD), "leadership.html"} <= {path.name for path in written}
    assert [path.name for path in written if PRIVATE.encode() in path.read_bytes()] == []
    for (table,) in loaded.rows("select table_name from duckdb_tables() order by all"):
        assert loaded.rows(f"select * from \"{table}\" as t where contains(t::varchar, '{PRIVATE}')") == [], table


@pytest.mark.long
def test_every_export_was_planted_and_has_rejected_rows(ransacked: tuple[Loaded, str]) -> None:
    loaded, _ = ransacked
    rejected = {str(name) for (name,) in loaded.rows("select distinct split_part(file, '/', -2) from rejected_rows")}
    for path in FILES:
        match = recognise(path, [known()[path.parent.name]])[0]
        if match.sheet.kind == "text":
            planted = (loaded.folder / "exports" / path.parent.name / path.name).read_text(match.sheet.encoding)
            assert planted.count(PRIVATE) > len(match.header)
            assert path.parent.name in rejected
