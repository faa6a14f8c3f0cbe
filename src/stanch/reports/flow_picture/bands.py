"""Columns: time runs to the right, and money moves to the right inside each stretch of time.

The nodes, in the order of their first arrival, are cut into bands at the longest pauses. No node
of a later band stands left of one of an earlier band; inside a band the column is the number of
hops. As many cuts are made as the width allows, so a short trace is laid out strictly by time.
"""

from collections import defaultdict
from dataclasses import dataclass

from stanch.reports.amounts import parse_time
from stanch.reports.flow_picture.graph import Graph, Node

_MAIN_INFLOW = 20  # an inflow below a twentieth of all that came in moves nobody to the right


@dataclass(frozen=True, slots=True)
class Band:
    """Columns `left` to `right` (inclusive) hold what first arrived between `first` and `last`."""

    left: int
    right: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of every node that is no service, the bands, and the column after the last."""

    of: dict[str, int]
    bands: list[Band]
    end: int


def columns(graph: Graph, width: int) -> Columns:
    """Give each node a column; about `width` columns, more only where a path needs them."""
    arrival = _arrivals(graph)
    nodes = sorted(
        (node for node in graph.nodes.values() if node.kind != "service"),
        key=lambda node: (arrival[node.key], _role(node), node.rank),
    )
    if not nodes:
        return Columns({}, [], 0)
    senders = _main_senders(graph, nodes)
    depth = max(_depths(senders, 0, len(nodes))) + 1
    cuts = _cuts([arrival[node.key] for node in nodes], senders, max(width, depth))
    of: dict[str, int] = {}
    bands: list[Band] = []
    left = 0
    for start, stop in zip([0, *cuts], [*cuts, len(nodes)], strict=True):
        depths = _depths(senders, start, stop)
        of |= {nodes[start + i].key: left + own for i, own in enumerate(depths)}
        right = left + max(depths)
        bands.append(Band(left, right, arrival[nodes[start].key], arrival[nodes[stop - 1].key]))
        left = right + 1
    return Columns(of, bands, left)


def _arrivals(graph: Graph) -> dict[str, str]:
    """When each node was first reached; a folded branch when half of its money had come.

    Its accounts may lie far apart in time, and the first of them may be the smallest. An origin
    stands before the seeds that it fed, also where it fed them later.
    """
    inflows: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (_, dst), edge in graph.edges.items():
        inflows[dst].append((edge.first, edge.share))
    arrival = {key: node.first for key, node in graph.nodes.items()}
    for key, inflow in inflows.items():
        if graph.nodes[key].kind == "rest":
            half = sum(share for _, share in inflow) // 2
            for time, share in sorted(inflow):
                arrival[key], half = time, half - share
                if half <= 0:
                    break
    for src, dst in graph.edges:
        if graph.nodes[src].kind == "origin":
            arrival[src] = min(arrival[src], arrival[dst])
    return arrival


def _role(node: Node) -> int:
    return {"origin": 0, "seed": 1}.get(node.kind, 2)


def _main_senders(graph: Graph, nodes: list[Node]) -> list[list[int]]:
    """For each node (by place) the places before it that send it a fair part of its money."""
    place = {node.key: i for i, node in enumerate(nodes)}
    inward = graph.incoming()
    senders: list[list[int]] = [[] for _ in nodes]
    for (src, dst), edge in graph.edges.items():
        if src not in place or dst not in place or place[src] >= place[dst]:
            continue
        if edge.share * _MAIN_INFLOW >= inward[dst] or graph.nodes[src].kind == "origin":
            senders[place[dst]].append(place[src])
    return senders


def _depths(senders: list[list[int]], start: int, stop: int) -> list[int]:
    """Longest path to each of the nodes start..stop-1 that stays among them."""
    depths: list[int] = []
    for node in range(start, stop):
        inside = [depths[sender - start] + 1 for sender in senders[node] if sender >= start]
        depths.append(max(inside, default=0))
    return depths


def _cuts(times: list[str], senders: list[list[int]], width: int) -> list[int]:
    """Where to cut: the largest sum of pauses with all bands together within `width` columns."""
    count = len(times)
    widths = [_widths(senders, start, count) for start in range(count)]
    best: list[dict[int, tuple[int, int]]] = [{} for _ in range(count + 1)]
    best[0] = {0: (0, -1)}
    for start in range(count):
        gain = _pause(times[start - 1], times[start]) if start else 0
        if start and not gain:
            continue
        for used, (worth, _) in best[start].items():
            for stop in range(start + 1, count + 1):
                total = used + widths[start][stop - start - 1]
                if total > width:
                    break
                if worth + gain > best[stop].get(total, (-1, 0))[0]:
                    best[stop][total] = (worth + gain, start)
    used = min(best[count], key=lambda total: (-best[count][total][0], total))
    return _trace_back(widths, best, used)


def _widths(senders: list[list[int]], start: int, count: int) -> list[int]:
    """Columns that a band from `start` takes, for each place where it may end."""
    widest, widths = 0, []
    for own in _depths(senders, start, count):
        widest = max(widest, own + 1)
        widths.append(widest)
    return widths


def _trace_back(
    widths: list[list[int]], best: list[dict[int, tuple[int, int]]], used: int
) -> list[int]:
    cuts: list[int] = []
    stop = len(best) - 1
    while stop:
        start = best[stop][used][1]
        used -= widths[start][stop - start - 1]
        if start:
            cuts.append(start)
        stop = start
    return cuts[::-1]


def _pause(before: str, after: str) -> int:
    """Worth of a cut between two arrivals: the number of binary digits of the seconds between."""
    earlier, later = parse_time(before), parse_time(after)
    if earlier is None or later is None:
        return 0
    return int((later - earlier).total_seconds()).bit_length()
