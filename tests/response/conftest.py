"""Fixtures of tests of block orders."""

import pytest

from stanch.formats.signed.keys import PrivateKey
from stanch.store.desk.transaction import Database
from tests.desk_world import World
from tests.desk_world import world as everybody


@pytest.fixture
def world(database: Database, desk_key: PrivateKey) -> World:
    """A desk with everybody at it."""
    return everybody(database, desk_key)
