"""Threats that two or more have in common, as a pack holds them."""

from dataclasses import dataclass
from enum import StrEnum

from stanch.model.desk.marking import Marking
from stanch.reports.pack.number import Number


class ThreatKind(StrEnum):
    """What two or more have in common."""

    ACTOR = "actor"
    TECHNIQUE = "technique"
    CAMPAIGN = "campaign"  # or the strain of a campaign's malware
    ACCOUNT = "account"  # two members work on it
    JUDGED = "judged"  # two countries' judgements name the actor
    MATCHED = "matched"  # two members reported it, as private matching told them


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a threat touches, a country (ISO 3166-1 alpha-2) or else a member by name, and by how
    many rows.
    """

    country: str
    member: str
    rows: Number


@dataclass(frozen=True, slots=True)
class CommonThreat:
    """A threat that touches two or more, with all rows that show it; `stolen` in US dollars and
    None where it is no matter of incidents, `marking` of rows in cases the narrowest.
    """

    kind: ThreatKind
    name: str
    touched: tuple[Touched, ...]
    rows: Number
    stolen: Number | None = None
    marking: Marking | None = None


@dataclass(frozen=True, slots=True)
class Common:
    """Threats that two or more of `countries` have in common, of all where that is None; in
    incidents, and in cases at a desk.
    """

    countries: tuple[str, ...] | None
    incidents: tuple[CommonThreat, ...]
    cases: tuple[CommonThreat, ...] | None = None
