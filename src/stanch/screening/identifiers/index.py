"""All identifiers on all lists, found by an exact look-up.

Two Arrow tables, which may be mapped from a file: `identifiers`, sorted by the 64-bit hash of the
normal form, and `entries`, what a hit must say of the entry. A hash only leads to the rows; the
normal forms themselves are compared, so that no two texts are ever taken for one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

import numpy as np
import pyarrow as pa

from stanch.model.hits import Hit, Subject
from stanch.model.listed import PRIMARY, WALLET, Entry, Identifier
from stanch.screening.identifiers import wallet
from stanch.screening.identifiers.agreement import evidence
from stanch.screening.identifiers.hits import Found, hits_of
from stanch.screening.identifiers.kinds import KINDS, UNKNOWN, kind_of, readings

Listed = tuple[str, str, Entry]  # name of the list, its version, the entry
OtherForms = Callable[[str], tuple[str, ...]]

IDENTIFIERS: Final = pa.schema(
    [
        ("key", pa.uint64()),
        ("normal", pa.string()),
        ("kind", pa.string()),
        ("value", pa.string()),
        ("issuer", pa.string()),
        ("entry", pa.uint32()),  # row of `entries`
    ]
)
ENTRIES: Final = pa.schema(
    [
        ("list", pa.string()),
        ("version", pa.string()),
        ("id", pa.string()),
        ("schema", pa.string()),
        ("name", pa.string()),
        ("programs", pa.list_(pa.string())),
    ]
)


def _none(_address: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class IdentifierIndex:
    """`search` answers whose identifiers are listed; the tables are for keeping it on disk."""

    identifiers: pa.Table
    entries: pa.Table

    @classmethod
    def build(cls, listed: Iterable[Listed], other_forms: OtherForms = _none) -> Self:
        """Index all identifiers of these entries.

        `other_forms` tells in which other forms a wallet's address (as `wallet.bare` gives it) may
        be written: a stage knows no codecs, so whoever builds the index brings them.
        """
        rows: list[tuple[int, str, str, str, str, int]] = []
        entries: list[tuple[str, str, str, str, str, tuple[str, ...]]] = []
        for name, version, entry in listed:
            if entry.identifiers:
                rows += _rows(entry, len(entries), other_forms)
                entries.append(
                    (name, version, entry.id, entry.schema, _name(entry), entry.programs)
                )
        rows.sort()
        return cls(_table(rows, IDENTIFIERS), _table(entries, ENTRIES))

    def search(self, subjects: Sequence[Subject]) -> list[tuple[Hit, ...]]:
        """Hits of each subject, best first; those of one entry are one hit with all evidence."""
        probes: list[tuple[int, Identifier, str, str]] = []
        for place, subject in enumerate(subjects):
            for asked in subject.identifiers:
                for kind, normal in readings(asked.kind, asked.value):
                    probes.append((place, asked, kind, normal))
        found: dict[int, list[Found]] = {}
        for at, row in self._rows_of([normal for *_, normal in probes]):
            place, asked, kind, normal = probes[at]
            known = self._known(row)
            if asked.kind == UNKNOWN and kind != (known.kind if known.kind in KINDS else UNKNOWN):
                continue  # read as a kind that this row is not of
            if reasons := evidence(asked, known, normal):
                entry = self.identifiers["entry"][row].as_py()
                found.setdefault(place, []).append(Found(entry, reasons))
        return [
            hits_of(subject.id, found[place], self.entries) if place in found else ()
            for place, subject in enumerate(subjects)
        ]

    def addresses(self, values: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Hits of wallets' addresses, each under the id that is its place from 0."""
        out: list[tuple[Hit, ...]] = [()] * len(values)
        normals = [wallet.normalize(value) for value in values]
        places = dict.fromkeys(at for at, _ in self._rows_of(normals) if normals[at])
        for at in places:
            subject = Subject(str(at), (), identifiers=(Identifier(WALLET, values[at]),))
            (out[at],) = self.search((subject,))
        return out

    def _rows_of(self, normals: Sequence[str]) -> Iterator[tuple[int, int]]:
        """(place in `normals`, row of `identifiers`) wherever the normal forms are the same."""
        if not normals or not self.identifiers.num_rows:
            return
        column = self.identifiers["key"]
        keys = column.chunk(0).to_numpy() if column.num_chunks == 1 else column.to_numpy()
        asked = np.fromiter(map(key_of, normals), np.uint64, len(normals))
        first = np.searchsorted(keys, asked, "left")
        last = np.searchsorted(keys, asked, "right")
        for at in np.flatnonzero(last > first).tolist():
            for row in range(int(first[at]), int(last[at])):
                if self.identifiers["normal"][row].as_py() == normals[at]:
                    yield at, row

    def _known(self, row: int) -> Identifier:
        kind, value, issuer = (
            self.identifiers[name][row].as_py() for name in ("kind", "value", "issuer")
        )
        return Identifier(kind, value, issuer)


def key_of(normal: str) -> int:
    """The 64-bit hash by which normal forms are sorted. It leads to rows and proves nothing."""
    digest = blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def _rows(
    entry: Entry, place: int, other_forms: OtherForms
) -> Iterator[tuple[int, str, str, str, str, int]]:
    for each in entry.identifiers:
        normals = [kind_of(each.kind).normalize(each.value)]
        if each.kind == WALLET:
            normals += [form.lower() for form in other_forms(wallet.bare(each.value))]
        for normal in dict.fromkeys(filter(None, normals)):
            yield key_of(normal), normal, each.kind, each.value, each.issuer, place


def _name(entry: Entry) -> str:
    """The entry's main name, else its first; a wallet's entry may have none."""
    texts = [name.text for name in entry.names if name.kind == PRIMARY]
    return next(iter(texts or [name.text for name in entry.names]), "")


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)
