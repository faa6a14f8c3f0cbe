"""The same file of a picture in two applications (indicators 7, 25).

Reads hashes of whole files. Who has a file byte for byte has copied it. One in 67 million before
the intake says anything.

False positives: avatars of a service, stock pictures, blank pages of a scanner; they have many
holders.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import IDENTITY, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("photo_file@1", IDENTITY, OPERATOR, stated=26, unique=4)
MOST: Final = 8  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.PHOTO_FILE), MOST)
