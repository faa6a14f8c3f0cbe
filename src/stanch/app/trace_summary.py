"""Endpoints of a trace grouped as people ask for them: by service, the rest by fate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.reports import limbs
from stanch.reports.amounts import Denomination, percent
from stanch.reports.names import service_name, squeezed
from stanch.reports.words import AT_SERVICES, category, counted, fate

if TYPE_CHECKING:
    from stanch.app.trace import Traced

_NO_ACCOUNT = {"fee": "fees", "converted_out": "other assets"}  # nobody's in particular


@dataclass(frozen=True, slots=True)
class Line:
    """One group of endpoints: a service, or all that met the same fate; amounts as text."""

    name: str
    what: str
    amount: str
    share: str
    inferred: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money of one incident in one asset is, the largest group first."""

    incident: str
    symbol: str
    stolen: str  # empty where none was, and all of it was converted into this asset
    converted_in: str  # empty where none was
    lines: list[Line]
    inferred: bool  # whether any line has an inferred amount


@dataclass(slots=True)
class _Group:
    amount: int = 0
    inferred: int = 0
    accounts: int = 0


def account_of(done: "Traced", incident: str, asset: Mapping[str, str]) -> Account:
    """Group the endpoints of one incident and asset (an entry of the manifest)."""
    unit = denomination(done.manifest, asset["asset"])
    groups = _groups(done.endpoints, incident, asset["asset"])
    ranked = sorted(groups.items(), key=lambda item: (-item[1].amount - item[1].inferred, item[0]))
    whole = sum(group.amount for group in groups.values())
    stolen, converted = int(asset["stolen"]), int(asset["converted_in"])
    lines = [
        Line(
            name or counted(group.accounts, "account"),
            what,
            unit.number(group.amount),
            percent(group.amount, whole),
            unit.number(group.inferred) if group.inferred else "",
        )
        for (name, what), group in ranked
        if group.amount or group.inferred
    ]
    return Account(
        incident=incident,
        symbol=unit.symbol,
        stolen=unit.short(stolen) if stolen or not converted else "",
        converted_in=unit.short(converted) if converted else "",
        lines=lines,
        inferred=any(line.inferred for line in lines),
    )


def denomination(manifest: Mapping[str, Any], asset: str) -> Denomination:
    """How the manifest says amounts of `asset` are written."""
    known = manifest["assets"][asset]
    return Denomination(asset, squeezed(known["symbol"] or asset, 24), known["decimals"])


def _groups(ends: pa.Table, incident: str, asset: str) -> dict[tuple[str, str], _Group]:
    """Sums by service and its category; where no service has it, by fate."""
    mine = pc.and_(pc.equal(ends["incident"], incident), pc.equal(ends["asset"], asset))
    ends = ends.filter(mine)
    codes = np.zeros(len(ends), np.int64)
    kinds: list[list[str]] = []
    for name in ("label", "category", "fate"):
        encoded = ends[name].combine_chunks().dictionary_encode()
        kinds.append(encoded.dictionary.to_pylist())
        codes = codes * max(len(kinds[-1]), 1) + encoded.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    found, starts, counts = np.unique(codes[order], return_index=True, return_counts=True)
    amount, inferred = (
        limbs.sums(limbs.split(ends[name])[order], starts) for name in ("amount", "inferred_amount")
    )
    groups: dict[tuple[str, str], _Group] = {}
    for place, code in enumerate(found.tolist()):
        rest, end = divmod(code, len(kinds[2]))
        label, kind = divmod(rest, len(kinds[1]))
        key = _key(kinds[0][label], kinds[1][kind], kinds[2][end])
        group = groups.setdefault(key, _Group())
        group.amount += amount[place]
        group.inferred += inferred[place]
        group.accounts += int(counts[place])
    return groups


def _key(label: str, kind: str, end: str) -> tuple[str, str]:
    if end in AT_SERVICES:
        return service_name(label) if label else f"unnamed {category(kind)}", category(kind)
    return _NO_ACCOUNT.get(end, ""), fate(end)
