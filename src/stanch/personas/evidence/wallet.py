"""Pay into one wallet (indicator 3).

Reads addresses on chains in their canonical form. A wallet is opened by who has its key, so one
value may tie two records alone. Weight as for `device`, and one in 67 million before the intake
says anything.

False positives: addresses of a payroll firm or an exchange that several customers share; they have
many holders, and the intake's own tiers take their weight away.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import OPERATOR, PAY, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("wallet@1", PAY, OPERATOR, stated=26, unique=8)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.WALLET), MOST)
