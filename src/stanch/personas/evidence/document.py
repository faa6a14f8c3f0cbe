"""One identity document behind two applications (indicator 6).

Reads kind, issuing state and number. An office gives a number once, so one value may tie two
records alone; one in 268 million before the intake says anything.

False positives: numbers that were misread. A number of which only a part was read is missing, and
missing is worth nothing. Which state issued it is never looked at by itself.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import IDENTITY, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("document@1", IDENTITY, OPERATOR, stated=28, unique=16)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.DOCUMENT), MOST)
