"""Take hits of a screening up for review: each becomes a match, open until two people agree."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stanch.app.home import home_at
from stanch.app.review import journal_of, now
from stanch.app.review_records import Snapshot, match_draft
from stanch.app.review_said import said
from stanch.errors import InputError, UsageError
from stanch.formats.hits_csv import HitRow, RefusedHit, parse
from stanch.formats.subjects import parse as parse_subjects
from stanch.model.hits import Subject
from stanch.model.listed import Entry
from stanch.screening.fingerprint import match_id, of_entry, of_subject
from stanch.screening.register import Match
from stanch.store.home import Home
from stanch.store.journal import About, Draft
from stanch.store.list_version import ListVersion


@dataclass(slots=True)
class Taken:
    """What became of the rows: `new` matches, those `known` before, rows refused with reasons."""

    new: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[RefusedHit] = field(default_factory=list)


def take(home: Path | None, hits: Path, subjects: Path) -> Taken:
    """Take up the rows of `hits`, each against the version of the list in which it was found.

    `subjects` is the file that was screened. Raises UsageError where there is no home or no such
    file, InputError where one holds something else.
    """
    taken, rows = Taken(), []
    for each in _rows(hits):
        if isinstance(each, HitRow):
            rows.append(each)
        else:
            taken.refused.append(each)
    sides = _Sides(home_at(home), rows, _subjects(subjects))
    pairs = [(row, sides.find(row)) for row in rows]
    taken.refused += [RefusedHit(row.row, found) for row, found in pairs if isinstance(found, str)]
    taken.refused.sort(key=lambda refused: refused.row)
    ready = {
        found[0].id: match_draft(*found, now()) for _, found in pairs if not isinstance(found, str)
    }
    with journal_of(home) as (journal, _):
        journal.add(_adding(ready, taken))
    return taken


def _adding(ready: dict[str, Draft], taken: Taken) -> Callable[[About], list[Draft]]:
    """Add those that nobody has taken up, another process a moment ago included."""

    def write(about: About) -> list[Draft]:
        for match in ready:
            (taken.known if about(match) else taken.new).append(match)
        return [ready[match] for match in taken.new]

    return write


def _rows(file: Path) -> Iterator[HitRow | RefusedHit]:
    with _explained(file), file.open(encoding="utf-8", newline="") as lines:
        yield from parse(lines)


def _subjects(file: Path) -> Iterator[Subject]:
    """Those of whom hits can speak: rows that cannot be read were not screened either."""
    with _explained(file), file.open("rb") as stream:
        found = parse_subjects(file.name, stream)
        yield from (each for each in found if isinstance(each, Subject))


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:  # bytes that are no text, too
        raise InputError(str(file), str(error)) from None


class _Sides:
    """The two sides of each hit, as they stand now."""

    def __init__(self, home: Home, rows: list[HitRow], subjects: Iterable[Subject]) -> None:
        asked = {row.query_id for row in rows}
        self._subjects: dict[str, list[Subject]] = {}
        for subject in subjects:
            if subject.id in asked:
                self._subjects.setdefault(subject.id, []).append(subject)
        wanted: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            wanted.setdefault((row.list, row.version), set()).add(row.entity_id)
        self._lists = {key: _version(home, *key) for key in wanted}
        self._entries: dict[tuple[str, str], dict[str, Entry]] = {
            key: version.pick(wanted[key])
            for key, version in self._lists.items()
            if version is not None
        }

    def find(self, row: HitRow) -> tuple[Match, Snapshot] | str:
        """The match of a row and what is known of it now, or why there is none."""
        subjects = self._subjects.get(row.query_id, [])
        if not subjects:
            return "its query_id is among none of the subjects"
        if len({of_subject(each) for each in subjects}) > 1:
            return "its query_id stands for subjects that differ"
        version = self._lists[row.list, row.version]
        if version is None:
            return "its list, or that version of it, is not in the home"
        entry = self._entries[row.list, row.version].get(row.entity_id)
        if entry is None:
            return "its entry is not in that version of the list"
        mine, theirs = of_subject(subjects[0]), of_entry(row.list, entry)
        snapshot = Snapshot(
            version.version, row.name, row.score, row.evidence, said(subjects[0]), said(entry)
        )
        return Match(match_id(mine, theirs), mine, theirs), snapshot


def _version(home: Home, list_id: str, version: str) -> ListVersion | None:
    """The version that a hit was found in; the one in force where the hit does not say."""
    if list_id not in home.names():
        return None
    fitting = [each for each in home.versions(list_id) if version in {"", each.version}]
    return fitting[-1] if fitting else None
