"""Take a published total apart, for people and for machines."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stanch.app.registry.look import source_text
from stanch.errors import NotFoundError
from stanch.model.registry.claim import Slice
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.grade import grade
from stanch.registry.reconcile import Agreement, Bucket, Counted, moves, reconcile, scope_of
from stanch.registry.registry import Registry, load
from stanch.registry.scope import Scope


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
    claim = registry.claims.get(claim_id)
    if claim is None:
        known = ", ".join(registry.claims)
        raise NotFoundError(f"{claim_id}: no such claim; there are {known}")
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
    names = ("matched", "extra", "missing", "disputed")
    return {name: _bucket(registry, getattr(found, name), most) for name in names}


def _bucket(registry: Registry, bucket: Bucket, most: int | None) -> dict[str, Any]:
    shown = [_counted(registry, one) for one in bucket.largest(most)]
    return {"usd": bucket.usd, "number": len(bucket), "incidents": shown}


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
