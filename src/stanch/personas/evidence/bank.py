"""Wages of two people into one account (indicator 2).

Reads accounts that wages are paid into. Weight as for `device`. An account makes a farm and no
operator: agencies and families are paid for several people.

False positives: joint accounts, agencies, payment firms that show one account for all of their
customers. Where the bank is, is not looked at (indicator 38 and what must not be used).
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import FARM, HOUSEHOLD, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("bank@1", HOUSEHOLD, FARM, stated=21, agency=True)
MOST: Final = 32  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.BANK), MOST)
