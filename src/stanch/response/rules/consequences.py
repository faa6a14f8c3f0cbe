"""What follows from a thing that happened to an order, by name.

The records layer turns each into log entries and deliveries. `at` is when it took effect, which
is before the time at which it was noticed where a deadline went by while nobody looked.
"""

from dataclasses import dataclass
from datetime import datetime

from stanch.model.desk.orders import Target


@dataclass(frozen=True, slots=True)
class Proposed:
    """The requesting authority has signed; the order waits for concurrence."""

    at: datetime
    member: str
    person: str


@dataclass(frozen=True, slots=True)
class Concurred:
    """A member's hand was added; `hands` of `needed` stand now."""

    at: datetime
    member: str
    person: str
    hands: int
    needed: int


@dataclass(frozen=True, slots=True)
class Declined:
    """A member does not concur, and why. A hand that it had given is taken back."""

    at: datetime
    member: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class CameIntoForce:
    """The order holds from now on: deliver it. `lapses` where it waits for concurrence still."""

    at: datetime
    lapses: datetime | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An emergency hold has all its hands: it is an ordinary hold until it expires."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The order ended before it came into force."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseProposed:
    """A hand was given to the release of these accounts; more are needed."""

    at: datetime
    accounts: frozenset[str]
    member: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseDue:
    """The release of these accounts has all its hands and takes effect at `due`. Tell signers."""

    at: datetime
    accounts: frozenset[str]
    due: datetime


@dataclass(frozen=True, slots=True)
class ReleaseVoid:
    """The release of these accounts is off, with all hands given to it."""

    at: datetime
    accounts: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Released:
    """These targets are free: tell every addressee. `whole` where nothing is held any more."""

    at: datetime
    targets: tuple[Target, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Lapsed:
    """No second member concurred in time: these targets are free, tell every addressee."""

    at: datetime
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Expired:
    """The order's time is over: these targets are free, tell every addressee."""

    at: datetime
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class HandFell:
    """A key was revoked, and its hand for the order with it."""

    at: datetime
    member: str
    person: str


Consequence = (
    Proposed
    | Concurred
    | Declined
    | CameIntoForce
    | Confirmed
    | Withdrawn
    | ReleaseProposed
    | ReleaseDue
    | ReleaseVoid
    | Released
    | Lapsed
    | Expired
    | HandFell
)
