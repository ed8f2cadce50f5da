"""Settlements that two reports of one marketplace tell: they are not two, the first is taken."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tieout.sources.derived import Derived, has_sources


def tell_once(connection: duckdb.DuckDBPyConnection, derived: Sequence[Derived]) -> None:
    """Take out settlements that another report of their marketplace tells, too: merged where the totals agree.

    Where they do not, the rows of the later one are rejected.
    """
    makers = [maker for maker in derived if maker.table == "settlements" and not maker.format.is_mapping]
    marketplaces = [maker.marketplace for maker in makers]
    makers = [maker for maker in makers if marketplaces.count(maker.marketplace) > 1]
    if not makers:
        return
    _compare(connection, makers)
    formats = {name for (name,) in connection.execute("select format from told_again").fetchall()}
    for maker in derived:
        if maker.format.name in formats:
            maker.make(connection)
            _take_out(connection, maker)


def _compare(connection: duckdb.DuckDBPyConnection, makers: Sequence[Derived]) -> None:
    """Fill ``told_again`` with the settlements of later reports, and say which have the same totals."""
    for maker in makers:
        maker.make(connection)
    told = " union all ".join(
        f"select settlement_id, net, currency, source_file, '{maker.format.name}' as format,"
        f" '{maker.marketplace}' as marketplace from {maker.made} where settlement_id is not null"
        for maker in makers
    )
    connection.execute(
        f"""
        create or replace temp table told_again as
        with told as (
            select told.*, number(net) as amount, concat_ws(' ', net, currency) as total, place
            from ({told}) as told
            join export_files using (source_file)
        ),
        firsts as (
            from told qualify row_number() over (partition by marketplace, settlement_id order by place) = 1
        )
        select told.settlement_id, told.format, told.source_file, firsts.source_file as first_file,
            told.amount = firsts.amount and told.currency is not distinct from firsts.currency as is_same,
            told.amount - firsts.amount as difference,
            'settlement ' || settlement_id || ' is ' || told.total || ' here and ' || firsts.total || ' in '
                || firsts.source_file || ', from where it is taken' as reason
        from told
        join firsts using (marketplace, settlement_id)
        where told.format <> firsts.format;

        insert into findings
        select 'repeated_settlement', 'info', 'settlements', source_file,
            'settlements that ' || first_file || ' tells, too, with the same totals, and that are taken from there: '
                || count(*) || ', such as ' || min(settlement_id),
            count(*), null
        from told_again where is_same group by source_file, first_file
        union all
        select 'differing_settlement', 'warning', 'settlements', settlement_id, source_file || ': ' || reason, null,
            difference
        from told_again where is_same is not true
        order by all
        """
    )


def _take_out(connection: duckdb.DuckDBPyConnection, maker: Derived) -> None:
    """Of what a format made, the settlements in ``told_again``."""
    if "settlement_id" not in maker.columns(connection):
        return
    connection.execute(
        f"""
        create or replace temp table taken_out as
        select made.*, made.rowid as place, told_again.is_same is true as is_same, reason
        from {maker.made} as made
        join told_again on made.settlement_id = told_again.settlement_id and told_again.format = $format
        """,
        {"format": maker.format.name},
    )
    row = "unnest(list_append(source_rows, source_row))" if has_sources(connection, "taken_out") else "source_row"
    connection.execute(
        f"""
        insert into export_merged select source_file, {row} from taken_out where is_same;
        insert into export_broken select source_file, {row}, reason from taken_out where not is_same;
        insert into export_used select source_file, {row} from taken_out where not is_same;
        delete from {maker.made} using taken_out where {maker.made}.rowid = taken_out.place
        """
    )
