"""What many items cost in time and memory beside the forecasts themselves: histories, measures, buyers and causes.

A moving average stands in for the models, whose cost bench_forecast.py tells.
Run by hand: python tests/bench/bench_items.py [ITEMS]
"""

import resource
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from forecasting import planted
from tieout.forecasting import histories, misfires, stability
from tieout.forecasting.forecasts import Cache
from tieout.store import sql_text

WEEKS, ORIGINS, HORIZON = 104, 6, 8
RATES = {"double": 0.02, "missed": 0.02, "stock": 0.02}


def told(what: str) -> None:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    print(f"after {what:<12} {seconds:8.0f} s processors, at most {used[0].ru_maxrss / 2**20:.2f} GiB", flush=True)


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    terms = planted.settings(HORIZON)
    connection = planted.company(
        RATES, late=0.005, items=items, weeks=WEEKS, origins=ORIGINS, horizon=HORIZON, reach=0.3, terms=terms
    )
    connection.execute("set threads = 2; set memory_limit = '2GB'")
    every = [family for group in histories.families(connection) for family in group]
    history = f"select *, 'corrected' as book from ({sql_text('forecasting/history')})"
    connection.execute(f"create table demand_history as {history}", {"corrected": every, "skus": None, "origins": None})
    connection.execute(
        """
        update forecast_items
        set model = 'WindowAverage',
            first_week = (select min(week) from demand_history where demand_history.sku = forecast_items.sku)
        """
    )
    told("drawing")
    known = Cache()
    stability.make(connection, terms, known, lambda step: None)
    told("forecasts")
    misfires.make(connection, terms, known, lambda step: None)
    told("purchases")
    known.write(connection)
    print(f"{items:,} items, {len(known.used):,} different histories forecast")


if __name__ == "__main__":
    main()
