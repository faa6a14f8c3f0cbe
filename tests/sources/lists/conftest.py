"""A server for the tests that fetch."""

import pytest
from tests.sources.lists.server import serving


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as started:
        yield started
