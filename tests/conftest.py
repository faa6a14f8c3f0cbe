"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("stanch", deadline=None)  # compiling a kernel takes its time
settings.load_profile("stanch")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder of real data; the test is skipped, with the reason, where it is absent."""
    path = Path(os.environ.get("STANCH_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip(f"no real data at {path}; set STANCH_DATA")
    return path
