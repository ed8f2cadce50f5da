"""What a fix is worth, what the data lack, and each exception as an entry: all of it adds up."""

from __future__ import annotations

from decimal import Decimal

from measures.conftest import Planted


def test_each_story_adds_up_and_holds_the_whole_exception(planted: Planted) -> None:
    exceptions = planted.company.exceptions().sort_values("amount", ascending=False).drop_duplicates("cause")
    assert len(exceptions) > 20
    for case in exceptions.to_dict("records"):
        story = planted.company.story(case["cause"], case["event_id"])
        assert (story["recorded"] + story["correction"] + story["other"] == story["expected"]).all(), case["event_id"]
        assert sum(abs(amount) for amount in story["correction"]) <= case["amount"]
        assert story["correction"].any()


def test_the_order_of_fixes_ends_where_nothing_known_is_left(planted: Planted) -> None:
    order = planted.company.fix_order()
    books = planted.company.what_if().set_index("scenario")
    assert sum(order["distorted"], order["distorted_left"].iloc[-1]) == books.loc["recorded", "distorted"]
    assert order["distorted_left"].iloc[-1] == books.loc["corrected", "distorted"]
    assert order["profit_misplaced_left"].iloc[-1] == Decimal(0)
    assert sum(order["profit"]) == books.loc["recorded", "to_corrected"] * -1
    assert order["hours_left"].iloc[-1] == books.loc["corrected", "hours"]
    assert sum(order["exceptions"], int(books.loc["corrected", "exceptions"])) == books.loc["recorded", "exceptions"]
    assert (order["distorted_min"] <= order["distorted"]).all()
    assert (order["distorted"] <= order["distorted_max"]).all()
    assert list(order["distorted"]) == sorted(order["distorted"], reverse=True)


def test_what_is_not_delivered_is_what_the_capability_lacks(planted: Planted) -> None:
    capability = planted.company.capability()
    lacking = {name for names in capability["missing_inputs"] if names for name in names.split(", ")}
    assert set(planted.company.missing_inputs()["input"]) == lacking


def test_each_unlinked_entry_is_one_that_no_link_names(planted: Planted) -> None:
    unlinked = planted.company.unlinked_entries()
    recorded = planted.company.recorded().merge(planted.company.links(), on=["journal_id", "line_no"], how="left")
    free = recorded[recorded["rung"].isna() & (recorded["role"] != "other")]
    assert sum(unlinked["lines"]) == len(free)
    assert unlinked["share"].between(0, 1).all()


def test_a_table_reaches_as_far_as_its_last_row(planted: Planted) -> None:
    ages = planted.company.source_ages().set_index("table")
    last = planted.company.sql("select max(effective_date) as date, count(*) as rows from gl_lines").iloc[0]
    assert ages.loc["gl_lines", "last_date"] == last["date"]
    assert ages.loc["gl_lines", "rows"] == last["rows"]
    assert (ages["days_silent"] >= 0).all()
