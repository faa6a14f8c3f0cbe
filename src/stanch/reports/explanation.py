"""Why an account is in a trace: what came, by which ways, and by which rule at each step."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from stanch.errors import UsageError
from stanch.reports.amounts import Denomination
from stanch.reports.evidence import Inflow, evidence, inflows, read_ledger
from stanch.reports.material import ended, measure
from stanch.reports.names import clean, same_account
from stanch.reports.paths import Path, Search
from stanch.reports.pieces import pieces, places
from stanch.reports.shares import Shares
from stanch.reports.trace_view import AccountRow, TraceView, account_row


@dataclass(frozen=True, slots=True)
class Question:
    """An account (CAIP-10 or a bare address), perhaps one incident and asset, how many paths."""

    account: str
    incident: str | None = None
    asset: str | None = None
    paths: int = 3


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer for one incident and one asset. Amounts in smallest units.

    `total` is what was stolen and converted into the asset; `others` are inflows apart from the
    last steps of `paths`, the largest sender first. `labels` names accounts that occur.
    `left_out` counts transfers that may have led here but were too light to be searched.
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
    left_out: int


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
    seen = _occurrences(view, account)
    found: list[Explanation] = []
    for incident in wanted:
        assets = [
            asset
            for own, asset in sorted(seen)
            if own == incident and _is_asset(view.denomination(asset), question.asset)
        ]
        if assets:
            found += _explained(view, (incident, account), assets, question.paths)
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
    wanted = wanted.strip()
    found: set[str] = set()
    for file, columns in (
        ("accounts.csv", ["account"]), ("endpoints.csv", ["account"]), ("flows.csv", ["from", "to"])
    ):  # fmt: skip
        alike = view.alike(file, columns, {wanted})
        found |= {each for each in alike if same_account(each, wanted)}
        if found:
            break
    if len(found) > 1:
        raise UsageError(
            f"{clean(wanted)} is {' and '.join(sorted(found)[:4])}: name the chain too"
        )
    if not found:
        raise UsageError(f"{clean(wanted)} is not in this trace")
    return found.pop()


def _occurrences(view: TraceView, account: str) -> set[tuple[str, str]]:
    """Incidents and assets in which `account` occurs."""
    files = (("accounts.csv", ["account"]), ("flows.csv", ["from", "to"]))
    one = pa.array([account])
    found: set[tuple[str, str]] = set()
    for file, columns in files:
        for piece in pieces(view.folder / file, ["incident", "asset", *columns]):
            for column in columns:
                rows = piece.where(places(piece[column], one) >= 0)
                pairs = rows.rows.select(["incident", "asset"])
                table = pa.Table.from_batches([pairs]).group_by(["incident", "asset"]).aggregate([])
                found |= {(row["incident"], row["asset"]) for row in table.to_pylist()}
    return found


def _explained(
    view: TraceView, where: tuple[str, str], assets: list[str], count: int
) -> list[Explanation]:
    incident, account = where
    ledger, ends = read_ledger(view, incident), ended(view, incident)
    shares = measure(view, incident, ledger.largest, ends, ledger.swaps.sums())
    told = evidence(view, ledger, account, shares)
    seeds = view.seed_accounts([incident])[incident]
    found = {
        asset: tuple(
            Search(told.flows, seeds, shares, whole=not told.left_out).heaviest(
                account, asset, count
            )
        )
        for asset in assets
    }
    last = {path.steps[-1].flow.row for paths in found.values() for path in paths}
    rest = inflows(view, ledger, account, last)
    names = {step.flow.src for paths in found.values() for path in paths for step in path.steps}
    names |= {step.flow.dst for paths in found.values() for path in paths for step in path.steps}
    names |= {account} | {each.sender for others in rest.values() for each in others}
    labels, own = _people(view, where, names)
    explained = []
    for asset in assets:
        others = rest.get(asset, ())
        shown = {path.steps[-1].flow.row: path.steps[-1].flow for path in found[asset]}.values()
        explained.append(
            Explanation(
                incident=incident,
                account=account,
                denomination=view.denomination(asset),
                seed=account in seeds,
                total=_total(view, incident, asset, ends.get(asset, 0)),
                traced=sum(each.traced for each in (*shown, *others)),
                inferred=sum(each.inferred for each in (*shown, *others)),
                transfers=len(shown) + sum(each.transfers for each in others),
                held=sum(row.held for row in own if row.asset == asset),
                paths=found[asset],
                others=tuple(others),
                labels=labels,
                shares=shares,
                left_out=told.left_out,
            )
        )
    return explained


def _is_asset(denomination: Denomination, wanted: str | None) -> bool:
    known = (denomination.asset.lower(), denomination.symbol.lower())
    return wanted is None or wanted.lower() in known


def _total(view: TraceView, incident: str, asset: str, ends: int) -> int:
    stated = view.stated_assets(incident).get(asset)
    if stated is not None:
        return int(stated.get("stolen") or 0) + int(stated.get("converted_in") or 0)
    return ends


def _people(
    view: TraceView, where: tuple[str, str], names: Iterable[str]
) -> tuple[dict[str, tuple[str, str]], list[AccountRow]]:
    """Label and category of accounts, and the rows of the account that is asked for."""
    incident, account = where
    wanted = pa.array(sorted(names), pa.string())
    labels: dict[str, tuple[str, str]] = {}
    own: list[AccountRow] = []
    columns = ["incident", "account", "label", "category"]
    for file, more in (("endpoints.csv", []), ("accounts.csv", ["asset", "held", *_TIMES])):
        for piece in pieces(view.folder / file, [*columns, *more]):
            rows = piece.where(places(piece["account"], wanted) >= 0)
            for row in rows.rows.to_pylist():
                if row["incident"] == incident:
                    labels[row["account"]] = row["label"], row["category"]
                    if more and row["account"] == account:
                        own.append(account_row(row))
    return labels, own


_TIMES = ("first_time", "last_time")
