"""Why an account is in a trace: what came, by which ways, and by which rule at each step."""

from collections import defaultdict
from dataclasses import dataclass

from stanch.errors import UsageError
from stanch.reports.amounts import Denomination
from stanch.reports.names import clean, same_account
from stanch.reports.paths import Path, Search
from stanch.reports.shares import Shares, incident_shares
from stanch.reports.trace_view import AccountRow, Flow, TraceView, accounts, endpoints, flows


@dataclass(frozen=True, slots=True)
class Question:
    """An account (CAIP-10 or a bare address), perhaps one incident and asset, how many paths."""

    account: str
    incident: str | None = None
    asset: str | None = None
    paths: int = 3


@dataclass(frozen=True, slots=True)
class Inflow:
    """All that one sender sent: amounts in smallest units."""

    sender: str
    transfers: int
    traced: int
    inferred: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer for one incident and one asset. Amounts in smallest units.

    `total` is what was stolen and converted into the asset; `others` are inflows apart from the
    last steps of `paths`, the largest sender first. `labels` names accounts that occur.
    """

    incident: str
    account: str
    denomination: Denomination
    seed: bool
    total: int
    traced: int
    inferred: int
    transfers: int
    held: int
    paths: tuple[Path, ...]
    others: tuple[Inflow, ...]
    labels: dict[str, tuple[str, str]]
    shares: Shares


def explain(view: TraceView, question: Question) -> list[Explanation]:
    """Explain an account for each incident and asset in which it occurs.

    Raises UsageError where the account, the incident or the asset is not in the trace, or a bare
    address stands for accounts on several chains.
    """
    incidents = view.incidents()
    if question.incident is not None and question.incident not in incidents:
        known = ", ".join(clean(each) for each in incidents[:8])
        raise UsageError(f"incident {clean(question.incident)} is not in this trace ({known})")
    wanted = [question.incident] if question.incident is not None else incidents
    account = _find(view, question.account)
    found: list[Explanation] = []
    for incident in wanted:
        found += _explained(view, incident, account, question)
    if not found:
        place = "".join(
            f" {name} {clean(value)}"
            for name, value in (("incident", question.incident), ("asset", question.asset))
            if value is not None
        )
        raise UsageError(f"{clean(question.account)} is in this trace, but not in{place}")
    return found


def _find(view: TraceView, wanted: str) -> str:
    """The one account that `wanted` means."""
    known = view.known_accounts()
    for incident in view.incidents():
        known |= view.seed_accounts(incident)
    found = sorted(account for account in known if same_account(account, wanted.strip()))
    if not found:
        raise UsageError(f"{clean(wanted)} is not in this trace")
    if len(found) > 1:
        raise UsageError(f"{clean(wanted)} is {' and '.join(found[:4])}: name the chain too")
    return found[0]


def _explained(
    view: TraceView, incident: str, account: str, question: Question
) -> list[Explanation]:
    rows = flows(view, incident)
    known = accounts(view, incident)
    labels = {end.account: (end.label, end.category) for end in endpoints(view, incident)}
    labels |= {row.account: (row.label, row.category) for row in known}
    measure = incident_shares(view, incident, rows)
    seeds = view.seed_accounts(incident)
    own = [row for row in known if row.account == account]
    assets = {row.asset for row in rows if account in (row.src, row.dst)}
    assets |= {row.asset for row in own}
    explained = []
    for asset in sorted(assets):
        denomination = view.denomination(asset)
        if question.asset is None or _is_asset(denomination, question.asset):
            search = Search(rows, seeds, measure)
            found = tuple(search.heaviest(account, asset, question.paths))
            inflows = [row for row in rows if row.dst == account and row.asset == asset]
            explained.append(
                Explanation(
                    incident=incident,
                    account=account,
                    denomination=denomination,
                    seed=account in seeds,
                    total=_total(view, incident, asset),
                    traced=sum(row.traced for row in inflows),
                    inferred=sum(row.inferred for row in inflows),
                    transfers=len(inflows),
                    held=_held(own, asset),
                    paths=found,
                    others=_others(inflows, found),
                    labels=labels,
                    shares=measure,
                )
            )
    return explained


def _is_asset(denomination: Denomination, wanted: str) -> bool:
    return wanted.lower() in (denomination.asset.lower(), denomination.symbol.lower())


def _held(own: list[AccountRow], asset: str) -> int:
    return sum(row.held for row in own if row.asset == asset)


def _total(view: TraceView, incident: str, asset: str) -> int:
    stated = view.stated_assets(incident).get(asset)
    if stated is not None:
        return int(stated.get("stolen") or 0) + int(stated.get("converted_in") or 0)
    return sum(end.amount for end in endpoints(view, incident) if end.asset == asset)


def _others(inflows: list[Flow], paths: tuple[Path, ...]) -> tuple[Inflow, ...]:
    shown = {path.steps[-1].flow.row for path in paths}
    by_sender: dict[str, list[Flow]] = defaultdict(list)
    for row in inflows:
        if row.row not in shown:
            by_sender[row.src].append(row)
    sums = [
        Inflow(
            sender,
            len(rows),
            sum(row.traced for row in rows),
            sum(row.inferred for row in rows),
            min(row.time for row in rows),
            max(row.time for row in rows),
        )
        for sender, rows in by_sender.items()
    ]
    return tuple(sorted(sums, key=lambda each: (-each.traced - each.inferred, each.sender)))
