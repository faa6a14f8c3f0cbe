"""Strongly connected components of a small graph: Tarjan's algorithm, without recursion.

R. Tarjan, Depth-First Search and Linear Graph Algorithms, SIAM J. Comput. 1 (1972).
"""

from collections.abc import Sequence


def components(successors: Sequence[Sequence[int]]) -> list[int]:
    """Component of each node, numbered so that an edge never leads to a higher number."""
    count = len(successors)
    found, low, component = [-1] * count, [0] * count, [-1] * count
    stack: list[int] = []
    clock = closed = 0
    for root in range(count):
        if found[root] >= 0:
            continue
        path = [(root, iter(successors[root]))]
        found[root] = low[root] = clock
        clock += 1
        stack.append(root)
        while path:
            node, edges = path[-1]
            for after in edges:
                if found[after] < 0:
                    found[after] = low[after] = clock
                    clock += 1
                    stack.append(after)
                    path.append((after, iter(successors[after])))
                    break
                if component[after] < 0:
                    low[node] = min(low[node], found[after])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == found[node]:
                    while component[node] < 0:
                        component[stack.pop()] = closed
                    closed += 1
    return component
