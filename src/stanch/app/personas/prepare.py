"""A batch of applications to keys and sealed values: what a worker process does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from stanch.app.personas.attached import Attached
from stanch.app.personas.confined import Sandbox
from stanch.app.personas.sealing import Sealing
from stanch.app.personas.secret import Hashing
from stanch.app.personas.wallets import wallet
from stanch.formats.document import mrz
from stanch.model.personas import kinds
from stanch.model.personas.values import Ints, Times, Values
from stanch.personas.normal import lines
from stanch.personas.normal.columns import Normal, mapped
from stanch.personas.normal.identity import employer_of, words
from stanch.personas.normal.network import ip_net
from stanch.personas.normal.passage import passages
from stanch.personas.normal.times import zone_offsets
from stanch.sources.personas.batch import Batch, Refused
from stanch.sources.personas.columns import FILES, OFFSET_HOURS, SERVICE, ZONE

_OTHER_NAMES: Final = {OFFSET_HOURS: kinds.CLAIMED_OFFSET}
_KEYED: Final = frozenset(kinds.KEYED)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of one kind: columns of KEYS, `owner` being a place in the batch."""

    owner: Ints
    key: npt.NDArray[np.uint64]
    place: Ints
    time: Times


@dataclass(slots=True)
class Part:
    """What became of a batch."""

    keys: dict[str, Keys] = field(default_factory=dict)
    sealed: dict[str, tuple[list[int], list[bytes]]] = field(default_factory=dict)
    notes: list[Refused] = field(default_factory=list)


class Preparing:
    """Brings values to their form, then hashes and seals them."""

    def __init__(self, hash_key: bytes, seal_key: bytes, country: str | None) -> None:
        """Keys of `app.personas.secret`; `country` is where local phone numbers are dialled."""
        self._hashing, self._sealing = Hashing(hash_key), Sealing(seal_key)
        self._normal = Normal(wallet, country)
        self._sandbox = Sandbox()
        self._attached = Attached(self._sandbox)

    def __call__(self, batch: Batch) -> Part:
        """Every value of a batch, or a note why it is missing."""
        part = Part(notes=list(batch.notes))
        values: dict[str, Values] = {}
        for meaning, found in batch.fields.items():
            if meaning not in FILES:
                for kind, each in self._of_meaning(meaning, found, batch, part.notes):
                    _join(values, kind, each)
        if not batch.fields.keys().isdisjoint(FILES):
            for kind, each in self._attached.values(batch, part.notes).items():
                _join(values, kind, each)
        for kind in sorted(values):
            if not len(values[kind]):
                continue
            part.sealed[kind] = self._sealing.close(kind, batch.ids, values[kind])
            if kind in _KEYED:
                self._hash(part, kind, _compared(kind, values[kind]))
        if kinds.IP in values:
            self._hash(part, kinds.IP_NET, mapped(values[kinds.IP], ip_net)[0])
        if kinds.LINE in values:
            self._hash(part, kinds.PASSAGE, *_passages(values[kinds.LINE]))
        return part

    def close(self) -> None:
        """End the process that read files, where there was one."""
        self._sandbox.close()

    def _of_meaning(
        self, meaning: str, found: Values, batch: Batch, notes: list[Refused]
    ) -> Iterator[tuple[str, Values]]:
        """Values by kind, in their form; those without one are noted."""
        kind, service = _OTHER_NAMES.get(meaning, meaning), ""
        if meaning == ZONE:
            found, kind = _zones(found), kinds.CLAIMED_OFFSET
        elif meaning.startswith(SERVICE):
            kind, service = kinds.HANDLE, meaning.removeprefix(SERVICE)
        elif meaning == kinds.LINE:
            found = lines.parted(found)
        if kind == kinds.MRZ:
            normal, missing = mapped(found, lambda text: mrz.parse(text).as_json())
        else:
            normal, missing = self._normal(kind, found, service)
        notes += [Refused(batch.file, batch.rows[who], why, meaning) for who, why in missing]
        yield kind, normal
        if kind == kinds.EMPLOYED and len(normal):
            yield kinds.EMPLOYER, mapped(normal, lambda text: words(employer_of(text)))[0]
        if kind == kinds.MRZ and len(normal):
            yield kinds.DOCUMENT, mapped(normal, _document)[0]

    def _hash(self, part: Part, kind: str, values: Values, place: Ints | None = None) -> None:
        encoded = values.text.dictionary_encode()
        found = np.array(self._hashing.of(kind, encoded.dictionary.to_pylist()), dtype=np.uint64)
        key = found[encoded.indices.to_numpy(zero_copy_only=False)]
        places = values.places() if place is None else place
        made = _once(Keys(values.owner, key, places, values.time))
        if len(made.owner):
            part.keys[kind] = made


def _join(values: dict[str, Values], kind: str, more: Values) -> None:
    values[kind] = values[kind].joined(more) if kind in values else more


def _document(text: str) -> str:
    """The document of a zone. Raises ValueError where its number cannot be trusted."""
    found: str | None = json.loads(text)["document"]
    if found is None:
        raise ValueError("has a number whose check digit is wrong")
    return found


def _compared(kind: str, values: Values) -> Values:
    """What equality is asked of: lines are sealed as written and compared folded."""
    if kind != kinds.LINE:
        return values
    text = lines.folded_lines(values.text)
    return Values(values.owner, text, values.time).where(_says_much(text))


def _says_much(folded: pa.Array) -> npt.NDArray[np.bool_]:
    full = pc.greater_equal(pc.utf8_length(folded), lines.LEAST_LETTERS)
    kept: npt.NDArray[np.bool_] = full.to_numpy(zero_copy_only=False)
    return kept


def _passages(found: Values) -> tuple[Values, Ints]:
    """What is left of each line, and which of the lines that are compared it is left of."""
    found = found.where(_says_much(lines.folded_lines(found.text)))
    encoded = found.text.dictionary_encode()
    each = [passages(line) for line in encoded.dictionary.to_pylist()]
    lists = pa.array(each, pa.list_(pa.string())).take(encoded.indices)
    at = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    left = Values(found.owner[at], pc.list_flatten(lists), found.time[at])
    return left, found.places()[at]


def _zones(found: Values) -> Values:
    """Names of zones to hours; one that is none stays, and is noted as no offset."""
    owner: list[int] = []
    texts: list[str] = []
    for whose, name in zip(found.owner.tolist(), found.text.to_pylist(), strict=True):
        try:
            said = [str(int(each) / 60) for each in zone_offsets(name)]
        except ValueError:
            said = [name]
        owner += [whose] * len(said)
        texts += said
    return Values.of(owner, texts)


def _once(keys: Keys) -> Keys:
    """Without repeats of a record's key at one time, in the order of owner and place."""
    order = np.lexsort((keys.place, keys.time, keys.key, keys.owner))
    owner, key, time = keys.owner[order], keys.key[order], keys.time[order]
    if not len(order):
        return keys
    same = (owner[1:] == owner[:-1]) & (key[1:] == key[:-1]) & (time[1:] == time[:-1])
    kept = np.sort(order[np.r_[True, ~same]])
    return Keys(keys.owner[kept], keys.key[kept], keys.place[kept], keys.time[kept])
