"""What a subject and a listed entry say, as fingerprints: equal as long as nothing is said anew.

A fingerprint has one digest for each field that says something, so that two of them can be
compared and the fields that changed be named. Order, case, width and blanks make no difference:
`KIM  Chol-su` and `kim chol-su` say the same. Anything else does. There is no salt: the same
content has the same fingerprint on every machine and in every year.
"""

import hashlib
import json
import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace

from stanch.model.hits import Subject
from stanch.model.listed import Entry

# Where a subject came from is not what it says. Its id counts only where nothing else tells it
# from a namesake: see `of_subject`.
_NOT_SAID = frozenset({"id", "source"})
# Nor is it said of anybody when a publisher or a collector last touched the entry.
_TOUCHED = frozenset({
    "createdat", "modifiedat", "retrievedat", "last_day_updated", "last updated", "lastupdated",
})  # fmt: skip
# 128 bits: fewer would let somebody look for two identities of one fingerprint, and have the
# harmless one settled.
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`whose` is a subject's id or `LIST/ENTRY`; `fields` are (name, digest), sorted by name."""

    whose: str
    fields: tuple[tuple[str, str], ...]

    def changed(self, other: "Fingerprint") -> tuple[str, ...]:
        """Names of the fields that one of the two says otherwise, or not at all."""
        mine, theirs = dict(self.fields), dict(other.fields)
        return tuple(sorted(key for key in mine | theirs if mine.get(key) != theirs.get(key)))


def of_subject(subject: Subject) -> Fingerprint:
    """The fingerprint of one who is screened.

    A bare name is many people: what was decided of one customer must not silence the next of the
    same name. So the subject's id is part of what it says unless it has an identifier or is born
    on a known day.
    """
    said = _said(subject)
    born = any(birth.first and birth.first == birth.last for birth in subject.births)
    if not born and not subject.identifiers:
        said["id"] = (subject.id,)
    return Fingerprint(subject.id, _digests(said))


def of_entry(list_id: str, entry: Entry) -> Fingerprint:
    """The fingerprint of an entry: all that its list says of it, in any version of the list.

    Dates on which somebody edited or fetched it are no part of that.
    """
    other = tuple(pair for pair in entry.other if fold(pair[0]) not in _TOUCHED)
    return Fingerprint(whose(list_id, entry.id), _digests(_said(replace(entry, other=other))))


def whose(list_id: str, entry_id: str) -> str:
    """How an entry is called across lists."""
    return f"{list_id}/{entry_id}"


def match_id(subject: Fingerprint, entry: Fingerprint) -> str:
    """Name the match of the two: 32 hexadecimal digits, the same wherever it is found.

    The subject's id is no part of it, except where `of_subject` made it one of the fields.
    """
    return _digest([subject.fields, entry.whose, entry.fields])


def fold(text: str) -> str:
    """Leave out of a text what does not make it another: width, case and blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _said(record: Subject | Entry) -> dict[str, object]:
    """Fields that are empty say nothing, so a field that the model gains changes nothing."""
    held = ((each.name, getattr(record, each.name)) for each in fields(record))
    return {name: value for name, value in held if value and name not in _NOT_SAID}


def _digests(said: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, _digest(_plain(said[key]))) for key in sorted(said))


def _plain(value: object) -> object:
    """Fold the texts of a field; what stands side by side in it is sorted, and counts once."""
    if isinstance(value, tuple):
        return sorted({json.dumps(_part(each), sort_keys=True) for each in value})
    return _part(value)


def _part(value: object) -> object:
    """One value of a field. Its parts have names or an order, and what is empty says nothing."""
    if is_dataclass(value):
        held = ((each.name, getattr(value, each.name)) for each in fields(value))
        return {name: _part(part) for name, part in held if part}
    if isinstance(value, tuple):
        return [_part(each) for each in value]
    return fold(value) if isinstance(value, str) else value


def _digest(plain: object) -> str:
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_DIGITS]
