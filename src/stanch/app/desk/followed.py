"""An order as a page follows it, and what a signature about it would say, in plain words."""

from stanch.app.desk.desk import Desk
from stanch.app.signing.statements import Draft, in_words
from stanch.model.desk.orders import Said, Statement
from stanch.model.desk.people import Caller
from stanch.response import followed
from stanch.response.followed import Addressee, Followed, Releasing

__all__ = ["Addressee", "Followed", "Releasing", "of_order", "would_say"]


def of_order(desk: Desk, caller: Caller, id: str) -> Followed:
    """An order with all that became of it. Raises NotFoundError."""
    with desk.database.read() as connection:
        return followed.followed(connection, caller, id)


def would_say(about: Followed, caller: Caller, said: Said) -> list[str]:
    """What the caller would sign, in the very words that `stanch sign` shows before it signs."""
    order = about.order
    statement = Statement(
        said=said,
        desk=order.desk,
        order=order.id,
        order_hash=about.hash,
        version=order.version,
        directory=about.directory or order.directory,
        member=caller.member.id,
        person=caller.person,
        at="",
    )
    return in_words(Draft(order, statement))[:-1]  # the last line is the time of signing
