"""The heights of boxes: near what they are tied to, in their order, never one over another.

As in d3-sankey, boxes are drawn towards the mean height of their neighbours, column by column to
and fro with a pull that fades; after each move overlaps are pushed apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stanch.reports.flow_picture.order import Link

_ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Field:
    """What is to be placed: layers in their order, and the room each box needs, in pixels."""

    layers: list[list[str]]
    room: Mapping[str, float]
    height: float


def place(field: Field, links: Iterable[Link]) -> dict[str, float]:
    """The middle of each box, in pixels from the top of the field."""
    before: dict[str, list[tuple[str, int]]] = defaultdict(list)
    after: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for left, right, share in links:
        before[right].append((left, share))
        after[left].append((right, share))
    middle: dict[str, float] = {}
    for layer in field.layers:
        free = field.height - sum(field.room[key] for key in layer)
        top = free / 2
        for key in layer:
            middle[key] = top + field.room[key] / 2
            top += field.room[key]
    for turn in range(_ROUNDS):
        pull = 1.0 if turn < _ROUNDS // 2 else 0.6
        forward = turn % 2 == 0
        for layer in field.layers if forward else field.layers[::-1]:
            _draw(layer, before if forward else after, middle, pull)
            _part(layer, field, middle)
    return middle


def _draw(
    layer: list[str],
    ties: Mapping[str, list[tuple[str, int]]],
    middle: dict[str, float],
    pull: float,
) -> None:
    for key in layer:
        tied = ties.get(key)
        if tied:
            weight = sum(share + 1 for _, share in tied)
            goal = sum(middle[other] * ((share + 1) / weight) for other, share in tied)
            middle[key] += (goal - middle[key]) * pull


def _part(layer: list[str], field: Field, middle: dict[str, float]) -> None:
    """Move boxes apart, pooling those that touch, so that each pool sits at the mean of its wishes.

    This is the exact answer to "least squared moves, order kept" (pool adjacent violators).
    """
    pools: list[tuple[float, int]] = []  # mean of the tops wished for when packed, size
    packed = 0.0
    for key in layer:
        wish = middle[key] - field.room[key] / 2 - packed
        packed += field.room[key]
        mean, size = wish, 1
        while pools and pools[-1][0] > mean:
            last, count = pools.pop()
            mean = (mean * size + last * count) / (size + count)
            size += count
        pools.append((mean, size))
    limit = max(field.height - packed, 0.0)
    offsets = [min(max(mean, 0.0), limit) for mean, size in pools for _ in range(size)]
    packed = 0.0
    for key, offset in zip(layer, offsets, strict=True):
        middle[key] = offset + packed + field.room[key] / 2
        packed += field.room[key]
