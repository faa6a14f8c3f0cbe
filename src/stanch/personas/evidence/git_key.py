"""One key that signs the commits of two people (indicator 18).

Reads fingerprints of signing keys. Who signs has the secret half, so one value may tie two records
alone; one in 268 million before the intake says anything.

False positives: keys of robots and of a service's web editor, which have many holders.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import GIT, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("git_key@1", GIT, OPERATOR, stated=28, unique=8)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.GIT_KEY), MOST)
