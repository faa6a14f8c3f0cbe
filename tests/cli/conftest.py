"""One running desk for all who only add to it, since it takes seconds to start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.at_desk import AtDesk
from tests.live_world import World, live_world


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


@pytest.fixture
def desk(running: World, tmp_path: Path) -> AtDesk:
    return AtDesk(running, tmp_path)
