"""Folding: fewer boxes, the same money.

A folded graph is a quotient: every node goes to one group, amounts between two groups add up,
amounts inside one group vanish, and what ended at a group is what ended at its members. So the
sum of each fate, and all that crosses between groups, stay exact.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from stanch.reports.flow_picture.chains import runs
from stanch.reports.flow_picture.graph import Edge, Graph, Node, add
from stanch.reports.names import service_name
from stanch.reports.shares import WHOLE
from stanch.reports.words import category, counted


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a picture may show. Shares are in parts of WHOLE."""

    accounts: int = 44  # boxes for accounts, apart from services and folded branches
    services: int = 12
    branches: int = 14  # folded branches
    least: int = WHOLE // 500  # a smaller share is no box of its own
    run: int = 4  # a longer run of accounts that pass all on becomes one box


def fold(graph: Graph, limits: Limits) -> Graph:
    """Fold `graph` until it keeps the limits: services by name, runs, then small branches."""
    graph = quotient(graph, _by_service(graph, limits))
    if sum(node.kind != "service" for node in graph.nodes.values()) > limits.accounts // 2:
        graph = quotient(graph, _by_run(graph, limits))
    graph = quotient(graph, _by_branch(graph, limits))
    return quotient(graph, _smallest_branches(graph, limits))


@dataclass(frozen=True, slots=True)
class Group:
    """What nodes are folded into: those with the same key become one.

    It is called `name`, or, where it has none, by its size: `+37 accounts`, with its `noun`.
    """

    key: str
    kind: str
    name: str = ""
    noun: str = "account"
    category: str = ""


def quotient(graph: Graph, groups: Mapping[str, Group]) -> Graph:
    """Fold the nodes that `groups` names; a group of one node only gives it its name."""
    sizes = Counter(group.key for group in groups.values())
    goal = {
        key: groups[key].key if key in groups and sizes[groups[key].key] > 1 else key
        for key in graph.nodes
    }
    nodes: dict[str, Node] = {}
    for key, node in sorted(graph.nodes.items(), key=lambda item: (item[1].first, item[0])):
        if goal[key] == key:
            own = groups[key].name if key in groups else ""
            nodes[key] = replace(node, name=own) if own else node
        elif goal[key] in nodes:
            _join(nodes[goal[key]], node)
        else:
            nodes[goal[key]] = _start(groups[key], node)
    for group in {group.key: group for group in groups.values()}.values():
        if sizes[group.key] > 1 and not group.name:
            nodes[group.key].name = _size_name(group, nodes[group.key])
    return Graph(nodes, _merge_edges(graph, goal), graph.shares)


def _start(group: Group, node: Node) -> Node:
    fates = {fate: dict(sums) for fate, sums in node.fates.items()}
    return Node(
        group.key, group.kind, group.name, group.category, node.first, node.last,
        node.rank, list(node.members), list(node.labels), fates, node.unnamed,
    )  # fmt: skip


def _size_name(group: Group, node: Node) -> str:
    if group.kind == "chain":
        return f"{node.size:,} in a row"
    return f"+{counted(node.size, group.noun)}"


def _join(into: Node, node: Node) -> None:
    into.first, into.last = min(into.first, node.first), max(into.last, node.last)
    into.rank = min(into.rank, node.rank)
    into.members += node.members
    into.unnamed += node.unnamed
    into.labels += node.labels
    for fate, sums in node.fates.items():
        add(into.fates.setdefault(fate, {}), sums)


def _merge_edges(graph: Graph, goal: Mapping[str, str]) -> dict[tuple[str, str], Edge]:
    edges: dict[tuple[str, str], Edge] = {}
    for (src, dst), edge in graph.edges.items():
        ends = goal[src], goal[dst]
        if ends[0] == ends[1]:
            continue
        merged = edges.get(ends)
        if merged is None:
            merged = edges[ends] = Edge(*ends, {}, {}, 0, 0, 0, edge.first, edge.last)
        add(merged.traced, edge.traced)
        add(merged.inferred, edge.inferred)
        merged.share += edge.share
        merged.inferred_share += edge.inferred_share
        merged.count += edge.count
        merged.first, merged.last = min(merged.first, edge.first), max(merged.last, edge.last)
    return edges


def _by_service(graph: Graph, limits: Limits) -> dict[str, Group]:
    """One box for each service; the smallest share one."""
    inward = graph.incoming()
    groups: dict[str, Group] = {}
    weight: dict[str, int] = defaultdict(int)
    for key, node in graph.nodes.items():
        if node.kind != "service":
            continue
        name = service_name(node.labels[0]) if node.labels else ""
        known = name or category(node.category)
        group = Group(
            f"service:{node.category}:{known.casefold()}", "service", known, category=node.category
        )
        groups[key] = group
        weight[group.key] += inward[key]
    ranked = sorted(weight, key=lambda key: (-weight[key], key))
    shown = set(ranked[: limits.services])
    small = Group("service:+", "service", noun="service account", category="service")
    return {key: group if group.key in shown else small for key, group in groups.items()}


def _by_run(graph: Graph, limits: Limits) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for number, run in enumerate(runs(graph)):
        if len(run) > limits.run:
            group = Group(f"chain:{number}", "chain")
            groups |= dict.fromkeys(run, group)
    return groups


def _by_branch(graph: Graph, limits: Limits) -> dict[str, Group]:
    """Small accounts go to a branch at the nearest kept account their money mainly came from."""
    through = graph.through()
    open_to_folding = [
        key for key, node in graph.nodes.items() if node.kind in ("account", "chain")
    ]
    ranked = sorted(open_to_folding, key=lambda key: (-through[key], key))
    large = {key for key in ranked[: limits.accounts] if through[key] >= limits.least}
    if len(ranked) <= limits.accounts // 2:
        large = set(ranked)
    groups = _origins_and_seeds(graph, through, limits)
    kept = graph.nodes.keys() - (set(ranked) - large)
    parent = _main_senders(graph)
    for key in ranked:
        if key not in large:
            anchor = _anchor(key, parent, kept)
            kind = "deposit" if graph.nodes[key].category == "deposit" else ""
            groups[key] = Group(f"rest:{kind}:{anchor}", "rest", category=kind)
    return groups


def _origins_and_seeds(
    graph: Graph, through: Mapping[str, int], limits: Limits
) -> dict[str, Group]:
    """Of many seeds, or many that sent to them, the largest stay and the others share a box."""
    groups: dict[str, Group] = {}
    for kind, noun in (("origin", "sender"), ("seed", "seed")):
        keys = [key for key, node in graph.nodes.items() if node.kind == kind]
        ranked = sorted(keys, key=lambda key: (-through[key], key))
        small = [key for key in ranked[1:] if through[key] < limits.least]
        group = Group(f"rest:{kind}", kind, noun=noun)
        groups |= dict.fromkeys({*ranked[limits.services :], *small}, group)
    return groups


def _smallest_branches(graph: Graph, limits: Limits) -> dict[str, Group]:
    through = graph.through()
    branches = [key for key, node in graph.nodes.items() if node.kind == "rest"]
    ranked = sorted(branches, key=lambda key: (-through[key], key))
    small = {key for key in ranked if through[key] < limits.least} | set(ranked[limits.branches :])
    return dict.fromkeys(small, Group("rest:+", "rest"))


def fold_together(graph: Graph, keys: list[str], place: str) -> Graph:
    """Fold the nodes `keys` into one branch, named for the place that had no room for them."""
    return quotient(graph, dict.fromkeys(keys, Group(f"rest:{place}", "rest")))


def _main_senders(graph: Graph) -> dict[str, str]:
    """For each node the one that sent it most."""
    best: dict[str, tuple[int, str]] = {}
    for (src, dst), edge in graph.edges.items():
        if dst not in best or (-edge.share, src) < best[dst]:
            best[dst] = (-edge.share, src)
    return {dst: src for dst, (_, src) in best.items()}


def _anchor(key: str, parent: Mapping[str, str], kept: set[str]) -> str:
    visited = {key}
    while key in parent and parent[key] not in visited:
        key = parent[key]
        if key in kept:
            return key
        visited.add(key)
    return ""
