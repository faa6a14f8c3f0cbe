"""Indicators in their one form, so that two members who hold the same write the same.

`normal` is the door: from what people write to `kind:value`. An indicator that cannot be read is a
ValueError with a short reason, never a guess.
"""

from stanch.sharing.common.indicators.kinds import KINDS, guess, normal

__all__ = ["KINDS", "guess", "normal"]
