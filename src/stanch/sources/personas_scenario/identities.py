"""Who an application says it is from. Honest people and personas are drawn alike.

So culture and region say nothing about who is an operator, and a rule that thinks they do can only
lose here.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from stanch.sources.personas_scenario.chance import Chance, Int
from stanch.sources.personas_scenario.cultures import CULTURES
from stanch.sources.personas_scenario.names import FAMILY, GIVEN
from stanch.sources.personas_scenario.regions import REGIONS
from stanch.sources.personas_scenario.request import PersonasRequest

_AT_HOME: Final = 0.8
_REGION: Final = {each.code: code for code, each in enumerate(REGIONS)}
_HOME: Final = np.array([_REGION[each.home] for each in CULTURES], np.int64)
_ELSEWHERE: Final = np.array([30, 20, 6, 6, 8, 10, 8, 6], np.int64)  # where people move to
_OFFSETS: Final = np.array([offset for each in REGIONS for offset in each.offsets], np.int64)
_OFFSET_COUNT: Final = np.array([len(each.offsets) for each in REGIONS], np.int64)
_OFFSET_START: Final = np.cumsum(_OFFSET_COUNT) - _OFFSET_COUNT


@dataclass(slots=True)
class Identities:
    """Culture, region, claimed offset (hours) and names (numbers) of a run of personas."""

    culture: Int
    region: Int
    offset: Int
    given: Int
    family: Int


def identities(chance: Chance, request: PersonasRequest, personas: Int) -> Identities:
    """An identity for each of `personas`, numbers that no two of them share."""
    weights = np.zeros(len(CULTURES), np.int64)
    for code, weight in request.cultures:
        weights[[each.code for each in CULTURES].index(code)] = weight
    culture = chance.weighted("culture", weights, personas)
    region = np.where(
        chance.happens("stays", _AT_HOME, personas),
        _HOME[culture],
        chance.weighted("moves", _ELSEWHERE, personas),
    )
    return Identities(
        culture,
        region,
        offset_in(chance, "zone", region, personas),
        GIVEN.drawn(chance, "given", culture, personas),
        FAMILY.drawn(chance, "family", culture, personas),
    )


def offset_in(chance: Chance, what: str, region: Int, who: Int) -> Int:
    """A time zone of the region of each, in hours east of UTC."""
    offsets: Int = _OFFSETS[_OFFSET_START[region] + chance.below(what, _OFFSET_COUNT[region], who)]
    return offsets
