"""Labels for a ledger: read the files that the user gave, resolve them, infer what they imply."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.attribution.deposits import infer_deposits
from stanch.attribution.resolve import resolve
from stanch.errors import UsageError
from stanch.formats.tagpack import Actor
from stanch.model.tables import LABELS, TAGS
from stanch.sources.labels import Reading, files_of, read

Progress = Callable[[int, int], None]  # bytes read, and bytes in all


@dataclass(frozen=True, slots=True)
class TagSet:
    """What the label files say: `tags` (TAGS), and `rejected` rows of theirs (REJECTED)."""

    tags: pa.Table
    rejected: pa.Table


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is known in a ledger, and how.

    `labels` (LABELS) holds stated and inferred labels, told apart by `inferred`, in the order of
    the accounts. `lost` (resolve.LOST) are the tags that gave way, `deposits`
    (deposits.EVIDENCE) what the inferred labels rest on.
    """

    labels: pa.Table
    lost: pa.Table
    deposits: pa.Table


def load(paths: Sequence[Path], progress: Progress | None = None) -> TagSet:
    """All tags in files and folders, ranked in the order given.

    Rows in which the user speaks for himself have ranks below `tables.OWN_RANKS`, whatever file
    they stand in. Where a tag names an actor but says nothing else, what an ActorPack among the
    paths says of that actor takes its place. Raises UsageError where a path does not exist,
    InputError where one holds no label that can be used.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"--labels: there is no file or folder {path}")
    reading = Reading(step=_meter(paths, progress))
    for order, path in enumerate(paths):
        read(path, order, reading)
    tags = _with_actors(reading.rows.tags(), reading.actors)
    return TagSet(tags, reading.rows.rejected())


def attribute(
    tags: pa.Table,
    accounts: pa.Array,
    purses: pa.Table,
    moves: Callable[[], Iterable[pa.RecordBatch]],
) -> Attribution:
    """Label the accounts of a ledger with `tags` (TAGS) and with what their behaviour implies.

    `accounts` holds the CAIP-10 text by account id, `purses` is PURSES, and each call of `moves`
    gives MOVES in canonical order from the start.
    """
    stated = resolve(tags, accounts)
    deposits = infer_deposits(stated.labels, accounts, purses, moves)
    labels = pa.concat_tables([stated.labels, deposits.labels])
    return Attribution(_by_account(labels, accounts), stated.lost, deposits.evidence)


def _meter(paths: Sequence[Path], progress: Progress | None) -> Callable[[int], None] | None:
    if progress is None:
        return None
    report = progress
    total = sum(file.stat().st_size for path in paths for file in files_of(path))
    done = 0

    def step(size: int) -> None:
        nonlocal done
        done += size
        report(done, total)

    return step


def _with_actors(tags: pa.Table, actors: Mapping[str, Actor]) -> pa.Table:
    """Tags without terms or name get those of their actor."""
    known = pc.is_in(tags["entity"], value_set=pa.array(sorted(actors), pa.string()))
    bare = pc.or_(pc.equal(pc.list_value_length(tags["terms"]), 0), pc.equal(tags["name"], ""))
    chosen = np.asarray(pc.and_(known, bare))
    if not chosen.any():
        return tags
    filled = [_filled(tag, actors[tag["entity"]]) for tag in tags.filter(chosen).to_pylist()]
    return pa.concat_tables([tags.filter(~chosen), pa.Table.from_pylist(filled, schema=TAGS)])


def _filled(tag: dict[str, Any], actor: Actor) -> dict[str, Any]:
    return tag | {"terms": tag["terms"] or list(actor.terms), "name": tag["name"] or actor.name}


def _by_account(labels: pa.Table, accounts: pa.Array) -> pa.Table:
    place = pc.index_in(labels["account"], value_set=accounts)
    return labels.take(pc.sort_indices(place)).cast(LABELS).combine_chunks()
