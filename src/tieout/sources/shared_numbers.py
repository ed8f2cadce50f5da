"""Orders and settlements that the accounts of two sources number alike.

Two sources of one format are two accounts: where an earlier one has a number for something else, the later one's gets
its source behind it, as in ``#1001 (two/)``, in all that this source says of it. A settlement's number is given by its
marketplace (the first word of a format's name): another one's gets its channel, ``9001 (ebay)``. An order may be told
by a shop and by a marketplace, so there a repeated number stays a repeated key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tieout.canonical.files import quoted
from tieout.canonical.tables import TABLES
from tieout.errors import ConfigError
from tieout.sources.derived import Derived

_IDS = ("refund_id", "fee_id", "event_id")  # made of such numbers and others, with colons between


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Documents that have a number: the rows of ``table``, by ``column``; ``noun``: one of them.

    ``by_payer``: each marketplace gives its own. ``time``, ``content``: columns that stay as they are when one is
    exported again, even if it has changed meanwhile.
    """

    table: str
    column: str
    noun: str
    by_payer: bool
    time: str
    content: str


_NUMBERED = (
    _Numbered("settlements", "settlement_id", "settlement", by_payer=True, time="paid_at", content="channel"),
    _Numbered("order_lines", "order_id", "order", by_payer=False, time="ordered_at", content="sku"),
)


def part(connection: duckdb.DuckDBPyConnection, derived: Sequence[Derived], config: Path) -> None:
    """Rename, in what the formats made, orders and settlements whose number an earlier source has for another one.

    Raises ``ConfigError`` where two sources are one account.
    """
    for numbered in _NUMBERED:
        makers = _makers(connection, numbered, derived)
        if not makers:
            continue
        _claim(connection, numbered, makers)
        _refuse_one_account(connection, numbered, config)
        _name(connection, numbered)
        if numbered.table == "order_lines":
            _refuse_payments_apart(connection, makers, derived, config)
        _report(connection, numbered)
        for maker in derived:
            if any(column.name == numbered.column for column in TABLES[maker.table].columns):
                _rename(connection, numbered, maker)


def _makers(
    connection: duckdb.DuckDBPyConnection, numbered: _Numbered, derived: Sequence[Derived]
) -> Sequence[Derived]:
    """What may number alike: the formats that several sources have; by payer, all if there are two of any."""
    sources = connection.execute(
        "select format, count(distinct origin) from export_files where list_contains(tables, $table) group by format",
        {"table": numbered.table},
    ).fetchall()
    several = {name for name, count in sources if count > 1 or (numbered.by_payer and len(sources) > 1)}
    return [maker for maker in derived if maker.table == numbered.table and maker.format.name in several]


def _claim(connection: duckdb.DuckDBPyConnection, numbered: _Numbered, makers: Sequence[Derived]) -> None:
    """Into ``number_claims`` which source has which number, and a hash of what each of its files says of it."""
    connection.execute(
        "create or replace temp table number_claims (number varchar, format varchar, marketplace varchar,"
        " origin varchar, place integer, channel varchar, contents hugeint[], moment varchar, things varchar[])"
    )
    for maker in makers:
        maker.make(connection)
        content = ", ".join(map(quoted, maker.columns(connection)))
        connection.execute(
            f"""
            insert into number_claims
            with versions as (
                select {numbered.column}::varchar as number, source_file, min(channel) as channel,
                    sum(hash({content})) as content, min({numbered.time}::varchar) as moment,
                    list(distinct {numbered.content}::varchar) as things
                from {maker.made} where {numbered.column} is not null group by all
            )
            select number, $format, $marketplace, origin, min(place), arg_min(channel, place), list(content),
                min(moment), list_distinct(flatten(list(things)))
            from versions join export_files using (source_file)
            group by number, origin
            """,
            {"format": maker.format.name, "marketplace": maker.marketplace},
        )


def _refuse_one_account(connection: duckdb.DuckDBPyConnection, numbered: _Numbered, config: Path) -> None:
    """Two sources most of whose shared numbers mean the same moment and things are one account, told at two times.

    What both tell alike is one fact anyway; what has changed in between would count twice.
    """
    found = connection.execute(
        """
        with pairs as (
            select firsts.number, firsts.origin as first_origin, others.origin as other_origin, firsts.place,
                list_has_any(firsts.contents, others.contents) as is_alike,
                firsts.moment = others.moment and list_has_any(firsts.things, others.things) as is_same
            from number_claims as firsts
            join number_claims as others using (number, format)
            where firsts.place < others.place
        )
        select first_origin, other_origin, count(*), count(*) filter (is_alike or is_same),
            count(*) filter (is_same and not is_alike) as changed, min(number) filter (is_same and not is_alike)
        from pairs
        group by first_origin, other_origin
        having changed > 0 and count(*) filter (is_alike or is_same) * 2 > count(*)
        order by min(place) limit 1
        """
    ).fetchall()
    for first, other, shared, same, changed, example in found:
        problem = (
            f'"{first}" and "{other}" are one account: of {shared} {numbered.noun}s that both have {same} are the same,'
            f" and {changed} of these have changed in between, such as {example}"
        )
        remedy = "Make them one [[source]], both folders under its path: the later export then replaces the earlier."
        raise ConfigError(config, "source", problem, remedy)


def _name(connection: duckdb.DuckDBPyConnection, numbered: _Numbered) -> None:
    """Fill ``renamed_numbers``; what several sources tell alike is one."""
    connection.execute(
        f"""
        create or replace temp table renamed_numbers as
        with claims as (
            from number_claims qualify count(*) over (partition by number) > 1
        ),
        homes as (
            -- The first source that tells the same.
            select claims.*, arg_min(alike.origin, alike.place) as home
            from claims
            join claims as alike on claims.number = alike.number and claims.format = alike.format
                and list_has_any(claims.contents, alike.contents)
            group by all
        ),
        firsts as (
            select *, first_value(marketplace) over numbered as first_marketplace,
                first_value(origin) over numbered as first_origin,
                first_value(origin) over (partition by number, format order by place) as first_account
            from homes
            window numbered as (partition by number order by place)
        ),
        named as (
            select *,
                number || case when {numbered.by_payer} and marketplace <> first_marketplace
                    then ' (' || channel || ')' else '' end
                || case when home <> first_account then ' (' || home || ')' else '' end as name
            from firsts
        )
        select number, marketplace, origin, any_value(first_marketplace) as first_marketplace,
            any_value(first_origin) as first_origin, arg_min(name, place) as name
        from named where name <> number
        group by number, marketplace, origin
        """
    )


def _refuse_payments_apart(
    connection: duckdb.DuckDBPyConnection, makers: Sequence[Derived], derived: Sequence[Derived], config: Path
) -> None:
    """Payments in a source without orders mean the first shop's; raise where their amounts are another's."""
    payers = [maker for maker in derived if maker.table == "settlement_lines" and not maker.format.is_mapping]
    if not payers or not connection.execute("from renamed_numbers limit 1").fetchall():
        return
    for payer in payers:
        payer.make(connection)
    totals = " union all ".join(
        f"select order_id, origin, {_total(maker, connection)} from {maker.made}" for maker in makers
    )
    paid = " union all ".join(f"select origin, order_id, type, amount from {payer.made}" for payer in payers)
    found = connection.execute(
        f"""
        with totals as (
            select order_id as number, origin, sum(total) as total
            from ({totals}) as lines (order_id, origin, total)
            where order_id in (select number from renamed_numbers)
            group by all
        ),
        paid as (
            select origin, order_id as number, sum(number(amount)) as total
            from ({paid})
            where type = 'sale' and origin not in (select origin from number_claims)
            group by all
        ),
        matches as (
            select paid.origin, totals.origin as shop, count(*) as numbers,
                count(*) filter (totals.total = paid.total) as matching
            from paid
            join totals using (number)
            group by all
        )
        select others.origin, others.shop, others.matching, others.numbers
        from matches as others
        join renamed_numbers as renamed on others.shop = renamed.origin
        join matches as firsts on others.origin = firsts.origin and firsts.shop = renamed.first_origin
        where others.matching > firsts.matching and others.matching * 2 > others.numbers
        order by others.matching desc, others.origin limit 1
        """
    ).fetchall()
    for origin, shop, matching, numbers in found:
        problem = f'"{origin}" holds the payments of "{shop}": of {numbers} orders whose number another shop has, too,'
        problem += f" {matching} were paid the total of that shop's"
        raise ConfigError(config, "source", problem, "Make them one [[source]], with both folders under its path.")


def _total(maker: Derived, connection: duckdb.DuckDBPyConnection) -> str:
    """What the customer owes for a line."""
    columns = maker.columns(connection)
    parts = "".join(
        f" {sign} coalesce(number({name}::varchar), 0)"
        for sign, name in (("-", "discount"), ("+", "shipping"), ("+", "tax"))
        if name in columns
    )
    return f"number(quantity::varchar) * number(unit_price::varchar){parts}"


def _report(connection: duckdb.DuckDBPyConnection, numbered: _Numbered) -> None:
    connection.execute(
        f"""
        insert into findings
        select 'shared_{numbered.noun}_id', 'warning', '{numbered.table}', origin,
            '{numbered.noun}s of ' || marketplace || ' in ' || origin || ' with the number of another of '
                || first_marketplace || ' in ' || first_origin || ': ' || count(*) || ', such as ' || min(number)
                || ', which is called ' || arg_min(name, number) || '; a ledger or another source that names '
                || min(number) || ' is taken to mean that of ' || first_marketplace || ' in ' || first_origin,
            count(*), null
        from renamed_numbers
        group by marketplace, origin, first_marketplace, first_origin order by all
        """
    )


def _rename(connection: duckdb.DuckDBPyConnection, numbered: _Numbered, maker: Derived) -> None:
    """The number itself, ids in which it stands, and a document that is called by it.

    An order's is the same for all that its source has, such as what a marketplace ships for a shop.
    """
    whose = f"marketplace = '{maker.marketplace}'" if numbered.by_payer else "true"
    if not connection.execute(f"from renamed_numbers where {whose} limit 1").fetchall():
        return
    maker.make(connection)
    columns = maker.columns(connection)
    if numbered.column not in columns:
        return
    changes = [f"{numbered.column} = renamed.name"] + [
        f"{name} = array_to_string(list_transform(string_split({name}, ':'),"
        " lambda part: case when part = number then renamed.name else part end), ':')"
        for name in _IDS
        if name in columns
    ]
    if "document" in columns:
        changes.append("document = case when document = number then renamed.name else document end")
    connection.execute(
        f"""
        update {maker.made} set {", ".join(changes)}
        from (select distinct number, origin, name from renamed_numbers where {whose}) as renamed
        where renamed.origin = {maker.made}.origin and renamed.number = {maker.made}.{numbered.column}
        """
    )
