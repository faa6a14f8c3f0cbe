"""A desk with everybody at it, once on each engine for all tests of a file."""

from collections.abc import Iterator

import pytest

from tests.desk_database import ENGINES
from tests.desk_world import JP, US, World
from tests.everybody import everybody_at
from tests.sharing.collections.shelf import Shelf


@pytest.fixture(scope="module", params=ENGINES)
def everybody(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world, which the tests of a file share: each makes collections of its own."""
    with everybody_at(request, tmp_path_factory) as (made, _):
        yield made


@pytest.fixture
def shelf(everybody: World) -> Shelf:
    """A collection of Korea's, which the United States and Japan read and write."""
    made = Shelf(everybody)
    for member in (US, JP):
        made.let(member, writes=True)
    return made
