"""Loading: what a row becomes, what is refused and why, and what stops the load before anything changes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import companies
from tieout import pipeline, settings
from tieout.canonical.tables import TABLES
from tieout.errors import InputError, MissingColumns, UnreadableFile
from tieout.store import Reader

EVENTS = """
event_id, type, sku, quantity, to_location, unit_cost, occurred_at
R1, receipt, A, 1, EAST, 2, 2025-01-01T09:00Z
"""


def load(config: Path) -> Reader:
    loaded = settings.load(config)
    pipeline.load(loaded, loaded.root / "tieout.duckdb", lambda step: None)
    return Reader(loaded.root / "tieout.duckdb")


def rejects(reader: Reader) -> list[tuple[str, int, str]]:
    return reader.connection.execute("select file, row, reason from rejected_rows order by all").fetchall()


def write_csv(folder: Path, table: str, text: str, encoding: str = "utf-8") -> Path:
    """A company whose one interesting file is written byte for byte."""
    config = companies.write(folder, {"stock_events": EVENTS})
    (folder / "canonical" / f"{table}.csv").write_bytes(text.encode(encoding))
    return config


def test_rows_read_are_loaded_or_rejected_with_their_row_and_reason(tmp_path: Path) -> None:
    reader = load(
        companies.write(
            tmp_path,
            {
                "stock_events": """
                event_id, type,     sku, quantity, from_location, to_location, unit_cost, occurred_at
                R1,       receipt,  A,   1,        ,              EAST,        2,         2025-01-01T09:00Z
                R2,       gift,     A,   1,        ,              EAST,        2,         2025-01-01T09:00Z
                R3,       receipt,  A,   -1,       ,              EAST,        2,         2025-01-01T09:00Z
                R4,       receipt,  A,   many,     ,              EAST,        2,         yesterday
                R1,       receipt,  B,   1,        ,              EAST,        2,         2025-01-01T09:00Z
                ,         receipt,  A,   1,        ,              EAST,        2,         2025-01-01T09:00Z
                A1,       count,    A,   1,        EAST,          WEST,        ,          2025-01-01T09:00Z
                """
            },
        )
    )
    file = "canonical/stock_events.csv"
    assert rejects(reader) == [
        (file, 3, 'type: "gift" is not one of ' + ", ".join(column_choices("stock_events", "type"))),
        (file, 4, "quantity must be above zero: the locations tell the direction"),
        (
            file, 5,
            (
                'quantity: "many" is not a quantity of at most four decimals; '
                'occurred_at: "yesterday" is not a time such as 2025-01-31T17:00:00Z'
            ),
        ),
        (file, 6, f"repeats the key event_id=R1 of row 2 in {file}"),
        (file, 7, "event_id is missing"),
        (file, 8, "an adjustment or count needs exactly one of from_location and to_location"),
    ]  # fmt: skip
    counts = reader.connection.execute(
        "select rows_read, rows_loaded, rows_rejected from source_files where file = ?", [file]
    ).fetchall()
    assert counts == [(7, 1, 6)]


def column_choices(table: str, column: str) -> tuple[str, ...]:
    return next(found.choices for found in TABLES[table].columns if found.name == column)


def test_rejected_content_keeps_the_row_as_it_came(tmp_path: Path) -> None:
    reader = load(write_csv(tmp_path, "channels", 'channel,type,e-mail\n"<b>shop</b>",kiosk,me@example.org\n'))
    ((content,),) = reader.connection.execute("select content from rejected_rows").fetchall()
    assert content == '{"channel":"<b>shop</b>","type":"kiosk"}'


def test_broken_records_are_rejected_and_later_rows_keep_their_numbers(tmp_path: Path) -> None:
    text = 'channel,type\nweb,web\nonly-one\n"two\nlines",pos\na,b,c\nlast,pos\nlast,pos\n'
    reader = load(write_csv(tmp_path, "channels", text))
    assert [(row, reason.split(" Number")[0]) for _, row, reason in rejects(reader)] == [
        (3, "Expected"), (5, "Expected"), (7, "repeats the key channel=last of row 6 in canonical/channels.csv"),
    ]  # fmt: skip
    rows = reader.connection.execute("select channel, source_row from channels order by source_row").fetchall()
    assert rows == [("web", 2), ("two\nlines", 4), ("last", 6)]


def test_lines_that_end_in_different_ways_are_read(tmp_path: Path) -> None:
    reader = load(write_csv(tmp_path, "channels", "channel,type\r\nweb,web\nonly-one\r\n\nlast,pos\r\n"))
    assert [(row, reason) for _, row, reason in rejects(reader)] == [(3, "has 1 cells where the header has 2")]
    rows = reader.connection.execute("select channel, source_row from channels order by source_row").fetchall()
    assert rows == [("web", 2), ("last", 5)]


def test_blank_rows_count_as_rows(tmp_path: Path) -> None:
    text = 'channel,type\nweb,web\n\n"two\n\nlines",pos\na,b,c\n\nlast,pos\nlast,pos\n'
    reader = load(write_csv(tmp_path, "channels", text))
    rows = reader.connection.execute("select channel, source_row from channels order by source_row").fetchall()
    assert rows == [("web", 2), ("two\n\nlines", 4), ("last", 7)]
    assert [row for _, row, _ in rejects(reader)] == [5, 8]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2025-07-01T12:00:00Z", datetime(2025, 7, 1, 12, tzinfo=UTC)),
        ("2025-07-01T12:00:00+02:00", datetime(2025, 7, 1, 10, tzinfo=UTC)),
        ("2025-07-01 12:00:00+0200", datetime(2025, 7, 1, 10, tzinfo=UTC)),
        ("2025-07-01 12:00", datetime(2025, 7, 1, 16, tzinfo=UTC)),
        ("2025-07-01", datetime(2025, 7, 1, 4, tzinfo=UTC)),
        ("2025-11-02 01:30:00", datetime(2025, 11, 2, 5, 30, tzinfo=UTC)),  # happens twice: the earlier
        ("2025-11-02T01:30:00-05:00", datetime(2025, 11, 2, 6, 30, tzinfo=UTC)),
        ("2025-07-01T12:00:00.5Z", datetime(2025, 7, 1, 12, 0, 0, 500000, tzinfo=UTC)),
        ("2025-07-01 12:00:00 UTC", None),
        ("2025-07-01 12:00 PM", None),
        ("2025-07-011", None),
        ("20250-07-01", None),
        ("infinity", None),
        ("epoch", None),
    ],
)
def test_a_time_without_a_zone_is_the_companys(tmp_path: Path, written: str, stored: datetime | None) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS.replace("2025-01-01T09:00Z", written)})
    config.write_text(config.read_text().replace("[policy]", "timezone = 'America/New_York'\n[policy]"))
    reader = load(config)
    loaded = reader.connection.execute("select occurred_at from stock_events").fetchall()
    assert loaded == ([(stored,)] if stored else [])


def test_times_without_a_zone_are_told(tmp_path: Path) -> None:
    header, event = EVENTS.strip().splitlines()
    times = ["2025-07-01 12:00", "2025-07-01T12:00:00", "2025-07-01T12:00:00Z", "2025-07-01 12:00:00+02", "2025-07-01"]
    events = [event.replace("2025-01-01T09:00Z", time).replace("R1", f"R{n}") for n, time in enumerate(times)]
    reader = load(companies.write(tmp_path, {"stock_events": "\n".join([header, *events])}))
    found = "select \"table\", id, quantity, message from load_findings where finding = 'time_without_zone'"
    ((table, file, quantity, message),) = reader.connection.execute(found).fetchall()
    assert (table, file, quantity) == ("stock_events", "canonical/stock_events.csv", 2)
    assert message.startswith("2 times of occurred_at state no zone: they are taken as UTC, the zone of the company;")


@pytest.mark.parametrize(
    ("currency", "written", "stored"),
    [
        ("USD", "10.005", None),
        ("USD", "0.30000000000000004", Decimal("0.30")),
        ("USD", "-1e3", Decimal("-1000.00")),
        ("USD", "1,000.00", None),
        ("USD", "NaN", None),
        ("USD", "99999999999999999999", None),
        ("JPY", "1200", Decimal(1200)),
        ("JPY", "1200.5", None),
        ("KWD", "1.234", Decimal("1.234")),
    ],
)
def test_money_keeps_the_places_of_its_currency(
    tmp_path: Path, currency: str, written: str, stored: Decimal | None
) -> None:
    line = f'journal_id,line_no,account,amount,effective_date\nJ1,1,1000,"{written}",2025-01-01\n'
    config = write_csv(tmp_path, "gl_lines", line)
    config.write_text(config.read_text().replace("[policy]", f"currency = '{currency}'\n[policy]"))
    reader = load(config)
    assert reader.connection.execute("select amount from gl_lines").fetchall() == ([(stored,)] if stored else [])
    assert len(rejects(reader)) == (0 if stored else 1)


def test_parquet_parts_load_like_csv(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    parts = tmp_path / "canonical" / "gl_lines"
    parts.mkdir()
    lines = pd.DataFrame({
        "journal_id": ["J1", "J1"], "line_no": [1.0, 2.0], "account": [1000, 1200], "Amount": [0.1 + 0.2, -0.3],
        "effective_date": [datetime(2025, 1, 1), datetime(2025, 1, 1)],  # noqa: DTZ001  as spreadsheets write dates
    })  # fmt: skip
    pq.write_table(pa.Table.from_pandas(lines.iloc[:1]), parts / "a.parquet")
    pq.write_table(pa.Table.from_pandas(lines), parts / "b [old].parquet")
    reader = load(config)
    rows = reader.connection.execute(
        "select line_no, account, amount, source_file from gl_lines order by all"
    ).fetchall()
    assert rows == [
        ("1", "1000", Decimal("0.30"), "canonical/gl_lines/a.parquet"),
        ("2", "1200", Decimal("-0.30"), "canonical/gl_lines/b [old].parquet"),
    ]
    assert [row for _, row, _ in rejects(reader)] == [1]


def test_unknown_columns_are_named_and_not_read(tmp_path: Path) -> None:
    reader = load(write_csv(tmp_path, "channels", "channel,type,customer_email\nweb,web,me@example.org\n"))
    ((message,),) = reader.connection.execute(
        "select message from load_findings where finding = 'unknown_column'"
    ).fetchall()
    assert message == "column customer_email is not one of channels and was not read"
    assert b"me@example.org" not in reader.database.read_bytes()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ("", UnreadableFile, "the file is empty"),
        ("channel,channel\nweb,web\n", UnreadableFile, "row 1 names a column twice: channel"),
        ("chanel,type\nweb,web\n", MissingColumns, 'did you mean "chanel" for "channel"?'),
    ],
)
def test_a_file_that_makes_no_sense_stops_the_load_and_changes_nothing(
    tmp_path: Path, content: str, error: type[InputError], words: str
) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    published = load(config).database.resolve()
    (tmp_path / "canonical" / "channels.csv").write_text(content)
    with pytest.raises(error) as caught:
        load(config)
    assert "channels.csv" in str(caught.value)
    assert words in str(caught.value)
    assert published.exists()
    assert (tmp_path / "tieout.duckdb").resolve() == published
    assert sorted(path.name for path in tmp_path.glob("tieout.*")) == sorted(
        ["tieout.toml", "tieout.duckdb", published.name]
    )


def test_a_file_that_is_not_text_stops_the_load(tmp_path: Path) -> None:
    config = write_csv(tmp_path, "channels", "channel,type\ncafé,web\n", encoding="utf-16")
    with pytest.raises(UnreadableFile, match="cannot be read as a csv file in UTF-8"):
        load(config)


def test_a_folder_and_a_doubled_table_are_refused(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    (tmp_path / "canonical" / "channels.csv").mkdir()
    with pytest.raises(UnreadableFile, match="is a folder"):
        load(config)
    (tmp_path / "canonical" / "channels.csv").rmdir()
    (tmp_path / "canonical" / "stock_events.parquet").write_bytes(b"PAR1")
    with pytest.raises(UnreadableFile, match="more than once"):
        load(config)


def test_same_files_give_the_same_rows(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    first = load(config).connection.execute("from stock_events").fetchall()
    assert load(config).connection.execute("from stock_events").fetchall() == first


def test_the_same_content_changes_nothing_and_a_corrected_row_is_loaded(tmp_path: Path) -> None:
    config = write_csv(tmp_path, "channels", "channel,type\nweb,kiosk\n")
    first = load(config)
    assert len(rejects(first)) == 1
    said: list[str] = []
    counts, capability = pipeline.load(settings.load(config), tmp_path / "tieout.duckdb", said.append)
    assert said == ["nothing new: sources, settings and version are those of the last load"]
    assert Reader(tmp_path / "tieout.duckdb").path == first.path
    assert counts == first.connection.sql("from source_files").to_arrow_table().to_pylist()
    assert capability
    (tmp_path / "canonical/notes.csv").write_text("not,ours\n", encoding="utf-8")
    assert load(config).path != first.path  # to say that the file was not read
    (tmp_path / "canonical/channels.csv").write_text("channel,type\nweb,web\n", encoding="utf-8")
    again = load(config)
    assert rejects(again) == []
    assert again.connection.execute("select channel, type from channels").fetchall() == [("web", "web")]
    config.write_text(config.read_text(encoding="utf-8").replace("[company]", "[company]\nfiscal_year_start = 4", 1))
    assert load(config).path != again.path


def test_numbers_beyond_exact_arithmetic_are_rejected(tmp_path: Path) -> None:
    reader = load(
        companies.write(
            tmp_path,
            {
                "stock_events": """
                event_id, type,    sku, quantity, to_location, unit_cost, occurred_at
                R1,       receipt, A,   2000,     EAST,        500000,    2025-01-01T09:00Z
                R2,       receipt, A,   99999999, EAST,        99999999,  2025-01-01T09:00Z
                """,
                "gl_lines": """
                journal_id, line_no, account, amount,               effective_date
                J1,         1,       1000,    9999999999999.99,     2025-01-01
                J2,         1,       1000,    9999999999999999.99,  2025-01-01
                """,
            },
        )
    )
    assert [(row, reason.split(":")[0]) for _, row, reason in rejects(reader)] == [
        (3, "amount"), (3, "quantity × unit_cost is beyond bounds"),
    ]  # fmt: skip


def test_fiscal_periods_that_overlap_are_rejected(tmp_path: Path) -> None:
    periods = (
        "period,start_date,end_date\nP1,2025-01-01,2025-01-31\nP2,2025-01-31,2025-02-28\nP3,2025-03-01,2025-03-31\n"
    )
    reader = load(write_csv(tmp_path, "fiscal_periods", periods))
    assert rejects(reader) == [
        ("canonical/fiscal_periods.csv", 3, "overlaps the one before it, which ends on 2025-01-31")
    ]


def test_odd_parquet_values_are_rejected_or_blank(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    lines = pa.table({
        "journal_id": ["J1", "J2", "J3"], "line_no": [1.0, 2.0, 1e40], "account": [1000.0, float("nan"), 5.0],
        "amount": [1.0, 2.0, float("inf")], "effective_date": pa.array([20089, 20089, 2**31 - 1], pa.date32()),
    })  # fmt: skip
    pq.write_table(lines, tmp_path / "canonical" / "gl_lines.parquet")
    reader = load(config)
    assert reader.connection.execute("select journal_id, line_no, account from gl_lines").fetchall() == [
        ("J1", "1", "1000")
    ]
    assert [row for _, row, _ in rejects(reader)] == [2, 3]


def test_a_folder_read_twice_and_a_file_not_read_are_said(tmp_path: Path) -> None:
    config = companies.write(tmp_path, {"stock_events": EVENTS})
    (tmp_path / "canonical" / "stock_event.csv").write_text("event_id\n")
    reader = load(config)
    assert reader.connection.execute("select id from load_findings where finding = 'unused_file'").fetchall() == [
        ("canonical/stock_event.csv",)
    ]
    config.write_text(config.read_text() + "\n[[source]]\nformat = 'canonical'\npath = 'canonical/'\n")
    with pytest.raises(InputError, match="twice"):
        load(config)


def test_a_source_may_lie_anywhere(tmp_path: Path) -> None:
    elsewhere = companies.write(tmp_path / "elsewhere", {"stock_events": EVENTS}).parent / "canonical"
    (elsewhere / "stock_event.csv").write_text("event_id\n")
    config = tmp_path / "books" / "tieout.toml"
    config.parent.mkdir()
    config.write_text(f"[company]\nname = 'A'\n[[source]]\nformat = 'canonical'\npath = '{elsewhere}'\n")
    reader = load(config)
    assert reader.connection.execute("select id from load_findings where finding = 'unused_file'").fetchall() == [
        (f"{elsewhere}/stock_event.csv",)
    ]
