"""A cluster of the queue as a picture, for who may see it."""

from stanch.app.desk import personas
from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.reports.personas.svg import bits, left_out, svg

__all__ = ["bits", "left_out", "picture"]


def picture(desk: Desk, caller: Caller, id: str) -> str:
    """The picture as SVG that stands alone. Raises NotFoundError."""
    return svg(personas.one(desk, caller, id)["said"])
