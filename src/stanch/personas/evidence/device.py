"""One device or browser behind two applications (indicator 1).

Reads ids of devices and browsers. Weight: how often two records that nothing else ties share one,
in tiers by how many hold it; see `weights.learned`. Before the intake says anything the chance of
two strangers is taken for one in two million.

False positives: a machine of a family, a library or an agency, an id that a browser gives to all of
its kind. So a device never ties two records alone, nor with other things of a household.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import HOUSEHOLD, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("device@1", HOUSEHOLD, OPERATOR, stated=21)
MOST: Final = 32  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.DEVICE), MOST)
