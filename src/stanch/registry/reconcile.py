"""A published total against the registry: what agrees, what is missing, extra, or disputed."""

from dataclasses import dataclass, replace

from stanch.model.registry.claim import Claim, Slice
from stanch.model.registry.incident import Incident
from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.grade import disputed
from stanch.registry.registry import Registry
from stanch.registry.scope import Scope, country, left_out, worth


@dataclass(frozen=True, slots=True)
class Counted:
    """An incident in a total, with what it counts for; `why` it is missing or extra, in a word."""

    incident: Incident
    usd: int | None
    disputed: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Incidents and their sum. What has no figure counts for nothing, and is named."""

    counted: tuple[Counted, ...]

    @property
    def usd(self) -> int:
        """The sum of what has a figure."""
        return sum(each.usd for each in self.counted if each.usd is not None)


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
    return Scope(claim.kinds, claim.victims, claim.bar, claim.place, publisher=claim.publisher)


def reconcile(slice: Slice, scope: Scope, registry: Registry) -> Agreement:
    """Take one figure apart under a scope.

    Where the publisher names what a figure is made of, these are matched, and what else the scope
    has is extra. Where it names nothing, all that the scope has is matched.
    """
    inside: list[Counted] = []
    missing: list[Counted] = []
    extra: list[Counted] = []
    for incident in registry.incidents.values():
        why = _why_not(incident, slice, scope, registry)
        named = incident.id in slice.names
        if named and why:
            missing.append(_counted(incident, scope, why))
        elif not why:
            to = extra if slice.names and not named else inside
            to.append(_counted(incident, scope, "not named" if to is extra else ""))
    return Agreement(
        slice,
        _bucket(inside),
        _bucket(extra),
        _bucket(missing),
        _bucket([each for each in inside if each.disputed]),
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
    return [
        Move(choice, str(value), _figure(slice, other, registry)) for choice, value, other in others
    ]


def _figure(slice: Slice, scope: Scope, registry: Registry) -> int | None:
    if slice.country and not any(
        each.role is scope.place for one in registry.incidents.values() for each in one.places
    ):
        return None  # nothing is known of where the users were: that is no nought
    matched = reconcile(slice, scope, registry).matched
    if matched.counted and all(each.usd is None for each in matched.counted):
        return None
    return matched.usd


def _why_not(incident: Incident, slice: Slice, scope: Scope, registry: Registry) -> str:
    if why := left_out(incident, scope, (slice.first, slice.last), registry):
        return why
    if slice.country and country(incident, scope, registry) != slice.country:
        return "country"
    return ""


def _counted(incident: Incident, scope: Scope, why: str) -> Counted:
    return Counted(incident, worth(incident, scope.valuation), disputed(incident), why)


def _bucket(counted: list[Counted]) -> Bucket:
    """The largest first."""
    return Bucket(tuple(sorted(counted, key=lambda one: (-(one.usd or 0), one.incident.id))))
