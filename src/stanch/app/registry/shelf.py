"""The registry as a desk shows it: read once, read again when its files change.

Files have no owners, so what is marked for named members or people alone is shown to nobody here.
"""

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path

from stanch.errors import StanchError
from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Incident
from stanch.registry.registry import Registry, load

EVERYBODY = frozenset({Marking.CLEAR, Marking.GREEN})


@dataclass(slots=True)
class Shelf:
    """A folder's registry, or the one that is shipped. `fault` is why the newest was not taken."""

    folder: Path | None = None
    fault: str = ""
    _seen: object = None
    _registry: Registry | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def registry(self) -> Registry:
        """What everybody may see of it. One with faults is not taken while an earlier one is there.

        Raises InputError where the first has a fault.
        """
        with self._lock:
            now = _stamp(self.folder)
            if self._registry is None or now != self._seen:
                try:
                    self._registry, self.fault = visible(load(self.folder)), ""
                except StanchError as error:
                    if self._registry is None:
                        raise
                    self.fault = str(error)
                self._seen = now
            return self._registry


def _stamp(folder: Path | None) -> object:
    """What changes when a file does."""
    if folder is None:
        return None
    files = sorted(folder.glob("*.csv"))
    return [(file.name, (state := file.stat()).st_mtime_ns, state.st_size) for file in files]


def visible(registry: Registry) -> Registry:
    """What everybody may see of a registry."""
    shown = {
        id: _told(each) for id, each in registry.incidents.items() if each.marking in EVERYBODY
    }
    claims = {
        id: replace(
            claim,
            slices=tuple(
                replace(part, names=tuple(name for name in part.names if name in shown))
                for part in claim.slices
            ),
        )
        for id, claim in registry.claims.items()
    }
    return replace(registry, incidents=shown, claims=claims)


def _told(incident: Incident) -> Incident:
    said = tuple(each for each in incident.statements if each.marking in EVERYBODY)
    return incident if len(said) == len(incident.statements) else replace(incident, statements=said)
