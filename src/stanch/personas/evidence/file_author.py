"""Documents written under one author's name with one program (indicator 25).

Reads author and program of a document together. Weight as for `device`, and one in a thousand
before the intake says anything: most documents carry the defaults of a program. An author's name in
a file is what a machine was set up with, and it is compared as one whole value, by rarity.

False positives: templates, shops that write resumes. It makes a farm and no operator.
"""

from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import FARM, TEXT, Found, Indicator
from stanch.personas.evidence.shared import share
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("file_author@1", TEXT, FARM, stated=10)
MOST: Final = 16  # holders; more is no person's


def find(sight: Sight) -> Found:
    """Pairs that share one."""
    return share(INDICATOR, sight.keys(kinds.FILE_AUTHOR), MOST)
