"""What the heads of the files say, one class for each kind of file.

Two parties: `Request` (points of who asks), `Answer` (the same points under the holder's key, then
the holder's tags), `Claim` (what both have, where both are to learn). A ring: `Plan`, `Step`,
`Counts` (bits for one member), `Unmixed` (the teller's own bits in its order).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed import base64url
from stanch.formats.signed.fields import Fields

REQUEST: Final = "stanch-common-request@1"
ANSWER: Final = "stanch-common-answer@1"
CLAIM: Final = "stanch-common-claim@1"
PLAN: Final = "stanch-common-plan@1"
STEP: Final = "stanch-common-step@1"
COUNTS: Final = "stanch-common-counts@1"
UNMIXED: Final = "stanch-common-unmixed@1"

MOST_ITEMS: Final = 1 << 25
MOST_MEMBERS: Final = 100
LEARNS: Final = ("asker", "both")

_HELD: Final = ("series", "version", "size", "commitment")
_HEAD: Final = ("desk", "run", "from", "to", "at", "body")


@dataclass(frozen=True, slots=True)
class Head:
    """Of which desk and run a file is, from whom, to whom, and when it was signed."""

    desk: str
    run: str
    sender: str
    to: str
    at: str


@dataclass(frozen=True, slots=True)
class Held:
    """A set that somebody commits to: by which series and version of its own, how large, and a
    hash over a secret number and the items, which can be opened later to whoever is to judge.
    """

    series: str
    version: int
    size: int
    commitment: str


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks. `learns` is who is to learn: the asker, or both."""

    head: Head
    held: Held
    learns: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The holder answers the file with the digest `request`."""

    head: Head
    held: Held
    request: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asked tells the holder of `count` items that both have."""

    head: Head
    request: str
    answer: str
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A ring: who takes part, in which order, from how many holders on an indicator is told.

    `key` is the teller's public key (X25519) for this ring alone.
    """

    head: Head
    members: tuple[str, ...]
    k: int
    key: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """A ring's file after a step. `sets` are those that are in it, in the order of the plan, and
    `keys` their members' public keys (X25519) for this ring alone.
    """

    head: Head
    plan: str
    step: int
    previous: str
    sets: tuple[Held, ...]
    keys: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The teller's bits for the set of `member`; `step` is the last step's digest."""

    head: Head
    step: str
    member: str


@dataclass(frozen=True, slots=True)
class Unmixed:
    """The bits of the teller's set, in its own order; `counts` is the file they come from."""

    head: Head
    counts: str


AnyHead = Request | Answer | Claim | Plan | Step | Counts | Unmixed


def document(said: AnyHead) -> dict[str, object]:
    """A head as JSON, without its `body`. Raises SignatureError where `read` would refuse it."""
    made: dict[str, object] = {**_head_document(said.head), **_own(said)}
    checked = parsed(TYPES[type(said)], {**made, "body": None})
    if checked != said:
        raise SignatureError("the file's head holds what its document cannot say")
    return made


def parsed(typ: str, payload: object) -> AnyHead:
    """The head in a payload. Raises SignatureError."""
    read = _READERS.get(typ)
    if read is None:
        raise SignatureError(f"is a file of kind {typ}, which this program does not know")
    return read(payload)


def _own(said: AnyHead) -> dict[str, object]:
    match said:
        case Request():
            return {"held": _held_document(said.held), "learns": said.learns}
        case Answer():
            return {"held": _held_document(said.held), "request": said.request}
        case Claim():
            return {"request": said.request, "answer": said.answer, "count": said.count}
        case Plan():
            key = base64url.encode(said.key)
            return {"members": list(said.members), "k": said.k, "key": key}
        case Step():
            sets = [_held_document(each) for each in said.sets]
            return {
                "plan": said.plan,
                "step": said.step,
                "previous": said.previous,
                "sets": sets,
                "keys": [base64url.encode(each) for each in said.keys],
            }
        case Counts():
            return {"step": said.step, "member": said.member}
        case Unmixed():
            return {"counts": said.counts}


def _head_document(head: Head) -> dict[str, object]:
    return {
        "desk": head.desk,
        "run": head.run,
        "from": head.sender,
        "to": head.to,
        "at": head.at,
    }


def _held_document(held: Held) -> dict[str, object]:
    return {
        "series": held.series,
        "version": held.version,
        "size": held.size,
        "commitment": held.commitment,
    }


def _fields(payload: object, what: str, *own: str) -> tuple[Fields, Head]:
    fields = Fields(payload, what, *_HEAD, *own)
    desk, run, sender, to = (fields.id(each) for each in ("desk", "run", "from", "to"))
    return fields, Head(desk, run, sender, to, fields.time("at"))


def _held(value: object) -> Held:
    fields = Fields(value, "set", *_HELD)
    return Held(
        series=fields.id("series"),
        version=fields.number("version", 1, 1_000_000),
        size=fields.number("size", 1, MOST_ITEMS),
        commitment=fields.digest("commitment"),
    )


def _request(payload: object) -> Request:
    fields, head = _fields(payload, "request", "held", "learns")
    learns = fields.text("learns")
    if learns not in LEARNS:
        raise fields.fail("learns", f"is none of {', '.join(LEARNS)}")
    return Request(head, _held(fields.raw("held")), learns)


def _answer(payload: object) -> Answer:
    fields, head = _fields(payload, "answer", "held", "request")
    return Answer(head, _held(fields.raw("held")), fields.digest("request"))


def _claim(payload: object) -> Claim:
    fields, head = _fields(payload, "claim", "request", "answer", "count")
    count = fields.number("count", 0, MOST_ITEMS)
    return Claim(head, fields.digest("request"), fields.digest("answer"), count)


def _plan(payload: object) -> Plan:
    fields, head = _fields(payload, "plan", "members", "k", "key")
    key = base64url.decode(fields.text("key", 43, 43))
    members = fields.ids("members", MOST_MEMBERS)
    return Plan(head, members, fields.number("k", 1, MOST_MEMBERS), key)


def _step(payload: object) -> Step:
    fields, head = _fields(payload, "step", "plan", "step", "previous", "sets", "keys")
    plan = fields.raw("plan")
    if not isinstance(plan, str):
        raise fields.fail("plan", "is no text")
    keys = tuple(map(base64url.decode, fields.texts("keys", MOST_MEMBERS)))
    if {len(each) for each in keys} - {32} or len(keys) != len(fields.parts("sets", MOST_MEMBERS)):
        raise fields.fail("keys", "are not one of 32 bytes for each set")
    return Step(
        head=head,
        plan=plan,
        step=fields.number("step", 1, 2 * MOST_MEMBERS),
        previous=fields.digest("previous"),
        sets=tuple(map(_held, fields.parts("sets", MOST_MEMBERS))),
        keys=keys,
    )


def _counts(payload: object) -> Counts:
    fields, head = _fields(payload, "counts", "step", "member")
    return Counts(head, fields.digest("step"), fields.id("member"))


def _unmixed(payload: object) -> Unmixed:
    fields, head = _fields(payload, "unmixed", "counts")
    return Unmixed(head, fields.digest("counts"))


TYPES: Final[dict[type, str]] = {
    Request: REQUEST,
    Answer: ANSWER,
    Claim: CLAIM,
    Plan: PLAN,
    Step: STEP,
    Counts: COUNTS,
    Unmixed: UNMIXED,
}
_READERS: Final[dict[str, Callable[[object], AnyHead]]] = {
    REQUEST: _request,
    ANSWER: _answer,
    CLAIM: _claim,
    PLAN: _plan,
    STEP: _step,
    COUNTS: _counts,
    UNMIXED: _unmixed,
}
