"""What a trace in a case went through, for whoever may see it."""

from stanch.app.desk.desk import Desk
from stanch.cases import hops
from stanch.cases.hops import Hop
from stanch.model.desk.people import Caller

__all__ = ["Hop", "of_trace"]


def of_trace(desk: Desk, caller: Caller, item: str) -> list[Hop]:
    """The accounts of a trace by hop. Raises NotFoundError."""
    with desk.database.read() as connection:
        return hops.of_trace(connection, caller, item)
