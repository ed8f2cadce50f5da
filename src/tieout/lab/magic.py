"""``%%sql``: a cell of SQL on the open company. Values are bound from the notebook's variables, never pasted in."""

from __future__ import annotations

import keyword
import re
from typing import Any

import duckdb
import numpy as np
import pandas as pd
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, magics_class, needs_local_scope

from tieout.company import Company
from tieout.errors import InputError, UnknownName, WrongSql

_LINE = re.compile(r"\s*(?P<result>[^\W\d]\w*)?\s*(?:--company[ =](?P<company>\w+))?\s*")
_HINT = "Write %%sql, %%sql RESULT, or %%sql RESULT --company NAME; each is the name of a variable."


def register(shell: InteractiveShell) -> None:
    """Give the shell ``%%sql``, and tables whose dollar amounts are not read as formulas."""
    pd.set_option("display.html.use_mathjax", False)
    shell.register_magics(SqlMagics)


@magics_class
class SqlMagics(Magics):
    """The magics of a notebook on a company."""

    @needs_local_scope
    @cell_magic
    def sql(self, line: str, cell: str, local_ns: dict[str, Any]) -> pd.DataFrame:
        """Run the cell's SQL on the open company, read-only; gives a DataFrame with exact decimals.

        ``$name`` in the SQL stands for the value of the variable ``name``::

            %%sql                        on the company opened last
            %%sql result                 into the variable result as well
            %%sql result --company shop  on the company in the variable shop
        """
        chosen = _LINE.fullmatch(line)
        if chosen is None or keyword.iskeyword(chosen["result"] or ""):
            raise InputError(f'%%sql: "{line.strip()}" cannot be understood. {_HINT}')
        frame = _company(local_ns, chosen["company"]).sql(cell, _bound(cell, local_ns))
        if chosen["result"]:
            local_ns[chosen["result"]] = frame
        return frame


def _company(variables: dict[str, Any], name: str | None) -> Company:
    companies = {key: value for key, value in variables.items() if isinstance(value, Company)}
    if not companies:
        raise InputError("%%sql: no company is open. Run a cell with company = tieout.open() first.")
    if name is None:
        return max(companies.values(), key=lambda company: company.opened)
    if name not in companies:
        raise UnknownName("open company", name, [key for key in companies if not key.startswith("_")])
    return companies[name]


def _bound(query: str, variables: dict[str, Any]) -> dict[str, Any] | None:
    """The value of each ``$name`` of the query."""
    try:
        statements = duckdb.extract_statements(query)
    except duckdb.Error as error:
        colon = re.search(r"(?<![:\w]):([A-Za-z_]\w*)", query)
        hint = f"\nA variable is written ${colon[1]}, not :{colon[1]}." if colon else ""
        raise WrongSql(f"{error}{hint}") from error
    names = sorted({name for statement in statements for name in statement.named_parameters})
    for name in names:
        if name not in variables:
            raise InputError(f"%%sql: ${name} stands for a variable, but there is none of that name. Set it first.")
    return {name: _plain(variables[name]) for name in names} or None


def _plain(value: Any) -> Any:
    """A number of numpy as one of Python, which DuckDB can bind."""
    return value.item() if isinstance(value, np.generic) else value
