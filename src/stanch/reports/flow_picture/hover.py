"""The words that show when a reader points at a box or a ribbon."""

from collections.abc import Iterable
from dataclasses import dataclass

from stanch.reports.amounts import moment, percent
from stanch.reports.flow_picture.graph import Edge, Graph, Node, Sums, add
from stanch.reports.names import clean, short_account
from stanch.reports.shares import WHOLE
from stanch.reports.trace_view import TraceView
from stanch.reports.words import category, counted, fate

_LISTED = 8  # accounts or flows told one by one


@dataclass(frozen=True, slots=True)
class Hover:
    """Writes the words for one picture."""

    view: TraceView
    graph: Graph

    def sums(self, sums: Sums) -> str:
        """Amounts of some assets, rounded for reading: `12.30 ETH + 4,000 DAI`."""
        present = [(asset, amount) for asset, amount in sorted(sums.items()) if amount]
        shown = [self.view.denomination(asset).short(amount) for asset, amount in present[:4]]
        more = [f"{len(present) - 4} other assets"] if len(present) > 4 else []
        return " + ".join(shown + more) or "nothing"

    def passed(self, node: Node) -> str:
        """How much went through `node`: its largest asset, and how many others."""
        came, left = self._sums_at(node.key, 1), self._sums_at(node.key, 0)
        add(left, node.held())
        sums = max((came, left), key=lambda sums: sum(self._share(each, sums) for each in sums))
        ranked = sorted(sums, key=lambda asset: (-self._share(asset, sums), asset))
        if not ranked:
            return ""
        amount = self.view.denomination(ranked[0]).short(sums[ranked[0]])
        return amount if len(ranked) == 1 else f"{amount} +{len(ranked) - 1}"

    def _share(self, asset: str, sums: Sums) -> int:
        return self.graph.shares.of(asset, sums[asset])

    def _sums_at(self, key: str, end: int) -> Sums:
        sums: Sums = {}
        for ends, edge in self.graph.edges.items():
            if ends[end] == key:
                add(sums, edge.traced)
                add(sums, edge.inferred)
        return {asset: amount for asset, amount in sums.items() if amount}

    def ribbon(self, edges: list[Edge], back: bool = False) -> str:
        """A stretch of one flow or of a stream of several."""
        names = self.graph.nodes
        goal = clean(names[edges[0].dst].name)
        traced, inferred = _total(edge.traced for edge in edges), _total(e.inferred for e in edges)
        share = sum(edge.share for edge in edges)
        if len(edges) == 1:
            head = f"{clean(names[edges[0].src].name)} → {goal}"
        else:
            head = f"{len(edges)} flows on the way to {goal}"
        lines = [head + (" (goes back)" if back else "")]
        lines.append(f"{self.sums(traced)} traced, {percent(share, WHOLE)} of what was stolen")
        if any(inferred.values()):
            lines.append(f"{self.sums(inferred)} inferred")
        lines.append(_when(sum(e.count for e in edges), edges))
        if len(edges) > 1:
            ranked = sorted(edges, key=lambda edge: (-edge.share, edge.src))
            for edge in ranked[:_LISTED]:
                lines.append(f"  {clean(names[edge.src].name, 40)}: {self.sums(edge.traced)}")
            if len(ranked) > _LISTED:
                lines.append(f"  and {len(ranked) - _LISTED} more")
        return "\n".join(lines)

    def node(self, node: Node) -> str:
        """An account, or those that are folded into one box."""
        kind = {"seed": "seed of the trace", "origin": "where the money was taken"}.get(node.kind)
        what = kind or category(node.category)
        lines = [clean(node.name)]
        if node.size == 1:
            lines += [clean(label) for label in node.labels if clean(label) != lines[0]]
            lines.append(f"{clean(node.members[0])} ({what})")
        else:
            lines.append(f"{counted(node.size, 'account')}: {what}")
            lines += [f"  {self._member(account)}" for account in node.members[:_LISTED]]
            if node.size > _LISTED:
                lines.append(f"  and {node.size - len(node.members[:_LISTED]):,} more")
        for way, end in (("came in", 1), ("went out", 0)):
            if sums := self._sums_at(node.key, end):
                lines.append(f"{way}: {self.sums(sums)}")
        for code, sums in sorted(node.fates.items()):
            if any(sums.values()):
                lines.append(f"{fate(code)}: {self.sums(sums)}")
        if node.first:
            lines.append(_span(node.first, node.last))
        return "\n".join(lines)

    def _member(self, account: str) -> str:
        return short_account(account) if len(account) > 70 else clean(account)


def _total(many: Iterable[Sums]) -> Sums:
    total: Sums = {}
    for sums in many:
        add(total, sums)
    return total


def _when(count: int, edges: list[Edge]) -> str:
    first, last = min(e.first for e in edges), max(e.last for e in edges)
    return f"{counted(count, 'transfer')}, {_span(first, last)}"


def _span(first: str, last: str) -> str:
    return moment(first) if first == last else f"{moment(first)} to {moment(last)}"
