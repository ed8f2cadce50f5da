"""The wheel is complete: SQL, templates, notebooks and sample travel inside, and are found there."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tieout import resources

ROOT = Path(__file__).parents[2]
CARRIED = {
    "src/tieout": "tieout",
    "notebooks": "tieout/_notebooks",
    "data/online_retail": "tieout/_data/online_retail",
}


def sources() -> Iterator[str]:
    """Names inside the wheel of every file that it must carry."""
    for folder, inside in CARRIED.items():
        for path in sorted((ROOT / folder).rglob("*")):
            hidden = {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
            if path.is_file() and not hidden:
                yield f"{inside}/{path.relative_to(ROOT / folder).as_posix()}"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("tieout-*.whl")
    return built


def test_wheel_carries_every_file_and_no_other(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == set(sources())


def test_wheel_carries_what_the_report_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "tieout/_notebooks/leadership.ipynb",
        "tieout/_data/online_retail/online_retail.parquet",
        "tieout/measures/margin/margin.sql",
        "tieout/py.typed",
    } <= names


def test_resources_are_found_in_an_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from tieout import resources as r; "
        "print(r.notebooks_dir(), r.data_dir(), sep='\\n')"
    )
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert found.stdout.splitlines() == [str(tmp_path / "tieout" / name) for name in ("_notebooks", "_data")]


def test_resources_are_found_in_the_checkout() -> None:
    assert resources.notebooks_dir() == ROOT / "notebooks"
    assert resources.data_dir() == ROOT / "data"
