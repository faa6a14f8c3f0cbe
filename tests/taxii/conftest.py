"""One server for all tests of a file."""

from collections.abc import Iterator

import pytest

from tests.taxii.house import House, live_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk that runs, with people who share."""
    with live_house(tmp_path_factory.mktemp("taxii")) as made:
        yield made
