"""The measures of screening: R@1, R@5, recall at 1 % alerts, F1 of pairs, alerts at equal recall.

A prediction is a list of (entry, score), best first, at most ten, one for each cluster.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from screening_data import Innocent, Pair, Query

Hits = Sequence[tuple[str, float]]
TOP = 10
SHARE = 0.01  # of innocent persons without a listed namesake may raise an alert
ROMANISED = frozenset(
    f"derived_{habit}"
    for habit in ("RR", "RR_joined", "MR", "MR_plain", "DPRK", "SK_passport", "SK_nohyphen")
)
GROUPS: dict[str, Callable[[str], bool]] = {
    "alias_P": lambda name: name == "alias_loo_P",
    "alias_OV": lambda name: name in ("alias_loo_O", "alias_loo_V"),
    "romanised": lambda name: name in ROMANISED,
    "Hangul_P": lambda name: name == "hangul_real_P",
    "Hanja": lambda name: name in ("derived_Hanja", "han_real_P"),
    "Kana": lambda name: name == "derived_Katakana",
    "Cyrillic": lambda name: name in ("derived_Cyrillic", "cyr_real_P"),
    "typo": lambda name: name.startswith("typo"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """How one group fares."""

    count: int
    first: float  # R@1
    fifth: float  # R@5
    alerted: float  # recall at the threshold


def best(query: Query, hits: Hits) -> tuple[int, float]:
    """Rank and score of the first right entry among ten; 99 and -1 where there is none."""
    for rank, (entry, score) in enumerate(hits[:TOP], start=1):
        if entry in query.gold:
            return rank, score
    return 99, -1.0


def threshold(innocents: Iterable[Innocent], hits: Mapping[str, Hits]) -> float:
    """The lowest score at which at most one in a hundred innocent persons raises an alert."""
    tops = sorted(
        (
            top(hits.get(each.row.id, ()))
            for each in innocents
            if not each.homonym and each.row.schema == "Person"
        ),
        reverse=True,
    )
    return tops[int(len(tops) * SHARE)] + 1e-9


def top(hits: Hits) -> float:
    return hits[0][1] if hits else 0.0


def by_group(queries: Sequence[Query], hits: Mapping[str, Hits], least: float) -> dict[str, Found]:
    """Each group that has queries, and `macro`, the plain mean of the groups."""
    found: dict[str, Found] = {}
    for name, belongs in GROUPS.items():
        bests = [best(q, hits.get(q.row.id, ())) for q in queries if belongs(q.set)]
        if bests:
            found[name] = Found(
                len(bests),
                share(rank == 1 for rank, _ in bests),
                share(rank <= 5 for rank, _ in bests),
                share(score >= least for _, score in bests),
            )
    parts = list(found.values())
    found["macro"] = Found(
        sum(part.count for part in parts),
        sum(part.first for part in parts) / len(parts),
        sum(part.fifth for part in parts) / len(parts),
        sum(part.alerted for part in parts) / len(parts),
    )
    return found


def threshold_at(queries: Sequence[Query], hits: Mapping[str, Hits], recall: float) -> float | None:
    """The highest score at which macro recall is `recall` or more; None where it never is."""
    scores = sorted({best(q, hits.get(q.row.id, ()))[1] for q in queries} - {-1.0})
    low, high = 0, len(scores)  # recall falls as the threshold rises
    while low < high:
        middle = (low + high) // 2
        if by_group(queries, hits, scores[middle])["macro"].alerted >= recall:
            low = middle + 1
        else:
            high = middle
    return scores[low - 1] if low else None


def alerts(groups: Mapping[str, Sequence[float]], least: float) -> dict[str, tuple[int, int]]:
    """(alerts, innocents) by group, from the top scores of innocents."""
    return {
        name: (sum(score >= least for score in scores), len(scores))
        for name, scores in groups.items()
    }


def f1(pairs: Sequence[Pair], scores: Sequence[float], least: float) -> float:
    hit = sum(p.match and s >= least for p, s in zip(pairs, scores, strict=True))
    said = sum(s >= least for s in scores)
    true = sum(p.match for p in pairs)
    return 2 * hit / (said + true) if hit else 0.0


def passed(pairs: Sequence[Pair], scores: Sequence[float], least: float) -> int:
    return sum(p.match == (s >= least) for p, s in zip(pairs, scores, strict=True))


def best_threshold(
    measure: Callable[[Sequence[Pair], Sequence[float], float], float],
    pairs: Sequence[Pair],
    scores: Sequence[float],
) -> tuple[float, float]:
    """(threshold, value) at which a measure of pairs is highest; the highest such threshold."""
    value, least = max((measure(pairs, scores, s), s) for s in {*scores} | {1.0} if s > 0)
    return least, value


def share(those: Iterable[bool]) -> float:
    flags = list(those)
    return sum(flags) / len(flags)
