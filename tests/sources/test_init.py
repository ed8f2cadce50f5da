"""``tieout init``: what it saw, what it proposes, and that it never overwrites or guesses in silence."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from exported import EXPORTS, load
from tieout import onboarding, settings
from tieout.errors import AlreadyThere
from tieout.sources import proposal

LEDGER = """journal_id,line_no,account,amount,effective_date
J1,1,1200,10,2025-10-05
J1,2,5000 "quoted",-10,2025-10-05
"""
ACCOUNTS = 'account,name\n1200,Inventory Asset\n"5000 ""quoted""",Cost of goods sold\n9,"Sundry\nother"\n'
ACCOUNTS += "61,Amazon Advertising Expense\n62,Advertising\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports in one folder, a ledger in another, and a file that nobody knows."""
    folder = tmp_path_factory.mktemp("Harbour")
    (folder / "exports").mkdir()
    for name in ("shopify_orders/orders_export_1.csv", "amazon_settlement_v2/settlement.txt"):
        shutil.copy(EXPORTS / name, folder / "exports")
    (folder / "exports" / "odd.csv").write_text("one,two\n1,2\n")
    (folder / "ledger").mkdir()
    (folder / "ledger" / "gl_lines.csv").write_text(LEDGER)
    (folder / "ledger" / "gl_accounts.csv").write_text(ACCOUNTS)
    return folder


@pytest.fixture(scope="module")
def written(folder: Path) -> tuple[str, list[str]]:
    path, said = onboarding.write_config(folder, lambda step: None)
    assert path == str(folder / "tieout.toml")
    return (folder / "tieout.toml").read_text(encoding="utf-8"), said


def test_it_says_what_it_saw_and_how_sure(written: tuple[str, list[str]]) -> None:
    text, said = written
    assert "exports/settlement.txt: Amazon settlement report, flat file V2, 100% of its columns known" in said
    assert any(line.startswith("exports/odd.csv: not recognised: ") for line in said)
    assert "ledger/gl_lines.csv: canonical table gl_lines" in said
    assert [line for line in said if line.startswith("exports/") and line not in text] == []


def test_it_names_what_is_missing_and_what_that_costs(written: tuple[str, list[str]]) -> None:
    text, said = written
    limits = said[next(place for place, line in enumerate(said) if "causes of difference can be told" in line) : -1]
    assert len(limits) == 7  # the causes that can be told, what costs most, and the rest as a number
    assert (
        "without stock_events (movements of stock) these look like others: Still on its way; Opening balance"
        in limits[2]
    )
    assert re.fullmatch(
        r"\d+ more inputs are missing, for \d+ causes: `tieout export capability` has them all", limits[-1]
    )
    assert [line for line in limits if f"#   {line}" not in text.splitlines()] == []
    assert "# Allowed are inventory, in_transit, cogs," in text


def test_it_says_what_to_do_next(folder: Path, written: tuple[str, list[str]]) -> None:
    assert written[1][-1].startswith(
        f"next: read {folder}/tieout.toml, take the # off what is right, then `tieout load"
    )


def test_a_currency_that_no_file_tells_is_not_taken_in_silence(tmp_path: Path) -> None:
    shutil.copy(EXPORTS.parent / "unknown" / "bank_statement.csv", tmp_path)
    _, said = onboarding.write_config(tmp_path, lambda step: None)
    assert 'currency = "USD"   # no file tells it: yours' in (tmp_path / "tieout.toml").read_text(encoding="utf-8")
    assert "put into tieout.toml what `tieout init --map FILE` writes" in said[-2]


def test_a_name_alone_makes_no_canonical_table(tmp_path: Path) -> None:
    """A refunds.csv of anybody's is named with what it looks like, and once it is mapped it is not called unused."""
    shutil.copy(EXPORTS.parent / "unknown" / "refunds.csv", tmp_path)
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "gl_accounts.csv").write_text("account,name\n1200,Inventory\n")
    shutil.copy(EXPORTS / "shopify_orders" / "orders_export_1.csv", tmp_path)
    _, said = onboarding.write_config(tmp_path, lambda step: None)
    assert any(line.startswith("refunds.csv: not recognised: it looks like refunds (") for line in said)
    written = tomllib.loads((tmp_path / "tieout.toml").read_text(encoding="utf-8"))
    assert [source["format"] for source in written["source"]] == ["canonical", "auto"]  # books/ and the folder itself
    mapping, _ = onboarding.try_mapping(tmp_path, Path("refunds.csv"), lambda step: None)
    (tmp_path / "tieout.toml").write_text((tmp_path / "tieout.toml").read_text(encoding="utf-8") + mapping)
    tried, _ = onboarding.try_mapping(tmp_path, Path("refunds.csv"), lambda step: None)
    assert tried.splitlines()[0] == "refunds.csv: 1 read = 1 loaded + 0 rejected"
    loaded = load(tmp_path / "tieout.toml")
    assert loaded.rows("select count(*) from source_files") == [(3,)]
    assert loaded.rows("from load_findings where finding = 'unused_file'") == []


def test_proposals_are_comments_until_they_are_confirmed(written: tuple[str, list[str]]) -> None:
    text, _ = written
    plain = tomllib.loads(text)
    assert plain["company"] == {"name": plain["company"]["name"], "currency": "USD"}
    assert [(source["format"], source["path"]) for source in plain["source"]] == [
        ("auto", "exports/"), ("canonical", "ledger/"),
    ]  # fmt: skip
    confirmed = tomllib.loads(re.sub(r"^# (?=\[|\"|timezone)", "", text, flags=re.MULTILINE))
    assert confirmed["accounts"] == {
        "1200": "inventory", '5000 "quoted"': "cogs", "9": "other", "61": "fees", "62": "marketing",
    }  # fmt: skip
    assert confirmed["skus"] == {"MUG-P2": {"sku": "MUG", "units": 2}}
    assert set(confirmed["source"][0]["channels"]) == {"580111", "web", "amazon.com.au"}
    assert confirmed["company"]["timezone"] == "America/New_York"


def test_what_it_wrote_loads(folder: Path, written: tuple[str, list[str]]) -> None:
    confirmed = re.sub(r"^# (?=\[|\"|timezone)", "", written[0], flags=re.MULTILINE)
    config = folder / "confirmed.toml"
    config.write_text(confirmed.replace('"580111" = "580111"', '"*" = "others"'))
    loaded = load(config)
    assert loaded.rows("select distinct channel from order_lines order by all") == [("others",), ("web",)]
    sold = loaded.rows("select sku, quantity from settlement_lines where quantity is not null")
    assert sold == [("MUG", 4)]
    assert settings.load(config).skus["MUG-P2"].units == 2


def test_it_never_overwrites(folder: Path, written: tuple[str, list[str]]) -> None:
    with pytest.raises(AlreadyThere, match="stays as it is"):
        onboarding.write_config(folder, lambda step: None)
    command = [sys.executable, "-c", "from tieout.cli import main; main()", "init", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "stays as it is" in done.stderr
    assert (folder / "tieout.toml").read_text(encoding="utf-8") == written[0]


def test_names_from_files_stay_names() -> None:
    hostile = 'a"\n[policy]\ncost_method = "lifo"\x7f\u2028'
    assert tomllib.loads(f"x = {proposal.string(hostile)}") == {"x": hostile}
    assert "\n" not in proposal.remark(hostile)
