"""Take a published total apart, for people and for machines."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.registry.look import source_text
from stanch.errors import NotFoundError
from stanch.model.registry.claim import Claim, Slice
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.grade import grade
from stanch.registry.reconcile import Agreement, Bucket, Counted, moves, reconcile, scope_of
from stanch.registry.registry import Registry, load
from stanch.registry.scope import Scope

BUCKETS: Final = ("matched", "extra", "missing", "disputed")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader chooses otherwise than the claim; None leaves it as the claim has it."""

    bar: Bar | None = None
    disputed: bool = True
    place: PlaceRole | None = None
    valuation: Valuation = Valuation.THEN


def reconciled(claim_id: str, choices: Choices, folder: Path | None = None) -> dict[str, Any]:
    """A claim, figure by figure: claimed, matched, extra, missing, disputed, gap.

    `disputed` are incidents of `matched` whose attribution somebody disputes or nobody makes; with
    `choices.disputed` False they are in neither. Amounts are whole US dollars.

    Raises NotFoundError for a claim that the registry has not, and what loading raises.
    """
    return reconciled_in(load(folder), claim_id, choices)


def reconciled_in(
    registry: Registry, claim_id: str, choices: Choices, most: int | None = None
) -> dict[str, Any]:
    """The same in a registry that is loaded; of each figure's incidents the `most` largest."""
    claim = _claim(registry, claim_id)
    scope = _chosen(scope_of(claim), choices)
    return {
        "claim": claim.id,
        "publisher": registry.bodies[claim.publisher].name,
        "title": claim.title,
        "made": claim.made.text,
        "source": source_text(registry, claim.source),
        "superseded_by": claim.superseded_by or None,
        "note": claim.note or None,
        "rule": _rule(scope),
        "slices": [_slice(registry, part, scope, most) for part in claim.slices],
    }


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a claim's figure: `slice` by its name, `of` matched, extra, missing or
    disputed; the largest `most` of its incidents after so many others.
    """

    slice: str
    of: str
    after: int
    most: int


def figure_in(registry: Registry, claim_id: str, choices: Choices, asked: Figure) -> dict[str, Any]:
    """The incidents that make one number, the largest first. Raises NotFoundError for a claim or a
    figure that is not there.
    """
    claim = _claim(registry, claim_id)
    scope = _chosen(scope_of(claim), choices)
    for part in claim.slices:
        if part.name == asked.slice and asked.of in BUCKETS:
            bucket: Bucket = getattr(reconcile(part, scope, registry), asked.of)
            shown = bucket.largest(asked.most, asked.after)
            return {
                "title": claim.title,
                "country": part.country or None,
                **_said(registry, bucket, shown),
            }
    raise NotFoundError(f"{claim_id} has no figure {asked.slice[:80]}, {asked.of[:80]}")


def claims(folder: Path | None = None) -> list[dict[str, Any]]:
    """All claims, as the files have them."""
    return claims_in(load(folder))


def claims_in(registry: Registry) -> list[dict[str, Any]]:
    """The same in a registry that is loaded."""
    return [
        {
            "claim": each.id,
            "publisher": registry.bodies[each.publisher].name,
            "title": each.title,
            "made": each.made.text,
            "superseded_by": each.superseded_by or None,
            "slices": [{"slice": part.name, "usd": part.usd} for part in each.slices],
        }
        for each in registry.claims.values()
    ]


def _claim(registry: Registry, id: str) -> Claim:
    claim = registry.claims.get(id)
    if claim is None:
        raise NotFoundError(f"{id}: no such claim; there are {', '.join(registry.claims)}")
    return claim


def _chosen(scope: Scope, choices: Choices) -> Scope:
    return Scope(
        scope.kinds, scope.victims, choices.bar or scope.bar, choices.place or scope.place,
        choices.disputed, choices.valuation, scope.publisher, scope.actors,
    )  # fmt: skip


def _rule(scope: Scope) -> dict[str, Any]:
    return {
        "kinds": list(scope.kinds) or "all",
        "victims": list(scope.victims) or "all",
        "actors": list(scope.actors) or "all",
        "bar": scope.bar,
        "place": scope.place,
        "disputed": "in" if scope.disputed else "out",
        "valuation": scope.valuation,
    }


def _slice(registry: Registry, part: Slice, scope: Scope, most: int | None) -> dict[str, Any]:
    found = reconcile(part, scope, registry)
    return {
        "slice": part.name,
        "country": part.country or None,
        "first": part.first.text,
        "last": part.last.text,
        "claimed": {"usd": part.usd, "low": part.low, "high": part.high, "incidents": part.count},
        **_buckets(registry, found, most),
        "gap": {"usd": found.gap, "share": round(found.gap / part.usd, 4) if part.usd else None},
        "moves": [
            {"choice": each.choice, "value": each.value,
             "usd": "not available" if each.usd is None else each.usd}
            for each in moves(part, scope, registry)
        ],
        "source": source_text(registry, part.source),
    }  # fmt: skip


def _buckets(registry: Registry, found: Agreement, most: int | None) -> dict[str, Any]:
    buckets: dict[str, Bucket] = {name: getattr(found, name) for name in BUCKETS}
    return {name: _said(registry, each, each.largest(most)) for name, each in buckets.items()}


def _said(registry: Registry, bucket: Bucket, shown: Sequence[Counted]) -> dict[str, Any]:
    rows = [_counted(registry, one) for one in shown]
    return {"usd": bucket.usd, "number": len(bucket), "incidents": rows}


def _counted(registry: Registry, one: Counted) -> dict[str, Any]:
    said: dict[str, Any] = {
        "incident": one.incident.id,
        "victim": one.incident.victim,
        "happened": one.incident.happened.text,
        "usd": one.usd,
        "bar": grade(one.incident, registry.bodies),
        "disputed": one.disputed,
    }
    return {**said, "why": one.why} if one.why else said
