"""The score: corrections against a planted truth, by numbers worked out by hand."""

from __future__ import annotations

import base64
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import companies
from tieout.canonical.typing import define_macros
from tieout.charts import confusion, theme
from tieout.cli import app
from tieout.errors import InputError, NotLoaded
from tieout.reporting import score as scoring
from tieout.settings import CompanySettings

KEY = ("event_id", "journal_id", "role", "sku", "location", "channel", "period", "evidence")
HOSTILE = "<script>alert('x')</script><!--<script>"


def scored(corrections: str = "", truth: str = "", differences: tuple[str, ...] = ()) -> dict[str, Any]:
    """The score of rows ``cause, amount`` with any of the key's columns; without them all rows meet at one place."""
    connection = duckdb.connect()
    define_macros(connection, CompanySettings(name="Test company"))
    for name, text in (("corrections", corrections), ("truth", truth)):
        columns = ", ".join(f"{column} varchar" for column in ("cause", *KEY))
        connection.execute(f"create temp table {name} ({columns}, amount decimal(18, 2))")
        for row in companies.rows(text) if text else ():
            # The truth file is read with blanks; the tables of a run have NULL.
            blank = "" if name == "truth" else None
            values = [row.get(column) or ("A" if column == "evidence" else blank) for column in KEY]
            connection.execute(f"insert into {name} values ({'?, ' * 9} ?)", [row["cause"], *values, row["amount"]])
    connection.execute("create table proofs (difference decimal(18, 2))")
    connection.execute(
        "create table gl_lines (journal_id varchar, batch_id varchar, sku varchar, location varchar, channel varchar)"
    )
    for difference in differences:
        connection.execute("insert into proofs values (?)", [difference])
    result = scoring.compare(connection)
    connection.close()
    return result


def by(result: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    frame = result[table]
    (row,) = frame[frame[frame.columns[0]] == name].to_dict("records")
    return {key: None if pd.isna(value) else value for key, value in row.items()}


def pairs(result: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(true, found): str(amount) for true, found, amount in result["confusion"].itertuples(index=False)}


def test_money_is_hit_by_the_lesser_and_lines_only_to_the_cent() -> None:
    result = scored(
        """
        cause, sku, amount
        stale, a,   60.00
        stale, b,   -30.00
        stale, c,   10.01
        stale, e,   5.00
        """,
        """
        cause, sku, amount
        stale, a,   100.00
        stale, b,   -30.00
        stale, c,   10.00
        stale, d,   60.00
        """,
    )
    totals = result["totals"]
    assert (totals.planted, totals.found, totals.hit) == (Decimal("200.00"), Decimal("105.01"), Decimal("100.00"))
    assert totals.recall == 0.5
    assert totals.precision == pytest.approx(100 / 105.01)
    assert (totals.planted_lines, totals.found_lines, totals.hit_lines) == (4, 4, 1)
    assert (totals.line_recall, totals.line_precision) == (0.25, 0.25)
    assert by(result, "by_cause", "stale") | {"precision": None} == {
        "cause": "stale", "planted": Decimal("200.00"), "found": Decimal("105.01"), "hit": Decimal("100.00"),
        "recall": 0.5, "precision": None, "planted_lines": 4, "found_lines": 4, "hit_lines": 1, "line_recall": 0.25,
        "line_precision": 0.25,
    }  # fmt: skip


def test_nothing_planted_and_nothing_found() -> None:
    totals = scored()["totals"]
    assert (totals.planted, totals.found, totals.hit) == (0, 0, 0)
    ratios = (
        "recall", "precision", "line_recall", "line_precision", "unexplained_share", "ambiguous_share",
        "evidence_a_precision",
    )  # fmt: skip
    assert [getattr(totals, name) for name in ratios] == [None] * len(ratios)
    assert (totals.proofs, totals.broken_proofs) == (0, 0)


def test_opposite_signs_are_missed_and_claimed_without_truth() -> None:
    result = scored("cause, amount\nstale, -10.00", "cause, amount\nstale, 8.00")
    assert result["totals"].hit == 0
    assert result["totals"].recall == 0
    assert pairs(result) == {("stale", "nothing"): "8.00", ("nothing", "stale"): "10.00"}


def test_rows_of_one_line_are_summed_and_what_cancels_is_no_line() -> None:
    result = scored(
        "cause, amount\nstale, 7.00\nstale, 3.00\nlate, 5.00\nlate, -5.00",
        "cause, amount\nstale, 4.00\nstale, 6.00\nroll, 1.00\nroll, -1.00",
    )
    totals = result["totals"]
    assert (totals.planted_lines, totals.found_lines, totals.hit_lines) == (1, 1, 1)
    assert list(result["by_cause"]["cause"]) == ["stale"]


def test_equal_causes_are_matched_first_and_the_rest_by_the_names_of_causes() -> None:
    result = scored(
        "cause, amount\nb, 20.00\nc, 45.00\nd, 25.00",
        "cause, amount\na, 30.00\nb, 50.00",
    )
    assert pairs(result) == {
        ("a", "c"): "30.00",
        ("b", "b"): "20.00",
        ("b", "c"): "15.00",
        ("b", "d"): "15.00",
        ("nothing", "d"): "10.00",
    }
    sums = result["confusion"].groupby("true_cause")["amount"].sum()
    assert sums.drop("nothing").to_dict() == {"a": Decimal("30.00"), "b": Decimal("50.00")}
    assert result["confusion"].groupby("found_cause")["amount"].sum().to_dict() == {
        "b": Decimal("20.00"), "c": Decimal("45.00"), "d": Decimal("25.00"),
    }  # fmt: skip


def test_money_is_confused_only_at_one_place_and_with_one_sign() -> None:
    result = scored(
        "cause, sku, amount\nc, x, 10.00\nd, x, -4.00\nc, y, 10.00",
        "cause, sku, amount\na, x, 10.00\nb, x, -6.00\na, z, 10.00",
    )
    assert pairs(result) == {
        ("a", "c"): "10.00", ("a", "nothing"): "10.00", ("b", "d"): "4.00", ("b", "nothing"): "2.00",
        ("nothing", "c"): "10.00",
    }  # fmt: skip


def test_goods_in_flight_are_left_out_on_both_sides() -> None:
    result = scored("cause, amount\nin_flight, 10.00\nstale, 1.00", "cause, amount\nin_flight, 99.00\nstale, 1.00")
    assert (result["totals"].planted, result["totals"].found) == (1, 1)
    assert pairs(result) == {("stale", "stale"): "1.00"}


def test_a_correction_without_an_event_is_its_journals() -> None:
    result = scored(
        "cause, event_id, journal_id, amount\norphan, , J1, 5.00\norphan, E2, J2, 6.00",
        "cause, event_id, amount\norphan, J1, 5.00\norphan, E2, 6.00",
    )
    assert result["totals"].hit_lines == 2


def test_evidence_is_right_as_far_as_the_truth_reaches_the_surer_first() -> None:
    result = scored(
        """
        cause, sku, evidence, amount
        stale, x,   A,        6.00
        stale, x,   C,        6.00
        stale, x,   B,        -2.00
        late,  y,   A,        4.00
        """,
        "cause, sku, amount\nstale, x, 8.00\nlate, y, 9.00",
    )
    table = result["by_evidence"]
    assert list(table["evidence"]) == ["A", "B", "C", "D", "U", "N"]
    assert [str(amount) for amount in table["found"]] == ["10.00", "2.00", "6.00", "0.00", "0.00", "0.00"]
    assert [str(amount) for amount in table["hit"]] == ["10.00", "0.00", "2.00", "0.00", "0.00", "0.00"]
    assert by(result, "by_evidence", "C")["precision"] == pytest.approx(1 / 3)
    assert by(result, "by_evidence", "D")["precision"] is None
    assert result["totals"].evidence_a_precision == 1


def test_what_is_open_is_a_share_of_what_was_planted_and_broken_proofs_are_counted() -> None:
    result = scored(
        "cause, evidence, amount\nunexplained, U, 5.00\nambiguous, D, -20.00",
        "cause, amount\nstale, 100.00",
        ("0.00", "0.01", "-2.00"),
    )
    totals = result["totals"]
    assert (totals.unexplained_share, totals.ambiguous_share) == (0.05, 0.2)
    assert (totals.proofs, totals.broken_proofs) == (3, 2)


def test_money_stays_exact() -> None:
    big = "9999999999999.99"
    result = scored(f"cause, amount\nstale, {big}", f"cause, amount\nstale, {big}\nlate, 0.01")
    assert str(result["totals"].planted) == "10000000000000.00"
    assert pairs(result) == {("stale", "stale"): big, ("late", "nothing"): "0.01"}


SALE = {
    "order_lines": """
        order_id, line_no, channel, sku, quantity, unit_price, ordered_at
        O1,       1,       web,     A,   10,       50,         2025-01-02T08:00Z
        """,
    "stock_events": """
        event_id, type,     sku, quantity, from_location, to_location, unit_cost, order_id, line_no, occurred_at
        R1,       receipt,  A,   100,      ,              EAST,        20,        ,         ,        2025-01-01T09:00Z
        S1,       shipment, A,   10,       EAST,          ,            ,          O1,       1,       2025-01-30T09:00Z
        """,
    "gl_lines": """
        journal_id, line_no, account, amount, sku, quantity, location, external_id, effective_date, posted_at
        J1,         1,       1000,    2000,   A,   100,      EAST,     R1,          2025-01-01,     2025-01-31T10:00Z
        J1,         2,       1200,    -2000,  A,   ,         EAST,     R1,          2025-01-01,     2025-01-31T10:00Z
        """,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of which one sale never reached the ledger."""
    path = tmp_path_factory.mktemp("company")
    companies.explain(companies.write(path, SALE))
    return path


def plant(folder: Path, rows: str, kind: str = "decimal(18, 2)") -> None:
    columns = "cause, event_id, role, sku, location, channel, period, amount"
    query = f"select * replace (amount::{kind} as amount) from (values {rows}) as truth({columns})"
    (folder / "truth.parquet").unlink(missing_ok=True)
    duckdb.connect().execute(f"copy ({query}) to '{folder / 'truth.parquet'}' (format parquet)")


def test_a_company_from_the_command_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(
        folder,
        """
        ('missing_sale', 'S1', 'cogs', 'A', 'EAST', 'web', '2025-01', 200),
        ('missing_sale', 'S1', 'inventory', 'A', 'EAST', null, '2025-01', -200),
        ('missing_sale', 'S1', 'revenue', 'A', null, 'web', '2025-01', -500),
        ('stale_cost', 'S1', 'clearing', 'A', null, 'web', '2025-01', 500),
        ('stale_cost', 'R1', 'grni', 'A', '', '', '2025-01', 1)
        """,
    )
    app(["score", str(folder), "--quiet"], standalone_mode=False)
    printed = capsys.readouterr().out
    assert re.search(r"missing_sale +900.00 ", printed)
    assert printed.splitlines()[-1] == str(folder / "score.html")
    first = (folder / "score.json").read_text("utf-8")
    content = json.loads(first)
    assert content["totals"]["planted"] == "1401.00"
    assert content["by_cause"]["missing_sale"]["recall"] == 1
    assert content["by_cause"]["missing_sale"]["planted_lines"] == 3
    assert content["totals"]["broken_proofs"] == 0
    assert [tuple(row[name] for name in ("true_cause", "found_cause", "amount")) for row in content["confusion"]] == [
        ("missing_sale", "missing_sale", "900.00"),
        ("stale_cost", "missing_sale", "500.00"),
        ("stale_cost", "nothing", "1.00"),
    ]
    assert list(content) == sorted(content)

    result = scoring.score(folder)
    assert scoring.as_json(result) == first
    assert scoring.as_html(result) == (folder / "score.html").read_text("utf-8")
    assert result.totals.recall == float(result.totals.hit / result.totals.planted)


def test_hostile_text_stays_text(folder: Path) -> None:
    quoted = HOSTILE.replace("'", "''")
    plant(folder, f"('{quoted}', '{quoted}', 'cogs', '{quoted}', null, null, '2025-01', 5)")
    page = scoring.as_html(scoring.score(folder))
    assert "<script>alert" not in page
    assert page.count("<script") == page.count("</script>") == 1  # the specification
    drawing = base64.b64decode(re.findall(r"svg\+xml;base64,([^\"]+)", page)[1]).decode()
    assert "<script" not in drawing


@pytest.mark.parametrize(
    ("rows", "kind", "message"),
    [
        ("('stale', 'S1', 'cogs', 'A', '', '', '2025-01', 1.5)", "double", "column amount is DOUBLE"),
        ("('stale', 'S1', 'cogs', 'A', '', '', '2025-01', 1), (null, 'S1', 'cogs', 'A', '', '', '2025-01', 2)",
         "decimal(18, 2)", "row 2, column cause: nothing is not allowed"),
        ("('stale', 'S1', 'cogs', 'A', '', '', '2025-01', null)", "decimal(18, 2)", "row 1, column amount: nothing"),
        ("('stale', 'S1', 'cogs', 'A', '', '', '2025-01', 0.005)", "decimal(18, 3)", "row 1, column amount: 0.005"),
        ("('stale', 'S1', 'cogs', 'A', '', '', '2025-01', '1e30')", "decimal(38, 2)", "truth.parquet"),
    ],
    ids=["float", "no cause", "no amount", "half a cent", "beyond all books"],
)  # fmt: skip
def test_a_wrong_truth_names_file_row_and_remedy(folder: Path, rows: str, kind: str, message: str) -> None:
    plant(folder, rows, kind)
    with pytest.raises(InputError, match=re.escape(message)) as raised:
        scoring.score(folder)
    assert "truth.parquet" in str(raised.value)
    assert "amount as DECIMAL(18, 2)" in str(raised.value)


def test_a_truth_that_is_missing_or_no_table_of_the_truth(folder: Path) -> None:
    truth = folder / "truth.parquet"
    truth.unlink(missing_ok=True)
    with pytest.raises(InputError, match=r"truth\.parquet: there is no such file"):
        scoring.score(folder)
    truth.write_text("cause,amount")
    with pytest.raises(InputError, match=r"truth\.parquet: is not a table of the truth"):
        scoring.score(folder)
    truth.unlink()
    duckdb.connect().execute(f"copy (select 'stale' as cause) to '{truth}' (format parquet)")
    with pytest.raises(InputError, match=r"truth\.parquet: .*event_id.*Write it again"):
        scoring.score(folder)


def test_what_is_not_reconciled_cannot_be_scored(tmp_path: Path) -> None:
    companies.write(tmp_path, SALE)
    with pytest.raises(NotLoaded, match="Run `tieout run` first"):
        scoring.score(tmp_path)
    duckdb.connect(str(tmp_path / "tieout.duckdb")).close()
    with pytest.raises(NotLoaded, match="Run `tieout reconcile` first"):
        scoring.score(tmp_path)


def drawn(*rows: tuple[str, str, str]) -> dict[str, Any]:
    table = pd.DataFrame(
        [(true, found, Decimal(amount)) for true, found, amount in rows],
        columns=["true_cause", "found_cause", "amount"],
    )
    spec = confusion.draw(table, {"a": "First", "b": "Second"}, currency="USD").to_dict()
    assert theme._bundle(spec)["text/html"].count("<img") == 1
    return spec


def cells(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return next(rows for rows in spec["datasets"].values() if rows and "is_right" in rows[0])


def test_the_picture_says_when_everything_is_right() -> None:
    spec = drawn(("a", "a", "100"), ("b", "b", "50.40"))
    assert spec["description"] == "Everything is on the diagonal: all $150 found under its own cause."
    assert {cell["found"] for cell in cells(spec)} == {"its own cause"}


def test_the_picture_shows_what_was_confused_missed_and_claimed() -> None:
    spec = drawn(("a", "a", "75"), ("a", "b", "25"), ("b", "nothing", "10"), ("nothing", "a", "5"))
    assert spec["description"] == (
        "68.2% of $110 planted was found under its own cause; $5 was claimed without truth. The largest astray: "
        "First found as Second: $25; Second found as nothing: $10; nothing found as First: $5."
    )
    shares = {(cell["true"], cell["found"]): round((cell["end"] - cell["start"]) / 0.8, 6) for cell in cells(spec)}
    assert shares == {
        ("First", "its own cause"): 0.75, ("First", "Second"): 0.25, ("Second", "nothing (missed)"): 1,
        ("Nothing planted", "First"): 1,
    }  # fmt: skip


def test_almost_all_is_not_rounded_to_all_and_no_money_is_words() -> None:
    assert drawn(("a", "a", "99999"), ("a", "b", "1"))["description"].startswith("99.9% of $100,000")
    assert drawn()["description"] == "Nothing was planted, and nothing was found."


def test_many_causes_share_few_columns_and_keep_all_their_money() -> None:
    names = [f"cause_{number:02}" for number in range(55)]
    spec = drawn(*[(name, name, "90") for name in names], *[(name, names[0], "1") for name in names[1:]],
                 *[(names[0], name, "10") for name in names[1:]])  # fmt: skip
    table = cells(spec)
    assert len({cell["start"] for cell in table}) == 1 + confusion.SHOWN + 1
    assert len({cell["true"] for cell in table}) == 55
    for name in names:
        shares = [cell["end"] - cell["start"] for cell in table if cell["true"] == name]
        assert sum(shares) == pytest.approx(0.8)
