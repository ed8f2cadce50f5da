"""The DuckDB file: opened for reading, built apart, published in one step."""

from tieout.store.database import Draft, Reader, exclusive
from tieout.store.sql import create_table, create_view, sql_text

__all__ = ["Draft", "Reader", "create_table", "create_view", "exclusive", "sql_text"]
