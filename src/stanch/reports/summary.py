"""The figures of one incident: what was stolen and where it is now, ready to be read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stanch.model.kinds import CATEGORIES, FATES
from stanch.reports.amounts import Denomination, moment, percent
from stanch.reports.names import account_name, clean, service_name
from stanch.reports.shares import incident_shares
from stanch.reports.trace_view import Endpoint, TraceView, accounts, endpoints, flows
from stanch.reports.words import AT_SERVICES, RESTING, category, counted, fate

_HOLDERS, _MEMBERS, _ASSETS = 60, 60, 12  # rows shown; the CSV files have all


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount as shown, and exactly, for the one who points at it."""

    text: str
    exact: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands around the amounts of a line."""

    code: str  # category or fate, for the colour
    kind: str = ""  # category or fate in words
    note: str = ""  # how many accounts, or when the last transfer was
    account: str = ""  # CAIP-10, where the line is one account
    labelled: bool = True  # whether the name says more than the account does


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: a service, a fate or an account, with its amounts."""

    name: str
    marks: Marks
    amount: Figure
    share: str
    width: int  # share in thousandths, for a bar
    bounds: str  # empty where they are the amount itself
    inferred: Figure | None
    members: tuple["Line", ...] = ()
    hidden: int = 0  # members that are not listed


@dataclass(frozen=True, slots=True)
class AssetSummary:
    """One asset of an incident. `balanced`: the fates add up to what was stolen and converted."""

    denomination: Denomination
    stolen: Figure
    converted_in: Figure | None
    sum_of_fates: Figure
    balanced: bool
    fates: list[Line]
    services: list[Line]
    holders: list[Line]
    hidden_holders: int
    has_bounds: bool
    has_inferred: bool


@dataclass(frozen=True, slots=True)
class Seed:
    """Where the trace of an incident starts."""

    account: str
    tx: str
    time: str


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """One incident: its assets, when it began and when its money last moved."""

    incident: str
    name: str
    assets: list[AssetSummary]
    hidden_assets: int
    began: str
    last: str
    seeds: list[Seed]
    accounts: int
    transfers: int


def summarise(view: TraceView, incident: str) -> IncidentSummary:
    """Put together the figures of `incident` from the tables of a trace."""
    ends, rows, moves = endpoints(view, incident), accounts(view, incident), flows(view, incident)
    stated = view.stated_assets(incident)
    by_asset: dict[str, list[Endpoint]] = {asset: [] for asset in stated}
    for end in ends:
        by_asset.setdefault(end.asset, []).append(end)
    last = {(row.account, row.asset): row.last_time for row in rows}
    measure = incident_shares(view, incident, moves)
    weight = {
        asset: measure.of(asset, sum(end.amount for end in found))
        for asset, found in by_asset.items()
    }
    shown = sorted(by_asset, key=lambda asset: (-weight[asset], asset))[:_ASSETS]
    times = sorted(str(seed["time"]) for seed in view.seeds(incident) if seed.get("time"))
    first = times[0] if times else min((flow.time for flow in moves), default="")
    return IncidentSummary(
        incident=incident,
        name=f"Incident {incident}" if incident.isdecimal() else clean(incident),
        assets=[
            _Books(view.denomination(asset), stated.get(asset, {}), by_asset[asset], last).asset()
            for asset in shown
        ],
        hidden_assets=len(by_asset) - len(shown),
        began=moment(first),
        last=moment(max((flow.time for flow in moves), default="")),
        seeds=_seeds(view, incident),
        accounts=len({row.account for row in rows}),
        transfers=len(moves),
    )


def _seeds(view: TraceView, incident: str) -> list[Seed]:
    return [
        Seed(
            clean(str(seed.get("account", ""))),
            clean(str(seed.get("tx") or "")),
            moment(str(seed.get("time") or "")),
        )
        for seed in view.seeds(incident)
    ]


@dataclass(frozen=True, slots=True)
class _Books:
    """The endpoints of one asset, and what the manifest states about it."""

    denomination: Denomination
    stated: Mapping[str, Any]
    ends: list[Endpoint]
    last: Mapping[tuple[str, str], str]

    def asset(self) -> AssetSummary:
        services = [end for end in self.ends if end.fate in AT_SERVICES]
        resting = [end for end in self.ends if end.fate in RESTING and end.amount + end.inferred]
        resting.sort(key=lambda end: (-end.amount - end.inferred, end.account))
        sums = sum(end.amount for end in self.ends)
        converted = int(self.stated.get("converted_in") or 0)
        return AssetSummary(
            denomination=self.denomination,
            stolen=self._figure(self._stolen()),
            converted_in=self._figure(converted) if converted else None,
            sum_of_fates=self._figure(sums),
            balanced=self._whole() == sums,
            fates=self._fates(),
            services=self._services(services),
            holders=[self._account(end) for end in resting[:_HOLDERS]],
            hidden_holders=max(0, len(resting) - _HOLDERS),
            has_bounds=any((end.low, end.high) != (end.amount, end.amount) for end in self.ends),
            has_inferred=any(end.inferred for end in self.ends),
        )

    def _stolen(self) -> int:
        return int(self.stated.get("stolen") or 0)

    def _whole(self) -> int:
        """What shares are shares of: stolen + converted_in, as stated, else the sum of fates."""
        whole = self._stolen() + int(self.stated.get("converted_in") or 0)
        return whole or sum(end.amount for end in self.ends)

    def _figure(self, amount: int) -> Figure:
        return Figure(self.denomination.short(amount), self.denomination.exact(amount))

    def _fates(self) -> list[Line]:
        groups = [(code, [end for end in self.ends if end.fate == code]) for code in FATES]
        return [
            self._line(fate(code), ends, Marks(code, note=counted(len(ends), "account")))
            for code, ends in groups
            if any(end.amount or end.inferred for end in ends)
        ]

    def _services(self, ends: list[Endpoint]) -> list[Line]:
        """One line for each service, the largest first."""
        groups: dict[tuple[str, str], list[Endpoint]] = defaultdict(list)
        for end in ends:
            name = service_name(end.label) if end.label else f"unnamed {category(end.category)}"
            groups[name.casefold(), end.category].append(end)
        ranked = sorted(
            groups.items(),
            key=lambda item: (-sum(end.amount + end.inferred for end in item[1]), item[0]),
        )
        return [self._service(code, group) for (_, code), group in ranked]

    def _service(self, code: str, group: list[Endpoint]) -> Line:
        group = sorted(group, key=lambda end: (-end.amount - end.inferred, end.account))
        name = service_name(group[0].label) if group[0].label else f"unnamed {category(code)}"
        members = tuple(self._account(end) for end in group[:_MEMBERS])
        marks = Marks(_colour(code), category(code), counted(len(group), "account"))
        return self._line(name, group, marks, members)

    def _account(self, end: Endpoint) -> Line:
        marks = Marks(
            code=end.fate if end.fate in RESTING else _colour(end.category),
            kind=fate(end.fate),
            note=moment(self.last.get((end.account, end.asset), "")),
            account=clean(end.account),
            labelled=bool(clean(end.label)),
        )
        return self._line(account_name(end.account, end.label), [end], marks)

    def _line(
        self, name: str, ends: list[Endpoint], marks: Marks, members: tuple[Line, ...] = ()
    ) -> Line:
        amount, inferred = sum(end.amount for end in ends), sum(end.inferred for end in ends)
        low, high = sum(end.low for end in ends), sum(end.high for end in ends)
        number = self.denomination.number
        whole = self._whole()
        return Line(
            name=name,
            marks=marks,
            amount=self._figure(amount),
            share=percent(amount, whole),
            width=min(1000, amount * 1000 // whole) if whole else 0,
            bounds="" if (low, high) == (amount, amount) else f"{number(low)} – {number(high)}",
            inferred=self._figure(inferred) if inferred else None,
            members=members,
            hidden=max(0, len(ends) - len(members)) if members else 0,
        )


def _colour(code: str) -> str:
    """The style class of a category; one that nobody knows looks like any service."""
    return code if code in CATEGORIES else "service"
