"""The command line answers at once: it imports the heavy libraries only when a command needs them."""

import subprocess
import sys

HEAVY = ("altair", "duckdb", "great_tables", "matplotlib", "numba", "numpy", "pandas", "papermill", "pyarrow")
PROGRAM = f"""
import sys
from tieout.cli import main
sys.argv = ["tieout", "--help"]
try:
    main()
except SystemExit as end:
    print("exit", end.code)
print("heavy", *sorted(set({HEAVY!r}) & set(sys.modules)))
"""


def test_help_names_the_commands_without_heavy_imports() -> None:
    shown = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert shown.stdout.splitlines()[-2:] == ["exit 0", "heavy"]
    for command in ("load", "reconcile", "report", "run", "check", "export"):
        assert f" {command} " in shown.stdout
