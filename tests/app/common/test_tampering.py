"""A file of a run that was changed anywhere, or is of somebody else, is refused and noted."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from stanch.app.common import counts, match, records, rings
from stanch.errors import InputError, RefusedError, SignatureError, StanchError, UsageError
from stanch.formats.common import envelope
from stanch.formats.common.heads import TYPES, document, parsed
from stanch.formats.signed import jws
from stanch.sharing.common import group, ring, tags
from tests.app.common.parties import Parties, people, silent
from tests.formats.signed.tiny import key

RING = ("kr", "jp", "us")


class Files:
    """A run of two and a ring up to each of its files, and how each would be taken in next."""

    def __init__(self, folder: Path) -> None:
        self.parties = parties = Parties(folder)
        for member, first in (("kr", 0), ("jp", 3), ("us", 4)):
            parties.prepare(member, people(*range(first, first + 6)))
        self.made: dict[str, Path] = {}
        self.made["request"] = parties.invite("kr", "jp")
        self.made["answer"] = parties.answer("jp", self.made["request"])
        _, claim = parties.finish("kr", self.made["answer"])
        assert claim is not None
        self.made["claim"] = claim
        self.made["plan"] = parties.plan("kr", RING, 2)
        self.made["step"] = parties.hand_on("kr", self.made["plan"], "all")
        last = self.made["step"]
        for member, name in (("jp", "all"), ("us", "all"), ("kr", None)):
            last = parties.hand_on(member, last, name)
        self.made["late"] = last
        self.made["last"] = parties.hand_on("jp", last)
        done = parties.counted("kr", self.made["last"])
        self.made["counts"] = done.folder / "jp.bin"
        self.made["mixed"] = done.folder / "kr.bin"
        self.made["unmixed"] = parties.unmixed("us", self.made["mixed"])

    def take(self, kind: str, file: Path) -> object:
        """Take a file in as its receiver would. Raises what that raises."""
        parties, out = self.parties, self.parties.new("taken")
        reading: dict[str, Callable[[], object]] = {
            "request": lambda: match.answer(
                parties.place("jp"), file, "all", parties.signing("jp", "a"), silent
            ),
            "answer": lambda: match.finish(
                parties.place("kr"), file, out, parties.signing("kr", "c"), silent
            ),
            "claim": lambda: match.confirm(parties.place("jp"), file, out),
            "plan": lambda: rings.hand_on(
                parties.place("kr"), file, "all", parties.signing("kr", "s"), silent
            ),
            "step": lambda: rings.hand_on(
                parties.place("jp"), file, "all", parties.signing("jp", "s"), silent
            ),
            "late": lambda: rings.hand_on(
                parties.place("jp"), file, None, parties.signing("jp", "s"), silent
            ),
            "last": lambda: counts.count(parties.place("kr"), file, parties.signing("kr", "n")),
            "counts": lambda: counts.told(parties.place("jp"), file, out),
            "mixed": lambda: counts.unmix(parties.place("us"), file, parties.signing("us", "u")),
            "unmixed": lambda: counts.told(parties.place("kr"), file, out),
        }
        return reading[kind]()


KINDS = (
    *("request", "answer", "claim", "plan", "step", "late", "last", "counts", "mixed", "unmixed"),
)
RECEIVERS = dict(
    zip(KINDS, ("jp", "kr", "jp", "kr", "jp", "jp", "kr", "jp", "us", "kr"), strict=True)
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return Files(tmp_path_factory.mktemp("files"))


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def changes(data: bytes) -> dict[str, bytes]:
    """One change of each class of bytes that a file has."""
    start = len(envelope.MAGIC)
    end = data.index(b"\n", start)
    header, payload, _ = data[start:end].split(b".")
    found = {
        "the magic": flipped(data, 3),
        "the signed header": flipped(data, start + 5),
        "the dot behind it": flipped(data, start + len(header)),
        "the signed payload": flipped(data, start + len(header) + 1 + len(payload) // 2),
        "the signature's r": flipped(data, end - 80),
        "the signature's s": flipped(data, end - 20),
        "the line's end": flipped(data, end),
        "one byte less": data[:-1],
        "one byte more": data + b"\n",
        "the head alone": data[: end + 1],
        "cut in the head": data[: end - 10],
        "a line's end doubled": data[: end + 1] + b"\n" + data[end + 1 :],
        "a line's end of Windows": data.replace(b"\n", b"\r\n", 2),
        "no byte at all": b"",
        "other bytes": b"PK\3\4" * 50,
    }
    if len(data) > end + 1:
        found["the body's first byte"] = flipped(data, end + 1)
        found["the body's middle"] = flipped(data, (end + len(data)) // 2)
        found["the body's last byte"] = flipped(data, len(data) - 1)
    return {name: wrong for name, wrong in found.items() if wrong != data}


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_anywhere_is_refused_with_one_line_and_noted(files, kind):
    data = files.made[kind].read_bytes()
    for name, wrong in changes(data).items():
        file = files.parties.new("wrong.bin")
        file.write_bytes(wrong)
        with pytest.raises(SignatureError) as raised:
            files.take(kind, file)
        assert "\n" not in str(raised.value), name
        assert str(file) in str(raised.value), name
        found, faults = records.history(files.parties.place(RECEIVERS[kind]))
        assert (found[-1]["kind"], found[-1]["file"], faults) == ("refused", file.name, []), name


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_counts_once(files, kind):
    """Each was taken in while the run was made, or is so here, and no second time."""
    if kind in ("claim", "counts", "unmixed"):
        files.take(kind, files.made[kind])
    with pytest.raises(RefusedError, match="before"):
        files.take(kind, files.made[kind])


def resigned(file: Path, by: str, **changed: object) -> bytes:
    """The same file with another head, signed by somebody's key."""
    found = envelope.read(file.read_bytes())
    said = parsed(found.typ, jws.read(found.text).payload)
    said = replace(said, head=replace(said.head, **changed))
    return envelope.write(key(by), TYPES[type(said)], document(said), found.body)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("by", "changed", "error"),
    [
        ("ex", {}, "says that it is from"),  # another member's key
        ("stranger", {}, "is no approver's"),  # nobody's key
        ("", {"desk": "other"}, "of desk other"),
        ("", {"to": "ex"}, "is for ex"),
        ("", {"at": "2026-11-27T12:00:01Z"}, "still to come"),
        ("", {"at": "2026-10-27T11:00:00Z"}, "counted 30 days"),
    ],
)
def test_a_file_of_another_hand_place_or_time_is_refused(files, kind, by, changed, error):
    sender = envelope_sender(files.made[kind])
    file = files.parties.new("resigned.bin")
    file.write_bytes(resigned(files.made[kind], by or sender, **changed))
    with pytest.raises((SignatureError, RefusedError), match=error):
        files.take(kind, file)


def envelope_sender(file: Path) -> str:
    payload = jws.read(envelope.read(file.read_bytes()).text).payload
    assert isinstance(payload, dict)
    return str(payload["from"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_not_taken_for_it(files, kind):
    for other in set(KINDS) - {kind}:
        with pytest.raises(StanchError) as raised:
            files.take(kind, files.made[other])
        laps = {"step", "late"} == {kind, other}  # the one kind of file at two times
        refused = UsageError if laps else (InputError, RefusedError, SignatureError)
        assert isinstance(raised.value, refused), other


def test_a_signed_head_with_other_words_is_refused(files):
    file = files.made["request"]
    found = envelope.read(file.read_bytes())
    payload = jws.read(found.text).payload
    assert isinstance(payload, dict)
    for wrong in (
        {**payload, "more": 1},
        {name: value for name, value in payload.items() if name != "learns"},
        {**payload, "learns": "nobody"},
        {**payload, "held": {**payload["held"], "size": 0}},
        {**payload, "held": {**payload["held"], "commitment": "sha256:0"}},
        {**payload, "run": "run 1"},
        {**payload, "at": "yesterday"},
    ):
        bad = files.parties.new("bad.bin")
        wrong.pop("body")
        bad.write_bytes(envelope.write(key("kr"), found.typ, wrong, found.body))
        with pytest.raises(SignatureError):
            files.take("request", bad)
    unknown = files.parties.new("unknown.bin")
    payload.pop("body")
    unknown.write_bytes(envelope.write(key("kr"), "stanch-order@1", payload, found.body))
    with pytest.raises(SignatureError, match="kind stanch-order@1"):
        files.take("request", unknown)


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_holds_an_indicator_a_bare_point_or_another_sets_tag(files, kind):
    """What is in a file is under somebody's key: nobody can compute it from an indicator alone."""
    data = files.made[kind].read_bytes()
    for number in range(12):
        item = f"email:mule{number}@mail.example"
        point = group.hashed(item)
        for part in (f"mule{number}@", item, point, point[1:], tags.tag(point, item),
                     ring.ring_tags(point)):  # fmt: skip
            assert (part.encode() if isinstance(part, str) else part) not in data
