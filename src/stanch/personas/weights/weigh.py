"""Microbits of everything that was found, with the numbers that they follow from.

Four formulas, by indicator; `links.csv` has every number in them, so that anybody can work a weight
out again:

* a shared value: `worth((strangers + 1) / (pairs + 2^stated))`, by tier of holders;
* an IP or its network: the same, times 8 / holders where more than 8 hold it;
* n lines: `worth(tail(n, mean))`, the mean being how often strangers share one; from two lines on
  not more than how often strangers share so many: templates have several lines;
* a picture: as a shared value, and not more than `worth(2^NEAR * 8 * normal_tail((distance + 1/2 -
  mean) / spread))`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence import (
    collector,
    common_lines,
    ip,
    ip_net,
    passages,
    photo,
    rare_lines,
)
from stanch.personas.evidence.indicator import FARM, Counts, Found
from stanch.personas.weights.chance import normal_tail, rate, tail, worth
from stanch.personas.weights.learned import SEVERAL, Learned

_BY_USERS: Final = (ip.INDICATOR, ip_net.INDICATOR)
_SURE: Final = (rare_lines.INDICATOR, passages.INDICATOR)
STATED_MORE: Final = 10  # bits by which several lines are rarer among strangers than one
_LINES: Final = (rare_lines.INDICATOR, passages.INDICATOR, passages.TOPICS)
_COMMON: Final = (common_lines.INDICATOR, common_lines.EMPLOYERS)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found, with microbits of each pair, and numbers that explain them by name; whether
    each may tie two records alone, and what the indicator speaks for in this intake.
    """

    found: Found
    microbits: Counts
    numbers: dict[str, Counts]
    sole: npt.NDArray[np.bool_]
    level: str


def weigh(found: Found, learned: Learned, pairs: int) -> Weighed:
    """Weigh what one indicator found among `pairs` pairs of records."""
    if found.indicator in _LINES:
        met = learned.alone.get(1, 0) + learned.again.get(1, 0)
        return _lines(found, met, pairs, learned)
    weighed = _value(found, learned, pairs)
    return _picture(weighed) if found.indicator == photo.INDICATOR else weighed


def weigh_common(found: Found, met: int, pairs: int) -> Weighed:
    """Weigh values that many have, of which two records of all pairs met `met` times."""
    return _lines(found, met, pairs, Learned({}, {}, {}, {}))


def _value(found: Found, learned: Learned, pairs: int) -> Weighed:
    stated, of = found.indicator.stated, learned.rising()
    bits = _by(found.tier, lambda tier: worth(rate(of[tier], pairs, stated)))
    numbers = {
        "strangers": _by(found.tier, of.__getitem__),
        "pairs": _all(found, pairs), "stated": _all(found, stated),
    }  # fmt: skip
    if found.indicator in _BY_USERS:
        bits = bits * ip.FEW // np.maximum(found.holders, ip.FEW)
    believed = learned.believed(found.indicator.unique)
    sole = _by(found.tier, believed.__getitem__).astype(np.bool_)
    level = found.indicator.level
    confirmed = sum(learned.confirmed.values())
    if found.indicator == collector.DIRECT and confirmed + collector.DIRECT.unique < 0:
        level = FARM
    return Weighed(found, bits, _shown(found) | numbers, sole, level)


def _lines(found: Found, met: int, pairs: int, learned: Learned) -> Weighed:
    strangers, sure = learned.from_on(), learned.sure() if found.indicator in _SURE else set()
    stated = found.indicator.stated
    mean = rate(met, pairs, stated)

    def bits(n: int) -> int:
        seen = 0.0 if n < SEVERAL else rate(strangers.get(n, -1), pairs, stated + STATED_MORE)
        return worth(max(tail(n, mean), seen))

    numbers = {
        "met": _all(found, met), "pairs": _all(found, pairs), "stated": _all(found, stated),
        "strangers": _by(found.tier, lambda n: strangers.get(n, -1) if n >= SEVERAL else -1),
    }  # fmt: skip
    sole = _by(found.tier, lambda n: n in sure).astype(np.bool_)
    return Weighed(
        found, _by(found.tier, bits), _shown(found) | numbers, sole, found.indicator.level
    )


def _picture(weighed: Weighed) -> Weighed:
    """No more than the distance is worth."""
    found = weighed.found
    if not len(found):
        return weighed
    mean, spread = (int(found.more[name][0]) / 1000 for name in ("mean_milli", "spread_milli"))
    near = _by(found.more["distance"], lambda far: near_picture(far, mean, spread))
    numbers = weighed.numbers | dict(found.more)
    return replace(weighed, microbits=np.minimum(weighed.microbits, near), numbers=numbers)


def near_picture(distance: int, mean: float, spread: float) -> int:
    """Microbits of two pictures so near, whoever else has them."""
    chance = max(photo.WAYS * normal_tail((distance + 0.5 - mean) / spread), 2.0**-60)
    return worth(chance * 2**photo.NEAR)


def _by(tier: Counts, of: Callable[[int], int]) -> Counts:
    values, place = np.unique(tier, return_inverse=True)
    known: npt.NDArray[np.int64] = np.array([of(int(each)) for each in values], dtype=np.int64)
    return known[place] if len(values) else tier


def _all(found: Found, value: int) -> Counts:
    return np.full(len(found), value, dtype=np.int64)


def _shown(found: Found) -> dict[str, Counts]:
    return {"n": found.n, "holders": found.holders}
