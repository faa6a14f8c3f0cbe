"""A published total, and what its publisher says that it counts."""

from dataclasses import dataclass

from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Bar, IncidentKind, PlaceRole, VictimKind


@dataclass(frozen=True, slots=True)
class Slice:
    """One figure of a claim: the whole, a country's part, a year's.

    `names` are the incidents that the publisher says make it up, as far as a reader may see them;
    `named` says whether it names any.
    """

    name: str
    country: str
    first: Moment
    last: Moment
    usd: int
    low: int | None
    high: int | None
    count: int | None
    names: tuple[str, ...]
    named: bool
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one body published at one time. Empty `kinds`, `victims` and `actors` count all.

    `place` says by which countries its parts are; `superseded_by` is the later claim that stands in
    its place.
    """

    id: str
    publisher: str
    title: str
    kinds: tuple[IncidentKind, ...]
    victims: tuple[VictimKind, ...]
    actors: tuple[str, ...]
    bar: Bar
    place: PlaceRole
    made: Moment
    superseded_by: str
    source: str
    note: str
    slices: tuple[Slice, ...] = ()
