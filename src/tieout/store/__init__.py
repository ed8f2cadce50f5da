"""The DuckDB file: opened for reading, built apart, published in one step."""

from tieout.store.database import Draft, Reader, remove_killed
from tieout.store.identity import policy_of, run_id
from tieout.store.lock import Lock
from tieout.store.sql import create_table, create_view, sql_text

__all__ = ["Draft", "Lock", "Reader", "create_table", "create_view", "policy_of", "remove_killed", "run_id", "sql_text"]
