"""The page on the data: what was read and refused, what is missing, and what that costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from great_tables import GT

from tieout.charts import wording
from tieout.reporting import tables
from tieout.reporting.facts import Facts
from tieout.reporting.head import head
from tieout.reporting.passage import Opening, Passage, paragraphs

SHOWN = 8
_NOTHING_REFUSED = "No row was refused."
_LEVELS = {"A": "at best A", "B": "at best B", "C": "at best C", "N": "no error at all (N)"}


def opening(facts: Facts) -> Opening:
    """Warnings if there are any, and whether the data can carry the figures."""
    read, rejected = (int(facts.trust[f"rows_{kind}"]) for kind in ("read", "rejected"))
    capability = facts.company.capability()
    apart, causes = int((capability["best_evidence"] != "D").sum()), len(capability)
    refused = f"{rejected:,} of {wording.counted(read, 'row')} refused" if rejected else f"all {read:,} rows taken"
    headline = f"{wording.beginning(refused)}; {apart:,} of {causes:,} causes can be told apart"
    return head(facts, "The data", headline, paragraphs(_complete(facts), _grain(capability)))


def _complete(facts: Facts) -> str:
    totals = facts.company.control_totals()
    known = totals[totals["declared"].notna()]
    if known.empty:
        if facts.company.sql("select coalesce(bool_and(is_whole), false) from journal_numbers").iat[0, 0]:
            return "There is no trial balance, but the numbers of the journals have no gap: the ledger is complete."
        return "There is no trial balance, so nobody can prove that the extract of the ledger is complete."
    wrong = known[known["difference"] != 0]
    if wrong.empty:
        return f"The ledger is complete: its lines are what the trial balance moved by, {len(known):,} times."
    amount = _sum(wrong["difference"].abs())
    differ = "differs" if len(wrong) == 1 else "differ"
    return (
        f"The ledger is not complete: {wording.counted(len(wrong), 'account balance')} of {len(known):,} {differ} from "
        f"the trial balance, by {facts.money(amount)} in all."
    )


def _grain(capability: pd.DataFrame) -> str:
    grain = capability["grain"].dropna()
    return f"The ledger tells its causes {grain.iloc[0]}." if len(grain) else ""


def first(facts: Facts) -> GT | Passage:
    """What to mend first: each fault of the data with the money that hangs on it."""
    faults = sorted(_faults(facts), key=lambda fault: (-fault[1], fault[0]))[:SHOWN]
    if not faults:
        text = "No row was refused, no entry lacks its event, no system contradicts another, and no table fell silent."
        return Passage(paragraphs(text))
    cells = {
        ("", "Money"): [facts.exact(amount) for _, amount, _ in faults],
        ("", "What to do"): [remedy for _, _, remedy in faults],
    }
    return tables.statement("first", [name for name, _, _ in faults], cells).cols_align("left", columns=["column1"])


def _faults(facts: Facts) -> list[tuple[str, Decimal, str]]:
    """Faults as (name, money, remedy); those without money that count all the same have zero."""
    company = facts.company
    rejected, unlinked = company.rejected_rows(), company.unlinked_entries()
    totals, missing = company.control_totals(), company.missing_inputs()
    gaps = totals["difference"].dropna()
    causes = company.cause_totals()
    unexplained = causes.loc[causes["cause"] == "unexplained", "gross"]
    drift = company.quantity_drift()
    stale = company.source_ages()
    found = [
        ("Rows refused", len(rejected), _sum(rejected["value"]), "mend them at their source"),
        ("Ledger differs from trial balance", int((gaps != 0).sum()), _sum(gaps.abs()), "extract the ledger again"),
        ("Entries of no event", len(unlinked), _sum(unlinked["amount"]), "have entries name their event"),
        ("Unexplained", len(unexplained), _sum(unexplained), "look into the largest"),
        ("Systems count differently", len(drift), _sum(drift["amount"].abs()), "count the items again"),
        *(
            (f"No {row['input']}", 1, row["amount"], "deliver it")
            for row in missing[missing["amount"] > 0].to_dict("records")
        ),
        *(
            (f"{row['table']}: nothing for {row['days_silent']} days", 1, Decimal(0), "see whether a file is missing")
            for row in stale[stale["is_stale"]].to_dict("records")
        ),
    ]
    return [(name, amount, remedy) for name, count, amount, remedy in found if count]


def refused(facts: Facts) -> GT | Passage:
    """Refused rows by file and reason, with the first of them."""
    rows = facts.company.rejected_rows()
    if rows.empty:
        return Passage(paragraphs(_NOTHING_REFUSED))
    groups = [
        (str(file), str(reason), len(group), _sum(group["value"]), min(group["row"]))
        for (file, reason), group in rows.groupby(["file", "reason"], dropna=False)
    ]
    groups.sort(key=lambda group: (-group[3], -group[2], group[0], group[1]))
    shown = groups[:SHOWN]
    cells = {
        ("", "Rows"): [f"{group[2]:,}" for group in shown],
        ("", "Value"): [facts.exact(group[3]) for group in shown],
        ("", "First row"): [f"{group[4]:,}" for group in shown],
    }
    return tables.statement("refused", [f"{group[0]}: {group[1]}" for group in shown], cells)


def reading(facts: Facts) -> Passage:
    """How much was read and refused, and where the rest of it stands."""
    trust = facts.trust
    read, loaded, rejected = (f"{trust[f'rows_{kind}']:,}" for kind in ("read", "loaded", "rejected"))
    return Passage(
        paragraphs(
            f"{read} rows read = {loaded} loaded + {rejected} refused; {trust['rejected_percent']:.2f}% of value "
            f"(limit {trust['max_rejected_percent']:.2f}%).",
            "The rows as they came: tieout export rejected_rows." if trust["rows_rejected"] else "",
        )
    )


def files(facts: Facts) -> GT:
    """The files with refused rows, then the largest, and the others in one line."""
    table = facts.company.files()
    kinds = ("read", "loaded", "rejected")
    counts = {str(row["file"]): [int(row[f"rows_{kind}"]) for kind in kinds] for row in table.to_dict("records")}
    names = sorted(counts, key=lambda name: (-counts[name][2], -counts[name][0], name))
    lines, rest = names[:SHOWN], names[SHOWN:]
    rows = [counts[name] for name in lines]
    if rest:
        lines = [*lines, wording.counted(len(rest), "other file")]
        rows.append([sum(column) for column in zip(*(counts[name] for name in rest), strict=True)])
    rows.append([sum(column) for column in zip(*counts.values(), strict=True)])
    cells = {("Rows", kind.capitalize()): [f"{row[place]:,}" for row in rows] for place, kind in enumerate(kinds)}
    return tables.statement("files", [*lines, "All files"], cells, sums=[len(lines)], totals=[len(lines)])


def findings(facts: Facts) -> GT | Passage:
    """Oddities by kind: how severe, how many, how much, and one of them in words."""
    table = facts.company.findings()
    if table.empty:
        return Passage(paragraphs("Nothing odd was found."))
    kinds = [
        (str(kind), str(group["severity"].iloc[0]), len(group), _sum(group["amount"].abs()))
        for kind, group in table.groupby("finding")
    ]
    kinds.sort(key=lambda kind: (kind[1] != "error", -kind[3], -kind[2], kind[0]))
    shown = kinds[:SHOWN]
    cells = {
        ("", "Severity"): [kind[1] for kind in shown],
        ("", "Found"): [f"{kind[2]:,}" for kind in shown],
        ("", "Money"): [facts.exact(kind[3]) for kind in shown],
    }
    return tables.statement("findings", [kind[0].replace("_", " ").capitalize() for kind in shown], cells)


def examples(facts: Facts) -> Passage:
    """The largest of each kind of finding, in its own words."""
    table = facts.company.findings()
    table = table.assign(size=table["amount"].abs()).sort_values(["size", "id"], ascending=[False, True])
    shown = table.drop_duplicates("finding").head(3)
    return Passage(paragraphs(*(f"{wording.beginning(message)}." for message in shown["message"].astype(str))))


def capability(facts: Facts) -> GT | Passage:
    """What is not delivered: the causes that it keeps apart, and the ambiguous money that it leaves."""
    table = facts.company.missing_inputs()
    if table.empty:
        return Passage(paragraphs("Everything that tells one cause from another was delivered."))
    shown = table[:SHOWN]
    cells = {
        ("", "Ambiguous money"): [facts.exact(amount) for amount in shown["amount"]],
        ("", "What it would tell"): [_titles(facts, str(names)) for names in shown["names"]],
    }
    lines = [str(name) for name in shown["input"]]
    return tables.statement("missing", lines, cells).cols_align("left", columns=["column1"])


def _titles(facts: Facts, names: str) -> str:
    first, *rest = (facts.titles[name] for name in names.split(", "))
    return f"{first} and {wording.counted(len(rest), 'more cause')}" if rest else first


def apart(facts: Facts) -> Passage:
    """How sure the causes can be, and what is open because of it."""
    levels = facts.company.capability()["best_evidence"].value_counts()
    missing, causes = facts.company.missing_inputs(), facts.company.cause_totals()
    known = ", ".join(f"{levels[level]} {words}" for level, words in _LEVELS.items() if level in levels)
    gross = {
        name: _sum(causes.loc[causes["cause"] == name, "gross"]) for name in ("ambiguous", "unexplained")
    }  # fmt: skip
    more = f" The first {SHOWN} of {len(missing)} inputs that are missing:" if len(missing) > SHOWN else ""
    return Passage(
        paragraphs(
            f"Of the causes that tieout knows, {known or 'none is sure'}; {levels.get('D', 0)} cannot be told apart.",
            f"{facts.money(gross['ambiguous'])} is ambiguous and {facts.money(gross['unexplained'])} unexplained, all "
            f"periods, debits and credits.{more}",
        )
    )


def completeness(facts: Facts) -> GT | Passage:
    """Where the ledger's lines are not what the trial balance moved by."""
    totals = facts.company.control_totals()
    if totals["declared"].isna().all():
        return Passage(paragraphs(_complete(facts)))
    wrong = totals[totals["difference"].fillna(0) != 0]
    if wrong.empty:
        return Passage(paragraphs("Every account of every period moves as its trial balance says."))
    size = wrong["difference"].abs().astype(object)
    shown = wrong.loc[size.sort_values(ascending=False, kind="stable").index[:SHOWN]]
    cells = {
        ("", "Booked"): [facts.exact(amount) for amount in shown["booked"]],
        ("", "Trial balance"): [facts.exact(amount) for amount in shown["declared"]],
        ("", "Difference"): [facts.exact(amount) for amount in shown["difference"]],
    }
    lines = [f"{row['account']}, {wording.period_label(row['period'])}" for row in shown.to_dict("records")]
    return tables.statement("completeness", lines, cells)


def unlinked(facts: Facts) -> GT | Passage:
    """Entries that belong to no event, by their source, all periods."""
    table = facts.company.unlinked_entries()
    if table.empty:
        return Passage(paragraphs("Every entry of the ledger belongs to an event or a batch of events."))
    groups: list[tuple[str, int, Any]] = [
        (str(source), sum(group["journals"]), _sum(group["amount"]))
        for source, group in table.assign(source=table["source"].fillna("no source")).groupby("source")
    ]
    groups.sort(key=lambda group: (-group[2], group[0]))
    cells = {
        ("", "Journals"): [f"{group[1]:,}" for group in groups[:SHOWN]],
        ("", "Money"): [facts.exact(group[2]) for group in groups[:SHOWN]],
    }
    return tables.statement("unlinked", [group[0] for group in groups[:SHOWN]], cells)


def ages(facts: Facts) -> GT | Passage:
    """How far each table reaches, the one that ends first on top."""
    table = facts.company.source_ages()
    if table.empty:
        return Passage(paragraphs("No table has a date."))
    cells = {
        ("", "Rows"): [f"{count:,}" for count in table["rows"]],
        ("", "Last date"): [str(date) for date in table["last_date"]],
        ("", "Days silent"): [f"{days:,}" for days in table["days_silent"]],
        ("", "Longest before"): ["–" if wording.is_missing(gap) else f"{gap:,}" for gap in table["longest_gap"]],
    }
    return tables.statement("ages", [str(name) for name in table["table"]], cells)


def silent(facts: Facts) -> Passage:
    """Which tables are silent for longer than ever."""
    table = facts.company.source_ages()
    stale = [str(name) for name in table.loc[table["is_stale"], "table"]]
    if not stale:
        return Passage(paragraphs("No table has been silent for longer than it was before."))
    return Passage(
        paragraphs(
            f"Silent for longer than ever before the end of the data: {wording.listed(stale)}. Is a file missing?"
        )
    )


def _sum(amounts: Any) -> Decimal:
    return sum((amount for amount in amounts if not wording.is_missing(amount)), Decimal(0))
