"""One account on a service behind two applications (indicator 17).

Reads service and name together: `github:maryg` is given once by its service, however many people
are called so. The same name on another service is not looked at, nor are parts of one: short family
names would meet by chance. One in 67 million before the intake says anything, and tiers by holders
take weight away where an intake shows that accounts are named without being had.

False positives: a portfolio that several people claim; accounts of a team.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import IDENTITY, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("handle@1", IDENTITY, OPERATOR, stated=26, unique=4)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.HANDLE), MOST)
