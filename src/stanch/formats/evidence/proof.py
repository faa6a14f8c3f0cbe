"""What a bundle of evidence proves to whoever holds the pin of its desk's directory, offline.

Checked is that the maker signed every file and nothing was added, that each hand follows from the
one before and is signed by a key that its member certified, and, for who has a desk's public key,
what that desk's log says of the times.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stanch.errors import SignatureError
from stanch.formats.evidence import layout
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.custody import (
    CUSTODY,
    MOST_ENTRIES,
    Entry,
    Held,
    entry_from,
    following,
)
from stanch.formats.evidence.held_case import HeldCase, case_in, logged_items
from stanch.formats.evidence.stamp import VERBS, Logged, stamped
from stanch.formats.evidence.statement import EVIDENCE, Evidence, evidence_from
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import version_from
from stanch.formats.signed.canonical import digest, parse
from stanch.formats.signed.certificate import certificate_of
from stanch.formats.signed.chain import Chain, walk_chain
from stanch.formats.signed.directory import directory_hash
from stanch.formats.signed.fields import moment
from stanch.formats.signed.keys import PublicKey
from stanch.formats.signed.signer import signer

_MOST_TEXT = 2 << 20  # bytes of a JWS or a stamp
_MOST_DIRECTORY = 32 << 20


@dataclass(frozen=True, slots=True)
class Proved:
    """What holds. `stamps` has an entry of a log for each signed text that one proves, and None
    where the log's key is not known here; `logged` counts the items that the desk's log proves.
    """

    evidence: Evidence
    digest: str
    case: HeldCase
    entries: tuple[Entry, ...]
    held: Held
    chain: Chain
    stamps: Mapping[str, Logged | None]
    logged: int


def prove(archive: Archive, pins: Iterable[str], keys: Iterable[PublicKey] = ()) -> Proved:
    """All that the bundle proves. Raises SignatureError naming the first thing that is false."""
    chain = _chain(archive, set(pins))
    text = _text(archive, layout.EVIDENCE)
    name, by_kid = digest(text.encode()), {each.kid: each for each in keys}
    said, custody = _evidence(text, chain), _custody(archive)
    stamps = _stamps(archive, {name, *(digest(each.encode()) for each in custody)}, by_kid)
    _alive(chain, jws.read(text).kid, stamps.get(name), "the evidence")
    _files(archive, said)
    entries, now = [], Held(said.member, None, 0, unconfirmed=False, at=said.at)
    for each in custody:
        entry = _entry(each, chain, now.n + 1, stamps.get(digest(each.encode())))
        now = following(now, name, entry, each)
        entries.append(entry)
    case = case_in(archive)
    if case.case.get("id") != said.case:
        raise SignatureError("case.json is of another case than the evidence")
    logged = logged_items(archive, case, by_kid)
    return Proved(said, name, case, tuple(entries), now, chain, stamps, logged)


def _chain(archive: Archive, pins: set[str]) -> Chain:
    said = parse(archive.read(layout.DIRECTORY, _MOST_DIRECTORY), _MOST_DIRECTORY)
    if not isinstance(said, list) or not said:
        raise SignatureError(f"{layout.DIRECTORY} holds no directory")
    versions = [version_from(each) for each in said]
    first = directory_hash(versions[0].directory)
    if first not in pins:
        raise SignatureError("the first directory is not the pinned one")
    return walk_chain(first, versions)


def _text(archive: Archive, name: str) -> str:
    try:
        return archive.read(name, _MOST_TEXT).decode("ascii")
    except UnicodeDecodeError:
        raise SignatureError(f"{name} is no JWS") from None


def _custody(archive: Archive) -> list[str]:
    """The entries in their order. Raises SignatureError where a number is left out."""
    names = sorted(each for each in archive.names if layout.is_custody(each))
    if len(names) > MOST_ENTRIES:
        raise SignatureError(f"custody: more than {MOST_ENTRIES} entries")
    if names != [layout.custody(n) for n in range(1, len(names) + 1)]:
        raise SignatureError("custody: an entry is missing")
    return [_text(archive, each) for each in names]


def _stamps(
    archive: Archive, known: set[str], keys: Mapping[str, PublicKey]
) -> dict[str, Logged | None]:
    found = dict[str, Logged | None]()
    for name in sorted(archive.names):
        of = layout.stamped(name)
        if of is None:
            continue
        if of not in known:
            raise SignatureError(f"{name} is the stamp of nothing in the bundle")
        logged = stamped(parse(archive.read(name, _MOST_TEXT)), keys)
        if logged is not None and (logged.subject != of or logged.verb not in VERBS):
            raise SignatureError(f"{name} is of another entry of the log")
        found[of] = logged
    return found


def _evidence(text: str, chain: Chain) -> Evidence:
    claimed = jws.read(text)
    said = evidence_from(claimed.payload)
    if said.desk != chain.newest.desk:
        raise SignatureError(f"the evidence is of {said.desk}, the directory of another desk")
    version = chain.versions[chain.place(said.directory)]
    member, public = signer(version, claimed.kid, said.at)
    jws.verify(text, EVIDENCE, public)
    if member != said.member or _person(said, chain, claimed.kid) != said.person:
        raise SignatureError(
            f"the evidence says that {said.person or said.member} signed it: not so"
        )
    return said


def _person(said: Evidence, chain: Chain, kid: str) -> str:
    """Whose key it is; nobody's where it is the member's own."""
    version = chain.versions[chain.place(said.directory)]
    for each in version.approvers:
        claimed = jws.read(each.certificate).payload
        if isinstance(claimed, dict) and PublicKey.from_text(str(claimed.get("key"))).kid == kid:
            return each.person
    return ""


def _entry(text: str, chain: Chain, n: int, logged: Logged | None) -> Entry:
    """An entry of custody whose signature holds. Raises SignatureError."""
    place = f"custody, entry {n}"
    try:
        claimed = jws.read(text)
        entry = entry_from(claimed.payload)
        own = _member_key(chain, entry.by)
        if entry.certificate is None:
            public, person = own, ""
        else:
            certificate = certificate_of(entry.certificate, own)
            named = (certificate.desk, certificate.member)
            if named != (entry.desk, entry.by):
                raise SignatureError(f"its certificate is for {'/'.join(named)}")
            if not moment(certificate.since) <= moment(entry.at) < moment(certificate.until):
                raise SignatureError(f"its certificate does not count at {entry.at}")
            public, person = PublicKey.from_text(certificate.key), certificate.person
        jws.verify(text, CUSTODY, public)
        if person != entry.person:
            raise SignatureError(f"says that {entry.person or entry.by} signed it: not so")
        _alive(chain, claimed.kid, logged, "it")
    except SignatureError as error:
        raise SignatureError(f"{place}: {error}") from None
    return entry


def _member_key(chain: Chain, member: str) -> PublicKey:
    """A member's own key, by the newest version that names it."""
    for version in reversed(chain.versions):
        for each in version.members:
            if each.id == member:
                return PublicKey.from_text(each.key)
    raise SignatureError(f"the directory names no member {member}")


def _alive(chain: Chain, kid: str, logged: Logged | None, what: str) -> None:
    """Raise where a key was revoked, and no log proves that the signature was there before."""
    for each in chain.newest.revoked:
        if each.kid == kid and (logged is None or moment(logged.at) >= moment(each.at)):
            raise SignatureError(
                f"{what} is signed with a key that was revoked at {each.at}, and no log that is "
                "known here proves that it was signed before"
            )


def _files(archive: Archive, said: Evidence) -> None:
    listed = {each.path: each for each in said.files}
    for name in sorted(archive.names):
        if layout.is_signed_for(name) and name not in listed:
            raise SignatureError(f"{name} was added: the evidence does not list it")
    for each in said.files:
        if not layout.is_signed_for(each.path):
            raise SignatureError(f"{each.path} cannot stand in the list")
        if each.path not in archive.names:
            raise SignatureError(f"{each.path} is missing")
        if (archive.size(each.path), archive.sha256(each.path)) != (each.size, each.sha256):
            raise SignatureError(f"{each.path} was changed")
