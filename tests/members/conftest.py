"""Fixtures of tests that need a desk."""

import pytest

from stanch.formats.signed.keys import PrivateKey
from stanch.store.desk.transaction import Database
from tests.members.house import House, founded


@pytest.fixture
def house(database: Database, desk_key: PrivateKey) -> House:
    """A desk with two members and people in them."""
    return founded(database, desk_key)
