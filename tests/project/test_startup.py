"""What a start puts off."""

from __future__ import annotations

import subprocess
import sys

TOLD = """
import sys
import tieout
from jsonschema import FormatChecker
print("lark" in sys.modules)
print([FormatChecker().conforms(text, "iri") for text in ("https://übung.example/a", "::no address")])
print("lark" in sys.modules, sys.modules["rfc3987_syntax"].__file__.endswith("__init__.py"))
"""


def test_addresses_are_checked_as_ever_and_their_parser_is_built_only_then() -> None:
    done = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False", "[True, False]", "True True"]
