"""Snapshots: what is found in one, and every way in which one is refused."""

import mmap
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import InvariantError, RefusedError, SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.snapshot import TYP, Header, Issue, Opening, Snapshot, accept, screen, write
from stanch.formats.snapshot.write import padded
from stanch.model.watched import Finding, Kind, Watched
from stanch.screening.identifiers.wallet import normalize
from stanch.screening.watch import Audiences, Watch

THIEF = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
OTHER = f"0x{'1' * 40}"
ORDERED = Finding(Kind.ORDER, "order-1", "eip155:1", 0, "eip155:1/slip44:60", "9")
LISTED = Finding(Kind.LISTING, "ofac:1")
ROWS = [(THIEF, ORDERED), (THIEF, LISTED), (OTHER, LISTED)]
DESK, STRANGER = PrivateKey.from_seed(b"d" * 32), PrivateKey.from_seed(b"s" * 32)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SECRET = b"k" * 32
ISSUE = Issue("desk", "north", 7, 6, NOON, f"sha256:{'0' * 64}", b"s" * 32, SECRET)
OPENING = Opening("desk", "north", DESK.public, 7, NOON, SECRET)
FILE = write(ROWS, ISSUE, DESK)


def test_addresses_are_found_as_they_are_typed():
    asked = [THIEF, f"eip155:1:{THIEF.upper().replace('X', 'x')}", f"eip155:56:{THIEF}", OTHER]
    found = screen(Snapshot.open(FILE, OPENING), [*asked, f"0x{'2' * 40}", "hello"], normalize)
    assert found == [(LISTED, ORDERED), (LISTED, ORDERED), (LISTED,), (LISTED,), (), None]


def test_a_mapped_file_answers_as_one_that_was_read(tmp_path):
    (tmp_path / "file").write_bytes(FILE)
    with (tmp_path / "file").open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    snapshot = Snapshot.open(memoryview(mapped), OPENING)
    assert screen(snapshot, [OTHER], normalize) == [(LISTED,)]


def test_an_empty_one_finds_nothing():
    assert screen(Snapshot.open(write([], ISSUE, DESK), OPENING), [THIEF], normalize) == [()]


def test_the_same_rows_in_another_order_are_the_same_bytes():
    assert write(ROWS[::-1], ISSUE, DESK) == FILE


def test_no_address_stands_in_it_and_another_salt_hides_what_stayed():
    again = write(ROWS, replace(ISSUE, salt=b"t" * 32), DESK)
    body, other = FILE[FILE.index(b"\n") :], again[again.index(b"\n") :]
    assert THIEF[2:].encode() not in FILE
    assert bytes.fromhex(THIEF[2:]) not in FILE
    assert body[1:17] not in other


def test_every_altered_byte_is_refused():
    line = FILE.index(b"\n") + 1
    for place in [*range(0, line, 7), *range(line - 70, line), *range(line, len(FILE))]:
        for turn in (0x01, 0x20, 0x80):
            bad = bytearray(FILE)
            bad[place] ^= turn
            with pytest.raises(SignatureError):
                Snapshot.open(bytes(bad), OPENING)


@pytest.mark.parametrize(
    "bad", [b"", b"\n", FILE[:-1], FILE + b"\0", FILE[1:], b" " + FILE, b"x" * 9999]
)
def test_a_file_that_is_cut_or_longer_is_refused(bad):
    with pytest.raises(SignatureError):
        Snapshot.open(bad, OPENING)


@pytest.mark.parametrize(
    ("opening", "error", "says"),
    [
        (replace(OPENING, recipient="south"), SignatureError, "is for north"),
        (replace(OPENING, desk="other"), SignatureError, "of the desk"),
        (replace(OPENING, key=STRANGER.public), SignatureError, "key"),
        (replace(OPENING, secret=b"x" * 32), SignatureError, "secret"),
        (replace(OPENING, secret=b""), SignatureError, "secret"),
        (replace(OPENING, secret=b"short"), SignatureError, "at least 32"),
        (replace(OPENING, last_number=8), RefusedError, "older than 8"),
        (replace(OPENING, now=NOON + timedelta(hours=24)), RefusedError, "good until"),
        (replace(OPENING, now=NOON - timedelta(minutes=6)), RefusedError, "clock is behind"),
    ],
)
def test_who_should_not_open_it_does_not(opening, error, says):
    with pytest.raises(error, match=says):
        Snapshot.open(FILE, opening)


def test_it_is_good_to_the_last_second_and_may_be_opened_again():
    late = replace(OPENING, now=NOON + timedelta(hours=24, seconds=-1))
    assert Snapshot.open(FILE, late).header.number == 7
    assert accept(Snapshot.open(FILE, late).header, 6, NOON) == 7


def resigned(key: PrivateKey = DESK, typ: str = TYP, **changes: object) -> bytes:
    payload = dict(Snapshot.open(FILE, OPENING).header.payload()) | changes
    return padded(jws.sign(key, typ, payload)) + FILE[FILE.index(b"\n") + 1 :]


@pytest.mark.parametrize(
    "changes",
    [
        {"key": STRANGER},
        {"typ": jws.HEAD},
        {"until": "2026-11-27T12:00:01Z"},
        {"until": "2026-11-26T12:00:00Z"},
        {"previous": 7},
        {"number": 0},
        {"rows": 2},
        {"rows": 4},
        {"rows": 2**31},
        {"details": 1},
        {"details": 3},
        {"salt": "x" * 64},
        {"more": 1},
    ],
)
def test_a_header_that_no_honest_desk_would_sign_is_refused(changes):
    assert Snapshot.open(resigned(), OPENING).header.rows == 3
    with pytest.raises(SignatureError):
        Snapshot.open(resigned(**changes), OPENING)


@pytest.mark.parametrize(
    "issue",
    [
        replace(ISSUE, salt=b"s"),
        replace(ISSUE, secret=b"short"),
        replace(ISSUE, previous=7),
        replace(ISSUE, directory="none"),
        replace(ISSUE, recipient="north pole"),
    ],
)
def test_what_no_reader_would_take_is_not_signed(issue):
    with pytest.raises(SignatureError):
        write(ROWS, issue, DESK)


def test_who_is_merely_tainted_is_in_no_snapshot():
    with pytest.raises(InvariantError):
        write([(THIEF, Finding(Kind.EXPOSURE, "ronin"))], ISSUE, DESK)


def test_secrets_do_not_show_in_errors():
    assert "kkkk" not in repr(ISSUE) + repr(OPENING)


rows = st.builds(
    Watched,
    st.sampled_from([f"{chain}0x{digit * 40}" for chain in ("", "eip155:1:") for digit in "abc"]),
    st.sampled_from(Kind),
    st.sampled_from(["r1", "r2", "기록"]),
    st.sampled_from([1, 2]),
    amount=st.sampled_from(["", "5"]),
)


@given(st.lists(rows, max_size=8), st.sampled_from([b"", SECRET]))
def test_it_finds_what_the_desk_would_find_for_the_same_member(watched, secret):
    watch = Watch.of(watched, Audiences.of({1: "all", 2: frozenset({"south"})}))
    file = write(watch.open_to("north"), replace(ISSUE, secret=secret), DESK)
    snapshot = Snapshot.open(file, replace(OPENING, secret=secret))
    asked = [
        f"{chain}0x{digit * 40}" for chain in ("", "eip155:1:", "eip155:5:") for digit in "abcd"
    ]
    assert screen(snapshot, asked, normalize) == watch.look_up(asked, "north")
    assert Header.of(snapshot.header.payload()) == snapshot.header
