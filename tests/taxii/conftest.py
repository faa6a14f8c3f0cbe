"""Desks that the tests of a file share: one that runs, and one on each engine that is asked by
ASGI.
"""

from collections.abc import Iterator

import pytest

from stanch.web.server import create
from tests.desk_database import ENGINES
from tests.everybody import everybody_at
from tests.taxii.house import House, live_house
from tests.taxii.place import Place
from tests.web.conftest import CONFIG


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A desk that runs, with people who share."""
    with live_house(tmp_path_factory.mktemp("taxii")) as made:
        yield made


@pytest.fixture(scope="module", params=ENGINES)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """The app over a desk with everybody at it."""
    with everybody_at(request, tmp_path_factory) as (world, desk):
        yield Place(world, create(desk, CONFIG))
