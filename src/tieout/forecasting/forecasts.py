"""Forecasts by statsforecast, each from one history: equal histories are forecast once, whoever asks and whenever.

Books, origins and sets of causes share most of their histories, and so do runs: what was forecast is kept by content.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Progress = Callable[[str], None]

BENCHMARK = "SeasonalNaive"
# With fewer values the models cannot all be fitted: the mean of what there is stands in, in every book alike, since the
# books of an item begin in the same week.
FEWEST = 8
_DECIMALS = 4
_BATCH = 2_000
# Another process must first import statsforecast, which takes seconds.
_WORTH_PROCESSES = 10_000


def code_of(file: str) -> str:
    """The hash of a module's text, part of what its forecasts are kept under: other code never gets them."""
    return blake2b(Path(file).read_bytes(), digest_size=16).hexdigest()


_CODE = code_of(__file__)


@dataclass
class Cache:
    """Forecasts by the hash of history, model, horizon, library and code: of earlier runs, and those this one used."""

    known: dict[bytes, FloatArray] = field(default_factory=dict)
    used: dict[bytes, FloatArray] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> Cache:
        """What the table ``forecast_cache`` holds, where there is one; it came along from the run before."""
        connection.execute("create table if not exists forecast_cache (hash blob, units double[])")
        rows = connection.sql("from forecast_cache").to_arrow_table()
        units = rows["units"].combine_chunks()
        ends = units.offsets.to_numpy()
        values = units.values.to_numpy()
        return cls({
            digest: values[start:end]
            for digest, start, end in zip(rows["hash"].to_pylist(), ends, ends[1:], strict=False)
        })  # fmt: skip

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Leave in ``forecast_cache`` what this run used, for the next one."""
        digests = sorted(self.used)
        units = pa.array([self.used[digest] for digest in digests], pa.list_(pa.float64()))
        rows = pa.table({"hash": pa.array(digests, pa.binary()), "units": units})
        connection.register("used", rows)
        connection.execute("create or replace table forecast_cache as from used")
        connection.unregister("used")

    def missing(self, digests: Sequence[bytes]) -> set[bytes]:
        """Those of the digests that are still to be forecast."""
        return {digest for digest in digests if digest not in self.used and digest not in self.known}

    def take(self, digest: bytes) -> FloatArray:
        """The forecast under a digest, which counts as used from now on."""
        if digest not in self.used:
            self.used[digest] = self.known[digest]
        return self.used[digest]


def fitted_model(model: str, length: int, season: int = 52) -> str:
    """The model that a history of so many values gets: the one asked for, unless it is too short for it."""
    if length < FEWEST:
        return "HistoricAverage"
    return "WindowAverage" if model == BENCHMARK and length < season else model


def forecast(
    histories: Sequence[FloatArray],
    models: Sequence[str],
    horizon: int,
    cache: Cache,
    season: int = 52,
    jobs: int | None = None,
    progress: Progress = lambda step: None,
) -> FloatArray:
    """The next ``horizon`` values of each history, by the model of the same place.

    Args:
        histories: n arrays of one dimension without gaps, oldest value first; one without values has no forecast.
        models: n names of models of statsforecast; ``SeasonalNaive`` is the average of the last 8 below one season.
        horizon: Steps ahead.
        cache: What is known already; gets what is new.
        season: Values that make a season.
        jobs: Processes at most; by default as many as there are processors. Their number changes no bit of the result.
        progress: Told how far it has come.

    Returns:
        (n, horizon), not below zero, rounded to 4 decimals; NaN where there is no forecast.
    """
    result = np.full((len(histories), horizon), np.nan)
    asked = [
        (number, fitted_model(model, len(history), season), np.ascontiguousarray(history, dtype=np.float64))
        for number, (history, model) in enumerate(zip(histories, models, strict=True)) if len(history)
    ]  # fmt: skip
    setting = f"{horizon} {season} {metadata.version('statsforecast')} {_CODE}" if asked else ""
    digests = [digest_of(f"{model} {setting}", history) for _, model, history in asked]
    missing = cache.missing(digests)
    work = {
        digest: (model, history)
        for digest, (_, model, history) in zip(digests, asked, strict=True)
        if digest in missing
    }
    for digest, values in zip(work, _compute(list(work.values()), horizon, season, jobs, progress), strict=True):
        cache.used[digest] = values
    for digest, (number, _, _) in zip(digests, asked, strict=True):
        result[number] = cache.take(digest)
    return result


def digest_of(setting: str, history: FloatArray) -> bytes:
    """What a forecast is kept under: a hash of the values and of all else that it depends on."""
    return blake2b(history.tobytes(), digest_size=16, key=blake2b(setting.encode(), digest_size=32).digest()).digest()


def _compute(
    work: list[tuple[str, FloatArray]], horizon: int, season: int, jobs: int | None, progress: Progress
) -> Iterator[FloatArray]:
    """The forecasts of different histories, in their order."""
    batches = [work[start : start + _BATCH] for start in range(0, len(work), _BATCH)]
    arguments = [(batch, horizon, season) for batch in batches]
    done = 0
    with workers(len(work), jobs) as run:
        for values in run(_batch, arguments):
            yield from values
            done += len(values)
            progress(f"forecasting, {done:,} of {len(work):,} histories")


@contextmanager
def workers(size: int, jobs: int | None = None) -> Iterator[Callable[..., Any]]:
    """A map that runs here, or in processes where there are histories for them or their number is given."""
    number = jobs or (os.cpu_count() or 1 if size >= _WORTH_PROCESSES else 1)
    if number == 1 or size == 0:
        yield map
    else:
        # Spawned, not forked: DuckDB's threads would not survive a fork.
        with ProcessPoolExecutor(number, get_context("spawn")) as pool:
            yield pool.map


def _batch(argument: tuple[list[tuple[str, FloatArray]], int, int]) -> FloatArray:
    work, horizon, season = argument
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its docstrings have escapes that Python deprecates
        from statsforecast import models
    makers: dict[str, Any] = {
        "AutoETS": models.AutoETS(model="ZNN"),
        "Theta": models.Theta(season_length=1),
        "CrostonSBA": models.CrostonSBA(),
        "IMAPA": models.IMAPA(),
        "HistoricAverage": models.HistoricAverage(),
        "WindowAverage": models.WindowAverage(FEWEST),
        BENCHMARK: models.SeasonalNaive(season),
    }
    values = np.array([makers[model].forecast(y=history, h=horizon)["mean"] for model, history in work])
    return rounded(values)


def rounded(values: FloatArray) -> FloatArray:
    """Forecasts as they are kept: not below zero, with 4 decimals."""
    return np.maximum(np.round(values, _DECIMALS), 0) + 0.0  # no negative zero
