"""Trace folders that the tests of the reports share."""

import pytest

from stanch.reports.trace_view import TraceView, load
from tests.reports.trace_folder import thief_case


@pytest.fixture(scope="session")
def small_case(tmp_path_factory) -> TraceView:
    """About sixty accounts: peel chains, a fan, a mixer, two exchanges, a loop."""
    return load(thief_case(tmp_path_factory.mktemp("small"), 60))


@pytest.fixture(scope="session")
def large_case(tmp_path_factory) -> TraceView:
    """About five hundred accounts."""
    return load(thief_case(tmp_path_factory.mktemp("large"), 500))
