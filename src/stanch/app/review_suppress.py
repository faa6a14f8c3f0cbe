"""Hits as people have settled them: what two agreed is someone else is taken out.

A screening opens a `Sieve` once and puts the hits of each subject through it, before it cuts them
down to the best: a hit that is settled must not take the place of one that is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from stanch.app.home import home_at
from stanch.app.review import all_cases
from stanch.app.review_records import register
from stanch.model.hits import Hit, Subject
from stanch.screening.fingerprint import Fingerprint, of_entry, of_subject, whose
from stanch.screening.register import Register, marked


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is settled in a home, for the versions of lists in force when it was opened.

    `entries` has the version and the fingerprint of each entry that anybody looked at. A sieve
    can be pickled: worker processes share one.
    """

    register: Register
    entries: dict[str, tuple[str, Fingerprint]]

    @property
    def spare(self) -> int:
        """How many hits beyond those wanted to ask for, since as many may be taken out."""
        return self.register.most

    def sift(self, subject: Subject, hits: Iterable[Hit], *, show_all: bool = False) -> list[Hit]:
        """The hits of one subject, best first, with what people said among their evidence.

        Those that are settled as different are left out and the ranks closed up, or with
        `show_all` left in and marked.
        """
        given = list(hits)
        if not any(whose(hit.list, hit.entry) in self.entries for hit in given):
            return given
        mine = of_subject(subject)
        kept = [each for hit in given if (each := self._judged(mine, hit, show_all)) is not None]
        if show_all:
            return kept
        return [replace(hit, rank=rank) for rank, hit in enumerate(kept, 1)]

    def _judged(self, subject: Fingerprint, hit: Hit, show_all: bool) -> Hit | None:
        version, entry = self.entries.get(whose(hit.list, hit.entry), ("", None))
        if entry is None or version != hit.version:  # another version may say something else
            return hit
        finding = self.register.find(subject, entry)
        return marked(hit, finding) if show_all or not finding.suppressed else None


def open_sieve(home: Path | None) -> Sieve:
    """Read what is settled in a home.

    Raises UsageError where there is no home, InputError where its journal was tampered with.
    """
    found = all_cases(home)
    wanted: dict[str, set[str]] = {}
    for case in found.values():
        list_id, _, entry_id = case.match.entry.whose.partition("/")
        wanted.setdefault(list_id, set()).add(entry_id)
    entries = {}
    for list_id, ids in wanted.items():
        if (version := home_at(home).latest(list_id)) is not None:
            for entry_id, entry in version.pick(ids).items():
                print_ = of_entry(list_id, entry)
                entries[whose(list_id, entry_id)] = version.version, print_
    return Sieve(register(found.values()), entries)


def suppress(
    hits: Iterable[Hit], subjects: Iterable[Subject], home: Path | None, *, show_all: bool = False
) -> list[Hit]:
    """All hits of a screening through one sieve. Hits of one subject stand together."""
    sieve, known = open_sieve(home), {subject.id: subject for subject in subjects}
    return [
        hit
        for subject, group in groupby(hits, key=lambda hit: hit.subject)
        for hit in sieve.sift(known[subject], group, show_all=show_all)
    ]
