"""Everything a page tells of its incidents, drawn from the files in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stanch.reports import limbs
from stanch.reports.endings import Endings, gather_endpoints
from stanch.reports.pieces import codes, pieces, places
from stanch.reports.roll import Roll, call
from stanch.reports.shares import Shares, shares
from stanch.reports.streams import Streams, gather_flows
from stanch.reports.trace_view import TraceView


@dataclass(frozen=True, slots=True)
class Material:
    """One incident: who is in it, what moved, where it ended, and what assets were worth.

    `last` is when an account last moved an asset, for the endpoints that are told one by one.
    """

    incident: str
    roll: Roll
    flows: Streams
    ends: Endings
    seeds: frozenset[str]
    shares: Shares
    last: Mapping[tuple[str, str], str]


def gather(view: TraceView, incidents: Sequence[str]) -> list[Material]:
    """Read the tables of a trace for these incidents. Raises InputError for a bad amount."""
    seeds = view.seed_accounts(incidents)
    accounts, rolls = call(view, incidents, seeds)
    flows = gather_flows(view, accounts, rolls)
    ends = gather_endpoints(view, accounts, rolls)
    last = _last_times(view, rolls, ends)
    return [
        Material(
            incident,
            rolls[incident],
            flows[incident],
            ends[incident],
            seeds[incident],
            measure(
                view,
                incident,
                _largest(flows[incident]),
                _ended(ends[incident]),
                flows[incident].swaps.sums(),
            ),
            last[incident],
        )
        for incident in incidents
    ]


def _largest(flows: Streams) -> dict[str, int]:
    """The largest stream of each asset."""
    found: dict[str, int] = {}
    for stream in flows.streams:
        found[stream.asset] = max(found.get(stream.asset, 0), stream.traced + stream.inferred)
    return found


def _ended(ends: Endings) -> dict[str, int]:
    return {
        asset: sum(each.amount for each in found.fates.values())
        for asset, found in ends.assets.items()
    }


def ended(view: TraceView, incident: str) -> dict[str, int]:
    """The sum of all fates of each asset of `incident`, read from endpoints.csv alone."""
    found: dict[str, int] = {}
    for piece in pieces(view.folder / "endpoints.csv", ("incident", "asset", "amount")):
        mine = places(piece["incident"], pa.array([incident])) >= 0
        amount, known = piece.exact("amount"), dict[str, int]()
        asset = codes(piece["asset"], known)
        for name, number in known.items():
            rows = np.flatnonzero(mine & (asset == number))
            sums = limbs.sums(amount[rows], np.zeros(min(len(rows), 1), np.int64))
            found[name] = found.get(name, 0) + sum(sums)
    return found


def measure(
    view: TraceView,
    incident: str,
    largest: Mapping[str, int],
    ends: Mapping[str, int],
    swaps: Mapping[tuple[str, str], tuple[int, int]],
) -> Shares:
    """Measure the assets of `incident` by where they ended and what the manifest calls stolen.

    An asset of which nothing ended anywhere counts by its `largest` flow. `swaps` is what was
    given and received by pair of assets.
    """
    totals = {asset: 1 for pair in swaps for asset in pair}
    totals.update(largest)
    totals |= {asset: amount for asset, amount in ends.items() if amount}
    stated = view.stated_assets(incident)
    stolen = {asset: int(known.get("stolen") or 0) for asset, known in stated.items()}
    return shares(swaps, totals, stolen)


def _last_times(
    view: TraceView, rolls: Mapping[str, Roll], ends: Mapping[str, Endings]
) -> dict[str, dict[tuple[str, str], str]]:
    """Last times of the endpoints told one by one; most of them are on the roll anyway."""
    known = {
        incident: {(row.account, row.asset): row.last_time for row in roll.rows}
        for incident, roll in rolls.items()
    }
    wanted = {
        (incident, end.account, end.asset)
        for incident, endings in ends.items()
        for found in endings.assets.values()
        for gathered in (found.holders, *found.services.values())
        for end in gathered.largest
        if (end.account, end.asset) not in known[incident]
    }
    if not wanted:
        return known
    accounts = pa.array(sorted({account for _, account, _ in wanted}), pa.string())
    columns = ("incident", "account", "asset", "last_time")
    for piece in pieces(view.folder / "accounts.csv", columns):
        for row in piece.where(places(piece["account"], accounts) >= 0).rows.to_pylist():
            if (row["incident"], row["account"], row["asset"]) in wanted:
                known[row["incident"]][row["account"], row["asset"]] = row["last_time"]
    return known
