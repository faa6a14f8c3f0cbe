"""The case: a story of thefts in lawful traffic, with the truth about every stolen unit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import pyarrow as pa

from stanch.sources.scenario import truth
from stanch.sources.scenario.addresses import bare_address
from stanch.sources.scenario.cast import Cast, engage
from stanch.sources.scenario.chain import FIRST_BLOCK, Chain, Entry
from stanch.sources.scenario.chance import Chance
from stanch.sources.scenario.crew import Crew
from stanch.sources.scenario.lawful import Public
from stanch.sources.scenario.marks import CHAIN, SCHEMA, SOURCE, scalar, tx_id
from stanch.sources.scenario.output import (
    BATCH_ROWS,
    EPOCH,
    LABELS,
    SEEDS,
    Row,
    Scenario,
    SmallTable,
    incident_id,
    moment,
)
from stanch.sources.scenario.request import ScenarioRequest
from stanch.sources.scenario.theft import Seed, attack
from stanch.sources.scenario.world import DAY, SECONDS_PER_BLOCK, World

DAYS: Final = 120
FIRST_THEFT: Final = 20  # day
QUIET_END: Final = 60  # days between the last theft and the end, for the slowest trick

_ROWS_PER_RESERVE: Final = 100_000  # of traffic that the first money of the services lasts for
_SHARE_OF_USERS: Final = 55  # percent of the accounts asked for; the rest come by themselves


def tell_case(request: ScenarioRequest) -> Scenario:
    """Play the case and hand over its transfers with labels, seeds and truth.

    Takes memory in proportion to `request.transfers`. InvariantError if the truth does not add
    up to the last unit.
    """
    world = World(request.seed, Chance(request.seed), Chain())
    users = request.accounts * _SHARE_OF_USERS // 100
    cast = engage(world, users, 1 + request.transfers // _ROWS_PER_RESERVE)
    crews = [Crew(world, cast, incident) for incident in range(request.incidents)]
    seeds: list[Seed] = []
    _begin_lives(world, Public(world, cast), request.transfers)
    for crew in crews:
        spread = (DAYS - FIRST_THEFT - QUIET_END) * crew.incident // request.incidents
        world.start(attack(crew, seeds), (FIRST_THEFT + spread) * DAY)
    world.run()
    told = truth.tell(world.chain, cast, {crew.incident: crew.withdrawals for crew in crews})
    tables = {"labels.csv": _labels(cast), "seeds.csv": _seeds(seeds), **told}
    journal = world.chain.journal
    return Scenario(request, len(journal), _batches(journal), tables)


def _begin_lives(world: World, public: Public, rows: int) -> None:
    end = FIRST_BLOCK + DAYS * DAY
    world.start(public.live(rows, end))
    for employer in public.cast.employers:
        world.start(public.employ(employer, end), world.chance.below(30 * DAY))
    for desk in public.cast.desks:
        world.start(public.rent(desk, end), world.chance.below(7 * DAY))


def _batches(journal: list[Entry]) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(journal), BATCH_ROWS):
        yield _batch(journal[start : start + BATCH_ROWS])


def _batch(entries: list[Entry]) -> pa.RecordBatch:
    count = len(entries)
    columns = {
        "chain": scalar(CHAIN, count),
        "block": [entry.place[0] for entry in entries],
        "tx_index": [entry.place[1] for entry in entries],
        "log_index": [entry.place[2] for entry in entries],
        "time": [_time(entry.place[0]) for entry in entries],
        "tx": [tx_id(entry.tx) for entry in entries],
        "from": [entry.src for entry in entries],
        "to": [entry.dst for entry in entries],
        "asset": [entry.money.asset for entry in entries],
        "amount": [entry.money.amount for entry in entries],
        "kind": [entry.kind for entry in entries],
    }
    arrays = [
        pa.array(columns[field.name], field.type)
        if field.name in columns
        else pa.nulls(count, field.type)
        for field in SCHEMA
    ]
    return pa.record_batch(arrays, schema=SCHEMA)


def _time(block: int) -> datetime:
    return EPOCH + (block - FIRST_BLOCK) * timedelta(seconds=SECONDS_PER_BLOCK)


def _labels(cast: Cast) -> SmallTable:
    rows: list[Row] = [
        (bare_address(s.account), s.name, s.category, SOURCE, s.category, "1.0")
        for s in cast.services
    ]
    return SmallTable(LABELS, sorted(rows))


def _seeds(seeds: list[Seed]) -> SmallTable:
    rows: list[Row] = [
        (
            seed.account,
            "" if seed.tx is None else tx_id(seed.tx),
            "" if seed.block is None else moment(_time(seed.block)),
            seed.asset or "",
            seed.amount or "",
            incident_id(seed.incident),
        )
        for seed in seeds
    ]
    return SmallTable(SEEDS, rows)
