"""What it takes to tell whose fault wrong purchases are: all sets of six families of causes, and what is booked late.

Run by hand: python tests/bench/bench_purchasing.py [ITEMS]
"""

import resource
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from forecasting import planted
from tieout.forecasting import misfires
from tieout.forecasting.forecasts import Cache

WEEKS, ORIGINS, HORIZON = 104, 12, 8
RATES = {"double": 0.05, "double again": 0.02, "missed": 0.05, "missed again": 0.02, "stock": 0.05, "more stock": 0.02}


def main() -> None:
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    known = Cache()
    terms = planted.settings(HORIZON)
    connection = planted.company(
        RATES, late=0.02, items=items, weeks=WEEKS, origins=ORIGINS, horizon=HORIZON, reach=0.6, terms=terms
    )
    started = time.perf_counter()
    steps = [(started, "reading histories")]
    misfires.make(connection, terms, known, lambda step: steps.append((time.perf_counter(), step)))
    finished = time.perf_counter()
    first = next(at for at, step in steps if step.startswith("forecasting"))
    simulating = next(at for at, step in steps if step.startswith("simulating"))
    sets = 2 ** (len(RATES) + 1)
    asked = sets * items * ORIGINS
    print(f"{items:,} items, {ORIGINS} origins, {sets} sets of errors, {4 * sets} courses")
    print(f"{'forecasts asked for, made':<34} {asked:,} {len(known.used):,}")
    print(f"{'histories, and the first batch':<34} {first - started:8.1f} s")
    print(f"{'the other forecasts':<34} {simulating - first:8.1f} s")
    print(f"{'courses, money, Shapley, tables':<34} {finished - simulating:8.1f} s")
    print(f"{'all':<34} {finished - started:8.1f} s")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(f"{'processor time, all processes':<34} {sum(each.ru_utime + each.ru_stime for each in used):8.1f} s")
    print(f"{'largest memory in use, any process':<34} {max(each.ru_maxrss for each in used) / 2**20:8.1f} GiB")


if __name__ == "__main__":
    main()
