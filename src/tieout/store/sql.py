"""SQL files of the package: one file makes one table (or view) of the same name."""

from __future__ import annotations

from importlib import resources

import duckdb

_PACKAGE = resources.files("tieout")


def sql_text(name: str) -> str:
    """The text of a SQL file, by its path inside the package without ``.sql``."""
    return _PACKAGE.joinpath(f"{name}.sql").read_text(encoding="utf-8")


def create_table(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run ``<name>.sql`` and keep its rows as the table that the file is named for."""
    connection.execute(f"create or replace table {name.rsplit('/', 1)[-1]} as\n{sql_text(name)}")


def create_view(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make ``<name>.sql`` readable under the name of its file, computed whenever it is read."""
    connection.execute(f"create or replace view {name.rsplit('/', 1)[-1]} as\n{sql_text(name)}")
