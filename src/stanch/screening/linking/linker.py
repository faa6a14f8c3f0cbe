"""Link the entries of several lists: pairs that share something are compared and judged."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from stanch.model.listed import Entry
from stanch.screening.linking.blocking import Pair, pairs
from stanch.screening.linking.comparing import Frequencies, compare, forbidden
from stanch.screening.linking.linked import Link
from stanch.screening.linking.records import Record, record

ACCEPTED: Final = 10.0  # decibans: ten to one that they are one
LARGEST: Final = (
    40  # entries that hang together; in more, pairs that share nothing are not compared
)


def link(listed: Iterable[tuple[str, Entry]]) -> tuple[Link, ...]:
    """Links among entries, each given with the name of its list.

    Answered are pairs that are taken for one, and pairs that must not be (`Link.one` is False)
    although they share a name or an identifier, or hang together through others: something
    contradicts, or one list has both and nothing but a third entry joins them. Sorted by members;
    the same entries give the same links in whatever order they come.
    """
    records = sorted((record(name, entry) for name, entry in listed), key=lambda each: each.member)
    known = Frequencies.of(records)
    links: dict[Pair, Link] = {}
    for pair in pairs(records):
        found = _link(records, pair, known)
        if not found.one and not forbidden(found.evidence):
            continue
        links[pair] = found
    for pair in [pair for pair in _hanging_together(links) if pair not in links]:
        found = _link(records, pair, known)
        if forbidden(found.evidence) or (found.left.list == found.right.list and not found.one):
            links[pair] = found
    return tuple(links[pair] for pair in sorted(links))


def _link(records: Sequence[Record], pair: Pair, known: Frequencies) -> Link:
    left, right = records[pair[0]], records[pair[1]]
    evidence = compare(left, right, known)
    points = round(sum(each.points for each in evidence), 1)
    one = points >= ACCEPTED and not forbidden(evidence)
    score = 1 / (1 + 10 ** (-points / 10))
    return Link(left.member, right.member, one, points, score, evidence)


def _hanging_together(links: dict[Pair, Link]) -> Iterator[Pair]:
    """Pairs that a chain of accepted links joins."""
    beside: dict[int, set[int]] = defaultdict(set)
    for (one, other), found in links.items():
        if found.one:
            beside[one].add(other)
            beside[other].add(one)
    seen: set[int] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            fresh = beside[waiting.pop()] - group
            group |= fresh
            waiting += fresh
        seen |= group
        if len(group) <= LARGEST:
            yield from combinations(sorted(group), 2)
