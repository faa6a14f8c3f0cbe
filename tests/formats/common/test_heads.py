"""Heads of the files of private matching: each is read as it was written, and strictly."""

import pytest
from tests.formats.signed.tiny import key

from stanch.errors import SignatureError
from stanch.formats.common import envelope
from stanch.formats.common.heads import (
    TYPES,
    Answer,
    Claim,
    Counts,
    Head,
    Held,
    Plan,
    Request,
    Step,
    Unmixed,
    document,
    parsed,
)
from stanch.formats.signed import jws

HEAD = Head("desk", "run-1", "kr", "jp", "2026-11-26T12:00:00Z")
DIGEST = "sha256:" + "0" * 64
HELD = Held("ser-1", 1, 10, DIGEST)
HEADS = [
    Request(HEAD, HELD, "both"),
    Answer(HEAD, HELD, DIGEST),
    Claim(HEAD, DIGEST, DIGEST, 0),
    Plan(HEAD, ("kr", "jp", "us"), 2, b"\x05" * 32),
    Step(HEAD, "a.b.c", 1, DIGEST, (HELD,), (b"\x06" * 32,)),
    Counts(HEAD, DIGEST, "jp"),
    Unmixed(HEAD, DIGEST),
]


@pytest.mark.parametrize("said", HEADS, ids=lambda said: type(said).__name__)
def test_a_head_is_read_as_it_was_written(said):
    typ = TYPES[type(said)]
    assert parsed(typ, {**document(said), "body": None}) == said
    found = envelope.read(envelope.write(key("kr"), typ, document(said), b"points"))
    assert (found.typ, found.body) == (typ, b"points")


@pytest.mark.parametrize("said", HEADS, ids=lambda said: type(said).__name__)
def test_every_field_is_asked_for_and_none_is_added(said):
    typ, whole = TYPES[type(said)], {**document(said), "body": None}
    for name in whole:
        with pytest.raises(SignatureError, match=f"lacks {name}"):
            parsed(typ, {each: value for each, value in whole.items() if each != name})
        if name != "body":
            with pytest.raises(SignatureError):
                parsed(typ, {**whole, name: object()})
    with pytest.raises(SignatureError, match="not known"):
        parsed(typ, {**whole, "more": 1})


@pytest.mark.parametrize(
    "wrong",
    [
        Request(HEAD, HELD, "nobody"),
        Request(HEAD, Held("ser 1", 1, 10, DIGEST), "both"),
        Request(HEAD, Held("ser-1", 0, 10, DIGEST), "both"),
        Request(HEAD, Held("ser-1", 1, 1 << 40, DIGEST), "both"),
        Request(Head("desk", "run-1", "kr", "jp", "now"), HELD, "both"),
        Plan(HEAD, ("kr", "kr", "us"), 2, b"\x05" * 32),
        Plan(HEAD, ("kr", "jp", "us"), 2, b"\x05" * 31),
        Step(HEAD, "a.b.c", 1, DIGEST, (HELD,), (b"\x06" * 31,)),
        Step(HEAD, "a.b.c", 1, DIGEST, (HELD,), ()),
        Claim(HEAD, "0", DIGEST, 0),
        Claim(HEAD, DIGEST, DIGEST, -1),
    ],
)
def test_what_could_not_be_read_is_not_written(wrong):
    with pytest.raises(SignatureError):
        document(wrong)


@pytest.mark.parametrize(
    "body", [None, {}, {"sha256": DIGEST, "size": 1}, {"sha256": DIGEST, "size": 6}, "x"]
)
def test_a_body_that_its_head_does_not_vouch_for_is_refused(body):
    text = jws.sign(key("kr"), TYPES[Unmixed], {**document(HEADS[-1]), "body": body})
    with pytest.raises(SignatureError):
        envelope.read(envelope.MAGIC + text.encode() + b"\npoints")
