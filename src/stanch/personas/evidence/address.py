"""One postal address behind two applications (indicator 14).

Reads folded postal addresses. Weight as for `device`. It makes a farm and no operator: laptops go
where somebody keeps them for others.

False positives: families, shared flats, houses without numbers of flats, firms that forward mail.
What has more than 32 holders is not looked at.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import FARM, HOUSEHOLD, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("address@1", HOUSEHOLD, FARM, stated=19)
MOST: Final = 32  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.ADDRESS), MOST)
