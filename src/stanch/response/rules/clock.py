"""The three times that are measured for every order, exactly, from the moments in the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moments:
    """When things happened: to an order, and at one addressee. None is not yet, or not at all."""

    reported: datetime | None = None  # the first report of the case
    in_force: datetime | None = None
    acknowledged: datetime | None = None
    held: datetime | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How long it took. None where one end is missing, or they are the wrong way round.

    A case may be reported again, or a report be entered, after its order is in force; that is no
    time that anybody waited.
    """

    report_to_order: timedelta | None
    order_to_acknowledgement: timedelta | None
    order_to_hold: timedelta | None


def measure(moments: Moments) -> Times:
    """The three times of one addressee; of the whole order where `first` gave the moments."""
    return Times(
        _between(moments.reported, moments.in_force),
        _between(moments.in_force, moments.acknowledged),
        _between(moments.in_force, moments.held),
    )


def first(addressees: tuple[Moments, ...]) -> Moments:
    """The order's own moments: the earliest at any addressee."""
    return Moments(
        _earliest(one.reported for one in addressees),
        _earliest(one.in_force for one in addressees),
        _earliest(one.acknowledged for one in addressees),
        _earliest(one.held for one in addressees),
    )


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    return end - start if start is not None and end is not None and start <= end else None


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
