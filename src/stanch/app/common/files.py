"""Files that come from other members and go to them: checked before anything is believed."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from stanch.app.common.place import Place, happened
from stanch.app.csv_file import whole_file
from stanch.app.signing.key_files import KeyFile, opened
from stanch.errors import InputError, RefusedError, SignatureError, StanchError, UsageError
from stanch.formats.common import envelope
from stanch.formats.common.heads import TYPES, AnyHead, Head, document, parsed
from stanch.formats.signed import jws
from stanch.formats.signed.fields import moment
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.signer import signer
from stanch.sharing.common import rules
from stanch.store.journal import About, Draft

Said = TypeVar("Said", bound=AnyHead)


@dataclass(frozen=True, slots=True)
class Received(Generic[Said]):
    """A file whose signature holds: what it says, its bytes, its name in others, its length."""

    said: Said
    body: bytes
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Signing:
    """A file that is to be written, and the key to sign it with."""

    key: KeyFile
    out: Path


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was written."""

    file: Path
    digest: str
    size: int


def signing_key(place: Place, key: KeyFile) -> PrivateKey:
    """The key to sign with. Raises UsageError where it does not speak for this home's member,
    and as `opened`.
    """
    found = opened(key)
    try:
        member, _ = signer(place.party.directory, found.kid, place.clock())
    except SignatureError as error:
        raise UsageError(f"{key.file}: {error}") from None
    if member != place.party.member:
        raise UsageError(f"{key.file}: is a key of {member}, and this home is {place.party.member}")
    return found


def received(place: Place, file: Path, kind: type[Said], *, mine: bool = True) -> Received[Said]:
    """A file of one kind, signed by the member that it says it is from, for this home's member.

    `mine=False` takes one for anybody. Raises UsageError, InputError where it is another kind or
    damaged, SignatureError where the signature does not hold, RefusedError for one that is not for
    this member, or too old.
    """
    got = any_file(place, file)
    if not isinstance(got.said, kind):
        raise InputError(file.name, f"is {words(type(got.said))}, not {words(kind)}")
    if mine and got.said.head.to != place.party.member:
        raise RefusedError(f"{file}: is for {got.said.head.to}, and this is {place.party.member}")
    return Received(got.said, got.body, got.digest, got.size)


def any_file(place: Place, file: Path) -> Received[AnyHead]:
    """A file of any kind whose signature holds and whose time is not over. Raises as `received`."""
    data = contents(file)
    try:
        found = envelope.read(data)
        said = signed_head(place, found.text, found.typ)
    except SignatureError as error:
        raise SignatureError(f"{file}: {error}") from None
    rules.fresh(moment(said.head.at), moment(place.clock()))
    return Received(said, found.body, found.digest, len(data))


def opened_file(file: Path) -> envelope.Envelope:
    """A file whose body is what its head says; who signed it is another question.

    Raises UsageError, SignatureError.
    """
    try:
        return envelope.read(contents(file))
    except SignatureError as error:
        raise SignatureError(f"{file}: {error}") from None


def words(kind: type) -> str:
    """What a kind of file is called."""
    name = kind.__name__.lower()
    return {"answer": "an answer", "unmixed": "an unmixed count"}.get(name, f"a {name}")


def contents(file: Path) -> bytes:
    """A file's bytes. Raises UsageError."""
    try:
        if file.stat().st_size > envelope.MOST:
            raise InputError(file.name, f"is longer than {envelope.MOST:,} bytes")
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from None


def head(place: Place, run: str, to: str) -> Head:
    """The head of a file of this home's member, dated now."""
    return Head(place.party.directory.desk, run, place.party.member, to, place.clock())


def partner(place: Place, member: str) -> str:
    """A member that can be written to. Raises UsageError."""
    there = {each.id for each in place.party.directory.members} - {place.party.member}
    if member not in there:
        raise UsageError(f"there is no other member {member}; there are {', '.join(sorted(there))}")
    return member


def new_file(out: Path) -> Path:
    """A file that is to be written. Raises UsageError where something stands there."""
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out}: stands there already; name another")
    return out


def packed(key: PrivateKey, said: AnyHead, body: bytes) -> tuple[bytes, str]:
    """The bytes of a file, and its digest."""
    data = envelope.write(key, TYPES[type(said)], document(said), body)
    return data, f"sha256:{hashlib.sha256(data).hexdigest()}"


def send(
    place: Place, out: Path, made: tuple[bytes, str], note: Callable[[About], Sequence[Draft]]
) -> Sent:
    """Write a file and note it: what was noted is never sent twice, even if this is cut off here.

    `note` may refuse by an exception; then nothing is written. Raises UsageError, OutputError.
    """
    data, digest = made
    with whole_file(new_file(out)) as draft, place.log() as log:
        draft.chmod(0o600)
        draft.write_bytes(data)
        log.add(note)
    return Sent(out, digest, len(data))


def not_yet(place: Place, kind: str, run: str) -> None:
    """Raise RefusedError where something of a run was noted before."""
    with place.log() as log:
        if any(each.draft.kind == kind for each in log.about(run)):
            raise RefusedError(f"{run} was {kind} before")


def once(
    kind: str, run: str, place: Place, note: dict[str, Any], step: int = 0
) -> Callable[[About], list[Draft]]:
    """Note something of a run, or of a step of it, unless it was noted: then RefusedError."""

    def write(about: About) -> list[Draft]:
        for each in about(run):
            if each.draft.kind == kind and json.loads(each.draft.body).get("step", 0) == step:
                raise RefusedError(f"{run} was {kind} before")
        return [happened(kind, run, place.clock(), note)]

    return write


@contextmanager
def refusals_noted(place: Place, file: Path) -> Iterator[None]:
    """Whatever is refused of a file is noted too: who probes leaves a trace at both ends."""
    try:
        yield
    except (RefusedError, SignatureError) as error:
        said = {"file": file.name, "reason": str(error)}
        try:
            said["sha256"] = hashlib.sha256(contents(file)).hexdigest()
            with place.log() as log:
                log.add(lambda _about: [happened("refused", file.name, place.clock(), said)])
        except StanchError:
            pass  # what was refused counts more than that it could not be noted
        raise


def signed_head(place: Place, text: str, typ: str) -> AnyHead:
    """The head in a JWS, once its sender's signature is proved. Raises SignatureError."""
    claimed = jws.read(text)
    said, directory = parsed(claimed.typ, claimed.payload), place.party.directory
    if said.head.desk != directory.desk:
        raise SignatureError(f"is of desk {said.head.desk}, not of {directory.desk}")
    member, public = signer(directory, claimed.kid, said.head.at)
    if member != said.head.sender:
        raise SignatureError(f"says that it is from {said.head.sender}, and is signed by {member}")
    jws.verify(text, typ, public)
    return said
