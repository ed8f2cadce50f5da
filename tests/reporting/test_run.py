"""Running a notebook: what is refused before it runs, what is kept when it fails, where its page goes."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

import tieout
from tieout.errors import InputError, InternalError
from tieout.reporting.parameters import checked, chosen_period, given
from tieout.reporting.run import report, slug

PARAMETERS = 'database: str = ""\nperiod: str = ""'


def own_notebook(folder: Path, source: str, parameters: str = PARAMETERS) -> str:
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {"name": "no-such-kernel", "language": "python", "display_name": "Mine"}
    notebook.cells = [
        nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(source),
    ]
    path = folder / "own {report}.ipynb"
    nbformat.write(notebook, path)
    return str(path)


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ('database: str = ""\nperoid: str = ""', 'no parameter "period" (did you mean "peroid"?)'),
        ('database: str = ""\nperiod: int = 1', "parameter period = '2025-02' should be a int, not a str"),
        ("# nothing is declared", 'no cell tagged "parameters"'),
    ],
)
def test_parameters_are_checked_before_anything_runs(
    database: Path, tmp_path: Path, parameters: str, says: str
) -> None:
    notebook = own_notebook(tmp_path, "1 / 0", parameters)
    with pytest.raises(InputError) as refusal:
        report(database, tmp_path / "reports", notebook, period="2025-02")
    assert says in str(refusal.value)
    assert refusal.value.exit_code == 2
    assert not (tmp_path / "reports").exists()


TYPED = PARAMETERS + '\nchannel: str = ""\nrows: int = 10\nshare: float = 0.5\nis_short: bool = False\nuntyped = None'


def test_parameters_of_a_command_line_take_the_declared_types(tmp_path: Path) -> None:
    notebook = Path(own_notebook(tmp_path, "", TYPED))
    texts = ["channel=a=b", "rows=3", "share=0.25", "is_short=true"]
    assert given(notebook, texts) == {"channel": "a=b", "rows": 3, "share": 0.25, "is_short": True}
    with pytest.raises(InputError, match=r'no parameter "chanel" \(did you mean "channel"\?\)'):
        checked(notebook, given(notebook, ["chanel=web"]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("rows", "write it as NAME=VALUE"),
        ("rows=many", '"rows=many": should be int'),
        ("is_short=yes", '"is_short=yes": should be bool'),
        ("period=2025-01", "see --period"),
        ("untyped=1", "must declare one of str, int, float, bool"),
    ],
)
def test_mistyped_parameters_are_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as refusal:
        given(Path(own_notebook(tmp_path, "", TYPED)), [text])
    assert says in str(refusal.value)


def test_what_is_no_notebook_is_refused(tmp_path: Path) -> None:
    path = Path(own_notebook(tmp_path, ""))
    notebook = nbformat.read(path, 4)
    del notebook.metadata["kernelspec"]
    for content in ("{", nbformat.writes(notebook)):
        path.write_text(content)
        with pytest.raises(InputError, match=r"own {report}\.ipynb: is not a notebook that can run"):
            checked(path, {"period": "2025-02"})


@pytest.mark.parametrize(
    ("notebook", "period", "says"),
    [
        ("leadershp", None, 'There is no notebook "leadershp". Did you mean "leadership"?'),
        ("nowhere.ipynb", None, "nowhere.ipynb: there is no such file"),
        ("leadership", "2025-2", 'There is no period "2025-2". Did you mean "2025-02"?'),
    ],
)
def test_what_is_not_there_is_refused(
    database: Path, tmp_path: Path, notebook: str, period: str | None, says: str
) -> None:
    with pytest.raises(InputError) as refusal:
        report(database, tmp_path / "reports", notebook, period)
    assert says in str(refusal.value)
    assert not (tmp_path / "reports").exists()


def test_a_period_that_was_pasted_without_quotes_is_named(database: Path) -> None:
    with pytest.raises(InputError, match=r'period = 2015 is not text. Write it in quotes, as in period = "2025-06".'):
        chosen_period(tieout.open(database), 2025 - 10)  # type: ignore[arg-type]


def test_a_failed_notebook_gives_no_page(database: Path, tmp_path: Path) -> None:
    notebook = own_notebook(tmp_path, "print('<b>so far</b>'); raise ValueError('not today')")
    folder = tmp_path / "reports" / slug(_name(database)) / "2025-02"
    folder.mkdir(parents=True)
    (folder / "own {report}.html").write_text("the last good page")
    with pytest.raises(InternalError, match="not today") as failure:
        report(database, tmp_path / "reports", notebook, period="2025-02")
    assert failure.value.exit_code == 3
    assert sorted(path.name for path in folder.iterdir()) == ["own {report}.failed.ipynb", "own {report}.html"]
    assert (folder / "own {report}.html").read_text() == "the last good page"
    assert "so far" in (folder / "own {report}.failed.ipynb").read_text()

    notebook = own_notebook(tmp_path, "raise SystemExit")
    with pytest.raises(InternalError, match="stopped before its end"):
        report(database, tmp_path / "reports", notebook, period="2025-02")


def test_ones_own_notebook_runs_in_pinned_surroundings(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    (tmp_path / "helper.py").write_text("NAME = 'beside it'")
    notebook = own_notebook(
        tmp_path,
        "import os, sys, helper\n"
        "print(os.environ['TZ'], os.environ['PYTHONHASHSEED'], sys.executable, helper.NAME, '<i>', period)",
    )
    page = report(database, tmp_path / "reports", notebook, period="2025-02")
    assert f"UTC 0 {sys.executable} beside it &lt;i&gt; 2025-02" in page.read_text(encoding="utf-8")
    index = (tmp_path / "reports" / "index.html").read_text(encoding="utf-8")
    assert "own%20%7Breport%7D.html" in index


def test_two_companies_do_not_share_a_folder(database: Path, tmp_path: Path) -> None:
    taken = tmp_path / slug(_name(database)) / "2024-12"
    taken.mkdir(parents=True)
    (taken / "leadership.manifest.json").write_text('{"company": "Another one"}')
    with pytest.raises(InputError, match='holds the reports of "Another one"'):
        report(database, tmp_path)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Harbour & Pine", "harbour-pine"),
        ("../../etc/passwd", "etc-passwd"),
        ("Söhne GmbH", "sohne-gmbh"),
        ("x" * 300, "x" * 60),
        ("..", "5ec1f7e700f3"),
        ("日本商店", "a9c22014cdb5"),
    ],
)
def test_a_name_becomes_a_safe_folder(name: str, folder: str) -> None:
    assert slug(name) == folder


def _name(database: Path) -> str:
    return tieout.open(database).name
