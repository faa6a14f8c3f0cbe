"""From what many sources say of an account to one label, with nothing lost from sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stanch.attribution.matching import Ids, match
from stanch.attribution.precedence import Standing, standing, why_lost
from stanch.attribution.words import Meaning, Words, ordered, words
from stanch.model.kinds import FLAGS
from stanch.model.tables import LABELS

# Tags that did not become the label of an account, and why.
LOST: Final = pa.schema(
    [
        ("account", pa.string()),  # CAIP-10
        ("name", pa.string()),
        ("category", pa.string()),  # null: it tells none
        ("source", pa.string()),
        ("why", pa.string()),  # one of precedence.WHY
    ]
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """`labels` (LABELS) has a row for each account that some tag speaks of, in the order of the
    accounts; `lost` (LOST) has the tags that did not win, in the same order."""

    labels: pa.Table
    lost: pa.Table


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags that matter, by place: rows of TAGS, meanings, standings, flags as bits."""

    rows: list[dict[str, Any]]
    meanings: list[Meaning]
    standings: list[Standing]
    place: Ids  # place in the order of precedence
    bits: npt.NDArray[np.uint32]


def resolve(tags: pa.Table, accounts: pa.Array, mapping: Words | None = None) -> Resolved:
    """Labels for `accounts` (CAIP-10, each once) from `tags` (TAGS).

    The tag that goes first by `precedence` gives the name, entity and category; flags are those
    of all tags on the account. The outcome does not depend on the order of `tags`. `mapping`
    says what words mean, by default `categories.toml`.
    """
    account, tag = match(tags, accounts)
    used, tag = np.unique(tag, return_inverse=True)
    known = _understand(tags.take(used), mapping or words())
    order = np.lexsort((known.place[tag], account))
    account, tag = account[order], tag[order]
    first = np.flatnonzero(np.diff(account, prepend=-1))
    winner = tag[first]
    owners = accounts.take(pa.array(account[first]))
    flags = np.bitwise_or.reduceat(known.bits[tag], first) if len(first) else known.bits[:0]
    labels = _labels(owners, [known.rows[each] for each in winner], known, winner, flags)
    size = np.diff(first, append=len(account))
    beaten = np.setdiff1d(np.arange(len(account)), first)
    lost = _lost(
        accounts.take(pa.array(account[beaten])),
        tag[beaten],
        np.repeat(winner, size)[beaten],
        known,
    )
    return Resolved(labels, lost)


def _understand(tags: pa.Table, mapping: Words) -> _Tags:
    meaning = cache(mapping.meaning)
    rows = tags.to_pylist()
    meanings = [
        meaning(row["name"], tuple(row["terms"]), row["source"], tuple(row["flags"]))
        for row in rows
    ]
    standings = [standing(row, each) for row, each in zip(rows, meanings, strict=True)]
    by_standing = sorted(range(len(rows)), key=standings.__getitem__)
    place = np.empty(len(rows), np.int64)
    place[by_standing] = np.arange(len(rows))
    bits = [sum(1 << FLAGS.index(flag) for flag in each.flags) for each in meanings]
    return _Tags(rows, meanings, standings, place, np.array(bits, np.uint32))


def _labels(
    owners: pa.Array,
    rows: Sequence[dict[str, Any]],
    known: _Tags,
    winner: Ids,
    flags: npt.NDArray[np.uint32],
) -> pa.Table:
    meanings = [known.meanings[each] for each in winner]
    entity = words().entities
    columns = {
        "account": owners,
        "entity": [
            entity.get(row["entity"], row["entity"]) or meaning.entity
            for row, meaning in zip(rows, meanings, strict=True)
        ],
        "name": [row["name"] for row in rows],
        "category": [meaning.category or "none" for meaning in meanings],
        "flags": [_flags(int(bits)) for bits in flags],
        "confidence": [row["confidence"] for row in rows],
        "source": [row["source"] for row in rows],
        "inferred": [False] * len(rows),
        "valid_from": [row["valid_from"] for row in rows],
        "valid_to": [row["valid_to"] for row in rows],
    }
    return _table(columns, LABELS)


def _lost(owners: pa.Array, loser: Ids, winner: Ids, known: _Tags) -> pa.Table:
    rows = [known.rows[each] for each in loser]
    columns = {
        "account": owners,
        "name": [row["name"] for row in rows],
        "category": [known.meanings[each].category for each in loser],
        "source": [row["source"] for row in rows],
        "why": [
            why_lost(known.standings[one], known.standings[other])
            for one, other in zip(loser, winner, strict=True)
        ],
    }
    return _table(columns, LOST)


@cache
def _flags(bits: int) -> tuple[str, ...]:
    return ordered({flag for place, flag in enumerate(FLAGS) if bits >> place & 1})


def _table(columns: dict[str, Any], schema: pa.Schema) -> pa.Table:
    arrays = [
        values if isinstance(values, pa.Array) else pa.array(values, field.type)
        for field, values in zip(schema, columns.values(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)
