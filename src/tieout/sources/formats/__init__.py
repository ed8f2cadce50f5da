"""The export formats that tieout knows: one folder each, found by its name. How to add one: docs/sources.md."""

from __future__ import annotations

import functools
import pkgutil
from importlib import import_module

from tieout.sources.format import Format


@functools.cache
def known() -> dict[str, Format]:
    """All formats by name, in the order of their names."""
    folders = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: import_module(f"{__name__}.{name}").FORMAT for name in folders}


@functools.cache
def any_header() -> frozenset[str]:
    """The normalised headers of all formats, taken or not."""
    taken = (header for format_ in known().values() for column in format_.takes for header in column.headers)
    return frozenset(taken).union(*(format_.drops for format_ in known().values()))
