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

_TYPES = {
    "text": "varchar",
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
    """Make ``money`` (the one place of rounding), ``parse_*``, ``local_date`` for the company's currency and zone."""
    places, zone = company.decimals, company.timezone
    connection.execute(
        f"""
        create or replace macro money(amount) as round(amount, {places})::decimal(18, {places});
        create or replace macro times(quantity, price) as quantity::decimal(38, 4) * price::decimal(18, 6);
        create or replace macro converted(amount, rate) as amount::decimal(38, 6) * rate::decimal(18, 9);
        create or replace macro minor_units(amount) as (amount::decimal(38, {places}) * {10**places})::bigint;
        create or replace macro from_minor_units(units) as
            (units::decimal(18, 0) * {Decimal(1).scaleb(-places)})::decimal(18, {places});
        create or replace macro ten_thousandths(quantity) as (quantity::decimal(38, 4) * 10000)::bigint;
        create or replace macro half_up(numerator, denominator) as
            sign(numerator) * ((2 * abs(numerator)::hugeint + denominator) // (2 * denominator)::hugeint);
        create or replace macro share_of_money(total, part, whole) as
            from_minor_units(half_up(minor_units(total)::hugeint * ten_thousandths(part), ten_thousandths(whole)));
        create or replace macro money_share(total, part, whole) as
            from_minor_units(half_up(minor_units(total)::hugeint * abs(minor_units(part)), abs(minor_units(whole))));
        create or replace macro part_of(total, weight_before, weight_until, weight_of_all) as from_minor_units(
            half_up(minor_units(total)::hugeint * weight_until::hugeint, weight_of_all::hugeint)
            - half_up(minor_units(total)::hugeint * weight_before::hugeint, weight_of_all::hugeint));
        create or replace macro share_of_quantity(total, part, whole) as
            (half_up(ten_thousandths(total)::hugeint * ten_thousandths(part), ten_thousandths(whole))::decimal(18, 0)
                * 0.0001)::decimal(18, 4);
        create or replace macro local_date(moment) as (timezone('{zone}', moment))::date;
        create or replace macro parse_number(content) as try_cast(trim(content) as decimal(38, 10));
        create or replace macro parse_unit(content) as try_cast(round(parse_number(content), 6) as decimal(18, 6));
        create or replace macro parse_rate(content) as try_cast(round(parse_number(content), 9) as decimal(18, 9));
        create or replace macro parse_places(content, places) as
            case when abs(parse_number(content) - round(parse_number(content), places)) < 0.000001
                then round(parse_number(content), places) end;
        create or replace macro in_bounds(amount) as
            case when abs(amount) < 10000000000000 then amount end;
        create or replace macro parse_money(content) as
            in_bounds(try_cast(parse_places(content, {places}) as decimal(18, {places})));
        create or replace macro parse_quantity(content) as try_cast(parse_places(content, 4) as decimal(18, 4));
        create or replace macro parse_count(content) as try_cast(parse_places(content, 0) as bigint);
        create or replace macro parse_flag(content) as
            case when lower(trim(content)) in ('true', 't', 'yes', 'y', '1', '1.0') then true
                when lower(trim(content)) in ('false', 'f', 'no', 'n', '0', '0.0') then false end;
        create or replace macro plausible(moment) as
            case when moment >= '1900-01-02' and moment < '2199-12-31' then moment end;
        create or replace macro earlier_in_overlap(moment) as
            case when timezone('{zone}', moment - interval 1 hour) = timezone('{zone}', moment)
                then moment - interval 1 hour else moment end;
        -- Date, time and zone of an ISO 8601 time, each blank where it is missing; seconds may be missing too.
        create or replace macro time_parts(content) as regexp_extract(
            trim(content),
            '^((?:19|20|21)\\d\\d-\\d\\d-\\d\\d)'
                || '(?:[T ](\\d\\d:\\d\\d)(:\\d\\d(?:\\.\\d{{1,9}})?)? ?(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?$',
            ['date', 'time', 'seconds', 'zone']
        );
        create or replace macro clock_time(parts) as
            parts.date || ' ' || coalesce(nullif(parts.time, ''), '00:00')
                || coalesce(nullif(parts.seconds, ''), ':00');
        create or replace macro time_from_parts(parts) as
            case when parts.date = '' then null
                when parts.zone = ''
                    then earlier_in_overlap(timezone('{zone}', try_cast(clock_time(parts) as timestamp)))
                else try_cast(clock_time(parts) || case when parts.zone = 'Z' then '+00:00'
                    else regexp_replace(parts.zone, '^([+-]\\d\\d)(\\d\\d)$', '\\1:\\2') end as timestamptz) end;
        create or replace macro parse_time(content) as plausible(time_from_parts(time_parts(content)));
        create or replace macro parse_date(content) as
            case when time_parts(content).time = '' then plausible(try_cast(time_parts(content).date as date))
                else local_date(parse_time(content)) end;
        """
    )


def sql_type(column: Column, company: CompanySettings) -> str:
    """The DuckDB type of a canonical column."""
    return f"decimal(18, {company.decimals})" if column.kind == "money" else _TYPES[column.kind]


def create_statement(table: Table, company: CompanySettings) -> str:
    """The ``create table`` of a canonical table, with the file and row that each row came from."""
    columns = [f"{column.name} {sql_type(column, company)}" for column in table.columns]
    return f"create table {table.name} ({', '.join([*columns, 'source_file varchar', 'source_row bigint'])})"


def typed_expressions(table: Table, present: dict[str, str], company: CompanySettings) -> Iterator[str]:
    """``<expression> as <column>`` for every column of ``table``; NULL for those the file lacks."""
    for column in table.columns:
        yield f"{_typed(column, present.get(column.name), company)} as {column.name}"


def reason_expressions(table: Table, present: dict[str, str], company: CompanySettings) -> Iterator[str]:
    """For every column the reason that rejects a row, or NULL."""
    for column in table.columns:
        if column.name not in present:
            continue
        text = _text(column, present[column.name])
        if column.required:
            yield f"case when {text} is null then '{column.name} is missing' end"
        if column.choices or column.kind != "text":
            meaning = f"one of {', '.join(column.choices)}" if column.choices else _meaning(column, company)
            yield (
                f"case when {text} is not null and {_typed(column, present[column.name], company)} is null"
                f" then '{column.name}: \"' || left({text}, 60) || '\" is not {meaning}' end"
            )


def _meaning(column: Column, company: CompanySettings) -> str:
    if column.kind == "money":
        return f"an amount in {company.currency} of at most {company.decimals} decimals"
    return _MEANING[column.kind]


def _text(column: Column, kind: str) -> str:
    """The raw value as text; an identifier that came as a floating number loses its ``.0``."""
    name = quoted(column.name)
    if kind in ("DOUBLE", "FLOAT") and column.kind == "text":
        whole = f"isfinite({name}) and {name} = floor({name}) and abs({name}) < 1e15"
        return f"case when {whole} then {name}::bigint::varchar when not isnan({name}) then {name}::varchar end"
    return f"nullif({name}::varchar, '')" if column.kind == "text" else f"nullif(trim({name}::varchar), '')"


def _typed(column: Column, kind: str | None, company: CompanySettings) -> str:
    target = sql_type(column, company)
    if kind is None:
        return f"null::{target}"
    if column.kind != "text" and kind.lower().replace(" ", "") == target.replace(" ", ""):
        bounds = {"time": "plausible", "date": "plausible", "money": "in_bounds"}.get(column.kind, "")
        return f"{bounds}({quoted(column.name)})"
    if column.kind == "date" and kind == "TIMESTAMP WITH TIME ZONE":
        return f"local_date(plausible({quoted(column.name)}))"
    text = _text(column, kind)
    if column.choices:
        allowed = ", ".join(f"'{choice}'" for choice in column.choices)
        return f"case when lower(trim({text})) in ({allowed}) then lower(trim({text})) end"
    return text if column.kind == "text" else f"parse_{column.kind}({text})"
