"""A published total against the registry: what agrees, what is missing, extra, or disputed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from stanch.model.registry.claim import Claim, Slice
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.columns import NOT_KNOWN, Columns, Mask, Numbers, Rows
from stanch.registry.registry import Registry
from stanch.registry.scope import Scope


@dataclass(frozen=True, slots=True)
class Counted:
    """An incident in a total, with what it counts for; `why` it is missing or extra, in a word."""

    incident: Incident
    usd: int | None
    disputed: bool
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Bucket:
    """Incidents and their sum. What has no figure counts for nothing, and is named. `rows` are
    those of `columns`, the largest first; `why` says of each why it is here, or of all the same.
    """

    columns: Columns
    dollars: Numbers
    rows: Rows
    why: Mapping[int, str] | str = ""

    def __len__(self) -> int:
        """How many incidents."""
        return len(self.rows)

    @property
    def usd(self) -> int:
        """The sum of what has a figure."""
        values = self.dollars[self.rows]
        return int(values[values != NOT_KNOWN].sum())

    @property
    def ids(self) -> list[str]:
        """The incidents by their ids."""
        found: list[str] = self.columns.ids[self.rows].tolist()
        return found

    @property
    def counted(self) -> tuple[Counted, ...]:
        """All of them."""
        return self.largest(None)

    def largest(self, most: int | None, after: int = 0) -> tuple[Counted, ...]:
        """The largest so many, or as many after the largest `after`."""
        return tuple(
            Counted(
                self.columns.incidents[row],
                None if self.dollars[row] == NOT_KNOWN else int(self.dollars[row]),
                bool(self.columns.disputed[row]),
                self.why if isinstance(self.why, str) else self.why[row],
            )
            for row in self.rows[after:][:most].tolist()
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure taken apart. `disputed` are those of `matched` that somebody disputes."""

    slice: Slice
    matched: Bucket
    extra: Bucket
    missing: Bucket
    disputed: Bucket

    @property
    def gap(self) -> int:
        """What the claim has beyond what is matched; below zero where it has less."""
        return self.slice.usd - self.matched.usd


@dataclass(frozen=True, slots=True)
class Move:
    """What a figure would be with one choice made otherwise; None where that is not known."""

    choice: str
    value: str
    usd: int | None


def scope_of(claim: Claim) -> Scope:
    """What a claim says that it counts."""
    return Scope(
        claim.kinds, claim.victims, claim.bar, claim.place, publisher=claim.publisher,
        actors=claim.actors,
    )  # fmt: skip


def reconcile(slice: Slice, scope: Scope, registry: Registry) -> Agreement:
    """Take one figure apart under a scope.

    Where the publisher names what a figure is made of, these are matched, and what else the scope
    has is extra. Where it names nothing, all that the scope has is matched.
    """
    columns, dollars = registry.columns, registry.columns.worth[scope.valuation]
    inside = _counts(slice, scope, registry)
    named = np.isin(columns.ids, np.array(slice.names, np.str_))
    matched = inside & named if slice.named else inside
    missing = _largest(columns, dollars, named & ~inside)
    return Agreement(
        slice,
        Bucket(columns, dollars, _largest(columns, dollars, matched)),
        Bucket(columns, dollars, _largest(columns, dollars, inside & ~matched), "not named"),
        Bucket(columns, dollars, missing, _reasons(slice, scope, registry, missing)),
        Bucket(columns, dollars, _largest(columns, dollars, matched & columns.disputed)),
    )


def moves(slice: Slice, scope: Scope, registry: Registry) -> list[Move]:
    """How far each choice moves the figure, each by itself."""
    others = [
        *(("bar", bar, replace(scope, bar=bar)) for bar in Bar),
        *(
            ("disputed", "in" if each else "out", replace(scope, disputed=each))
            for each in (True, False)
        ),
        *(("place", role, replace(scope, place=role)) for role in PlaceRole if slice.country),
        *(("valuation", each, replace(scope, valuation=each)) for each in Valuation),
    ]
    named = np.isin(registry.columns.ids, np.array(slice.names, np.str_)) if slice.named else None
    return [
        Move(choice, str(value), _figure(slice, other, registry, named))
        for choice, value, other in others
    ]


def _figure(slice: Slice, scope: Scope, registry: Registry, named: Mask | None) -> int | None:
    if slice.country and not registry.columns.knows(scope.place):
        return None  # nothing is known of where the users were: that is no nought
    inside = _counts(slice, scope, registry)
    if named is not None:
        inside &= named
    values = registry.columns.worth[scope.valuation][inside]
    known = values[values != NOT_KNOWN]
    return None if len(values) and not len(known) else int(known.sum())


def _counts(slice: Slice, scope: Scope, registry: Registry) -> Mask:
    inside = registry.columns.counted(scope, (slice.first, slice.last))
    if slice.country:
        inside &= registry.countries(scope.place, scope.publisher) == slice.country
    return inside


def _largest(columns: Columns, dollars: Numbers, mask: Mask) -> Rows:
    """The rows of a mask, the largest first, then by their ids."""
    rows = np.flatnonzero(mask)
    return rows[np.lexsort((columns.ids[rows], -dollars[rows]))]


def _reasons(slice: Slice, scope: Scope, registry: Registry, rows: Rows) -> dict[int, str]:
    """The first reason why the scope leaves each of these out."""
    passes = dict(registry.columns.passes(scope, (slice.first, slice.last)))
    return {
        row: next((why for why, mask in passes.items() if not mask[row]), "country")
        for row in rows.tolist()
    }
