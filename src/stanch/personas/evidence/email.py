"""One mailbox behind two applications (indicators 17, 24).

Reads whole mailboxes in their one form, and nothing of what they look like: digits at the end stand
for where a name is from (indicator 43, not to be used), and parts of a mailbox are made of names,
of which some cultures have few. A whole mailbox belongs to one person at a time; one in 268 million
before the intake says anything.

False positives: mailboxes of an agency or a family.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import IDENTITY, OPERATOR, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("email@1", IDENTITY, OPERATOR, stated=28, unique=2)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.EMAIL), MOST)
