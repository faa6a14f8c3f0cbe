"""Orders that a desk sends: each way to forge one, by whoever runs the server."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stanch.client.orders import Proved
from stanch.client.orders import prove as prove_at
from stanch.client.state import State
from stanch.client.trust import Pin, remembered, walked
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.bundle import read_bundle, statement_digest, write_bundle
from stanch.formats.signed.directory import directory_hash
from stanch.model.desk.directory import Revoked, Version
from stanch.model.desk.orders import Said, Target
from tests.client.bundles import MINE, STRANGER, Log, log_of, made
from tests.formats.signed.tiny import (
    ACCOUNT,
    FIRST,
    ORDER,
    PIN,
    SECOND,
    approver,
    bundle,
    following,
    key,
    say,
    signed,
)

AT = datetime(2026, 11, 27, tzinfo=UTC)
BOTH = (say(Said.PROPOSE, "kr1"), say(Said.CONCUR, "jp1"))
KNOWN = State(desk="desk", member="ex")


def prove(data: bytes, pin: Pin, known: State, expected: str | None = None) -> Proved:
    return prove_at(data, pin, known, AT, expected)


def edited(data: bytes, **changed) -> bytes:
    return write_bundle(replace(read_bundle(data), **changed))


def test_an_order_that_two_members_signed():
    found = prove(made(*BOTH), MINE, KNOWN, "order_1")
    assert found.held() == (ACCOUNT, SECOND)
    assert found.head is not None
    assert found.head.size == 3


def test_what_it_holds_at_other_times():
    found = prove(made(*BOTH), MINE, KNOWN)
    assert found.held(datetime(2026, 12, 25, tzinfo=UTC)) == (ACCOUNT, SECOND)
    assert found.held(datetime(2026, 12, 26, tzinfo=UTC)) == ()


def test_one_hand_holds_nothing():
    assert prove(made(BOTH[0]), MINE, KNOWN).held() == ()


def test_without_a_log_it_can_be_proved_all_the_same():
    found = prove(write_bundle(bundle(*BOTH)), MINE, State())
    assert (found.held(), found.head) == ((ACCOUNT, SECOND), None)


def test_another_order_than_the_one_that_was_asked_for():
    with pytest.raises(SignatureError, match="instead of order_2"):
        prove(made(*BOTH), MINE, KNOWN, "order_2")


@pytest.mark.parametrize(
    "order",
    [
        replace(ORDER, targets=(*ORDER.targets, Target("eip155:1:0x" + "c3" * 20))),
        replace(ORDER, expires="2027-11-01T00:00:00Z"),
        replace(ORDER, desk="other"),
        replace(ORDER, version=2),
    ],
)
def test_an_order_that_the_server_altered(order):
    with pytest.raises(SignatureError):
        prove(made(*BOTH, order=order), MINE, KNOWN)


def test_a_signature_that_is_none():
    forged = BOTH[1].rpartition(".")[0] + "." + BOTH[0].rpartition(".")[2]
    with pytest.raises(SignatureError):
        prove(made(BOTH[0], forged), MINE, KNOWN)


def test_a_server_that_signs_in_its_own_name():
    own = replace(
        FIRST,
        members=tuple(
            replace(each, key=key(f"own {each.id}").public.text) for each in FIRST.members
        ),
        approvers=tuple(approver(each, by=f"own {each[:2]}") for each in ("kr1", "jp1")),
    )
    order = replace(ORDER, directory=directory_hash(own))
    both = (say(Said.PROPOSE, "kr1", order), say(Said.CONCUR, "jp1", order))
    data = edited(made(*both, order=order), directories=(Version(own),))
    assert prove(data, replace(MINE, directory=directory_hash(own)), State()).held() != ()
    with pytest.raises(SignatureError, match="pinned"):
        prove(data, MINE, KNOWN)


def test_an_approver_whom_an_administrator_added():
    added = following(approvers=(*FIRST.approvers, approver("jp3", by="kr")))
    later = Version(added, signed(added, "kr").signatures)
    with pytest.raises(SignatureError):
        prove(made(*BOTH, later=(later,)), MINE, KNOWN)


REVOKED = following(
    approvers=tuple(each for each in FIRST.approvers if each.person != "jp1"),
    revoked=(Revoked(key("jp1").kid, "2026-11-27T00:00:00Z", "stolen"),),
    created="2026-11-27T00:00:00Z",
)
AFTER = State("desk", "ex", version=2, directory=directory_hash(REVOKED))


def test_a_directory_that_was_seen_is_not_taken_back():
    """Else a server could keep a revocation from an exchange, and let a stolen key sign."""
    with pytest.raises(SignatureError, match="rolled back"):
        prove(made(*BOTH), MINE, AFTER)
    other = signed(replace(REVOKED, created="2026-11-28T00:00:00Z"))
    with pytest.raises(SignatureError, match="not the one seen"):
        prove(made(*BOTH, later=(other,)), MINE, AFTER)


def test_a_stolen_key_counts_where_the_log_had_it_before_the_theft():
    data = made(*BOTH, later=(signed(REVOKED),))
    assert prove(data, MINE, AFTER).held() == (ACCOUNT, SECOND)
    late = log_of(*BOTH, at="2026-11-27T10:00:00Z")
    found = prove(made(*BOTH, later=(signed(REVOKED),), log=late), MINE, AFTER)
    assert found.held() == ()
    assert [each.person for each in found.what.unproven] == ["jp1"]


def test_a_stolen_key_does_not_count_without_a_proof():
    data = edited(made(*BOTH, later=(signed(REVOKED),)), proof=None)
    assert prove(data, MINE, AFTER).held() == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda proof: [{**proof[0], "row": {**proof[0]["row"], "at": "2026-01-01T00:00:00Z"}}],
        lambda proof: [{**proof[0], "row": {**proof[0]["row"], "n": 3}}],
        lambda proof: [{**proof[0], "row": {**proof[0]["row"], "n": True}}],
        lambda proof: [{**proof[0], "path": proof[0]["path"][:-1]}],
        lambda proof: [{**proof[0], "path": [*proof[0]["path"], "sha256:" + "0" * 64]}],
        lambda proof: [{**proof[0], "path": "none"}],
        lambda proof: [{"row": proof[0]["row"]}],
        lambda proof: {"row": 1},
        lambda proof: [None],
    ],
)
def test_a_false_proof_is_worse_than_none(spoil):
    data = made(*BOTH)
    proof = read_bundle(data).proof
    with pytest.raises(SignatureError):
        prove(edited(data, proof=spoil(proof)), MINE, KNOWN)


def test_an_entry_that_took_no_statement_proves_none():
    log = Log()
    log.take(statement_digest(BOTH[0]), "2026-01-01T00:00:00Z", "case.opened")
    with pytest.raises(SignatureError, match="took no statement"):
        prove(made(*BOTH, log=log), MINE, KNOWN)


def test_a_proof_without_a_head():
    with pytest.raises(SignatureError, match="no head"):
        prove(edited(made(*BOTH), head=None), MINE, KNOWN)


@pytest.mark.parametrize(
    "head", [log_of(*BOTH).head(STRANGER), log_of(*BOTH).head(desk="other"), "head"]
)
def test_a_head_of_somebody_else(head):
    with pytest.raises(SignatureError):
        prove(edited(made(*BOTH), head=head), MINE, KNOWN)


def test_a_log_that_is_told_in_two_ways():
    other = log_of(*BOTH, at="2026-11-26T13:00:00Z")
    known = replace(KNOWN, head=other.head())
    with pytest.raises(SignatureError, match="two logs"):
        prove(made(*BOTH), MINE, known)
    assert prove(made(*BOTH), MINE, replace(KNOWN, head=log_of(*BOTH).head())).held()


def test_an_order_of_another_desk_than_before():
    with pytest.raises(SignatureError, match="of desk desk, not of elsewhere"):
        prove(made(*BOTH), MINE, State("elsewhere", "ex"))


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, made(*BOTH) + b" ", made(*BOTH)[:-1]])
def test_what_is_no_bundle(data):
    with pytest.raises(SignatureError):
        prove(data, MINE, KNOWN)


def test_the_newest_directory_is_remembered():
    chain = walked(MINE, (Version(FIRST), signed(REVOKED)), State())
    assert remembered(State(), chain, MINE) == AFTER
    with pytest.raises(UsageError, match="the state is of us"):
        remembered(State("desk", "us"), chain, MINE)


def test_what_is_no_key_of_a_desk():
    with pytest.raises(UsageError):
        prove(made(*BOTH), Pin(PIN, "key", "ex"), KNOWN)
    assert b"secret" not in repr(Pin(PIN, "", "ex", b"secret")).encode()
