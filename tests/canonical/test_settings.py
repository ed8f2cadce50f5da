"""The configuration: every fault names the key, what is wrong with it, and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tieout import settings
from tieout.errors import ConfigError, MissingFile

GOOD = "[company]\nname = 'Acme'\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[company]\nnam = 'Acme'\n", ["company.nam", "not a known key", "name"]),
        ("[company]\ncurrency = 'USD'\n", ["company.name", "is missing"]),
        (GOOD + "curency = 'USD'\n", ["company.curency", "not a known key", "Did you mean currency?"]),
        (GOOD + "[[sources]]\nformat = 'auto'\n", ["sources: is not a known key. Did you mean source?"]),
        (GOOD + "[skus]\nMUG2 = 'MUG'\n", ["skus.MUG2: 'MUG' is no table. Write it as { sku = …, units = … }."]),
        (GOOD + "[[source]]\nformat = 'auto'\npath = 'x'\n[source.channels]\nweb = 1\n", ["a text, in quotes"]),
        (GOOD + "currency = 'dollars'\n", ["company.currency", "'dollars'", "three-letter"]),
        (GOOD + "timezone = 'Mars/Olympus'\n", ["company.timezone: 'Mars/Olympus': must be", "IANA"]),
        (GOOD + "fiscal_year_start = 13\n", ["company.fiscal_year_start", "13"]),
        (GOOD + "[policy]\ncost_method = 'hifo'\n", ["policy.cost_method", "'hifo'", "'fifo'"]),
        (GOOD + "[policy]\nsync_sla_hours = 'two'\n", ["policy.sync_sla_hours", "'two'"]),
        (GOOD + "[policy]\nexpected_returns = 'always'\n", ["policy.expected_returns", "'always'", "'accrued'"]),
        (
            GOOD + "[policy]\naccepted_causes = ['rounding', 'old_cost']\n",
            ["policy.accepted_causes", "old_cost is no cause", "rounding, ", "stale_cost"],
        ),
        (GOOD + "[policy]\naccepted_causes = 'rounding'\n", ["policy.accepted_causes", "'rounding'"]),
        (GOOD + "[[policy.override]]\nchannel = 'WEB'\n", ["policy.override.1", "give revenue_point"]),
        (
            GOOD + "[[policy.override]]\nsku = 'A'\ncategory = 'b'\ncost_method = 'fifo'\n",
            ["policy.override.1", "name one of sku, category and channel"],
        ),
        (GOOD + "[[policy.override]]\nsku = 'A'\n", ["policy.override.1", "give cost_method"]),
        (
            GOOD + "[[policy.override]]\nsku = 'A'\ncost_method = 'fifo'\nuntil = 2025-01-01\n",
            ["policy.override.1.until", "not a known key", "from"],
        ),
        (
            GOOD + "[[policy.override]]\nsku = 'A'\ncost_method = 'fifo'\nfrom = 'soon'\n",
            ["policy.override.1.from", "'soon'"],
        ),
        (GOOD + "[accounts]\n1200 = 'stock'\n", ["accounts.1200", "'stock'", "'inventory'"]),
        (GOOD + "[materiality]\namount = -1\n", ["materiality.amount", "-1"]),
        (GOOD + "[[source]]\nformat = 'canonical'\nfolder = 'x'\n", ["source", "folder", "not a known key", "path"]),
        ("[company\n", ["not valid TOML"]),
        ("path = 'x'\n" + GOOD, ["path", "not a known key"]),
        (GOOD + "[materiality]\namount = 1e30\n", ["materiality.amount", "1E+30"]),
        (GOOD + "[source]\nformat = 'canonical'\npath = 'x'\n", ["source", "[[source]]"]),
    ],
)
def test_a_fault_names_key_and_remedy(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "tieout.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        settings.load(path)
    message = str(caught.value)
    assert str(path) in message
    assert [word for word in words if word not in message] == []


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"tieout\.toml: there is no such file"):
        settings.load(tmp_path / "tieout.toml")


def test_amounts_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "tieout.toml"
    path.write_text(GOOD + "[materiality]\namount = 0.1\n")
    assert str(settings.load(path).materiality.amount) == "0.1"


def test_causes_are_accepted_by_name(tmp_path: Path) -> None:
    path = tmp_path / "tieout.toml"
    path.write_text(GOOD + "[policy]\naccepted_causes = ['rounding']\n")
    assert settings.load(path).policy.accepted_causes == ("rounding",)
