"""How far an order has come at one addressee, and by when it has to be further."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind
from stanch.model.desk.states import DELIVERY, Delivery, move

# Stolen money passes an exchange within hours of its arrival, so an emergency hold has to be seen
# while somebody is on duty; an ordinary one within half a shift. An answer may need a customer's
# file and a lawyer, hence a day. The clock of both runs from the order, so that seeing it late
# leaves no more time to answer it.
SEEN_EMERGENCY: Final = timedelta(hours=1)
SEEN: Final = timedelta(hours=4)
ANSWERED: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Slip:
    """One delivery. `due` is when it must be acknowledged and then when it must be answered.

    `late` stays once it was late, for the statistics, also when the state goes on.
    """

    state: Delivery
    created: datetime
    due: datetime
    late: bool = False
    delivered: datetime | None = None
    acknowledged: datetime | None = None
    answered: datetime | None = None

    @property
    def changed(self) -> datetime:
        """When the addressee last came further, at the latest."""
        return self.answered or self.acknowledged or self.delivered or self.created


def queued(kind: OrderKind, now: datetime) -> Slip:
    """A delivery to be made, of an order that came into force at `now`."""
    seen = SEEN_EMERGENCY if kind is OrderKind.EMERGENCY else SEEN
    return Slip(Delivery.QUEUED, now, now + seen)


def advance(slip: Slip, to: Delivery, now: datetime) -> Slip:
    """Go on to `delivered`, `acknowledged` or `answered`; who answers has acknowledged.

    What is reached already stays as it was: the same news twice is one, and news of something
    earlier that comes late is none. Raises RefusedError for a move that is in no table.
    """
    if to is Delivery.LATE:
        raise RefusedError("a delivery becomes late by its deadline, not by being called so")
    if _reached(slip, to):
        return slip
    slip = pass_deadline(slip, now)
    now = max(now, slip.changed)
    state = move(DELIVERY, slip.state, to)
    delivered = slip.delivered or now
    if to is Delivery.DELIVERED:
        return replace(slip, state=state, delivered=delivered)
    seen = replace(
        slip,
        state=state,
        delivered=delivered,
        acknowledged=slip.acknowledged or now,
        due=slip.created + ANSWERED,
    )
    return replace(seen, answered=now) if to is Delivery.ANSWERED else seen


def pass_deadline(slip: Slip, now: datetime) -> Slip:
    """Make a delivery late where its deadline went by; the next deadline then is the answer's.

    Something that came after its deadline has been called late once, and is not called so again.
    """
    while slip.answered is None and slip.due <= now and slip.changed < slip.due:
        last = slip.created + ANSWERED
        state = Delivery.LATE
        if slip.state is not Delivery.LATE:
            state = move(DELIVERY, slip.state, Delivery.LATE)
        late = replace(slip, state=state, late=True, due=last)
        if slip.due == last:
            return late
        slip = late
    return slip


def _reached(slip: Slip, to: Delivery) -> bool:
    reached = {
        Delivery.QUEUED: slip.created,
        Delivery.DELIVERED: slip.delivered,
        Delivery.ACKNOWLEDGED: slip.acknowledged,
        Delivery.ANSWERED: slip.answered,
    }
    return reached.get(to) is not None
