"""Values of an application so that who reads the evidence need not learn them."""

import re
from typing import Final

_PART: Final = re.compile(r"[^\W_]+")
_DOTS: Final = "•••"  # as many for a long part as for a short one


def masked(value: str) -> str:
    """The first letter of each part, and dots for the rest however long it is.

    >>> masked("Mary Grace"), masked("mary.g@example.org"), masked("+82 10-1234-5678")
    ('M••• G•••', 'm•••.g•••@e•••.o•••', '+8••• 1•••-1•••-5•••')
    """
    return _PART.sub(lambda part: f"{part[0][0]}{_DOTS}", value)
