"""From text to type: the SQL expression that reads a canonical column, and the reason where it cannot.

The macros ``parse_*`` and ``money`` are made once per database, for its currency and time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb

from tieout.canonical.files import quoted
from tieout.canonical.tables import Column, Table
from tieout.settings import CompanySettings
from tieout.store import sql_text

_TYPES = {
    "text": "varchar",
    "amount": "decimal(18, 4)",
    "unit": "decimal(18, 6)",
    "quantity": "decimal(18, 4)",
    "rate": "decimal(18, 9)",
    "time": "timestamp with time zone",
    "date": "date",
    "count": "bigint",
    "flag": "boolean",
}
_MEANING = {
    "unit": "a number",
    "quantity": "a quantity of at most four decimals",
    "rate": "a number",
    "time": "a time such as 2025-01-31T17:00:00Z",
    "date": "a date such as 2025-01-31",
    "count": "a whole number",
    "flag": "true or false",
}


def define_macros(connection: duckdb.DuckDBPyConnection, company: CompanySettings) -> None:
    """Make the macros of ``macros.sql`` for the company's currency and time zone."""
    places = company.decimals
    values = {
        "<places>": places,
        "<wide>": 28 + places,
        "<bounded>": 13 + places,
        "<units>": 10**places,
        "<unit>": Decimal(1).scaleb(-places),
        "<zone>": company.timezone,
        "<currency>": company.currency,
    }
    text = sql_text("canonical/macros")
    for token, value in values.items():
        text = text.replace(token, str(value))
    connection.execute(text)


def sql_type(column: Column, company: CompanySettings) -> str:
    """The DuckDB type of a canonical column."""
    return f"decimal(18, {company.decimals})" if column.kind == "money" else _TYPES[column.kind]


def create_statement(table: Table, company: CompanySettings) -> str:
    """The ``create table`` of a canonical table, with the file and row that each row came from."""
    columns = [f"{column.name} {sql_type(column, company)}" for column in table.columns]
    return f"create table {table.name} ({', '.join([*columns, 'source_file varchar', 'source_row bigint'])})"


def plain_expressions(table: Table, present: dict[str, str]) -> Iterator[str]:
    """Whether a time or date is written as most are, ``as <column> plain``: it need neither be trimmed nor parted."""
    for column in table.columns:
        if column.name in present and column.kind in ("time", "date"):
            yield f"is_plain_{column.kind}({quoted(column.name)}::varchar) as {_plain(column)}"


def text_expressions(table: Table, present: dict[str, str]) -> Iterator[str]:
    """``<text> as <column> text``, and ``<column> parts`` of a time that needs it, for all columns read from text.

    A step of its own: the macros name their argument many times, and a name is cheaper to plan than what it stands for.
    Reads the columns of the file and those of ``plain_expressions``.
    """
    for column in table.columns:
        if column.name in present:
            yield f"{_text(column, present[column.name])} as {_raw(column)}"
            if column.kind in ("time", "date"):
                text = f"{quoted(column.name)}::varchar"
                yield f"case when not {_plain(column)} then time_parts({text}) end as {_parts(column)}"


def typed_expressions(table: Table, present: dict[str, str], company: CompanySettings) -> Iterator[str]:
    """``<expression> as <column>`` for every column of ``table``; NULL for those the file lacks.

    Reads the columns of the file and those of ``text_expressions``.
    """
    for column in table.columns:
        yield f"{_typed(column, present, company)} as {column.name}"


def zoneless_expressions(table: Table, present: dict[str, str], company: CompanySettings) -> Iterator[str]:
    """For every time that is read from text: its mark where the text says no zone, or 0."""
    marks = zone_marks(table)
    for column in table.columns:
        if column.kind == "time" and column.name in present and not _is_typed(column, present[column.name], company):
            yield f"case when lacks_zone({_raw(column)}, {_parts(column)}) then {marks[column.name]} else 0 end"


def zone_marks(table: Table) -> dict[str, int]:
    """A bit for each column with times; a row keeps the sum of those that say no zone (eight columns at most)."""
    return {name: 1 << bit for bit, name in enumerate(column.name for column in table.columns if column.kind == "time")}


def reason_expressions(table: Table, present: dict[str, str], company: CompanySettings) -> Iterator[str]:
    """For every column the reason that rejects a row, or NULL, by its text and its typed value."""
    for column in table.columns:
        if column.name not in present:
            continue
        if column.required:
            yield f"case when {_raw(column)} is null then '{column.name} is missing' end"
        if column.choices or column.kind != "text":
            meaning = f"one of {', '.join(column.choices)}" if column.choices else _meaning(column, company)
            yield (
                f"case when {_raw(column)} is not null and {column.name} is null"
                f" then '{column.name}: \"' || left({_raw(column)}, 60) || '\" is not {meaning}' end"
            )


def _meaning(column: Column, company: CompanySettings) -> str:
    if column.kind in ("money", "amount"):
        return f"an amount in {company.currency} of at most {company.decimals} decimals"
    return _MEANING[column.kind]


def _raw(column: Column) -> str:
    return quoted(f"{column.name} text")


def _parts(column: Column) -> str:
    return quoted(f"{column.name} parts")


def _plain(column: Column) -> str:
    return quoted(f"{column.name} plain")


def _text(column: Column, kind: str) -> str:
    """The raw value as text; an identifier that came as a floating number loses its ``.0``."""
    name = quoted(column.name)
    if kind in ("DOUBLE", "FLOAT") and column.kind == "text":
        whole = f"isfinite({name}) and {name} = floor({name}) and abs({name}) < 1e15"
        return f"case when {whole} then {name}::bigint::varchar when not isnan({name}) then {name}::varchar end"
    if column.kind == "text":
        return f"nullif({name}::varchar, '')"
    trimmed = f"nullif(trim({name}::varchar), '')"
    if column.kind in ("time", "date"):
        return f"case when {_plain(column)} then {name}::varchar else {trimmed} end"
    return trimmed


def _is_typed(column: Column, kind: str, company: CompanySettings) -> bool:
    """Whether a file has the column in its own type, so that nothing is read from text."""
    return column.kind != "text" and kind.lower().replace(" ", "") == sql_type(column, company).replace(" ", "")


def _typed(column: Column, present: dict[str, str], company: CompanySettings) -> str:
    target, kind = sql_type(column, company), present.get(column.name)
    if kind is None:
        return f"null::{target}"
    if _is_typed(column, kind, company):
        bounds = {"time": "plausible", "date": "plausible", "money": "in_bounds"}.get(column.kind, "")
        return f"{bounds}({quoted(column.name)})"
    if column.kind == "date" and kind == "TIMESTAMP WITH TIME ZONE":
        return f"local_date(plausible({quoted(column.name)}))"
    text = _raw(column)
    if column.choices:
        allowed = ", ".join(f"'{choice}'" for choice in column.choices)
        plain = f"lower(trim({text}))"
        return f"case when {text} in ({allowed}) then {text} when {plain} in ({allowed}) then {plain} end"
    if column.kind == "amount":
        currency = f"{quoted('currency')}::varchar" if "currency" in present else "null"
        return f"parse_amount({text}, {currency})"
    if column.kind in ("time", "date"):
        return f"{column.kind}_from_parts({text}, {_parts(column)})"
    return text if column.kind == "text" else f"parse_{column.kind}({text})"
