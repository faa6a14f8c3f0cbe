"""A desk with everybody at it, and somebody of it who is told."""

from stanch.model.desk.people import Caller
from stanch.response.notices import choice, outbox
from stanch.response.notices.outbox import Mail
from tests.desk_world import World
from tests.response.conftest import world

__all__ = ["LEASE", "QUIET", "claimed", "told", "world"]

QUIET, LEASE = 300, 60


def claimed(world: World) -> Mail | None:
    with world.database.write() as tx:
        return outbox.claim(tx, QUIET, LEASE)


def told(world: World, caller: Caller, address: str = "kim@north.example") -> None:
    """The person has chosen, and entered the code that came."""
    with world.database.write() as tx:
        choice.choose(tx, caller, address, on=True)
    mail = claimed(world)
    assert mail is not None
    assert mail.address == address
    with world.database.write() as tx:
        outbox.sent(tx, mail)
        assert choice.confirm(tx, caller, mail.code)
