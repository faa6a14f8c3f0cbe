"""Clusters: what accepted links join, strongest link first, and never across a contradiction."""

from collections.abc import Iterable

from stanch.screening.linking.linked import Link, Member


def clusters(links: Iterable[Link]) -> tuple[tuple[Member, ...], ...]:
    """Groups of entries that are one, each sorted, in the order of their first members.

    A link that would bring two entries together that another link holds apart joins nothing. As
    the strongest links are taken first, it is the weaker of two rivals that gives way.
    """
    group_of: dict[Member, set[Member]] = {}
    apart: dict[Member, set[Member]] = {}
    links = sorted(links, key=lambda each: (-each.points, each.left, each.right))
    for each in links:
        if not each.one:
            apart.setdefault(each.left, set()).add(each.right)
            apart.setdefault(each.right, set()).add(each.left)
    for each in links:
        if each.one:
            left = group_of.setdefault(each.left, {each.left})
            right = group_of.setdefault(each.right, {each.right})
            if left is not right and not _held_apart(left, right, apart):
                left |= right
                group_of.update(dict.fromkeys(right, left))
    groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
    return tuple(sorted(group for group in groups.values() if len(group) > 1))


def _held_apart(left: set[Member], right: set[Member], apart: dict[Member, set[Member]]) -> bool:
    return any(apart.get(member, set()) & right for member in left)
