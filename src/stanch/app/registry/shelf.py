"""The registry as a desk shows it: read once, read again beside it when its files change.

Files have no owners, so what is marked for named members or people alone is shown to nobody here.
"""

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from stanch.app.registry.memo import Memo
from stanch.app.registry.pack_rows import KeptRows
from stanch.errors import StanchError
from stanch.i18n.pack import LANGUAGES
from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import PlaceRole
from stanch.registry.registry import Registry, load
from stanch.registry.told import Word, told
from stanch.reports.pack.draw_ahead import draw_ahead

EVERYBODY = frozenset({Marking.CLEAR, Marking.GREEN})


@dataclass(frozen=True, slots=True)
class Kept:
    """A registry: what is shown of it, and all of it, so that what is left out can be counted.

    What everybody may see is shown; or, over that (`under`), what one reader is told besides.
    """

    shown: Registry
    whole: Registry
    under: Self | None = None
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)
    _rows: dict[PlaceRole, KeptRows] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, whole: Registry) -> Self:
        """One that was just read."""
        return cls(visible(whole), whole)

    def told(self, words: Sequence[Word]) -> Self:
        """The same for a reader who is told these words, too."""
        return replace(self, shown=told(self.shown, words), under=self, _rows={}) if words else self

    def lay_out(self) -> None:
        """Do ahead what the first who asks would wait for: columns, and rows of packs as they are
        drawn in each language.
        """
        self.shown.lay_out()
        self.whole.lay_out()
        rows = self.rows(PlaceRole.SEAT).of(self.shown.incidents.values())
        for language in LANGUAGES:
            draw_ahead(rows, language)

    def rows(self, place: PlaceRole) -> KeptRows:
        """Incidents as the annex of a pack tells them, with the country of one role."""
        if place not in self._rows:
            countries = self.shown.countries(place, "").tolist()
            known = dict(zip(self.shown.incidents, countries, strict=True))
            under = self.under.rows(place) if self.under else None
            self._rows[place] = KeptRows(self.shown, known, under)
        return self._rows[place]


@dataclass(slots=True)
class Shelf:
    """A folder's registry, or the one that is shipped. The first reading is waited for; later ones
    are made beside, and what was there before is shown until they are done.

    `fault` is why the newest was not taken: it is told to who keeps the desk, on the standard
    error, and to nobody else, since it may name what is for some alone.
    """

    folder: Path | None = None
    fault: str = ""
    _seen: object = None
    _kept: Kept | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Thread | None = None

    def registry(self) -> Registry:
        """What everybody may see of it. One with faults is not taken while an earlier one is there.

        Raises InputError where the first has a fault.
        """
        return self.kept().shown

    def kept(self) -> Kept:
        """The same with all of it, of one reading. Raises as `registry`."""
        if self._kept is None:
            return self._first()
        now = _stamp(self.folder)
        if now != self._seen:
            self._begin(now)
        return self._kept

    def settle(self) -> None:
        """Wait until what changed so far is read."""
        self.kept()
        with self._lock:
            reading = self._reading
        if reading is not None:
            reading.join()

    def _first(self) -> Kept:
        with self._lock:
            if self._kept is None:
                now = _stamp(self.folder)
                self._kept, self._seen = Kept.of(load(self.folder)), now
            return self._kept

    def _begin(self, now: object) -> None:
        """Read beside, one at a time: what changes meanwhile is noticed by the next who asks."""
        with self._lock:
            if self._reading is None or not self._reading.is_alive():
                self._reading = threading.Thread(target=self._read, args=(now,), daemon=True)
                self._reading.start()

    def _read(self, now: object) -> None:
        try:
            newest = Kept.of(load(self.folder))
            newest.lay_out()
            self._kept, self.fault = newest, ""
        except StanchError as error:
            self.fault = str(error)
            with suppress(OSError):
                print(json.dumps({"registry": self.fault}), file=sys.stderr, flush=True)
        finally:
            self._seen = now  # what cannot be read is tried again when it changes


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
