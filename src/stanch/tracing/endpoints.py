"""ENDPOINTS: where the money stands now, and the proof that none of it is missing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stanch.errors import InvariantError
from stanch.model.kinds import FEES, TRANSACTION
from stanch.tracing.entries import Entries, KeySpace, fate
from stanch.tracing.terrain import SPRING, STOP, Terrain
from stanch.tracing.trace import Outcome
from stanch.tracing.walk import Walk


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Sums by (account, asset, incident, fate): as traced, and the bounds around it.

    The three share their keys. `inferred` is what strict conservation cannot express; it is
    part of `high` only.
    """

    space: KeySpace
    amount: Entries
    low: Entries
    high: Entries
    inferred: Entries


@dataclass(frozen=True, slots=True)
class Conservation:
    """The account of one incident in one asset: stolen + converted_in = sum of fates."""

    incident: int
    asset: int
    stolen: int
    converted_in: int
    fates: int


def endpoints(
    outcome: Outcome, terrain: Terrain, service_fate: npt.NDArray[np.int8], assets: int
) -> Endpoints:
    """Add up an outcome. `service_fate` gives, by purse, the place in FATES of its stop."""
    space = KeySpace(assets, terrain.incidents)
    fates = _fates(terrain, service_fate)
    amount = _entries(outcome.walk, terrain, space, fates)
    other = amount if outcome.early is None else _entries(outcome.early, terrain, space, fates)
    guessed = Entries.of_values(
        [
            (int(space.pack(terrain.account[p], terrain.asset[p], k, fates[p])), value)
            for (p, k), value in sorted(outcome.walk.inferred.items())
        ]
    )
    keys = amount.key
    if other is not amount or len(guessed.key):
        keys = np.union1d(np.union1d(amount.key, other.key), guessed.key)
    amount, other, guessed = amount.at(keys), other.at(keys), guessed.at(keys)
    low, high = (amount, amount) if outcome.early is None else _envelope(amount, other)
    high = high + guessed if guessed.amount.any() or guessed.wide else high
    return Endpoints(space, amount, low, high, guessed)


def conservation(outcome: Outcome, terrain: Terrain, ends: Endpoints) -> list[Conservation]:
    """Check that every stolen unit has exactly one fate; poison is exempt.

    Raises InvariantError where the books do not balance, naming incident and asset ids.
    """
    walk = outcome.walk
    stolen: dict[tuple[int, int], int] = {}
    gained: dict[tuple[int, int], int] = {}
    for event in walk.seeds.events:
        pair = event.incident, int(terrain.asset[event.purse])
        stolen[pair] = stolen.get(pair, 0) + event.amount
    for swap in walk.swapped:
        if not swap.out:
            pair = swap.incident, int(terrain.asset[swap.purse])
            gained[pair] = gained.get(pair, 0) + swap.amount
    _, asset, incident, _ = ends.space.unpack(ends.amount.key)
    order = incident * ends.space.assets + asset
    ended = zip(incident.tolist(), asset.tolist(), strict=True)
    checks = []
    for pair in sorted({*stolen, *gained, *ended}):
        places = np.flatnonzero(order == pair[0] * ends.space.assets + pair[1])
        check = Conservation(
            *pair, stolen.get(pair, 0), gained.get(pair, 0), ends.amount.total(places)
        )
        if walk.book.rule != "poison" and check.stolen + check.converted_in != check.fates:
            raise InvariantError(f"incident {pair[0]}, asset {pair[1]}: the books differ: {check}")
        checks.append(check)
    return checks


def _fates(terrain: Terrain, service_fate: npt.NDArray[np.int8]) -> npt.NDArray[np.int64]:
    """Fate of money that stands at each purse."""
    stop = terrain.flags & STOP != 0
    fates = np.where(stop, service_fate.astype(np.int64), fate("held"))
    fates[stop & (terrain.flags & SPRING != 0)] = fate("burned")
    fates[terrain.form == FEES] = fate("fee")
    fates[terrain.form == TRANSACTION] = fate("unknown")  # an output that the extract lacks
    return fates


def _entries(
    walk: Walk, terrain: Terrain, space: KeySpace, fates: npt.NDArray[np.int64]
) -> Entries:
    held = walk.book.holdings()
    purse = held.purse
    key = space.pack(terrain.account[purse], terrain.asset[purse], held.incident, fates[purse])
    entries = Entries.of(key, held.amount, held.wide)
    rest = [(s.purse, s.incident, s.amount, fate("stopped")) for s in walk.stopped]
    rest += [(c.purse, c.incident, c.amount, fate("converted_out")) for c in walk.swapped if c.out]
    if not rest:
        return entries
    pairs = [
        (int(space.pack(terrain.account[p], terrain.asset[p], k, end)), value)
        for p, k, value, end in rest
    ]
    return entries + Entries.of_values(pairs)


def _envelope(one: Entries, other: Entries) -> tuple[Entries, Entries]:
    """The smaller and the larger of two sums, key by key."""
    a, b = one.amount, other.amount
    less = (a[:, 1] < b[:, 1]) | ((a[:, 1] == b[:, 1]) & (a[:, 0] < b[:, 0]))
    low, high = np.where(less[:, None], a, b), np.where(less[:, None], b, a)
    wide = {*one.wide, *other.wide}
    pairs = {place: sorted((one.value(place), other.value(place))) for place in wide}
    return (
        Entries(one.key, low, {p: pair[0] for p, pair in pairs.items()}),
        Entries(one.key, high, {p: pair[1] for p, pair in pairs.items()}),
    )
