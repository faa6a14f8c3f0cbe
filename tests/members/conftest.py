"""Fixtures of tests that need a desk."""

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
from tests.members.house import House, founded


@pytest.fixture
def house(database: Database, desk_key: PrivateKey) -> House:  # noqa: F811
    """A desk with two members and people in them."""
    return founded(database, desk_key)
