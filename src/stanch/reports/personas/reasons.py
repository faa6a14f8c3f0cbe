"""Why a record is to be looked at, in plain words: what `people.csv` says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stanch.i18n.personas import evidence, say

_NAMED = 3  # other records that a reason names; the rest is counted


@dataclass(frozen=True, slots=True)
class Person:
    """What was found of one record: the others of its operator and how many its farm has, what
    ties it to whom (indicator to record ids), its marks, and its path to a listed address.
    """

    operator: Sequence[str]
    farm: int
    twice: bool
    ties: Mapping[str, Sequence[str]]
    marks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    path: Sequence[str] = ()


def reasons(person: Person, language: str) -> str:
    """Sentences, one a line; the most serious first. Raises ValueError for an unknown language."""
    lines = []
    if person.path:
        path = " > ".join(person.path)
        lines.append(say(f"reason.listed_{len(person.path) - 1}", language, path=path))
    if person.operator:
        code = "reason.twice" if person.twice else "reason.operator"
        lines.append(say(code, language, n=len(person.operator), records=_some(person.operator)))
    if person.farm:
        lines.append(say("reason.farm", language, n=person.farm))
    lines += [
        say("reason.tie", language, evidence=evidence(name, language), records=_some(others))
        for name, others in person.ties.items()
    ]
    lines += [
        say(f"mark.{name.partition('@')[0]}", language, **numbers)
        for name, numbers in person.marks.items()
    ]
    return "\n".join(lines)


def _some(records: Sequence[str]) -> str:
    more = f" +{len(records) - _NAMED}" if len(records) > _NAMED else ""
    return ", ".join(records[:_NAMED]) + more
