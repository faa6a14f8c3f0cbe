"""The newest state of a watch, for many who ask and few who change it.

Who asks takes `watch` once and works on that; states never change, so no lock is held while one is
searched. Changes come one after another. Making the large levels anew goes on beside them, and
what changed meanwhile is done again on the new ones before they are shown.
"""

from threading import Lock

from stanch.screening.watch.watch import Change, Watch


class Current:
    """Holds one `Watch` after another."""

    __slots__ = ("_lock", "_meanwhile", "_watch")

    def __init__(self, watch: Watch) -> None:
        """Begin with this state."""
        self._watch, self._lock = watch, Lock()
        self._meanwhile: list[Change] | None = None  # changes since a compaction began

    @property
    def watch(self) -> Watch:
        """The newest state."""
        return self._watch

    def change(self, change: Change) -> Watch:
        """Show the next state. Raises ValueError, and shows the old one, where it cannot be."""
        with self._lock:
            self._watch = self._watch.changed(change)
            if self._meanwhile is not None:
                self._meanwhile.append(change)
            return self._watch

    def compact(self) -> bool:
        """Make the large levels anew, in a thread of the caller's. False where that goes on."""
        with self._lock:
            if self._meanwhile is not None:
                return False
            self._meanwhile, before = [], self._watch
        try:
            after = before.compacted()
            with self._lock:
                for change in self._meanwhile:
                    after = after.changed(change)
                self._watch = after
        finally:
            with self._lock:
                self._meanwhile = None
        return True
