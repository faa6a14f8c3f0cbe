"""The graph behind a picture: accounts and what passed between them, in shares and exactly."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from stanch.reports.names import account_name, bare, short_account
from stanch.reports.roll import Crowd
from stanch.reports.shares import Shares
from stanch.reports.streams import Stream
from stanch.reports.words import counted

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
    the flows name, in ledger order; `members` are its accounts, in the order of their first time,
    and `unnamed` counts those of a crowd that are not among them.
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
    unnamed: int = 0

    @property
    def size(self) -> int:
        """How many accounts it stands for."""
        return len(self.members) + self.unnamed

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


class Person(NamedTuple):
    """What accounts.csv says of an account; `first` is when it was reached."""

    label: str
    category: str
    first: str


@dataclass(frozen=True, slots=True)
class Story:
    """Everything a picture of one incident is made of.

    `spots` is what ended where: account or crowd, asset, fate -> smallest units.
    """

    streams: list[Stream]
    spots: Mapping[tuple[str, str, str], int]
    people: Mapping[str, Person]
    crowds: Mapping[str, Crowd]
    seeds: frozenset[str]
    shares: Shares


def graph(story: Story) -> Graph:
    """The graph of one incident, without fees and the legs of swaps.

    Fees would tie every account to one point, and stand in the tables. A swap changes the asset
    inside its account: the pool is only where that happened.
    """
    edges: dict[tuple[str, str], Edge] = {}
    for stream in story.streams:
        edge = edges.get((stream.src, stream.dst))
        if edge is None:
            edge = Edge(stream.src, stream.dst, {}, {}, 0, 0, 0, stream.first, stream.last)
            edges[stream.src, stream.dst] = edge
        _count(edge, stream, story.shares)
    return Graph(_nodes(story), edges, story.shares)


def _count(edge: Edge, stream: Stream, shares: Shares) -> None:
    add(edge.traced, {stream.asset: stream.traced})
    if stream.inferred:
        add(edge.inferred, {stream.asset: stream.inferred})
    edge.share += shares.of(stream.asset, stream.traced + stream.inferred)
    edge.inferred_share += shares.of(stream.asset, stream.inferred)
    edge.count += stream.count
    edge.first, edge.last = min(edge.first, stream.first), max(edge.last, stream.last)


class _Roster:
    """Nodes by account, made on first sight with what the tables say of them."""

    def __init__(self, story: Story) -> None:
        self.nodes: dict[str, Node] = {}
        self._story = story

    def seen(self, name: str, times: tuple[str, str]) -> Node:
        """The node of an account or crowd, which was active from and to these `times`."""
        node = self.nodes.get(name)
        if node is None:
            crowd = self._story.crowds.get(name)
            node = self._person(name, times) if crowd is None else self._crowd(name, crowd, times)
            self.nodes[name] = node
        node.first, node.last = min(node.first, times[0]), max(node.last, times[1])
        return node

    def _person(self, account: str, times: tuple[str, str]) -> Node:
        label, category, _ = self._story.people.get(account, Person("", "", ""))
        return Node(
            key=account,
            kind="seed" if account in self._story.seeds else "account",
            name=account_name(account, label),
            category=category,
            first=times[0],
            last=times[1],
            rank=len(self.nodes),
            members=[account],
            labels=[label] if label else [],
        )

    def _crowd(self, key: str, crowd: Crowd, times: tuple[str, str]) -> Node:
        return Node(
            key=key,
            kind=crowd.kind,
            name=f"+{counted(crowd.size, 'account')}",
            category=crowd.category,
            first=times[0],
            last=times[1],
            rank=len(self.nodes),
            members=list(crowd.examples),
            labels=[crowd.label] if crowd.label else [],
            unnamed=crowd.size - len(crowd.examples),
        )


def _nodes(story: Story) -> dict[str, Node]:
    roster = _Roster(story)
    for stream in story.streams:
        roster.seen(stream.src, (stream.first, stream.last))
        roster.seen(stream.dst, (stream.first, stream.last))
    _settle(story, roster)
    _give_roles(roster.nodes, story.streams)
    _tell_apart(roster.nodes)
    return roster.nodes


def _settle(story: Story, roster: _Roster) -> None:
    """Put what ended where it ended, also at accounts that no stream touches."""
    for (name, asset, fate), amount in story.spots.items():
        if fate in ("fee", "converted_out") or bare(name) == "fees":
            continue
        first = story.people[name].first if name in story.people else ""
        node = roster.nodes.get(name) or roster.seen(name, (first, first))
        add(node.fates.setdefault(fate, {}), {asset: amount})


def _give_roles(nodes: dict[str, Node], streams: list[Stream]) -> None:
    """A service is where money ended and nothing is followed on; an origin only was robbed."""
    senders = {stream.src for stream in streams}
    robbed = {stream.src for stream in streams if stream.robbed}
    followed = {stream.src for stream in streams if stream.followed}
    receivers = {stream.dst for stream in streams}
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
