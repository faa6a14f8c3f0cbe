"""Runs: accounts one behind the other, each passing on nearly all that the one before sent."""

from stanch.reports.flow_picture.graph import Graph

# An account belongs to a run while four fifths of what it gets come from the one before and four
# fifths of what it sends go to the next; a peel chain loses a little at each step.
_MAIN = (4, 5)


def runs(graph: Graph) -> list[list[str]]:
    """All runs in `graph`, each in the order of the money, of accounts only."""
    sender, receiver = _main_ends(graph, 0), _main_ends(graph, 1)
    inside = {
        key
        for key, node in graph.nodes.items()
        if node.kind == "account" and key in sender and key in receiver
    }
    after = {
        key: receiver[key]
        for key in inside
        if receiver[key] in inside and sender[receiver[key]] == key
    }
    heads = sorted(inside - set(after.values()), key=lambda key: (graph.nodes[key].first, key))
    return [_walk(head, after) for head in heads]


def _main_ends(graph: Graph, end: int) -> dict[str, str]:
    """For each node the one that most of its money comes from (end 0) or goes to (end 1)."""
    sums, best = (graph.incoming(), graph.outgoing())[end], dict[str, tuple[int, str]]()
    for ends, edge in graph.edges.items():
        own, other = ends[1 - end], ends[end]
        if own not in best or (-edge.share, other) < best[own]:
            best[own] = (-edge.share, other)
    part, whole = _MAIN
    return {
        own: other for own, (share, other) in best.items() if -share * whole >= sums[own] * part
    }


def _walk(head: str, after: dict[str, str]) -> list[str]:
    run = [head]
    while run[-1] in after:
        run.append(after[run[-1]])
    return run
