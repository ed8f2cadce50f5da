"""What the leadership report says: of ordinary months, and of months in which something is missing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag

from reporting import played
from reporting.fake import FakeCompany
from tieout.charts import wording
from tieout.reporting import facts, stories
from tieout.resources import notebooks_dir


def read(company: FakeCompany, period: str = "") -> Tag:
    main = BeautifulSoup(played.page(company, period), "html.parser").main
    assert main is not None
    return main


def said(main: Tag, selector: str) -> str:
    return " ".join(
        " ".join(
            element.get_text(" ", strip=True).replace("\N{WORD JOINER}", "") for element in main.select(selector)
        ).split()
    )


def amounts(main: Tag, table: str) -> list[tuple[str, Decimal]]:
    rows = []
    for row in main.select(f"#{table} tbody tr"):
        name, amount = (cell.get_text(strip=True) for cell in row.select("th, td")[:2])
        if not amount.endswith("%"):
            rows.append((name, Decimal(amount.replace(",", "").replace("−", "-"))))
    return rows


def test_the_conclusion_comes_first() -> None:
    main = read(FakeCompany())
    assert said(main, "h1") == "Gross margin of November 2025 was 41.1%, not 45.7% as recorded"
    assert said(main, ".deck") == (
        "The ledger overstates gross profit by $6,889, or 4.65 points of margin. "
        "Largest cause: cost of goods sold never booked (−$7,463)."
    )
    assert "beyond materiality ($1,000)" in said(main, "header")
    assert main.select(".banner") == []
    assert [str(heading.string) for heading in main.select("h2")][-1] == "How far to trust this"


def test_a_headline_that_the_evidence_does_not_carry_is_withheld() -> None:
    reason = "only 91.2% of the cost of sales comes from layers of known cost (98.0% are needed)"
    company = FakeCompany(
        headline_row={"is_withheld": True, "reason": reason, "gross_margin_min": 0.38, "gross_margin_max": 0.44}
    )
    main = read(company)
    assert said(main, "h1") == f"Gross margin of November 2025 is withheld: {reason}"
    assert said(main, ".deck").startswith(
        "By the evidence it lies between 38.0% and 44.0%; the ledger shows 45.7%. Largest cause: "
    )
    assert "Decide nothing on this margin" in said(main, "header")
    assert said(main, ".key").count("withheld") == 4  # of the period and of the one before
    notes = [text for text in main.stripped_strings if text.startswith("The corrected margin is withheld")]
    assert len(notes) == 3  # above the margins, the bridge and the channels
    assert all(reason in note for note in notes)
    text = said(main, "p")
    assert "rests on the corrected margin: it is withheld, too." in text
    assert "breaks even" not in text
    assert "lost money" not in text


@pytest.mark.parametrize(
    ("headline", "says", "deck"),
    [
        ({"decimals": 0}, "Gross margin of November 2025 was 41%, not 46% as recorded", "by $6,889. "),
        (
            {"decimals": None, "gross_margin_min": 0.38, "gross_margin_max": 0.44},
            "Gross margin of November 2025 was between 38.0% and 44.0%; the ledger shows 46%",
            "by $6,889. ",
        ),
        (
            {"decimals": 0, "gross_profit_min": Decimal("60000.00"), "gross_profit_max": Decimal("60432.00")},
            "Gross margin of November 2025 was 41%, not 46% as recorded",
            "by $6,900. ",
        ),
    ],
)
def test_figures_are_rounded_to_what_the_evidence_carries(headline: dict[str, Any], says: str, deck: str) -> None:
    main = read(FakeCompany(headline_row=headline))
    assert said(main, "h1") == says
    assert said(main, ".deck").startswith(f"The ledger overstates gross profit {deck}")


def test_the_bridge_adds_up_as_printed() -> None:
    rows = amounts(read(FakeCompany()), "table-bridge")
    levels = {name: place for place, (name, _) in enumerate(rows) if name in ("Recorded", "Corrected", "Expected")}
    for start, end in (("Recorded", "Corrected"), ("Corrected", "Expected")):
        steps = rows[levels[start] : levels[end]]
        assert len(steps) > 1
        assert sum(amount for _, amount in steps) == rows[levels[end]][1]


def test_the_statement_adds_up_as_printed() -> None:
    lines = dict(amounts(read(FakeCompany()), "table-margin"))
    deductions = lines["less discounts"] + lines["less returns"] + lines["less cost of goods sold"]
    assert lines["Revenue"] + lines["Shipping income"] - deductions == lines["Gross profit"]


@pytest.mark.parametrize(
    ("trust", "warning"),
    [
        ({"rejected_percent": 1.5}, "Rejected source rows are 1.50% of value (limit 1.00%), beyond the limit"),
        ({"unexplained_percent": 7.25}, "Unexplained differences are 7.25% of value (limit 1.00%), beyond the limit"),
        ({"broken_proofs": 3}, "The books do not tie out: 3 of 4,811 proofs are broken."),
    ],
)
def test_what_breaks_trust_stands_on_top(trust: dict[str, Any], warning: str) -> None:
    main = read(FakeCompany(trust_row=trust))
    first = main.find(True, {"class": ["banner", "masthead"]})
    assert isinstance(first, Tag)
    assert warning in first.get_text()


def test_a_finding_about_all_figures_stands_on_top_and_others_do_not() -> None:
    found = {"periodic_inventory": "the ledger <keeps> periodic inventory", "negative_on_hand": "left beyond the stock"}
    assert said(read(FakeCompany(found=found)), ".banner") == "The ledger <keeps> periodic inventory."


def test_leaders_are_told_what_to_decide() -> None:
    asks = [
        " ".join(ask.get_text(" ", strip=True).replace("\N{WORD JOINER}", "").split())
        for ask in read(FakeCompany()).select(".asks li")
    ]
    assert asks == [
        (
            "Post 2 correcting entries ($1,400 on each side). Gross profit changes by −$1,400; until then the ledger "
            "stays wrong by that much. Controller, before December 2025 is closed."
        ),
        (
            "Accept or take back the manual true-up MJE-9. $150 of correcting lines wait for that: booked as well, "
            "they would count twice. Controller, with the auditor, before the next close."
        ),
        (
            "Review 1 likely finding. $150 of correcting lines are likely, not proven (evidence C). Controller, "
            "before the next close."
        ),
        (
            "Fix the root: pass cost layers to the ledger. Each month of waiting misplaces $417 of profit and takes "
            "6.7 hours (estimate). Systems, next release."
        ),
        (
            "Claim $43 from marketplaces. They lost or damaged 1 lot and have not made them good; the oldest is 95 "
            "days old, and claims lapse. Operations, now."
        ),
        (
            "Reprice or stop advertising 1 item. It lost $85 in the period before any advertising. Marketing, next "
            "price list."
        ),
        (
            "Find the papers for what has no sure cause. $50 of differences are ambiguous or unexplained and will "
            "not be posted. Controller, before the next close."
        ),
    ]


def test_the_story_behind_the_headline() -> None:
    text = said(read(FakeCompany()), "p")
    for sentence in (
        "of which $6,889 was not earned.",
        "There is no period a year earlier to compare with.",
        "Three of 5 origins make 90% of all effects: cost of goods sold never booked, from wms (−$7,463),",
        (
            "Of $10,000 of correcting lines 90.0% is proven by the records (evidence A), 7.0% follows from them by a "
            "rule (B), 2.5% is likely and to be reviewed (C) and 0.5% is unexplained."
        ),
        "In the ledger marketplace carries $412 that belongs to web.",
        (
            "Advertising breaks even at a return of 2.44, not 2.17 as the ledger says: that much net revenue for "
            "each $1 spent."
        ),
        "1 item lost $85 before any advertising; the ledger shows a profit for 1 of them.",
        (
            "Clearing the differences of November 2025 by hand takes 12 hours by estimate ($780: assumed minutes × a "
            "rate, in no book). A rule could do 90.0% of it."
        ),
        (
            "On average over 12.0 months, all that the books cover, to pass cost layers to the ledger puts most "
            "misplaced profit right: $417 a month. It also saves most work: 6.7 hours a month (estimate)."
        ),
    ):
        assert sentence in text


def test_a_loss_is_told_as_a_loss() -> None:
    facts_of = {"recorded": Decimal(-20), "corrected": Decimal(-50)}
    assert not_earned(facts_of) == "The ledger reports a gross loss of $20; $30 less was earned."
    assert not_earned({**facts_of, "corrected": Decimal(-5)}).endswith("a gross loss of $20; $15 more was earned.")
    assert not_earned({**facts_of, "recorded": Decimal(10)}).endswith("a gross profit of $10; $60 less was earned.")


def not_earned(profits: dict[str, Decimal]) -> str:
    """What the page says of a company with the gross profit of each book in ``profits``."""

    class Books(FakeCompany):
        def margin(self, *args: Any, **given: Any) -> pd.DataFrame:
            table = super().margin(*args, **given)
            for book, profit in profits.items():
                table.loc[table["book"] == book, "gross_profit"] = profit
            return table

    return next(text for text in map(spoken, read(Books()).select("p")) if text.startswith("The ledger reports"))


def spoken(element: Tag) -> str:
    return element.get_text(" ", strip=True)


def test_channels_keep_their_names() -> None:
    text = said(read(FakeCompany(channels=("amazon-us", "web"))), "p")
    assert "a channel keeps: amazon-us " in text


@pytest.mark.parametrize(
    ("left", "trust", "says"),
    [
        (0, {}, "within materiality ($1,000): the recorded profit can be relied on."),
        (0, {"unexplained_percent": 4.0}, "within materiality ($1,000), with the reservations above."),
        (5_000, {}, "but $5,000 more is in flight, ambiguous or unexplained: settle that before"),
    ],
)
def test_what_is_open_is_not_relied_on(left: int, trust: dict[str, Any], says: str) -> None:
    class Open(FakeCompany):
        def margin(self, *args: Any, **given: Any) -> pd.DataFrame:
            table = super().margin(*args, **given)
            table.loc[table["book"] == "expected", "gross_profit"] += Decimal(left)
            return table

    assert says in said(read(Open(flawless=True, trust_row=trust)), "header")


@pytest.mark.parametrize(
    ("count", "noun", "text"),
    [(1, "day", "1 day"), (89, "day", "89 days"), (2, "entry", "2 entries"), (0, "item", "0 items")],
)
def test_counted(count: int, noun: str, text: str) -> None:
    assert wording.counted(count, noun) == text


@pytest.mark.parametrize(
    ("amount", "text"), [("0.17", "0.2 hours"), ("1", "1 hour"), ("6.67", "6.7 hours"), ("1234.4", "1,234 hours")]
)
def test_hours_of_little_work(amount: str, text: str) -> None:
    assert wording.hours(Decimal(amount)) == text


def test_who_may_read_it_and_whom_to_ask() -> None:
    labels = {"confidentiality": "Confidential <board>", "questions_to": "controller@harbour.example"}
    main = read(FakeCompany(labels=labels))
    assert said(main, ".masthead") == "Harbour & Pine · Gross margin, November 2025 · Confidential <board>"
    assert "Questions to controller@harbour.example" in said(main, "dl")
    assert "Distribution" not in said(main, "dl")
    ledger = (
        "812 lines of November 2025, debit 90,210.55 = credit 90,210.55; 8 of 9 balances of the trial balance agree"
    )
    assert ledger in said(main, "dd")


def test_an_unfinished_period_says_so() -> None:
    assert said(read(FakeCompany(), "2025-12"), ".banner") == (
        "December 2025 is not complete yet: every figure of it is provisional."
    )


def test_a_clean_month() -> None:
    main = read(FakeCompany(flawless=True))
    assert said(main, "h1") == "Gross margin of November 2025 was 45.7%, as recorded"
    assert said(main, ".deck") == "No correction changes gross profit."
    text = said(main, "p")
    assert "No proven cause changes gross profit in this period. Nothing in flight, ambiguous or" in text
    assert "Each channel's contribution is as recorded." in text
    assert "and that is right." in text
    assert "It was first reported so: nothing booked since the close has changed it." in text
    assert "No fix would change profit or work: nothing is misplaced." in text
    assert "No item that sold lost money before advertising." in text
    assert "Advertising breaks even at a return of 2.17: that much net revenue" in text
    assert "Nothing of November 2025 waits for a decision." in text
    assert "Timing leaves the gross profit of November 2025 as it is." in text


def test_the_first_period_and_no_fees() -> None:
    text = said(read(FakeCompany(periods_count=1, without_fees=True)), "p")
    assert "There is no earlier period to compare with." in text
    assert "No channel fees are on the books for this period" in text


def test_channels_that_cannot_be_compared() -> None:
    reasons = {name: f"not comparable: no outbound freight for {name}" for name in ("web", "wholesale")}
    main = read(FakeCompany(guarded=reasons))
    assert "Not comparable: no outbound freight for web and wholesale." in said(main, "p")
    assert "Contribution margin by channel, not comparable" in said(main, "figcaption")
    assert "comparable" not in said(read(FakeCompany()), "p, figcaption")


def test_months_without_sales() -> None:
    main = read(FakeCompany(without_sales=("2025-10", "2025-11"), channels=()))
    assert said(main, "h1") == "November 2025 had no sales, so there is no gross margin"
    text = said(main, "p")
    assert "October 2025 had no sales to compare with." in text
    assert "No sales or costs of this period carry a channel." in text


def test_a_period_that_was_never_closed() -> None:
    main = read(FakeCompany(never_closed=True))
    assert "The period has no closing date" in said(main, "p")
    assert "First reported" not in said(main, "#table-margin")


def test_other_currencies_keep_their_places() -> None:
    main = read(FakeCompany(currency="KWD", decimals=3))
    assert "gross profit by KWD\N{NO-BREAK SPACE}6,889".replace("\N{NO-BREAK SPACE}", " ") in said(
        main, ".deck"
    ).replace("\N{NO-BREAK SPACE}", " ")
    assert "52,756.160" in said(main, "#table-margin")


def test_the_notebook_is_thin_and_clean() -> None:
    notebook = json.loads((notebooks_dir() / "leadership.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code[0]["metadata"]["tags"] == ["parameters"]
    for line in code[0]["source"]:
        assert ": str = " in line
        assert "  # " in line
    for cell in code:
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
        assert not any(line.lstrip().startswith("def ") for line in cell["source"])
    assert [cell["id"] for cell in notebook["cells"]] == [f"c{place:03}" for place in range(len(notebook["cells"]))]


def test_an_effect_keeps_the_letters_of_its_currency() -> None:
    entry = pd.DataFrame({"role": [], "correction": [], "period": []})
    told = stories._effect(facts.read(FakeCompany(currency="CAD")), entry, Decimal(-60))  # type: ignore[arg-type]
    assert told == "Profit too high by CAD\N{NO-BREAK SPACE}60."
