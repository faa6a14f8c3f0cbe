"""All evidence of an intake: every indicator, what it found, and what that weighs."""

from collections.abc import Callable
from types import ModuleType
from typing import Final

import numpy as np

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
from stanch.personas.weights.learned import groups, learn, pair_of, seen_again
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
LOOKED_AT: Final = 6_000_000  # microbits that bring two records together at all

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
    masks = [mask[np.searchsorted(pair, pair_of(each, sight.people))] for each in found]
    texts = [(each, of) for each, of in zip(found, masks, strict=True)
             if each.indicator == rare_lines.INDICATOR]  # fmt: skip
    again = seen_again(*texts[0])
    return [
        weigh(each, learn(each, of, again), sight.pairs)
        for each, of in zip(found, masks, strict=True)
    ]


def _common(weighed: list[Weighed], sight: Sight) -> list[Weighed]:
    """What many have, between pairs that something brought together."""
    some = [pair_of(each.found, sight.people)[each.microbits >= LOOKED_AT] for each in weighed]
    pair = np.unique(np.concatenate(some))
    a, b = (each.astype(np.int32) for each in np.divmod(pair, max(sight.people, 1)))
    return [weigh_common(each, met, sight.pairs) for each, met in common_lines.find(sight, a, b)]
