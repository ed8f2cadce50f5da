"""Publishing: readers never wait, never see half a run, and an interrupted run leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout import settings
from tieout.errors import Locked, NotLoaded, UnreadableFile, UnwritablePath
from tieout.store import Draft, Reader, policy_of


def publish(database: Path, figure: int) -> Path:
    with Draft(database) as draft:
        draft.connection.execute(f"create table figures as select {figure} as figure")
        draft.publish()
    return draft.path


def figure(reader: Reader) -> int:
    return int(reader.connection.execute("select figure from figures").fetchall()[0][0])


def test_a_reader_keeps_its_run(tmp_path: Path) -> None:
    database = tmp_path / "tieout.duckdb"
    publish(database, 1)
    reader = Reader(database)
    with Draft(database) as draft:
        draft.connection.execute("create table figures as select 2 as figure")
        assert figure(Reader(database)) == 1
        draft.publish()
    assert figure(reader) == 1
    assert figure(Reader(database)) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([database.name, draft.path.name])


def interrupted(database: Path) -> None:
    with Draft(database) as draft:
        draft.connection.execute("create table figures as select 2 as figure")
        raise KeyboardInterrupt


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    database = tmp_path / "tieout.duckdb"
    kept = publish(database, 1)
    with pytest.raises(KeyboardInterrupt):
        interrupted(database)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([database.name, kept.name])
    assert figure(Reader(database)) == 1


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "tieout.duckdb"
    with Draft(database), pytest.raises(Locked, match="another run"):
        Draft(database)
    with Draft(database):
        pass


def test_a_file_in_the_place_of_the_link_is_replaced(tmp_path: Path) -> None:
    database = tmp_path / "tieout.duckdb"
    database.write_bytes(b"an older kind of file")
    publish(database, 3)
    assert database.is_symlink()
    assert figure(Reader(database)) == 3


def test_what_is_not_there_or_not_ours_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotLoaded, match="tieout run"):
        Reader(tmp_path / "tieout.duckdb")
    (tmp_path / "tieout.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(UnreadableFile, match="not a tieout database"):
        Reader(tmp_path / "tieout.duckdb")


def test_a_folder_name_with_wildcards_is_safe(tmp_path: Path) -> None:
    database = tmp_path / "a'b [1]*" / "tie[o]ut.duckdb"
    publish(database, 1)
    publish(database, 2)
    with Draft(database) as draft:
        draft.copy_published(["figures"], "load")
        assert draft.connection.execute("from figures").fetchall() == [(2,)]
    assert len(list(database.parent.iterdir())) == 2


def test_publishing_removes_only_its_own_runs(tmp_path: Path) -> None:
    neighbours = ["tieout.toml", "tieout.2024-backup.duckdb", "tieout.eu.duckdb", "tieout.run.json"]
    for name in neighbours:
        (tmp_path / name).write_text("kept")
    database = tmp_path / "tieout.duckdb"
    publish(database, 1)
    last = publish(database, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*neighbours, database.name, last.name])


def test_a_database_has_the_ending_of_one(tmp_path: Path) -> None:
    with pytest.raises(UnwritablePath, match=r"ends in \.duckdb"):
        Draft(tmp_path / "tieout")
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritablePath, match="Name another place"):
        Draft(tmp_path / "file" / "tieout.duckdb")


def test_two_databases_of_one_folder_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with Draft(tmp_path / "eu.duckdb"), Draft(tmp_path / "us.duckdb"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_database_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in (1, 2):
        with Draft(Path("books.duckdb")) as draft:
            draft.connection.execute(f"create table numbers as select {number} as number")
            draft.publish()
        assert Reader(Path("books.duckdb")).connection.execute("from numbers").fetchall() == [(number,)]
    assert len(list(tmp_path.glob("books.*.duckdb"))) == 1


def test_what_is_read_otherwise_is_another_run(tmp_path: Path) -> None:
    config = tmp_path / "tieout.toml"

    def policy(source: str, company: str = "") -> str:
        config.write_text(f'[company]\nname = "A"\n{company}\n[[source]]\nformat = "auto"\n{source}\n')
        return policy_of(settings.load(config))

    one = policy('path = "a/"')
    assert policy('path = "b/"') == policy('path = "a/"', "[reports]\ninteractive = false") == one
    assert policy('path = "a/"\ntimezone = "Asia/Tokyo"') != one
    assert policy('path = "a/"\n[source.channels]\n"*" = "web"') != one
