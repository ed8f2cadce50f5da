"""Settlements of different accounts or marketplaces that have one number: the first keeps it, the others add a name.

A marketplace is told by the first word of a format's name, an account by its ``[[source]]``. Two reports of one
marketplace that both have a settlement are not two: what the second repeats is rejected as any repeated key.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from tieout.sources.derived import Derived

_KEYS = {"settlements": (), "settlement_lines": (), "fees": ("fee_id",), "refunds": ("refund_id",)}


def part(connection: duckdb.DuckDBPyConnection, derived: Sequence[Derived]) -> None:
    """Rename, in what the formats made, settlements whose number an earlier source has for another one."""
    makers = [maker for maker in derived if maker.table == "settlements"]
    sources = connection.execute(
        "select distinct format, origin from export_files where list_contains(tables, 'settlements')"
    ).fetchall()
    if len(sources) < 2:
        return
    for maker in makers:
        maker.make(connection)
    claims = " union all ".join(
        f"select settlement_id, any_value(channel) as channel, '{maker.format.name}' as format, made.origin,"
        f" min(place) as place from {maker.made} as made join export_files using (source_file) group by all"
        for maker in makers
    )
    connection.execute(
        f"""
        create or replace temp table renamed_settlements as
        with claims as (
            select *, split_part(format, '_', 1) as marketplace from ({claims})
        ),
        placed as (
            select *, first_value(marketplace) over (partition by settlement_id order by place) as first_marketplace,
                first_value(channel) over (partition by settlement_id order by place) as first_channel,
                first_value(origin) over (partition by settlement_id, format order by place) as first_origin
            from claims
        )
        select settlement_id, format, origin, first_channel,
            settlement_id || case when marketplace <> first_marketplace then ' (' || channel || ')' else '' end
                || case when origin <> first_origin then ' (' || origin || ')' else '' end as name
        from placed
        where name <> settlement_id;
        insert into findings
        select 'shared_settlement_id', 'info', 'settlements', name,
            'settlement ' || settlement_id || ' of ' || origin || ' is called ' || name || ': another of '
                || first_channel || ' has its number',
            null, null
        from renamed_settlements order by all
        """
    )
    if not connection.execute("from renamed_settlements limit 1").fetchall():
        return
    for maker in derived:
        if maker.table in _KEYS:
            maker.make(connection)
            if "settlement_id" in maker.columns(connection):
                _rename(connection, maker)


def _rename(connection: duckdb.DuckDBPyConnection, maker: Derived) -> None:
    keys = "".join(
        f"{key} = case when starts_with({key}, renamed.settlement_id || ':')"
        f" then renamed.name || substr({key}, length(renamed.settlement_id) + 1) else {key} end, "
        for key in _KEYS[maker.table]
    )
    connection.execute(
        f"""
        update {maker.made} set {keys} settlement_id = renamed.name
        from renamed_settlements as renamed
        where renamed.format = '{maker.format.name}' and renamed.origin = {maker.made}.origin
            and renamed.settlement_id = {maker.made}.settlement_id
        """
    )
