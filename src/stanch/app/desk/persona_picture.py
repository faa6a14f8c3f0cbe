"""A cluster of the queue as a picture, for who may see it."""

from stanch.app.desk import personas
from stanch.app.desk.desk import Desk
from stanch.model.desk.people import Caller
from stanch.reports.personas.layout import NARROW, WIDE
from stanch.reports.personas.svg import bits, left_out, svg

__all__ = ["bits", "left_out", "picture"]


def picture(desk: Desk, caller: Caller, id: str, *, narrow: bool = False) -> str:
    """The picture as SVG that stands alone, without the pay where it is narrow.

    Raises NotFoundError.
    """
    said = personas.one(desk, caller, id)["said"]
    return svg(said, size=NARROW if narrow else WIDE)
