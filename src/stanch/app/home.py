"""The home that a command works in."""

from pathlib import Path

from stanch.errors import UsageError
from stanch.store.home import Home


def home_at(path: Path | None, *, make: bool = False) -> Home:
    """The home at `path`, made with `make` where there is none.

    Raises UsageError where no path was given, or where something else stands there.
    """
    if path is None:
        raise UsageError("no home: name its folder with --home or in $STANCH_HOME")
    return Home.create(path) if make else Home.open(path)
