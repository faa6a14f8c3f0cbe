"""One desk on each engine for all tests of a file, with programs of its members."""

import pytest

from tests.desk_world import World
from tests.release.desk import Served
from tests.release.desk import served as serve
from tests.sharing.collections.conftest import everybody  # noqa: F401


@pytest.fixture(scope="module")
def served(everybody: World, tmp_path_factory: pytest.TempPathFactory) -> Served:  # noqa: F811
    return serve(everybody, tmp_path_factory.mktemp("served"))
