"""Published totals as lines of a pack: each figure with the incidents that make it."""

from collections.abc import Iterator

from stanch.model.registry.claim import Claim, Slice
from stanch.registry.reconcile import Bucket, reconcile, scope_of
from stanch.registry.registry import Registry
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import INCIDENT, SOURCE, Claimed


def claimed(claim: Claim, registry: Registry) -> Iterator[Claimed]:
    """A line for each figure of a claim, under the claim's own scope."""
    for part in claim.slices:
        yield _line(claim, part, registry)


def _line(claim: Claim, part: Slice, registry: Registry) -> Claimed:
    found = reconcile(part, scope_of(claim), registry)
    matched, source = _number(found.matched), f"{SOURCE}/{part.source}"
    return Claimed(
        registry.bodies[claim.publisher].name,
        claim.title,
        claim.made,
        part.country,
        part.first,
        part.last,
        Number(part.usd, (source,)),
        matched,
        _number(found.extra),
        _number(found.missing),
        _number(found.disputed),
        Number(found.gap, matched.rows or (source,)),
    )


def _number(bucket: Bucket) -> Number:
    return Number(bucket.usd, tuple(f"{INCIDENT}/{id}" for id in bucket.ids))
