"""The figures of one incident: what was stolen and where it is now, ready to be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stanch.model.kinds import CATEGORIES, FATES
from stanch.reports.amounts import Denomination, moment, percent
from stanch.reports.endings import AssetEnds, Gathered, Sum
from stanch.reports.material import Material
from stanch.reports.names import account_name, clean, service_name
from stanch.reports.trace_view import Endpoint, TraceView
from stanch.reports.words import RESTING, category, counted, fate

_ASSETS = 12  # told; the CSV files have all


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
    crowded: int  # accounts that the picture counts in crowds from the start


def summarise(view: TraceView, material: Material) -> IncidentSummary:
    """Put together the figures of one incident."""
    incident, flows = material.incident, material.flows
    stated = view.stated_assets(incident)
    by_asset = dict.fromkeys(stated, AssetEnds()) | material.ends.assets
    weight = {
        asset: material.shares.of(asset, sum(each.amount for each in ends.fates.values()))
        for asset, ends in by_asset.items()
    }
    shown = sorted(by_asset, key=lambda asset: (-weight[asset], asset))[:_ASSETS]
    times = sorted(str(seed["time"]) for seed in view.seeds(incident) if seed.get("time"))
    first = flows.taken or (times[0] if times else flows.first)
    return IncidentSummary(
        incident=incident,
        name=f"Incident {incident}" if incident.isdecimal() else clean(incident),
        assets=[
            _Books(
                view.denomination(asset), stated.get(asset, {}), by_asset[asset], material.last
            ).asset()
            for asset in shown
        ],
        hidden_assets=len(by_asset) - len(shown),
        began=moment(first),
        last=moment(flows.last),
        seeds=_seeds(view, incident),
        accounts=material.roll.accounts,
        transfers=flows.transfers,
        crowded=sum(crowd.size for crowd in material.roll.crowds.values()),
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
    """Where one asset is, and what the manifest states about it."""

    denomination: Denomination
    stated: Mapping[str, Any]
    ends: AssetEnds
    last: Mapping[tuple[str, str], str]

    def asset(self) -> AssetSummary:
        holders = [end for end in self.ends.holders.largest if end.amount + end.inferred]
        sums = list(self.ends.fates.values())
        total = sum(each.amount for each in sums)
        converted = int(self.stated.get("converted_in") or 0)
        return AssetSummary(
            denomination=self.denomination,
            stolen=self._figure(self._stolen()),
            converted_in=self._figure(converted) if converted else None,
            sum_of_fates=self._figure(total),
            balanced=self._whole() == total,
            fates=self._fates(),
            services=self._services(),
            holders=[self._account(end) for end in holders],
            hidden_holders=self.ends.holders.sum.count - len(self.ends.holders.largest),
            has_bounds=any((s.low, s.high) != (s.amount, s.amount) for s in sums),
            has_inferred=any(each.inferred for each in sums),
        )

    def _stolen(self) -> int:
        return int(self.stated.get("stolen") or 0)

    def _whole(self) -> int:
        """What shares are shares of: stolen + converted_in, as stated, else the sum of fates."""
        whole = self._stolen() + int(self.stated.get("converted_in") or 0)
        return whole or sum(each.amount for each in self.ends.fates.values())

    def _figure(self, amount: int) -> Figure:
        return Figure(self.denomination.short(amount), self.denomination.exact(amount))

    def _fates(self) -> list[Line]:
        found = [(code, self.ends.fates[code]) for code in FATES if code in self.ends.fates]
        return [
            self._line(fate(code), total, Marks(code, note=counted(total.count, "account")))
            for code, total in found
            if total.amount or total.inferred
        ]

    def _services(self) -> list[Line]:
        """One line for each service, the largest first."""
        ranked = sorted(
            self.ends.services.items(),
            key=lambda item: (-item[1].sum.amount - item[1].sum.inferred, item[0]),
        )
        return [self._service(code, found) for (_, code), found in ranked]

    def _service(self, code: str, found: Gathered) -> Line:
        label = found.largest[0].label
        name = service_name(label) if label else f"unnamed {category(code)}"
        members = tuple(self._account(end) for end in found.largest)
        marks = Marks(_colour(code), category(code), counted(found.sum.count, "account"))
        return self._line(name, found.sum, marks, members)

    def _account(self, end: Endpoint) -> Line:
        marks = Marks(
            code=end.fate if end.fate in RESTING else _colour(end.category),
            kind=fate(end.fate),
            note=moment(self.last.get((end.account, end.asset), "")),
            account=clean(end.account),
            labelled=bool(clean(end.label)),
        )
        only = Sum(end.amount, end.low, end.high, end.inferred, 1)
        return self._line(account_name(end.account, end.label), only, marks)

    def _line(self, name: str, total: Sum, marks: Marks, members: tuple[Line, ...] = ()) -> Line:
        number, whole, amount = self.denomination.number, self._whole(), total.amount
        exact = (total.low, total.high) == (amount, amount)
        return Line(
            name=name,
            marks=marks,
            amount=self._figure(amount),
            share=percent(amount, whole),
            width=min(1000, amount * 1000 // whole) if whole else 0,
            bounds="" if exact else f"{number(total.low)} – {number(total.high)}",
            inferred=self._figure(total.inferred) if total.inferred else None,
            members=members,
            hidden=max(0, total.count - len(members)) if members else 0,
        )


def _colour(code: str) -> str:
    """The style class of a category; one that nobody knows looks like any service."""
    return code if code in CATEGORIES else "service"
