"""Fixtures of tests about orders at a desk."""

import pytest

from stanch.formats.signed.keys import PrivateKey
from stanch.store.desk.transaction import Database
from tests.desk_database import (  # noqa: F401
    clock,
    database,
    desk_engine,
    desk_key,
    postgres_server,
    postgres_url,
)
from tests.desk_world import DeskWorld, desk_world


@pytest.fixture
def world(database: Database, desk_key: PrivateKey) -> DeskWorld:  # noqa: F811
    """A desk on which orders can be drafted, signed and answered."""
    return desk_world(database, desk_key)
