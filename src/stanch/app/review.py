"""Look at what people decided about matches, and add a word."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stanch.app.home import home_at
from stanch.app.review_records import (
    FILE,
    Case,
    broken_rules,
    cases,
    decision_draft,
    decisions,
    read,
    register,
)
from stanch.app.wiring import open_journal
from stanch.errors import UsageError
from stanch.screening.register import Finding
from stanch.screening.review import CONFIRMED, OPEN, STATES, Decision, refusal, standing
from stanch.store.journal import About, Draft, Journal

__all__ = ["STATES", "Audit", "Word", "audit", "decide", "listed", "shown"]


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody has to say of a match. `at` is for tests; empty is now."""

    verdict: str
    reason: str
    who: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a walk along the journal found. `last` is the digest of the last record."""

    records: int
    last: str
    faults: tuple[str, ...]


def now() -> str:
    """The time, as records have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@contextmanager
def journal_of(home: Path | None) -> Iterator[tuple[Journal, Path]]:
    """Open the journal of a home, and make it where there is none yet. Raises UsageError."""
    file = home_at(home).folder / FILE
    with open_journal(file) as journal:
        yield journal, file


def all_cases(home: Path | None) -> dict[str, Case]:
    """All matches of a home, by id. Raises UsageError for no home, InputError for a broken chain.

    Where nothing was ever taken up there is no journal, and none is made.
    """
    if not (home_at(home).folder / FILE).exists():
        return {}
    with journal_of(home) as (journal, file):
        return read(journal, file)


def listed(home: Path | None, state: str | None = None) -> list[dict[str, Any]]:
    """Matches in the order in which they were taken up, as `shown` gives them.

    `confirmed` gives all of which a verdict holds, also while it is being questioned.
    Raises UsageError for an unknown `state`.
    """
    if state is not None and state not in STATES:
        raise UsageError(f"--state {state}: choose {', '.join(STATES)}")
    found = all_cases(home)
    known = register(found.values())
    return [
        _data(case, known.find(case.match.subject, case.match.entry))
        for case in found.values()
        if state is None or state in _states(case)
    ]


def shown(home: Path | None, match: str) -> dict[str, Any]:
    """One match with all that was known and said. Raises UsageError where there is none such."""
    found = all_cases(home)
    case = found[_whole(match, found)]
    return _data(case, register(found.values()).find(case.match.subject, case.match.entry))


def decide(home: Path | None, match: str, word: Word) -> dict[str, Any]:
    """Add a word to a match and give it as it stands then, without `changed_from`.

    Reads that one match alone: the whole chain is walked by those who act on it.
    Raises UsageError where the rules of `screening.review` do not let the word in; nothing is
    added then.
    """
    if not (home_at(home).folder / FILE).exists():
        raise UsageError("no match was taken up here yet; stanch review take does that")
    with journal_of(home) as (journal, _):
        whole = _whole(match, {record.draft.key for record in journal.records()})
        journal.add(_adding(Decision(whole, word.verdict, word.reason, word.who, word.at or now())))
        case = cases(journal.about(whole))[whole]
    return _data(case, Finding(whole, case.standing))


def audit(home: Path | None, noted: str = "") -> Audit:
    """Walk the whole journal. `noted` is a digest from an earlier walk, to be met again."""
    if not (home_at(home).folder / FILE).exists():
        return Audit(0, "", ("there is no journal, and one was noted",) if noted else ())
    with journal_of(home) as (journal, _):
        faults = journal.faults()
        records = list(journal.records())
    if noted and noted not in {record.digest for record in records}:
        faults.append("the chain does not lead over the digest that was noted")
    try:
        cases(records)
        faults += broken_rules(records)
    except ValueError as error:
        faults.append(str(error))
    return Audit(len(records), records[-1].digest if records else "", tuple(faults))


def _adding(word: Decision) -> Callable[[About], list[Draft]]:
    """Judge the word by what is recorded when nobody else can write any more."""

    def write(about: About) -> list[Draft]:
        if why := refusal(standing(decisions(about(word.match))), word):
            raise UsageError(f"{word.match[:12]}: {why}")
        return [decision_draft(word)]

    return write


def _whole(match: str, found: Collection[str]) -> str:
    """The one id that begins so."""
    fitting = [each for each in found if each.startswith(match.lower())] if match else []
    if len(fitting) != 1:
        many = f"{len(fitting)} matches begin" if fitting else "no match begins"
        raise UsageError(f"{many} with {match!r}; stanch review list shows those there are")
    return fitting[0]


def _states(case: Case) -> set[str]:
    now = case.standing
    return {now.state} | ({CONFIRMED} if now.verdict != OPEN else set())


def _data(case: Case, finding: Finding) -> dict[str, Any]:
    """A match as JSON has it."""
    stands = case.standing
    earlier = finding.earlier and {
        "id": finding.earlier.id,
        "verdict": finding.verdict,
        "subject": list(finding.changed[0]),
        "entry": list(finding.changed[1]),
    }
    return {
        "id": case.match.id,
        "state": stands.state,
        "verdict": stands.verdict,
        "subject": case.match.subject.whose,
        "entry": case.match.entry.whose,
        "taken": case.taken,
        "snapshot": asdict(case.snapshot),
        "agreed": list(map(asdict, stands.agreed)),
        "round": list(map(asdict, stands.round)),
        "decisions": list(map(asdict, case.decisions)),
        "changed_from": earlier,
    }
