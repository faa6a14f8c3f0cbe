"""The graph behind a picture: accounts and what passed between them, in shares and exactly."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from stanch.model.kinds import fees
from stanch.reports.names import account_name, bare, short_account
from stanch.reports.shares import Shares
from stanch.reports.swaps import SWAP
from stanch.reports.trace_view import AccountRow, Endpoint, Flow

END_FATES = frozenset({"service", "mixer", "bridge_unmatched", "burned"})
Sums = dict[str, int]  # asset -> smallest units


def add(into: Sums, more: Mapping[str, int]) -> None:
    """Add the amounts of `more` to `into`."""
    for asset, amount in more.items():
        into[asset] = into.get(asset, 0) + amount


@dataclass(slots=True)
class Node:
    """An account, or several folded into one.

    `kind` is origin (robbed), seed, account, service, chain (a run of accounts that passed nearly
    all on) or rest.
    `fates` is what ended here: fate -> asset -> amount. `rank` is its place among all that
    the flows name, in ledger order; `members` are its accounts, in the order of their first time.
    """

    key: str
    kind: str
    name: str
    category: str
    first: str
    last: str
    rank: int
    members: list[str]
    labels: list[str] = field(default_factory=list)
    fates: dict[str, Sums] = field(default_factory=dict)

    def held(self) -> Sums:
        """What has not left: amounts of the fates held, stopped and unknown."""
        sums: Sums = {}
        for fate in ("held", "stopped", "unknown"):
            add(sums, self.fates.get(fate, {}))
        return sums


@dataclass(slots=True)
class Edge:
    """What passed from one node to another; `share` counts traced and inferred, in WHOLE."""

    src: str
    dst: str
    traced: Sums
    inferred: Sums
    share: int
    inferred_share: int
    count: int
    first: str
    last: str


@dataclass(slots=True)
class Graph:
    """Nodes by key and edges by their ends. Edges have two different ends."""

    nodes: dict[str, Node]
    edges: dict[tuple[str, str], Edge]
    shares: Shares

    def incoming(self) -> dict[str, int]:
        """Share that came in, per node."""
        return self._sums(1)

    def outgoing(self) -> dict[str, int]:
        """Share that went out, per node."""
        return self._sums(0)

    def _sums(self, end: int) -> dict[str, int]:
        sums = dict.fromkeys(self.nodes, 0)
        for ends, edge in self.edges.items():
            sums[ends[end]] += edge.share
        return sums

    def held_share(self, node: Node) -> int:
        """Share that has not left `node`."""
        return sum(self.shares.of(asset, amount) for asset, amount in node.held().items())

    def through(self) -> dict[str, int]:
        """Share that came into a node, or left it where that is more (a seed's came before)."""
        inward, outward = self.incoming(), self.outgoing()
        return {
            key: max(inward[key], outward[key] + self.held_share(node))
            for key, node in self.nodes.items()
        }


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a picture of one incident is made of."""

    flows: list[Flow]
    accounts: list[AccountRow]
    endpoints: list[Endpoint]
    seeds: frozenset[str]
    shares: Shares


def graph(story: Story) -> Graph:
    """The graph of one incident, without fees and the legs of swaps.

    Fees would tie every account to one point, and stand in the tables. A swap changes the asset
    inside its account: the pool is only where that happened.
    """
    drawn = [flow for flow in story.flows if flow.rule != SWAP and _drawn(flow)]
    edges: dict[tuple[str, str], Edge] = {}
    for flow in drawn:
        edge = edges.get((flow.src, flow.dst))
        if edge is None:
            edge = Edge(flow.src, flow.dst, {}, {}, 0, 0, 0, flow.time, flow.time)
            edges[flow.src, flow.dst] = edge
        _count(edge, flow, story.shares)
    return Graph(_nodes(story, drawn), edges, story.shares)


def _drawn(flow: Flow) -> bool:
    chain = flow.dst.rsplit(":", 1)[0]
    return flow.src != flow.dst and flow.dst != fees(chain) and flow.traced + flow.inferred > 0


def _count(edge: Edge, flow: Flow, shares: Shares) -> None:
    edge.traced[flow.asset] = edge.traced.get(flow.asset, 0) + flow.traced
    if flow.inferred:
        edge.inferred[flow.asset] = edge.inferred.get(flow.asset, 0) + flow.inferred
    edge.share += shares.of(flow.asset, flow.traced + flow.inferred)
    edge.inferred_share += shares.of(flow.asset, flow.inferred)
    edge.count += 1
    edge.first, edge.last = min(edge.first, flow.time), max(edge.last, flow.time)


class _Roster:
    """Nodes by account, made on first sight with what the tables say of them."""

    def __init__(self, story: Story) -> None:
        self.nodes: dict[str, Node] = {}
        self._seeds = story.seeds
        self._labels = {row.account: (row.label, row.category) for row in story.endpoints}
        self._labels |= {row.account: (row.label, row.category) for row in story.accounts}

    def seen(self, account: str, time: str) -> Node:
        """The node of `account`, which now is known to have been active at `time`."""
        node = self.nodes.get(account)
        if node is None:
            label, category = self._labels.get(account, ("", ""))
            node = self.nodes[account] = Node(
                key=account,
                kind="seed" if account in self._seeds else "account",
                name=account_name(account, label),
                category=category,
                first=time,
                last=time,
                rank=len(self.nodes),
                members=[account],
                labels=[label] if label else [],
            )
        node.first, node.last = min(node.first, time), max(node.last, time)
        return node


def _nodes(story: Story, drawn: list[Flow]) -> dict[str, Node]:
    roster = _Roster(story)
    for flow in drawn:
        roster.seen(flow.src, flow.time)
        roster.seen(flow.dst, flow.time)
    _settle(story, roster)
    _give_roles(roster.nodes, drawn)
    _tell_apart(roster.nodes)
    return roster.nodes


def _settle(story: Story, roster: _Roster) -> None:
    """Put what ended where it ended, also at accounts that no drawn flow touches."""
    arrivals = {row.account: row.first_time for row in story.accounts}
    for end in story.endpoints:
        if end.fate in ("fee", "converted_out") or bare(end.account) == "fees":
            continue
        known = roster.nodes.get(end.account)
        node = known or roster.seen(end.account, arrivals.get(end.account, ""))
        add(node.fates.setdefault(end.fate, {}), {end.asset: end.amount})


def _give_roles(nodes: dict[str, Node], drawn: list[Flow]) -> None:
    """A service is where money ended and nothing is followed on; an origin only was robbed."""
    senders = {flow.src for flow in drawn}
    robbed = {flow.src for flow in drawn if flow.rule == "seed"}
    followed = {flow.src for flow in drawn if flow.rule != "seed"}
    receivers = {flow.dst for flow in drawn}
    for key, node in nodes.items():
        if node.kind != "account":
            continue
        if key not in senders and END_FATES & node.fates.keys():
            node.kind = "service"
        elif key in robbed and key not in followed and key not in receivers:
            node.kind = "origin"


def _tell_apart(nodes: dict[str, Node]) -> None:
    """A label that several accounts share names none of them: they go by their address."""
    others = [node for node in nodes.values() if node.kind != "service" and node.labels]
    uses = Counter(node.labels[0] for node in others)
    for node in others:
        if uses[node.labels[0]] > 1:
            node.name = short_account(node.key)
