"""Lines of two resumes that are the same, and rare (indicators 9 and 11).

Reads folded lines that at most `MOST` records hold. Its number is what counts: one rare line is
shared by chance, two seldom. How many rare lines two strangers share is taken for a Poisson
variable, whose mean is how often pairs in this intake share exactly one; the bits of n lines are
minus log2 of its tail from n on, less the two bits for how seldom even one operator's resumes share
that much. From two lines on they may tie two records alone: two values are no accident.

False positives: templates and tasks of one employer, whose lines have more holders; resumes that
were copied from a stranger's.
"""

from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import OPERATOR, TEXT, Found, Indicator
from stanch.personas.evidence.shared import distinct, meetings
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("rare_lines@1", TEXT, OPERATOR, stated=16)
MOST: Final = 8  # holders
COUNTED: Final = 8  # lines; more say no more


def find(sight: Sight) -> Found:
    """Pairs that share such lines, `tier` being how many, at most COUNTED."""
    keys = sight.keys(kinds.LINE).once()
    left, right, holders = meetings(keys, MOST)
    pair, first, n = distinct(keys.record[left], keys.record[right], holders)
    return Found(INDICATOR, *pair, n, holders[first], np.minimum(n, COUNTED))
