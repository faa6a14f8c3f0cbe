"""What the review writes into its journal, and reads out of it.

Two kinds of record, both under the id of a match:

    match     both fingerprints, and a `Snapshot`: what was known when it was taken up
    decision  verdict, reason, who
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from stanch.errors import InputError
from stanch.screening.fingerprint import Fingerprint
from stanch.screening.register import Match, Register
from stanch.screening.review import Decision, Standing, refusal, standing
from stanch.store.journal import Draft, Journal, Record

FILE: Final = "review.sqlite"  # in the home
MATCH: Final = "match"
DECISION: Final = "decision"

Said = dict[str, list[str]]
"""What a side says, for people to read: a field's name, and its values as text."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was known when a match was taken up, in words; later versions change nothing in it."""

    version: str  # of the list
    name: str  # the listed name that matched
    score: float
    evidence: str
    subject: Said
    entry: Said


@dataclass(slots=True)
class Case:
    """A match with all that was said of it, in order."""

    match: Match
    taken: str  # when, ISO 8601, UTC
    snapshot: Snapshot
    decisions: list[Decision] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        """Where it stands now."""
        return standing(self.decisions)


def match_draft(match: Match, snapshot: Snapshot, at: str) -> Draft:
    """The record of a match that is taken up."""
    body = {
        "subject": asdict(match.subject),
        "entry": asdict(match.entry),
        "snapshot": asdict(snapshot),
    }
    return Draft(MATCH, match.id, at, _text(body))


def decision_draft(decision: Decision) -> Draft:
    """The record of somebody's word."""
    body = {"verdict": decision.verdict, "reason": decision.reason, "who": decision.who}
    return Draft(DECISION, decision.match, decision.at, _text(body))


def decisions(records: Iterable[Record]) -> list[Decision]:
    """The words among the records of one match."""
    found = (record.draft for record in records if record.draft.kind == DECISION)
    return [Decision(match=each.key, at=each.at, **json.loads(each.body)) for each in found]


def cases(records: Iterable[Record]) -> dict[str, Case]:
    """All matches by id, in the order in which they were taken up. Raises ValueError."""
    found: dict[str, Case] = {}
    for record in records:
        draft = record.draft
        try:
            if draft.kind == MATCH:
                found.setdefault(draft.key, _case(draft))
            else:
                found[draft.key].decisions += decisions([record])
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"record {record.seq} cannot be read: {error!r}") from None
    return found


def broken_rules(records: Iterable[Record]) -> list[str]:
    """Words in a journal that the rules of `screening.review` would not have let in."""
    words: dict[str, list[Decision]] = {}
    broken = []
    for record in records:
        if record.draft.kind == DECISION:
            said = words.setdefault(record.draft.key, [])
            (word,) = decisions([record])
            if why := refusal(standing(said), word):
                broken.append(f"record {record.seq} breaks the rules: {why}")
            said.append(word)
    return broken


def register(found: Iterable[Case]) -> Register:
    """What screening needs of the cases: fingerprints and verdicts, nothing about people."""
    return Register((case.match, case.standing) for case in found)


def read(journal: Journal, file: Path) -> dict[str, Case]:
    """All cases, after the whole chain was checked.

    Raises InputError where it is broken: no hit may vanish, and none come back, by a row that
    somebody changed.
    """
    if faults := journal.faults():
        raise InputError(str(file), f"{faults[0]}; stanch review check tells all")
    try:
        return cases(journal.records())
    except ValueError as error:
        raise InputError(str(file), str(error)) from None


def _case(draft: Draft) -> Case:
    body = json.loads(draft.body)
    match = Match(draft.key, _fingerprint(body["subject"]), _fingerprint(body["entry"]))
    return Case(match, draft.at, Snapshot(**body["snapshot"]))


def _fingerprint(said: dict[str, Any]) -> Fingerprint:
    return Fingerprint(said["whose"], tuple((name, digest) for name, digest in said["fields"]))


def _text(body: dict[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"))
