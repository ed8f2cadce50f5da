"""Where the real rows are: in the repository's ``data/``, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[2]
_PLACES = (
    _PACKAGE / "_data" / "online_retail" / "online_retail.parquet",
    _PACKAGE.parents[1] / "data" / "online_retail" / "online_retail.parquet",
)


def find_source() -> Path:
    """The Online Retail parquet that came with tieout; FileNotFoundError names the places if there is none."""
    for place in _PLACES:
        if place.is_file():
            return place
    raise FileNotFoundError("online_retail.parquet is neither in " + " nor in ".join(str(place) for place in _PLACES))
