"""What somebody would wait for, done before they ask: the registry laid out, the names of lists
indexed.

When the server starts, all of it is done before it answers anybody; then it is kept up beside: a
registry whose files changed, and lists of which another version is in force.
"""

import json
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final

from stanch.app.home import home_at
from stanch.app.registry.shelf import Shelf
from stanch.app.screen import Screen
from stanch.errors import StanchError

EVERY: Final = 5.0  # seconds between two looks
_NAME: Final = "Nobody"  # asked for once, so that what searches names is compiled


@dataclass(slots=True)
class Ahead:
    """A desk's registry, and the home of its lists where it has one."""

    shelf: Shelf
    lists: Path | None = None
    _state: str = field(default="", repr=False)

    def begin(self) -> None:
        """Do all of it now. Raises InputError where the registry has a fault; of lists that cannot
        be asked who keeps the desk is told, and pages say so.
        """
        self.shelf.kept().lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Have what changed read and indexed; the registry beside, lists at once."""
        self.shelf.kept()
        if self.lists is None:
            return
        state = ""
        try:
            home = home_at(self.lists)
            state = home.state_key()
            if state != self._state:
                Screen.open(home.folder).name(_NAME)
        except StanchError as error:
            state = str(error)
            if state != self._state:
                with suppress(OSError):
                    print(json.dumps({"lists": state}), file=sys.stderr, flush=True)
        self._state = state

    def keep_up(self) -> Event:
        """Refresh in a thread of its own, until the event is set."""
        stop = Event()

        def look() -> None:
            while not stop.wait(EVERY):
                try:
                    self.refresh()
                except Exception as error:  # what it cannot do ahead is done when somebody asks
                    said = {"ahead": type(error).__name__}
                    print(json.dumps(said), file=sys.stderr, flush=True)

        Thread(target=look, name="stanch-ahead", daemon=True).start()
        return stop
