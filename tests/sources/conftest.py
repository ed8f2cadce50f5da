"""Every format's own small exports, loaded once, with something private in each cell that the format does not take."""

from __future__ import annotations

import pytest

from exported import EXPORTS, Loaded, load, plant, write_config
from tieout.sources.formats import known


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """All exports of ``tests/sources/exports`` in one company; a folder's ``source.toml`` adds keys to its source."""
    folder = tmp_path_factory.mktemp("exports")
    sources = []
    for name in known():
        (folder / "exports" / name).mkdir(parents=True)
        keys = EXPORTS / name / "source.toml"
        extra = keys.read_text(encoding="utf-8") if keys.exists() else ""
        sources.append(f'[[source]]\nformat = "auto"\npath = "exports/{name}/"\n{extra}')
        for path in sorted((EXPORTS / name).iterdir()):
            if path != keys:
                plant(path, folder / "exports" / name / path.name, name)
    return load(write_config(folder, "\n".join(sources)))
