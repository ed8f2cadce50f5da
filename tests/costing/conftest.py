import pytest

from tieout.costing import kernel, reference

from .worked import Valuation


@pytest.fixture(params=[kernel.replay, reference.replay], ids=["kernel", "twin"])
def replay(request: pytest.FixtureRequest) -> Valuation:
    """Each worked case runs on the kernel and on its twin."""
    return request.param  # type: ignore[no-any-return]
