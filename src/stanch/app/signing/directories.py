"""Directories of keys, made and signed by members on their own machines.

A table in TOML or JSON says what is to stand in the directory:

    desk = "desk_1"           # of the first version alone
    threshold = 2             # founding members who must sign the next version
    certificates = ["eyJ…"]   # of approvers, made by `stanch key certify`
    key_changes = ["eyJ…"]    # made by `stanch key change`, where a member's key is another now

    [[members]]
    id = "member_1"
    name = "Financial Intelligence Unit"
    kind = "government"       # exchange, issuer, platform, researcher
    country = "KR"
    founding = true
    key = "…"                 # the public text of its offline key

    [[revoked]]               # keys that count no more
    kid = "…"
    at = "2026-11-26T19:03:00Z"
    reason = "stolen"

    [rules.hold]              # what orders of a kind ask for at least; also emergency, issuer
    members = 2               # so many concur, the requesting member one of them,
    among = ["member_1", "member_2", "member_3"]  # of these; without it, of the founding members
    own = 2                   # and to release: people of the requesting member,
    others = 1                # and so many other members of the same,
    cooling_hours = 24        # so long before it takes effect
    lapses_hours = 72         # of kind emergency alone

In the table of a next version, what is left out stays as it was; `revoked` is added to what was
revoked before, and the certificates of revoked keys are left out by themselves. `rules` of a kind
take the place of what was said of this kind; an empty table of it, of nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from stanch.app.read_file import table_in
from stanch.app.signing.documents import version_in, write_version
from stanch.app.signing.key_files import KeyFile, opened
from stanch.app.signing.rule_words import rule_words
from stanch.client.directories import version_of
from stanch.errors import InputError, SignatureError, UsageError
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import MAX_DOCUMENT, canonical
from stanch.formats.signed.chain import walk_chain
from stanch.formats.signed.directory import (
    TYPE,
    directory_document,
    directory_from,
    directory_hash,
    sign_directory,
)
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.hands import UNLESS_SAID, rule_document
from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.members import certified, founders
from stanch.model.desk.directory import Directory, Version
from stanch.model.desk.orders import OrderKind, Rule

_WORDS: Final = ("desk", "threshold", "members", "certificates", "key_changes", "revoked", "rules")
_LISTS: Final = ("members", "certificates", "key_changes", "revoked")


@dataclass(frozen=True, slots=True)
class Made:
    """A directory that was written, its hash, and how many signatures it has and needs."""

    directory: Directory
    hash: str
    signed: int
    needed: int


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a chain from the pin ends."""

    newest: Directory
    hash: str
    hashes: tuple[str, ...]


def first(table: Path, certificates: Sequence[str], out: Path) -> Made:
    """Write version 1. Its hash is the pin, given to everybody by other ways than the desk.

    Raises UsageError, InputError where the table or what it says does not hold, OutputError.
    """
    said = _table(table)
    document = {
        **{"type": TYPE, "version": 1, "previous": None, "created": _now()},
        **{"desk": said.get("desk"), "threshold": said.get("threshold")},
        "members": said.get("members"),
        "approvers": _approvers(table, [*said.get("certificates", []), *certificates]),
        "revoked": said.get("revoked", []),
        "key_changes": [],
        **_rules(table, said, {}),
    }
    directory = _checked(table, document)
    write_version(out, Version(directory))
    return Made(directory, directory_hash(directory), 0, directory.threshold)


def following(before: Path, table: Path, certificates: Sequence[str], out: Path) -> Made:
    """Write the version after `before`, for the founding members to sign. Raises as `first`."""
    known, said = version_in(before).directory, _table(table)
    if said.get("desk", known.desk) != known.desk:
        raise InputError(table.name, f"is of another desk than {before.name}")
    old = directory_document(known)
    revoked = [*_list(old["revoked"]), *said.get("revoked", [])]
    kept = said.get("certificates", [each.certificate for each in known.approvers])
    document = {
        **old,
        **{"version": known.version + 1, "previous": directory_hash(known), "created": _now()},
        "threshold": said.get("threshold", known.threshold),
        "members": said.get("members", old["members"]),
        "approvers": _without(_approvers(table, [*kept, *certificates]), revoked),
        "revoked": revoked,
        "key_changes": said.get("key_changes", []),
    }
    document.pop("rules", None)
    document |= _rules(table, said, dict(known.rules))
    directory = _checked(table, document)
    write_version(out, Version(directory))
    return Made(directory, directory_hash(directory), 0, known.threshold)


def sign(file: Path, key: KeyFile, expected: str) -> Made:
    """Add a founding member's signature to a version's file; a second one of it changes nothing.

    `expected` is the hash that the signer was shown. Raises UsageError, InputError, SignatureError
    where the file holds another by now, OutputError.
    """
    version = version_in(file)
    name = directory_hash(version.directory)
    if name != expected:
        raise SignatureError(f"{file}: is {name}, not what was to be signed")
    text = sign_directory(opened(key), version.directory)
    signed = replace(version, signatures=tuple(dict.fromkeys((*version.signatures, text))))
    write_version(file, signed)
    return Made(version.directory, name, len(signed.signatures), version.directory.threshold)


def read(file: Path) -> Made:
    """What stands in a version's file. Raises UsageError, InputError."""
    version = version_in(file)
    name, needed = directory_hash(version.directory), version.directory.threshold
    return Made(version.directory, name, len(version.signatures), needed)


def take_home(said: object, out: Path) -> Made:
    """Write a version that a desk gave, for `check` to prove and `following` to go on from.

    Raises SignatureError where it is no directory, or its hash is another than the desk says;
    OutputError.
    """
    found = version_of(said)
    name = directory_hash(found.directory)
    if not isinstance(said, dict) or said.get("hash") != name:
        raise SignatureError("the desk gives a directory under a hash that is not its own")
    write_version(out, found)
    return Made(found.directory, name, len(found.signatures), found.directory.threshold)


def to_hand_in(file: Path) -> tuple[str, list[str]]:
    """A version's document, as the text of its canonical JSON, and its signatures.

    Raises UsageError, InputError.
    """
    version = version_in(file)
    return canonical(directory_document(version.directory)).decode(), list(version.signatures)


def check(files: Sequence[Path], pin: str) -> Walked:
    """Walk from the pin along versions in their order. Raises UsageError, InputError,
    SignatureError where one step does not hold.
    """
    chain = walk_chain(pin, [version_in(each) for each in files])
    return Walked(chain.newest, chain.hashes[-1], chain.hashes)


def summary(directory: Directory) -> list[str]:
    """A directory in plain words, one line a thing: what a founding member signs."""
    certificates = certified(directory)
    founding = founders(directory).values()
    return [
        f"desk {directory.desk}, version {directory.version}, of {directory.created}",
        f"the next version needs {directory.threshold} of {len(founding)} founding members",
        *(
            f"member {each.id}: {each.name!r}, {each.kind}, {each.country}"
            f"{', founding' if each.founding else ''}, key {PublicKey.from_text(each.key).kid}"
            for each in directory.members
        ),
        *(
            f"key {kid}: {each.person} of {each.member}, {', '.join(sorted(each.roles))}, "
            f"from {each.since} until {each.until}"
            for kid, each in certificates.items()
        ),
        *(f"an order of kind {kind} needs {rule_words(rule)}" for kind, rule in directory.rules),
        *(f"revoked {each.kid}: {each.reason!r}, {each.at}" for each in directory.revoked),
        *(f"{len(directory.key_changes)} changes of keys" for _ in directory.key_changes[:1]),
    ]


def _checked(table: Path, document: dict[str, Any]) -> Directory:
    """The directory, once it holds together by itself."""
    try:
        directory = directory_from(document)
        certified(directory)
    except SignatureError as error:
        raise InputError(table.name, str(error)) from None
    return directory


def _table(file: Path) -> dict[str, Any]:
    said = table_in(file, _WORDS, MAX_DOCUMENT)
    for word in _LISTS:
        if not isinstance(said.get(word, []), list):
            raise InputError(file.name, f"{word} is no list")
    return said


def _rules(
    table: Path, said: dict[str, Any], before: Mapping[OrderKind, Rule]
) -> dict[str, object]:
    """The table of rules as the directory has it: what is left out of one kind's is as usual."""
    given = said.get("rules", {})
    if not isinstance(given, dict) or not all(isinstance(each, dict) for each in given.values()):
        raise InputError(table.name, "rules is no table with a table for each kind of order")
    if unknown := given.keys() - set(OrderKind):
        raise InputError(table.name, f"rules: {min(unknown)!r} is none of {', '.join(OrderKind)}")
    rules = {kind.value: rule_document(rule) for kind, rule in before.items()}
    for kind, fields in given.items():
        among = fields.get("among")
        named = {"among": sorted(map(str, among))} if isinstance(among, list) else {}
        rules[kind] = {**rule_document(UNLESS_SAID[OrderKind(kind)]), **fields, **named}
        if not fields:
            del rules[kind]
    return {"rules": rules} if rules else {}


def _approvers(table: Path, certificates: Sequence[object]) -> list[dict[str, object]]:
    """As the directory names them: person and member are what the certificates say."""
    found = []
    for text in dict.fromkeys(map(str, certificates)):
        try:
            claimed = jws.read(text).payload
        except SignatureError as error:
            raise InputError(table.name, f"a certificate {error}") from None
        if not isinstance(claimed, dict):
            raise InputError(table.name, "a certificate says nothing")
        who = {"person": claimed.get("person"), "member": claimed.get("member")}
        found.append({**who, "certificate": text})
    return found


def _without(
    approvers: list[dict[str, object]], revoked: Sequence[object]
) -> list[dict[str, object]]:
    gone = {each.get("kid") for each in revoked if isinstance(each, dict)}
    return [each for each in approvers if _certified_kid(str(each["certificate"])) not in gone]


def _certified_kid(certificate: str) -> str:
    claimed = jws.read(certificate).payload
    if not isinstance(claimed, dict) or not isinstance(claimed.get("key"), str):
        raise UsageError("a certificate names no key")
    return PublicKey.from_text(claimed["key"]).kid


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _now() -> str:
    return stamp(datetime.now(UTC).replace(microsecond=0))
