"""What of a cluster is drawn: its first records, its strongest links, and where the pay went.

A cluster is JSON as `formats.persona_result.cluster` has it. The whole of it stands in the tables
beside the picture, which says how much it leaves out.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST_RECORDS: Final = 16
MOST_LINKS: Final = 20
MOST_ACCOUNTS: Final = 14


# What an account is that is several things, and which are drawn first where there are many.
_ROLES: Final = ("exposed", "payee", "collector", "way")
_DRAWN: Final = ("exposed", "way", "collector", "payee")


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two records by their places, its millionths of a bit, the indicators, the
    strongest first, and whether it speaks for one operator.
    """

    a: int
    b: int
    microbits: int
    evidence: tuple[str, ...]
    of_operator: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Where pay came: the account (CAIP-10), what it is, how many steps from the first wallet."""

    account: str
    role: str
    step: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A payment seen: from a record (`of_record`) or an account, to an account, by their places."""

    of_record: bool
    src: int
    dst: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, and of how many records and links it is a part."""

    records: tuple[str, ...]
    ties: tuple[Tie, ...]
    accounts: tuple[Account, ...]
    flows: tuple[Flow, ...]
    all_records: int
    all_links: int


def drawing(cluster: Mapping[str, Any]) -> Drawing:
    """What is drawn of a cluster: records by what ties them, so that few lines cross."""
    links = sorted(cluster["links"], key=lambda each: (-each["microbits"], each["a"], each["b"]))
    chosen = _records(cluster, links)
    place = {record: number for number, record in enumerate(chosen)}
    within = [each for each in links if each["a"] in place and each["b"] in place]
    ties = [_tie(each, place) for each in _telling(within)]
    accounts, flows = _pay(cluster["wallets"], place)
    return Drawing(
        tuple(chosen), tuple(ties), accounts, flows,
        len(cluster["records"]) + int(cluster.get("unnamed", 0)),
        len(links) + int(cluster.get("left_out", 0)),
    )  # fmt: skip


def _records(cluster: Mapping[str, Any], links: Sequence[Mapping[str, Any]]) -> list[str]:
    """Along the strongest links, each record beside one that it is tied to."""
    tied: dict[str, list[str]] = {each["record"]: [] for each in cluster["records"]}
    for each in links:
        tied[each["a"]].append(each["b"])
        tied[each["b"]].append(each["a"])
    strong = {each["record"]: -int(each["microbits"]) for each in cluster["records"]}
    found: dict[str, None] = {}
    for first in sorted(tied, key=lambda record: (strong[record], record)):
        stack = [first]
        while stack:
            record = stack.pop()
            if record not in found:
                found[record] = None
                stack += reversed(tied[record])
    return list(found)[:MOST_RECORDS]


def _telling(links: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The strongest that hold all together, one for each record that they reach (Kruskal's tree),
    then the strongest of the rest: else one close operator would hide what joins a farm.
    """
    root: dict[str, str] = {}

    def of(record: str) -> str:
        while root.get(record, record) != record:
            record = root[record]
        return record

    tree: list[Mapping[str, Any]] = []
    rest: list[Mapping[str, Any]] = []
    for each in links:
        a, b = of(each["a"]), of(each["b"])
        root[a] = b
        (rest if a == b else tree).append(each)
    return [*tree, *rest][:MOST_LINKS]


def _tie(link: Mapping[str, Any], place: Mapping[str, int]) -> Tie:
    pieces = sorted(link["evidence"], key=lambda each: (-each["microbits"], each["evidence"]))
    names = tuple(dict.fromkeys(each["evidence"] for each in pieces))
    a, b = sorted((place[link["a"]], place[link["b"]]))
    return Tie(a, b, int(link["microbits"]), names, link["level"] == "operator")


def _pay(
    wallets: Sequence[Mapping[str, str]], place: Mapping[str, int]
) -> tuple[tuple[Account, ...], tuple[Flow, ...]]:
    rows = [each for each in wallets if each["record"] in place]
    roles: dict[str, str] = {}
    for each in sorted(rows, key=lambda each: _ROLES.index(each["role"])):
        roles.setdefault(each["account"], each["role"])
    for each in rows:
        if each["via"]:
            roles.setdefault(each["via"], "way")
    steps = _steps(rows, roles)
    order = sorted(roles, key=lambda each: (_DRAWN.index(roles[each]), steps[each], each))
    height = _heights(rows, place)
    kept = sorted(order[:MOST_ACCOUNTS], key=lambda each: (steps[each], height[each], each))
    at = {account: number for number, account in enumerate(kept)}
    flows = {
        Flow(False, at[each["via"]], at[each["account"]]) if each["via"]
        else Flow(True, place[each["record"]], at[each["account"]])
        for each in rows
        if each["account"] in at and (not each["via"] or each["via"] in at)
    }  # fmt: skip
    found = tuple(Account(each, roles[each], steps[each]) for each in kept)
    return found, tuple(sorted(flows, key=lambda each: (not each.of_record, each.src, each.dst)))


def _heights(rows: Sequence[Mapping[str, str]], place: Mapping[str, int]) -> dict[str, float]:
    """The middle of the records whose pay came to an account: so that few lines cross."""
    found: dict[str, list[int]] = {}
    for each in rows:
        for account in filter(None, (each["account"], each["via"])):
            found.setdefault(account, []).append(place[each["record"]])
    return {account: sum(places) / len(places) for account, places in found.items()}


def _steps(rows: Sequence[Mapping[str, str]], roles: Mapping[str, str]) -> dict[str, int]:
    """How far each account is from those that were paid first: the longest way, circles aside."""
    after: dict[str, set[str]] = {each: set() for each in roles}
    for each in rows:
        if each["via"]:
            after[each["via"]].add(each["account"])
    reached = {each for known in after.values() for each in known}
    first = [each for each in roles if each not in reached] or list(roles)[:1]
    steps = dict.fromkeys(roles, 0)
    waiting = deque((each, 0, frozenset({each})) for each in first)
    left = 10_000
    while waiting and left:
        left -= 1
        account, step, path = waiting.popleft()
        steps[account] = max(steps[account], step)
        waiting += [(each, step + 1, path | {each}) for each in after[account] - path]
    return steps
