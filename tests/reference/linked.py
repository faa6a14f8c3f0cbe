"""How well clusters match who is who: pairs, B-cubed, and honest people pulled in. Plain counts.

A pair is two applications. Precision and recall of pairs: of those put together, how many are one
person's; of those that are one person's, how many are put together. B-cubed (Bagga and Baldwin
1998): the same for each application, of its cluster and its person, then the mean over those that
are not alone in both. Nineteen in twenty of an intake are, and would hide the rest: with them the
plainest rule has .98. So counted, a union of exact identifiers has .471, .420, .850 and 27 on
../shared/data/personas/visible, the figures stated there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Linked:
    """Shares between 0 and 1. `operator_recall` counts pairs of operators alone;
    `honest_pulled_in` the honest applications in a cluster with an operator's.
    """

    pair_precision: float
    pair_recall: float
    pair_f1: float
    operator_recall: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f: float
    honest_pulled_in: int

    def as_data(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def linked(clusters: Sequence[str], people: Sequence[str], operators: Sequence[bool]) -> Linked:
    """Of each application its cluster, whose it is, and whether an operator sent it."""
    both = Counter(zip(clusters, people, strict=True))
    cluster, person = Counter(clusters), Counter(people)
    operated = {who for who, is_one in zip(people, operators, strict=True) if is_one}
    hits = sum(map(_pairs, both.values()))
    precision = _over(hits, sum(map(_pairs, cluster.values())))
    recall = _over(hits, sum(map(_pairs, person.values())))
    mine = sum(_pairs(count) for (_, who), count in both.items() if who in operated)
    all_mine = sum(_pairs(count) for who, count in person.items() if who in operated)
    together = {
        (group, who): count
        for (group, who), count in both.items()
        if cluster[group] > 1 or person[who] > 1
    }
    n = sum(together.values()) or 1
    exact = sum(count * count / cluster[group] for (group, _), count in together.items()) / n
    whole = sum(count * count / person[who] for (_, who), count in together.items()) / n
    run = {group for (group, who) in both if who in operated}
    pulled = sum(
        count for (group, who), count in both.items() if group in run and who not in operated
    )
    return Linked(
        precision,
        recall,
        _f(precision, recall),
        _over(mine, all_mine),
        exact,
        whole,
        _f(exact, whole),
        pulled,
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _over(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
