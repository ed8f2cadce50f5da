"""Every format's own small exports, loaded once, with something private in each cell that the format does not take."""

from __future__ import annotations

import pytest

from exported import Loaded, load, write_planted


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """All exports of ``tests/sources/exports`` in one company; a folder's ``source.toml`` adds keys to its source."""
    folder = tmp_path_factory.mktemp("exports")
    return load(write_planted(folder / "exports", folder))
