"""What imports at once and is hardly ever used, put off until it is."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

# jsonschema imports it, and Altair and nbformat that; it builds a parser, which takes over a second of every start, to
# check web addresses in letters of any alphabet. It comes with JupyterLab.
_ADDRESSES = "rfc3987_syntax"


def put_off_addresses() -> None:
    """Have ``rfc3987_syntax``, if it is there, imported as the first such address is checked, not with jsonschema."""
    if _ADDRESSES in sys.modules or find_spec(_ADDRESSES) is None:
        return
    stand_in = ModuleType(_ADDRESSES)

    def is_valid_syntax(term: str, value: str) -> bool:
        if sys.modules[_ADDRESSES] is stand_in:
            del sys.modules[_ADDRESSES]
        return bool(import_module(_ADDRESSES).is_valid_syntax(term, value))

    vars(stand_in)["is_valid_syntax"] = is_valid_syntax
    sys.modules[_ADDRESSES] = stand_in
