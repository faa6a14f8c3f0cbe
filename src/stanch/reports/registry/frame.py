"""What every picture of the registry has around it: its size, a note below it, links to rows."""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

WIDTH: Final = 920
NARROW: Final = 400  # of a picture for a telephone


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture of bars is drawn, and what is written under it: who may see it."""

    width: int = WIDTH
    note: str = ""


def linked(drawn: str, link: str) -> str:
    """What was drawn, as a link where there is one: the rows that make it open on a press."""
    return f"<a href={quoteattr(link)}>{drawn}</a>" if link else drawn


def noted(note: str, top: int) -> tuple[str, int]:
    """A note as lines of a picture that is `top` high without it, and how high it is with it."""
    lines = note.split("\n") if note else []
    drawn = "".join(
        f'<text class="f" x="0" y="{top + 14 + 16 * place}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return drawn, top + (16 * len(lines) + 8 if lines else 0)
