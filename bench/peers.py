"""What others would do on the same rows: the plain twin of the tests, and haircut on networkx."""

import networkx as nx
from tests.reference import twins

Row = tuple[int, int, int]


def plain_twin(method: str, rows: list[Row], purses: int, seed: tuple[int, int]) -> int:
    """Stolen money held at the end by the twin in tests/reference."""
    purse, limit = seed
    _, held, _ = twins.trace(method, rows, purses, 1, {purse: (0, limit)}, set(), {})
    return sum(held.values())


def networkx_haircut(rows: list[Row], seed: tuple[int, int]) -> int:
    """Haircut as it is often written: a graph with balances on its nodes, edges in order."""
    graph = nx.MultiDiGraph()
    for order, (src, dst, amount) in enumerate(rows):
        graph.add_edge(src, dst, order=order, amount=amount)
    nx.set_node_attributes(graph, 0, "balance")
    nx.set_node_attributes(graph, 0, "stolen")
    purse, left = seed
    for src, dst, data in sorted(graph.edges(data=True), key=lambda edge: edge[2]["order"]):
        payer, payee, amount = graph.nodes[src], graph.nodes[dst], data["amount"]
        payer["balance"] = max(payer["balance"], amount)
        moved = payer["stolen"] * amount // payer["balance"] if amount else 0
        payer["balance"] -= amount
        payer["stolen"] -= moved
        if dst == purse:
            claimed = min(left, amount - moved)
            left -= claimed
            moved += claimed
        payee["balance"] += amount
        payee["stolen"] += moved
    return sum(stolen for _, stolen in graph.nodes(data="stolen"))
