"""One telephone number behind two applications (indicator 13).

Reads numbers in E.164. Weight as for `device`.

False positives: households, numbers that were given to somebody else since, offices. So a phone
never ties two records alone, nor with other things of a household. That a number is virtual, or of
another country than the claimed one, is not looked at: honest people have such numbers (indicator
41).
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import HOUSEHOLD, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("phone@1", HOUSEHOLD, OPERATOR, stated=21)
MOST: Final = 32  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.PHONE), MOST)
