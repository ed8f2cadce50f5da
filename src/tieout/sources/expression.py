"""Expressions of a mapping: they may read columns of the file and call harmless functions, and nothing else.

DuckDB's own parser makes the tree that is judged; what is not on the lists below is refused, so no expression can open
a file, ask the system, look at another table, or give another result tomorrow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from tieout.canonical.files import quoted

_CLASSES = frozenset("BETWEEN CASE CAST COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR TYPE".split())
_FUNCTIONS = frozenset(
    """
    + - * / // % || ~~ !~~ ~~* !~~* ~ !~ ^@
    abs ceil ceiling floor round sign trunc greatest least
    concat concat_ws contains ends_with starts_with prefix suffix left right length lower upper lcase ucase trim
    ltrim rtrim lpad rpad replace reverse strip_accents substr substring split_part string_split strpos instr position
    translate regexp_extract regexp_full_match regexp_matches regexp_replace nfc_normalize md5 sha256
    coalesce ifnull nullif if
    date_add date_diff datediff date_part datepart date_trunc datetrunc day month year last_day make_date make_timestamp
    strftime strptime try_strptime timezone to_days to_hours to_minutes to_months to_seconds to_timestamp epoch_ms
    list_value list_extract list_contains list_position array_extract
    plain_number comma_number number debit_less_credit iso_time iso_date
    """.split()
)
_DATED = ("iso_time", "iso_date")


class Refused(ValueError):
    """Why an expression is not one that may run."""


def parse(text: str) -> dict[str, Any]:
    """The tree of one expression; raises ``Refused`` for what is none, or does more than compute."""
    answer = duckdb.execute("select json_serialize_sql(?)", [f"select (\n{text}\n) from file_rows"]).fetchall()
    found = json.loads(answer[0][0])
    if found.get("error"):
        raise Refused(f"is no expression ({str(found['error_message']).splitlines()[0]})")
    node = found["statements"][0]["node"]
    parts = node.get("select_list", [])
    table = (node.get("from_table") or {}).get("table_name")
    extras = [node.get(name) for name in ("where_clause", "group_expressions", "having", "qualify", "modifiers")]
    if len(found["statements"]) > 1 or len(parts) != 1 or table != "file_rows" or any(extras) or parts[0].get("alias"):
        raise Refused("is more than one expression")
    tree: dict[str, Any] = parts[0]
    for branch in _branches(tree):
        _judge(branch)
    return tree


def columns(tree: dict[str, Any]) -> list[str]:
    """The names of the columns that an expression reads, as it writes them."""
    return [branch["column_names"][0] for branch in _branches(tree) if branch["class"] == "COLUMN_REF"]


def dated_columns(tree: dict[str, Any]) -> list[str]:
    """The columns that an expression reads as dates: all that stand within ``iso_time`` and ``iso_date``."""
    calls = [branch for branch in _branches(tree) if branch.get("function_name") in _DATED]
    return [name for call in calls for name in columns(call)]


def read_as_numbers(query: str) -> set[str]:
    """The columns that a query reads by ``number``, which makes nothing of what is none; raises ``Refused``."""
    answer = duckdb.execute("select json_serialize_sql(?)", [query]).fetchall()
    found = json.loads(answer[0][0])
    if found.get("error"):
        raise Refused(f"is no query ({str(found['error_message']).splitlines()[0]})")
    calls = [branch for branch in _branches(found) if branch.get("function_name") == "number"]
    return {part["column_names"][-1] for call in calls for part in _branches(call) if part["class"] == "COLUMN_REF"}


def _branches(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if "class" in tree:
            yield tree
        for part in tree.values():
            yield from _branches(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _branches(part)


def _judge(branch: dict[str, Any]) -> None:
    kind = branch["class"]
    if kind not in _CLASSES:
        raise Refused(
            f"holds a {str(branch['type']).lower()}: it may read columns and call functions, and nothing else"
        )
    if kind == "COLUMN_REF" and len(branch["column_names"]) > 1:
        raise Refused(f"names {quoted('.'.join(branch['column_names']))}: a column stands without a table")
    if kind == "FUNCTION" and (branch["function_name"].lower() not in _FUNCTIONS or branch.get("schema")):
        raise Refused(f"calls {branch['function_name']}, which is not allowed (docs/sources.md lists what is)")
