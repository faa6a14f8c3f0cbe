"""A finished trace as the tables people get: FLOWS_OUT, ACCOUNTS_OUT, ENDPOINTS_OUT as text."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.amounts import to_text
from stanch.model.kinds import FATES
from stanch.model.tables import ACCOUNTS_OUT, ENDPOINTS_OUT, FLOWS_OUT
from stanch.pipeline.directory import Directory
from stanch.pipeline.trace import Case, Followed
from stanch.tracing.entries import Entries, fate
from stanch.tracing.sink import RULES, FlowChunk
from stanch.tracing.tally import (
    FAR,
    IN,
    INFERRED_IN,
    INFERRED_OUT,
    OUT,
    Tally,
    chunks_with_rows,
    tally,
)

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Names:
    """What ids stand for."""

    directory: Directory
    assets: pa.Array
    incidents: pa.Array

    @classmethod
    def of(cls, case: Case) -> "Names":
        """Names of one case."""
        return cls(
            directory=case.directory,
            assets=case.ledger.assets().column("asset").combine_chunks(),
            incidents=pa.array(case.seeds.incidents, pa.string()),
        )


def endpoints_table(done: Followed, names: Names) -> pa.Table:
    """ENDPOINTS_OUT, the largest first within each incident and asset."""
    ends = done.ends
    account, asset, incident, end = ends.space.unpack(ends.amount.key)
    order = _largest_first(ends.amount, (account, end, asset, incident))
    account, asset, incident, end = account[order], asset[order], incident[order], end[order]
    amount = _text(ends.amount, order)
    columns = {
        "incident": names.incidents.take(incident),
        "account": names.directory.accounts.take(account),
        "asset": names.assets.take(asset),
        "fate": pa.array(FATES).take(end),
        "amount": amount,
        "label": names.directory.label(account, "name"),
        "category": names.directory.label(account, "category"),
        "amount_low": amount if ends.low is ends.amount else _text(ends.low, order),
        "amount_high": amount if ends.high is ends.amount else _text(ends.high, order),
        "inferred_amount": _text(ends.inferred, order),
    }
    return pa.table({name: columns[name] for name in ENDPOINTS_OUT})


def accounts_table(done: Followed, names: Names) -> pa.Table:
    """ACCOUNTS_OUT: every account that stolen money reached, the fewest hops first."""
    count = len(names.assets)
    sums = tally(done.outcome.walk, done.terrain, done.moves, count)
    line, incident = np.nonzero((sums.hop != FAR) & (_moved(sums) | _holding(done, sums)))
    hop = sums.hop[line, incident]
    order = np.lexsort((sums.asset[line], sums.account[line], hop, incident))
    line, incident, hop = line[order], incident[order], hop[order]
    account, asset = sums.account[line], sums.asset[line]
    columns = {
        "incident": names.incidents.take(incident),
        "account": names.directory.accounts.take(account),
        "asset": names.assets.take(asset),
        "traced_in": _sum_text(sums, line, incident, IN),
        "traced_out": _sum_text(sums, line, incident, OUT),
        "held": _held_text(done, account, asset, incident),
        "hop": pa.array(hop).cast(pa.string()),
        "first_time": _time_text(sums.first[line, incident]),
        "last_time": _time_text(sums.last[line, incident]),
        "label": names.directory.label(account, "name"),
        "category": names.directory.label(account, "category"),
        "inferred_in": _sum_text(sums, line, incident, INFERRED_IN),
        "inferred_out": _sum_text(sums, line, incident, INFERRED_OUT),
        "flags": names.directory.label(account, "flags"),
    }
    return pa.table({name: columns[name] for name in ACCOUNTS_OUT})


def _moved(sums: Tally) -> npt.NDArray[np.bool_]:
    """Lines and incidents with money that came or went."""
    moved = np.asarray(sums.sums.any(axis=2))
    for line, incident, _ in sums.wide:
        moved[line, incident] = True
    return moved


def _holding(done: Followed, sums: Tally) -> npt.NDArray[np.bool_]:
    """Lines and incidents with money that stands there, such as a seed that paid nobody."""
    ends, count = done.ends, done.ends.space.assets
    account, asset, incident, end = ends.space.unpack(ends.amount.key)
    there = (ends.amount.amount.any(axis=1)) & (end != fate("converted_out"))
    there[list(ends.amount.wide)] = end[list(ends.amount.wide)] != fate("converted_out")
    pairs, wanted = sums.account * count + sums.asset, account * count + asset
    line = np.searchsorted(pairs, wanted)
    there &= np.isin(wanted, pairs)
    holding = np.zeros(sums.hop.shape, bool)
    holding[line[there], incident[there]] = True
    return holding


def flow_tables(done: Followed, names: Names) -> Iterator[pa.Table]:
    """FLOWS_OUT in canonical order, in pieces that fit in memory."""
    base, parts = -1, list[FlowChunk]()
    walk = done.outcome.walk
    for chunk, rows in chunks_with_rows(walk, done.moves):
        if rows.base != base and parts:
            yield _flows(done, names, parts)
            parts = []
        base = rows.base
        parts.append(chunk)
    yield _flows(done, names, parts)


def _flows(done: Followed, names: Names, parts: list[FlowChunk]) -> pa.Table:
    if not parts:
        return pa.table({name: pa.array([], pa.string()) for name in FLOWS_OUT})
    row = np.concatenate([part.row for part in parts])
    unique, place = np.unique(row, return_inverse=True)
    wanted = ["tx", "from", "to", "asset", "amount", "amount_wide", "time"]
    source = done.case.ledger.transfers_rows(unique, wanted).take(place)
    incident = np.concatenate([part.incident for part in parts])
    rule = np.concatenate([part.rule for part in parts])
    traced, inferred, claimed = zip(*(_amounts(part) for part in parts), strict=True)
    columns = {
        "incident": names.incidents.take(pa.array(incident)),
        **{name: source[name] for name in ("tx", "from", "to", "asset")},
        "amount": _transfer_amount(source),
        "traced_amount": pa.concat_arrays(traced),
        "inferred_amount": pa.concat_arrays(inferred),
        "stolen_amount": pa.concat_arrays(claimed),
        "method": pa.array([done.case.method]).take(pa.array(np.zeros(len(row), np.int8))),
        "time": _time_text(source["time"].cast(pa.int64()).to_numpy()),
        "rule": pa.array(RULES).take(pa.array(rule)),
    }
    return pa.table({name: columns[name] for name in FLOWS_OUT})


def _amounts(part: FlowChunk) -> list[pa.Array]:
    """Text of traced, inferred and claimed amounts."""
    columns = (part.traced, part.inferred, part.claimed)
    zero = np.zeros_like(part.traced)
    return [
        to_text(zero if limbs is None else limbs, {at: each[c] for at, each in part.wide.items()})
        for c, limbs in enumerate(columns)
    ]


def _transfer_amount(source: pa.Table) -> pa.ChunkedArray:
    text = source["amount"].cast(pa.string())
    if not text.null_count:
        return text
    values = zip(text.to_pylist(), source["amount_wide"].to_pylist(), strict=True)
    return pa.chunked_array(
        [[t if t is not None else str(int.from_bytes(w, "big")) for t, w in values]], pa.string()
    )


def _text(entries: Entries, order: Ids) -> pa.Array:
    return to_text(entries.amount, entries.wide).take(pa.array(order))


def _sum_text(sums: Tally, line: Ids, incident: Ids, column: int) -> pa.Array:
    limbs = sums.sums[line, incident, column : column + 2]
    wide = {}
    if sums.wide:
        wide = {
            place: sums.value(int(at), int(k), column)
            for place, (at, k) in enumerate(zip(line, incident, strict=True))
            if (int(at), int(k), column) in sums.wide
        }
    return to_text(limbs, wide)


def _held_text(done: Followed, account: Ids, asset: Ids, incident: Ids) -> pa.Array:
    """All that stands at the account now, whatever its fate, but not what left its asset."""
    ends, space = done.ends, done.ends.space
    keep = space.unpack(ends.amount.key)[3] != fate("converted_out")
    big = ends.amount.wide
    place_of = {int(old): new for new, old in enumerate(np.flatnonzero(keep))} if big else {}
    merged = Entries.of(
        ends.amount.key[keep] // 16 * 16,
        ends.amount.amount[keep],
        {place_of[old]: value for old, value in big.items() if old in place_of},
    )
    keys = space.pack(account, asset, incident, 0)
    sorted_keys, back = np.unique(keys, return_inverse=True)
    found = merged.at(sorted_keys)
    return to_text(found.amount, found.wide).take(pa.array(back))


def _largest_first(entries: Entries, keys: tuple[Ids, Ids, Ids, Ids]) -> Ids:
    """Order by the last key, the one before it, then amount falling, then the other keys."""
    account, end, asset, incident = keys
    if not entries.wide:
        low, high = ~entries.amount[:, 0], ~entries.amount[:, 1]
        return np.lexsort((account, end, low, high, asset, incident))
    rank = sorted(
        range(len(account)),
        key=lambda p: (incident[p], asset[p], -entries.value(p), end[p], account[p]),
    )
    return np.array(rank, dtype=np.int64)


def _time_text(micros: Ids) -> pa.Array:
    """ISO 8601 UTC; whole seconds without a fraction, nothing where there is no time."""
    never = np.isin(micros, (np.iinfo(np.int64).min, np.iinfo(np.int64).max))
    times = pa.array(micros, mask=never).cast(pa.timestamp("us", tz="UTC"))
    text = pc.strftime(times, format="%Y-%m-%dT%H:%M:%SZ")
    return pc.fill_null(pc.replace_substring(text, pattern=".000000Z", replacement="Z"), "")
