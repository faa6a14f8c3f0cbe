"""All evidence of an intake: every indicator, what it found, and what that weighs."""

from collections.abc import Callable
from types import ModuleType
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.personas.evidence import (
    address,
    bank,
    collector,
    common_lines,
    device,
    document,
    email,
    file_author,
    git_email,
    git_key,
    handle,
    ip,
    ip_net,
    passages,
    phone,
    photo,
    photo_file,
    rare_lines,
    wallet,
)
from stanch.personas.evidence.indicator import Found, Indicator
from stanch.personas.evidence.sight import Sight
from stanch.personas.weights.chance import bar
from stanch.personas.weights.learned import groups, learn, own_group, pair_of, seen_again
from stanch.personas.weights.weigh import Weighed, weigh, weigh_common

_PLAIN: Final[tuple[ModuleType, ...]] = (
    device, phone, bank, wallet, document, email, handle, address, ip, ip_net, git_email, git_key,
    photo_file, file_author, photo, rare_lines,
)  # fmt: skip
INDICATORS: Final[tuple[Indicator, ...]] = (
    *(module.INDICATOR for module in _PLAIN),
    passages.INDICATOR,
    passages.TOPICS,
    collector.DIRECT,
    collector.INDICATOR,
    common_lines.INDICATOR,
    common_lines.EMPLOYERS,
)
PART: Final = (11, 20)  # of the bar that a pair has to have for its evidence to be looked at
BESIDE: Final = 3_000_000  # microbits that common lines may bring beside it

Step = Callable[[str], None]


def gather(sight: Sight, step: Step = lambda _: None) -> list[Weighed]:
    """What every indicator found, weighed; in the order of INDICATORS."""
    found: list[Found] = []
    for module in _PLAIN:
        step(module.INDICATOR.name)
        found.append(module.find(sight))
    step(passages.INDICATOR.name)
    found += passages.find(sight)
    found += collector.find(sight)
    step("weights")
    weighed = _weighed(found, sight)
    return weighed + _common(weighed, sight)


def _weighed(found: list[Found], sight: Sight) -> list[Weighed]:
    pair, mask = groups(found, sight.people)
    masks = [
        mask[np.searchsorted(pair, pair_of(each, sight.people))]
        | np.uint8(own_group(each.indicator))
        for each in found
    ]
    texts = [(each, of) for each, of in zip(found, masks, strict=True)
             if each.indicator == rare_lines.INDICATOR]  # fmt: skip
    again = seen_again(*texts[0])
    return [
        weigh(each, learn(each, of, again), sight.pairs)
        for each, of in zip(found, masks, strict=True)
    ]


def _common(weighed: list[Weighed], sight: Sight) -> list[Weighed]:
    """What many have, between pairs that something brought together."""
    pair = near(weighed, sight.people, BESIDE)
    a, b = (each.astype(np.int32) for each in np.divmod(pair, max(sight.people, 1)))
    return [weigh_common(each, met, sight.pairs) for each, met in common_lines.find(sight, a, b)]


def near(weighed: list[Weighed], people: int, short: int = 0) -> npt.NDArray[np.int64]:
    """Pairs, as `pair_of` numbers them, whose evidence adds up to a part of the bar: with less, no
    two records are tied by whatever their clusters show. `short` microbits less will do.
    """
    pair = np.concatenate([pair_of(each.found, people) for each in weighed])
    bits = np.concatenate([each.microbits for each in weighed])
    order = np.argsort(pair, kind="stable")
    pair, bits = pair[order], bits[order]
    if not len(pair):
        return pair
    start = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    enough = bar(people) * PART[0] // PART[1] - short
    return pair[start][np.add.reduceat(bits, start) >= enough]
