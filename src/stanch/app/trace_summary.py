"""Endpoints of a trace grouped as people ask for them: by service, then by fate."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

if TYPE_CHECKING:
    from stanch.app.trace import Traced

UNKNOWN_HOLDERS = "accounts nobody has named"


@dataclass(frozen=True, slots=True)
class Line:
    """One group of endpoints: its name, fate, amount in the smallest unit, share as text."""

    name: str
    fate: str
    amount: int
    share: str


def lines(done: "Traced", incident: str, asset: dict[str, str]) -> list[Line]:
    """Groups of one incident and asset, the largest first."""
    ends = done.endpoints
    mine = pc.and_(pc.equal(ends["incident"], incident), pc.equal(ends["asset"], asset["asset"]))
    sums: dict[tuple[str, str], int] = {}
    for row in ends.filter(mine).select(["label", "fate", "amount"]).to_pylist():
        name = row["label"] or ("fees" if row["fate"] == "fee" else UNKNOWN_HOLDERS)
        sums[name, row["fate"]] = sums.get((name, row["fate"]), 0) + int(row["amount"])
    total = sum(sums.values()) or 1
    ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return [
        Line(name, fate, amount, f"{100 * amount / total:.2f} %")
        for (name, fate), amount in ordered
        if amount
    ]


def major(amount: int, decimals: int | None) -> str:
    """An amount in major units with two decimals (cut, not rounded), or as it is.

    >>> major(175_100_000_000_000_000_000_000, 18)
    '175,100.00'
    """
    if not decimals:
        return f"{amount:,}"
    whole, part = divmod(amount, 10**decimals)
    return f"{whole:,}.{part * 100 // 10**decimals:02d}"
