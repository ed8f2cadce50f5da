"""Forecasts by one model that learns from all items at once (LightGBM), where the settings ask for it.

It shows what errors in history do to a smarter forecast: an error in one item reaches what is learnt for all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata

import numpy as np

from tieout.errors import ConfigError
from tieout.forecasting.forecasts import Cache, FloatArray, Progress, code_of, digest_of, rounded, workers
from tieout.settings import Settings

MODEL = "LightGBM"
# Weeks back, and weeks over which a mean is taken, of what a week is forecast from.
_LAGS = (*range(1, 9), 13, 26, 52)
_SPANS = (4, 8, 13, 52)
# Few small trees of many rows: more accurate than LightGBM's own, and less moved by errors (docs/decisions.md).
_ROUNDS = 60
_PARAMETERS = {
    "objective": "poisson", "learning_rate": 0.05, "num_leaves": 8, "min_data_in_leaf": 100,
    "seed": 1, "deterministic": True, "num_threads": 1, "force_row_wise": True, "verbose": -1,
}  # fmt: skip
_CODE = code_of(__file__)


def require(settings: Settings) -> None:
    """Raise ``ConfigError`` if the settings ask for a model that learns and LightGBM cannot be loaded."""
    if not settings.forecast.learning:
        return
    try:
        import lightgbm  # noqa: F401
    except ImportError as error:
        problem, remedy = "LightGBM is not installed", 'Install it with: pip install "tieout[learning]"'
        raise ConfigError(settings.path, "forecast.learning", problem, f"{remedy}, or leave the key out.") from error
    except OSError as error:
        problem, remedy = f"LightGBM cannot be loaded ({error})", "Install OpenMP (Debian: apt-get install libgomp1"
        remedy = f"{remedy}; macOS: brew install libomp), or leave the key out."
        raise ConfigError(settings.path, "forecast.learning", problem, remedy) from error


def forecast(
    panels: Sequence[FloatArray],
    horizon: int,
    cache: Cache,
    season: int = 52,
    progress: Progress = lambda step: None,
) -> list[FloatArray]:
    """The next ``horizon`` values of all histories of each panel, by a model that has learnt from that panel alone.

    Args:
        panels: Arrays (n, weeks) of demand, the oldest week first and NaN before the first week of an item.
        horizon: Steps ahead, each from the ones before it.
        cache: What is known already; gets what is new. Equal panels are forecast once.
        season: Values that make a season.
        progress: Told how far it has come.

    Returns:
        For each panel (n, horizon), not below zero, rounded to 4 decimals; NaN for an item that has no week yet.
    """
    if not panels:
        return []
    setting = f"{MODEL} {metadata.version('lightgbm')} {_CODE} {horizon} {season}"
    digests = [digest_of(f"{setting} {panel.shape}", panel) for panel in panels]
    missing = cache.missing(digests)
    work = {digest: panel for digest, panel in zip(digests, panels, strict=True) if digest in missing}
    arguments = [(panel, horizon, season) for panel in work.values()]
    with workers(sum(len(panel) for panel in work.values())) as run:
        for number, (digest, values) in enumerate(zip(work, run(_forecast, arguments), strict=True), start=1):
            cache.used[digest] = values.ravel()
            progress(f"learning from all items, {number:,} of {len(work):,} histories of the company")
    return [cache.take(digest).reshape(-1, horizon) for digest in digests]


def _forecast(argument: tuple[FloatArray, int, int]) -> FloatArray:
    """The panel's next weeks: zero for what was never in demand, an item's mean where nothing can be learnt yet."""
    panel, horizon, season = argument
    level = _means(panel)
    result = np.repeat(level[:, None], horizon, axis=1)
    moving = level > 0
    if moving.any():
        result[moving] = _continued(panel[moving], horizon, season)
    return rounded(result)


def _continued(panel: FloatArray, horizon: int, season: int) -> FloatArray:
    """The ``horizon`` weeks after a panel, each forecast from the weeks before it, forecasts among them.

    What is learnt is demand as a multiple of the item's mean until then, not of its mean over all weeks: that holds the
    week to be forecast, and would teach that what has grown comes down again. The mean is its weight too, so that all
    items together are forecast without bias, in units.
    """
    import lightgbm

    weeks = panel.shape[1]
    if weeks <= season:
        season = 1  # the first season teaches nothing of the next one
    rows = [(*_known(panel[:, :week], season), panel[:, week]) for week in range(weeks)]
    features, mean, demand = (np.concatenate(part) for part in zip(*rows, strict=True))
    taught = (mean > 0) & ~np.isnan(demand)
    if not demand[taught].any():
        return np.repeat(_means(panel)[:, None], horizon, axis=1)
    features, mean, demand = features[taught], mean[taught], demand[taught]
    learnt = lightgbm.Dataset(features, demand / mean, weight=mean, params=_PARAMETERS)
    model = lightgbm.train(_PARAMETERS, learnt, _ROUNDS)
    for _ in range(horizon):
        features, mean = _known(panel, season)
        panel = np.column_stack([panel, model.predict(features, num_threads=1) * mean])
    return panel[:, weeks:]


def _known(before: FloatArray, season: int) -> tuple[FloatArray, FloatArray]:
    """What the week after those ``before`` (n, weeks) is forecast from, a row an item, and the item's mean (n,).

    Features are multiples of the mean; NaN where the item is too young, or has a mean of zero.
    """
    items, weeks = before.shape
    mean = _means(before)
    scaled = before / np.where(mean > 0, mean, np.nan)[:, None]
    unknown = np.full(items, np.nan)
    lags = [scaled[:, -lag] if lag <= weeks else unknown for lag in _LAGS]
    means = [_means(scaled[:, -span:]) for span in _SPANS]
    return np.column_stack([*lags, *means, np.full(items, weeks % season)]), mean


def _means(values: FloatArray) -> FloatArray:
    """The mean of each row, of what is known of it; NaN where nothing is."""
    counts = (~np.isnan(values)).sum(axis=1)
    means = np.full(len(values), np.nan)
    np.divide(np.nansum(values, axis=1), counts, out=means, where=counts > 0)
    return means
