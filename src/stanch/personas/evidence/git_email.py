"""One author's address in the commits of two people (indicator 18).

Reads the address that commits name. Weight as for `device`. Anybody can set it to anything, so it
never ties two records alone.

False positives: robots, pairs that programmed together, spoofed authors.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import GIT, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("git_email@1", GIT, OPERATOR, stated=22)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.GIT_EMAIL), MOST)
