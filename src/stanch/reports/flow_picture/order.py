"""The order of boxes within the columns, chosen so that few ribbons cross.

Layers are swept to and fro; each time the boxes of a layer are sorted by the mean place of what
they are tied to in the layer before (Sugiyama, Tagawa and Toda 1981). The best order seen wins.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable

Link = tuple[str, str, int]  # left end, right end, share

_SWEEPS = 12


def order(layers: list[list[str]], links: Iterable[Link]) -> list[list[str]]:
    """Reorder each of `layers`; `links` tie boxes of neighbouring layers together."""
    before: dict[str, list[tuple[str, int]]] = defaultdict(list)
    after: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for left, right, share in links:
        before[right].append((left, share))
        after[left].append((right, share))
    layers = [list(layer) for layer in layers]
    best, fewest = layers, _crossings(layers, after)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        layers = [list(layer) for layer in layers]
        if sweep % 2:
            for i in range(len(layers) - 2, -1, -1):
                layers[i] = _sorted(layers[i], layers[i + 1], after)
        else:
            for i in range(1, len(layers)):
                layers[i] = _sorted(layers[i], layers[i - 1], before)
        crossings = _crossings(layers, after)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _sorted(
    layer: list[str], fixed: list[str], ties: dict[str, list[tuple[str, int]]]
) -> list[str]:
    place = {key: i for i, key in enumerate(fixed)}

    def mean(i: int) -> float:
        tied = [(place[key], share + 1) for key, share in ties[layer[i]] if key in place]
        if not tied:
            return i * (len(fixed) / len(layer))
        return sum(at * share for at, share in tied) / sum(share for _, share in tied)

    return [layer[i] for i in sorted(range(len(layer)), key=lambda i: (mean(i), i))]


def _crossings(layers: list[list[str]], after: dict[str, list[tuple[str, int]]]) -> int:
    """Crossing ribbons, each crossing counted by the thinner one (in thousandths of its share)."""
    total = 0
    for left, right in itertools.pairwise(layers):
        place = {key: i for i, key in enumerate(right)}
        ties = [
            (i, place[key], share)
            for i, own in enumerate(left)
            for key, share in after[own]
            if key in place
        ]
        for n, (i, j, share) in enumerate(ties):
            for k, m, other in ties[n + 1 :]:
                if (i - k) * (j - m) < 0:
                    total += min(share, other) // 10**8 + 1
    return total
