"""Fixtures for all tests."""

import hashlib
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.desk_database"]
ROOT = Path(__file__).resolve().parent.parent

_COMPILED = (
    "ledger",
    "attribution",
    "tracing",
    "screening",
    "sources",
    "model",
)  # and what they use


def _kernel_cache() -> str:
    """A folder for this very source: a compiled kernel does not see a change in what it calls."""
    digest = hashlib.sha256()
    for folder in _COMPILED:
        for file in sorted((ROOT / "src" / "stanch" / folder).rglob("*.py")):
            if file.parent.name != "desk":
                digest.update(file.read_bytes())
    return str(ROOT / ".numba_cache" / digest.hexdigest()[:16])


os.environ.setdefault("NUMBA_CACHE_DIR", _kernel_cache())

# Commands that tests start would compile all of Stanch again each time, up to a second of work.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell that starts the tests in the background makes them deaf to Ctrl-C, which some send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: compiling a kernel takes its time. `make test-slow` draws the many.
settings.register_profile("usual", deadline=None, max_examples=40)
settings.register_profile("long", deadline=None, max_examples=400)
settings.load_profile("usual")

# Files with few tests that take long each, which pytest-xdist would begin with at the very end.
_LONG = (
    "tests/docs/", "tests/web/pages/", "tests/web/test_schemathesis.py", "tests/desk/faults/",
    "tests/workers/", "tests/cli/", "tests/reports/pack/",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let long files begin first: one that is left for the end keeps one core busy alone."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder of real data; the test is skipped, with the reason, where it is absent."""
    path = Path(os.environ.get("STANCH_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip(f"no real data at {path}; set STANCH_DATA")
    return path
