"""The registry as a desk shows it: read once, read again when its files change.

Files have no owners, so what is marked for named members or people alone is shown to nobody here.
"""

import json
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from stanch.errors import StanchError
from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Incident
from stanch.registry.registry import Registry, load

EVERYBODY = frozenset({Marking.CLEAR, Marking.GREEN})


@dataclass(frozen=True, slots=True)
class Kept:
    """A registry: what everybody may see of it, and all of it, so that what is left out can be
    counted.
    """

    shown: Registry
    whole: Registry

    @classmethod
    def of(cls, whole: Registry) -> Self:
        """One that was just read."""
        return cls(visible(whole), whole)


@dataclass(slots=True)
class Shelf:
    """A folder's registry, or the one that is shipped. `fault` is why the newest was not taken: it
    is told to who keeps the desk, on the standard error, and to nobody else, since it may name what
    is for some alone.
    """

    folder: Path | None = None
    fault: str = ""
    _seen: object = None
    _kept: Kept | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def registry(self) -> Registry:
        """What everybody may see of it. One with faults is not taken while an earlier one is there.

        Raises InputError where the first has a fault.
        """
        return self.kept().shown

    def kept(self) -> Kept:
        """The same with all of it, of one reading. Raises as `registry`."""
        with self._lock:
            now = _stamp(self.folder)
            if self._kept is None or now != self._seen:
                try:
                    self._kept, self.fault = Kept.of(load(self.folder)), ""
                except StanchError as error:
                    if self._kept is None:
                        raise
                    self.fault = str(error)
                    with suppress(OSError):
                        print(json.dumps({"registry": self.fault}), file=sys.stderr, flush=True)
                self._seen = now
            return self._kept


def _stamp(folder: Path | None) -> object:
    """What changes when a file does."""
    if folder is None:
        return None
    try:
        files = sorted(folder.glob("*.csv"))
        return [(file.name, (state := file.stat()).st_mtime_ns, state.st_size) for file in files]
    except OSError as error:  # a file went away meanwhile, or may not be looked at
        return str(error)


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
