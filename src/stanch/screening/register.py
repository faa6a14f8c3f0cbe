"""The matches that people have looked at, and what they mean for a hit that is found now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from stanch.model.hits import Evidence, Hit
from stanch.screening.fingerprint import Fingerprint, match_id
from stanch.screening.review import DIFFERENT, DISPUTED, OPEN, PROPOSED, Standing

# Message codes of the evidence that a review adds. Its weight is nothing: it tells, it does not
# score. `note` is the id of the match; in CHANGED it is the verdict and the id of the earlier
# match, while `subject` and `listed` name the fields that either side says otherwise since.
SETTLED: Final = "review."  # and the verdict that holds: review.different, review.same
CHANGED: Final = "review.changed"


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and an entry as both stood when the match was taken up."""

    id: str
    subject: Fingerprint
    entry: Fingerprint


@dataclass(frozen=True, slots=True)
class Finding:
    """What a register knows of a hit: where its match stands, or from which one it has changed.

    `earlier` is the last match of the same two of which a verdict holds; None where this very
    match has one.
    """

    match: str
    standing: Standing
    earlier: Match | None = None
    verdict: str = ""  # of `earlier`
    changed: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # fields of the subject, the entry

    @property
    def suppressed(self) -> bool:
        """Whether two people agreed that these two, as they stand, are different."""
        return self.standing.verdict == DIFFERENT


class Register:
    """Finds matches by what they are about. Holds no more than fingerprints and verdicts."""

    def __init__(self, matches: Iterable[tuple[Match, Standing]]) -> None:
        """Take the matches in the order in which they were taken up."""
        self._matches: dict[str, tuple[Match, Standing]] = {}
        self._decided: dict[tuple[object, str], list[str]] = {}
        away: Counter[object] = Counter()
        for match, standing in matches:
            self._matches[match.id] = match, standing
            away[match.subject.fields] += standing.verdict == DIFFERENT
            if standing.verdict != OPEN:
                # The same customer whose data changed, or the same data under another number.
                for same in (match.subject.whose, match.subject.fields):
                    self._decided.setdefault((same, match.entry.whose), []).append(match.id)

        self.most: Final = max(away.values(), default=0)  # hits that are away, of one subject

    def find(self, subject: Fingerprint, entry: Fingerprint) -> Finding:
        """What is known of these two."""
        match = match_id(subject, entry)
        _, standing = self._matches.get(match, (None, Standing()))
        if standing.verdict != OPEN:
            return Finding(match, standing)
        for same in (subject.whose, subject.fields):
            for each in reversed(self._decided.get((same, entry.whose), [])):
                earlier, then = self._matches[each]
                changed = (earlier.subject.changed(subject), earlier.entry.changed(entry))
                return Finding(match, standing, earlier, then.verdict, changed)
        return Finding(match, standing)


def marked(hit: Hit, finding: Finding) -> Hit:
    """The hit with what people have said of it among its evidence."""
    marks = []
    if finding.standing.verdict != OPEN:
        marks.append(Evidence(SETTLED + finding.standing.verdict, 0.0, note=finding.match))
    if finding.standing.state in {PROPOSED, DISPUTED}:
        marks.append(Evidence(SETTLED + finding.standing.state, 0.0, note=finding.match))
    if finding.earlier is not None:
        ours, theirs = (", ".join(names) for names in finding.changed)
        note = f"{finding.verdict} {finding.earlier.id}"
        marks.append(Evidence(CHANGED, 0.0, ours, theirs, note))
    return replace(hit, evidence=(*hit.evidence, *marks)) if marks else hit
