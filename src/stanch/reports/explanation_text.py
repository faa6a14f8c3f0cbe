"""An explanation as lines for people and as plain data for machines."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from stanch.reports.amounts import moment, percent
from stanch.reports.explanation import Explanation
from stanch.reports.names import clean, short_account
from stanch.reports.paths import Path, Step
from stanch.reports.shares import WHOLE
from stanch.reports.trace_view import TraceView
from stanch.reports.words import category, counted, rule

_SENDERS = 10


class Words(NamedTuple):
    """One line of text and how it is meant: `title`, `step`, `plain` or `faint`."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts one explanation, of the trace `view`, into words and into data."""

    view: TraceView
    explanation: Explanation

    def lines(self) -> list[Words]:
        """The explanation as text, from the heaviest path to the summary of the rest."""
        what = self.explanation
        said = [
            Words(self._named(what.account, full=True), "title"),
            Words(f"{clean(what.incident)}: {self._arrived()}", "plain"),
        ]
        for number, path in enumerate(what.paths, 1):
            said += [Words("", "plain"), Words(self._heading(number, path), "title")]
            for place, step in enumerate(path.steps, 1):
                said += self._step(place, step)
        return said + self._rest()

    def data(self) -> dict[str, Any]:
        """The explanation for machines: amounts are decimal text in smallest units."""
        what = self.explanation
        return {
            "incident": what.incident,
            "account": what.account,
            "asset": what.denomination.asset,
            "symbol": what.denomination.symbol,
            "decimals": what.denomination.decimals,
            "seed": what.seed,
            "transfers": what.transfers,
            "traced_in": str(what.traced),
            "inferred_in": str(what.inferred),
            "held": str(what.held),
            "total": str(what.total),
            "paths": [
                {"carried": str(path.carried), "steps": [self._step_data(s) for s in path.steps]}
                for path in what.paths
            ],
            "others": [
                {
                    "from": each.sender,
                    "label": what.labels.get(each.sender, ("", ""))[0],
                    "transfers": each.transfers,
                    "traced_amount": str(each.traced),
                    "inferred_amount": str(each.inferred),
                    "first_time": each.first,
                    "last_time": each.last,
                }
                for each in what.others
            ],
        }

    def _named(self, account: str, full: bool = False) -> str:
        label, code = self.explanation.labels.get(account, ("", ""))
        kind = category(code) if code not in ("", "none") else ""
        shown = clean(account) if full else short_account(account)
        what = ", ".join(part for part in (clean(label, 60), kind) if part)
        return f"{shown} ({what})" if what else shown

    def _arrived(self) -> str:
        what, unit = self.explanation, self.explanation.denomination
        if not what.transfers:
            seed = "a seed of the trace; " if what.seed else ""
            return f"{seed}no traced {unit.symbol} came to it"
        share = percent(what.traced, what.total)
        said = [
            f"{unit.short(what.traced)} traced in {counted(what.transfers, 'transfer')}",
            f"{share} of the {unit.symbol} stolen or converted into",
        ]
        if what.inferred:
            said.append(f"{unit.short(what.inferred)} inferred")
        if what.held:
            said.append(f"{unit.short(what.held)} still there")
        if what.seed:
            said.append("a seed of the trace")
        return "; ".join(said)

    def _heading(self, number: int, path: Path) -> str:
        what = self.explanation
        share = percent(path.carried, what.traced + what.inferred)
        return f"Path {number}: {what.denomination.short(path.carried)}, {share} of what came"

    def _step(self, place: int, step: Step) -> list[Words]:
        flow, unit = step.flow, self.view.denomination(step.flow.asset)
        traced = "all" if flow.traced == flow.amount else unit.short(flow.traced)
        money = f"{unit.short(flow.amount)}, {traced} traced"
        if flow.inferred:
            money += f" and {unit.short(flow.inferred)} inferred"
        carried = f"this path {unit.short(step.carried)}, {self._share(step)} of the theft"
        ends = f"{self._named(flow.src)} → {self._named(flow.dst)}"
        origin = f"from {clean(flow.src)}, " if place == 1 else ""
        return [
            Words(f"{place:>3}. {moment(flow.time)}  {ends}", "step"),
            Words(f"     {money}; {carried}", "plain"),
            Words(f"     {rule(flow.rule)}", "plain"),
            Words(f"     {origin}to {clean(flow.dst)}, tx {clean(flow.tx)}", "faint"),
        ]

    def _share(self, step: Step) -> str:
        return percent(self.explanation.shares.of(step.flow.asset, step.carried), WHOLE)

    def _step_data(self, step: Step) -> dict[str, Any]:
        flow, labels = step.flow, self.explanation.labels
        return {
            "time": flow.time,
            "tx": flow.tx,
            "from": flow.src,
            "from_label": labels.get(flow.src, ("", ""))[0],
            "to": flow.dst,
            "to_label": labels.get(flow.dst, ("", ""))[0],
            "asset": flow.asset,
            "amount": str(flow.amount),
            "traced_amount": str(flow.traced),
            "inferred_amount": str(flow.inferred),
            "rule": flow.rule,
            "rule_in_words": rule(flow.rule),
            "carried": str(step.carried),
            "share": self._share(step),
        }

    def _rest(self) -> list[Words]:
        what, unit = self.explanation, self.explanation.denomination
        if not what.others:
            return self._left_out()
        transfers = sum(each.transfers for each in what.others)
        total = sum(each.traced + each.inferred for each in what.others)
        share = percent(total, what.traced + what.inferred)
        title = (
            f"Besides: {counted(transfers, 'transfer')}, {unit.short(total)}, {share} of what came"
        )
        said = [Words("", "plain"), Words(title, "title")]
        for each in what.others[:_SENDERS]:
            amount = unit.short(each.traced + each.inferred)
            when = moment(each.first)
            if each.last != each.first:
                when += f" to {moment(each.last)}"
            count = counted(each.transfers, "transfer")
            said.append(
                Words(f"     {self._named(each.sender)}: {amount} in {count}, {when}", "plain")
            )
        more = len(what.others) - _SENDERS
        if more > 0:
            said.append(Words(f"     and {counted(more, 'more sender')}", "faint"))
        return said + self._left_out()

    def _left_out(self) -> list[Words]:
        count = self.explanation.left_out
        if not count:
            return []
        text = f"{counted(count, 'lighter transfer')} on the way here not searched for paths"
        return [Words("", "plain"), Words(text, "faint")]
