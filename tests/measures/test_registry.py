"""What everybody relies on: the tables that stay fixed, each a method of the company, none with a float for money."""

from __future__ import annotations

import pyarrow as pa
import pytest

from measures.conftest import Planted
from tieout.measures.read import TABLES

FIXED = {
    "expected": "event_id event_type role sku location channel period date quantity amount",
    "recorded": "journal_id line_no account role sku location channel period date quantity amount",
    "links": "journal_id line_no event_id batch_id rung evidence share",
    "corrections": "correction_id cause family event_id origin_event_id journal_id role sku location channel period"
    " date quantity amount evidence timing account origin_system root status posted_in",
    "proofs": "proof period role expected recorded corrections difference",
    "layers": "sku location receipt_event_id received_at quantity amount",
    "layer_issues": "event_id sku location receipt_event_id quantity amount",
    "valued_events": "event_id leg sku location quantity amount quantity_after amount_after",
    "findings": "finding severity table id message quantity amount",
    "margin": "period book revenue discounts returns cogs gross_profit gross_margin stock_losses"
    " profit_after_stock_losses",
    "margin_bridge": "period cause gross_profit margin_points",
    "channel_margin": "period channel book revenue cogs fees returns contribution contribution_margin discounts",
    "inventory": "period sku location book quantity amount",
    "cash": "period cause overstated understated net",
    "timing": "period revenue_shifted cogs_shifted margin_spike",
    "availability": "taken_at sku location operations finance sales available_to_sell",
    "forecast_stability": "sku book wape bias mase rmsse smapc masc rmssc wapc",
    "purchasing": "sku period order_recorded order_corrected overstock_amount lost_margin",
    "labour": "period activity exceptions hours cost",
    "capability": "cause best_evidence missing_inputs",
    "rejected_rows": "source file row reason content",
    "runs": "run_id started_at as_of inputs policy versions status",
}
# What is a share, a ratio, a statistic or a duration is a DOUBLE; everything else that has a fraction is exact.
RATIOS = ("channel_blend", "listing_gaps")  # tables of shares only, whatever their columns are called
MONEY = ("amount", "revenue", "cogs", "profit", "cost", "gross", "net", "overstated", "understated", "value", "fees")


@pytest.mark.parametrize("name", FIXED)
def test_fixed_columns_come_first_and_in_order(planted: Planted, name: str) -> None:
    columns = list(planted.company.table(name).columns)
    assert columns[: len(FIXED[name].split())] == FIXED[name].split()


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_a_method_of_the_company(planted: Planted, name: str) -> None:
    method = {"source_files": "files"}.get(name, name)
    assert getattr(planted.company, method)().equals(planted.company.table(name))


@pytest.mark.parametrize("name", [name for name in TABLES if name not in RATIOS])
def test_no_float_touches_money(planted: Planted, name: str) -> None:
    schema = planted.company.arrow(name).schema
    floats = [field.name for field in schema if pa.types.is_floating(field.type)]
    assert [column for column in floats if column in MONEY] == []
