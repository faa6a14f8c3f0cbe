"""Statements and bundles, attacked: replays, stolen keys, one hand counted as two."""

from dataclasses import replace

import pytest
from tests.formats.signed.tiny import (
    ACCOUNT,
    DAY,
    EMERGENCY,
    FIRST,
    ORDER,
    PIN,
    SECOND,
    approver,
    bundle,
    chain,
    following,
    key,
    say,
    signed,
    statement,
)

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.bundle import (
    Bundle,
    Logged,
    Verified,
    read_bundle,
    statement_digest,
    verify_bundle,
    write_bundle,
)
from stanch.formats.signed.directory import directory_hash
from stanch.formats.signed.statement import sign_statement, statement_document
from stanch.formats.signed.tally import Proved
from stanch.formats.signed.verdict import check_statement, examine
from stanch.model.desk.directory import Revoked, Version
from stanch.model.desk.orders import Rule, Said, Target
from stanch.model.desk.people import Role

LATER = signed(following(created="2026-11-26T06:00:00Z"))
STOLEN = signed(
    following(
        approvers=FIRST.approvers[1:],
        revoked=(Revoked(key("kr1").kid, "2026-11-27T00:00:00Z", "stolen"),),
        created="2026-11-28T00:00:00Z",
    )
)
PROPOSED, CONCURRED = say(Said.PROPOSE, "kr1"), say(Said.CONCUR, "jp1")
RELEASES = tuple(say(Said.RELEASE, each) for each in ("kr1", "kr2", "jp1"))


def proves(*statements: str, **more: object) -> Verified:
    return verify_bundle(bundle(*statements, **more), PIN)


def refused(text: str, why: str, **more: object) -> None:
    with pytest.raises(SignatureError, match=why):
        check_statement(text, more.get("order", ORDER), more.get("chain", chain()))


def test_a_good_statement_is_read():
    assert check_statement(PROPOSED, ORDER, chain()) == statement(Said.PROPOSE, "kr1")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"order": "order_2"}, "another order"),
        ({"desk": "other"}, "another desk"),
        ({"version": 2}, "another version"),
        ({"order_hash": "sha256:" + "0" * 64}, "something else"),
        ({"directory": "sha256:" + "0" * 64}, "not in the chain"),
        ({"person": "kr2"}, "speaks for"),
        ({"member": "jp"}, "speaks for"),
        ({"at": "2027-06-01T00:00:00Z"}, "counts from"),
        ({"at": "2026-12-26T00:00:00Z"}, "ended"),
        ({"at": "2025-06-01T00:00:00Z"}, "counts from"),
    ],
)
def test_a_statement_about_anything_else_is_refused(changed, why):
    refused(say(Said.CONCUR, "kr1", **changed), why)


def test_a_statement_cannot_be_moved_to_another_order():
    for other in (
        replace(ORDER, id="order_2"),
        replace(ORDER, desk="other"),
        replace(ORDER, version=2),
        replace(ORDER, targets=(*ORDER.targets, Target("eip155:1:0x" + "c3" * 20))),
        replace(ORDER, expires="2027-10-26T00:00:00Z"),
    ):
        refused(PROPOSED, "is about", order=other)


def test_a_certificate_of_another_member_does_not_speak_for_this_one():
    refused(sign_statement(key("jp1"), statement(Said.CONCUR, "kr1")), "speaks for")
    refused(sign_statement(key("us"), statement(Said.CONCUR, "us1")), "no approver")
    refused(sign_statement(key("server"), statement(Said.CONCUR, "us1")), "no approver")


def test_a_signature_for_another_purpose_is_no_statement():
    payload = statement_document(statement(Said.CONCUR, "kr1"))
    refused(jws.sign(key("kr1"), jws.HEAD, payload), "signed as")


def test_an_exchange_does_not_concur_and_nobody_proposes_for_another():
    refused(say(Said.CONCUR, "ex1"), "no founding member")
    refused(say(Said.RELEASE, "ex1"), "no founding member")
    refused(say(Said.PROPOSE, "jp1"), "authority alone")
    theirs = replace(ORDER, authority="ex", sharing=replace(ORDER.sharing, owner="ex"))
    refused(say(Said.PROPOSE, "ex1", theirs), "no founding member", order=theirs)


def test_a_person_without_the_role_signs_nothing():
    second = signed(following(approvers=(approver("kr1", roles=frozenset({Role.ANALYST})),)))
    named = directory_hash(second.directory)
    refused(say(Said.CONCUR, "kr1", directory=named), "no approver", chain=chain(second))


def test_a_release_names_accounts_of_the_order():
    refused(say(Said.RELEASE, "kr1", targets=("eip155:1:0x" + "c3" * 20,)), "does not name")


def test_a_statement_is_signed_under_the_orders_directory_or_a_later_one():
    named = directory_hash(LATER.directory)
    later = say(Said.CONCUR, "jp1", directory=named)
    assert check_statement(later, ORDER, chain(LATER)).directory == named
    refused(later, "not in the chain")
    new = replace(ORDER, directory=named)
    refused(say(Said.CONCUR, "jp1", new, directory=PIN), "older", order=new, chain=chain(LATER))


def test_a_revoked_key_is_refused_whatever_time_it_writes():
    named = directory_hash(STOLEN.directory)
    refused(say(Said.RELEASE, "kr1", directory=named), "revoked", chain=chain(STOLEN))
    refused(say(Said.RELEASE, "kr1"), "counts no more", chain=chain(STOLEN))


def test_two_members_put_a_hold_in_force_and_two_approvers_of_one_do_not():
    assert proves().tally.state is Proved.UNSIGNED
    assert proves(CONCURRED).tally.state is Proved.UNSIGNED
    assert proves(CONCURRED, say(Said.CONCUR, "us1")).tally.state is Proved.UNSIGNED
    assert proves(PROPOSED).tally.state is Proved.PROPOSED
    alone = (PROPOSED, say(Said.PROPOSE, "kr2"), say(Said.CONCUR, "kr2"))
    assert proves(*alone).tally.members == ("kr",)
    assert proves(*alone).tally.state is Proved.PROPOSED
    refusal = say(Said.REFUSE, "us1")
    assert proves(PROPOSED, refusal).tally.state is Proved.PROPOSED
    both = proves(PROPOSED, CONCURRED, CONCURRED)
    assert both.tally.state is Proved.CONCURRED
    assert both.holds(ACCOUNT, DAY)
    assert not both.holds(ACCOUNT, ORDER.expires)
    assert not both.holds("eip155:1:0x" + "c3" * 20, DAY)
    three = replace(ORDER, rule=Rule(members=3, others=2))
    said = (say(Said.PROPOSE, "kr1", three), say(Said.CONCUR, "jp1", three))
    assert proves(*said, order=three).tally.state is Proved.PROPOSED


def test_an_emergency_hold_needs_its_authority_alone_and_lapses_without_a_second():
    first = say(Said.PROPOSE, "kr1", EMERGENCY)
    alone = proves(first, order=EMERGENCY)
    assert (alone.tally.state, alone.tally.lapses) == (Proved.CONCURRED, "2026-11-29T12:00:00Z")
    assert alone.holds(ACCOUNT, "2026-11-29T11:59:59Z")
    assert not alone.holds(ACCOUNT, "2026-11-29T12:00:00Z")
    kept = proves(first, say(Said.CONCUR, "us1", EMERGENCY), order=EMERGENCY)
    assert kept.tally.lapses is None
    late = say(Said.CONCUR, "us1", EMERGENCY, at="2026-11-29T12:00:00Z")
    assert proves(first, late, order=EMERGENCY).tally.lapses == "2026-11-29T12:00:00Z"


@pytest.mark.parametrize(
    "hands",
    [("kr1",), ("kr1", "kr2"), ("kr1", "jp1"), ("kr1", "jp1", "jp2"), ("jp1", "jp2", "us1")],
)
def test_a_release_needs_two_of_the_authority_and_one_of_another(hands):
    said = [say(Said.RELEASE, each) for each in hands]
    again = [say(Said.RELEASE, each, reason="again") for each in hands]
    result = proves(PROPOSED, CONCURRED, *said, *again)
    assert result.tally.state is Proved.CONCURRED
    assert result.holds(ACCOUNT, "2026-12-25T00:00:00Z")


def test_a_release_with_all_hands_takes_effect_after_the_cooling_time():
    result = proves(PROPOSED, CONCURRED, *RELEASES)
    assert result.tally.state is Proved.RELEASED
    assert result.tally.free == dict.fromkeys((ACCOUNT, SECOND), "2026-11-27T12:00:00Z")
    assert result.holds(ACCOUNT, "2026-11-27T11:59:59Z")
    assert not result.holds(ACCOUNT, "2026-11-27T12:00:00Z")


def test_a_release_of_a_part_leaves_the_rest_held():
    part = [say(Said.RELEASE, each, targets=(ACCOUNT,)) for each in ("kr1", "jp1")]
    result = proves(PROPOSED, CONCURRED, *part, say(Said.RELEASE, "kr2", targets=(ACCOUNT,)))
    assert result.tally.state is Proved.CONCURRED
    assert set(result.tally.free) == {ACCOUNT}
    assert result.holds(SECOND, "2026-12-01T00:00:00Z")
    other = proves(PROPOSED, CONCURRED, *part, say(Said.RELEASE, "kr2"))
    assert other.tally.free == {}  # hands for other accounts do not add up


def test_a_release_before_force_withdraws_the_order_for_good():
    result = proves(PROPOSED, say(Said.RELEASE, "kr2"), CONCURRED)
    assert result.tally.state is Proved.WITHDRAWN
    assert not result.holds(ACCOUNT, DAY)
    assert proves(PROPOSED, say(Said.RELEASE, "jp1"), CONCURRED).tally.state is Proved.CONCURRED


def test_an_order_does_not_hold_before_it_is_in_force():
    later = "2026-11-26T15:00:00Z"
    result = proves(PROPOSED, say(Said.CONCUR, "jp1", at=later))
    assert result.tally.since == later
    assert not result.holds(ACCOUNT, "2026-11-26T14:59:59Z")
    assert result.holds(ACCOUNT, later)


def test_a_statement_of_before_the_order_is_refused():
    refused(say(Said.PROPOSE, "kr1", at="2026-11-24T23:59:59Z"), "before the order was written")
    assert check_statement(say(Said.PROPOSE, "kr1", at="2026-11-25T00:00:00Z"), ORDER, chain())


def test_a_release_that_was_taken_back_frees_nothing():
    stop = say(Said.REFUSE, "kr2", at="2026-11-26T20:00:00Z")
    assert proves(PROPOSED, CONCURRED, *RELEASES, stop).tally.free == {}
    late = say(Said.REFUSE, "kr2", at="2026-11-28T20:00:00Z")
    assert proves(PROPOSED, CONCURRED, *RELEASES, late).tally.state is Proved.RELEASED
    stranger = say(Said.REFUSE, "us1", at="2026-11-26T20:00:00Z")
    assert proves(PROPOSED, CONCURRED, *RELEASES, stranger).tally.state is Proved.RELEASED


def test_a_release_does_not_outlive_a_key_that_was_revoked_while_it_cooled():
    """That is what cooling is for; the hand was logged, so that alone would let it count."""
    created = "2026-11-27T06:00:00Z"
    revoked = (Revoked(key("kr1").kid, created, "stolen"),)
    later = signed(following(approvers=FIRST.approvers[1:], revoked=revoked, created=created))
    said = (say(Said.PROPOSE, "kr2"), CONCURRED, *RELEASES)
    logs = {statement_digest(each): Logged(n, DAY) for n, each in enumerate(said, 1)}
    assert verify_bundle(bundle(*said, later=(later,)), PIN, logs).tally.free == {}
    name = directory_hash(later.directory)
    after = logs | {name: Logged(9, "2026-11-27T12:00:01Z")}
    freed = verify_bundle(bundle(*said, later=(later,)), PIN, after).tally.state
    assert freed is Proved.RELEASED


def test_a_hand_that_was_taken_back_is_no_concurrence():
    three = replace(ORDER, rule=Rule(members=3, others=2))
    said = (
        say(Said.PROPOSE, "kr1", three),
        say(Said.CONCUR, "jp1", three),
        say(Said.REFUSE, "jp2", three),
        say(Said.CONCUR, "us1", three),
    )
    assert proves(*said, order=three).tally.state is Proved.PROPOSED
    again = say(Said.CONCUR, "jp1", three, at="2026-11-26T13:00:00Z")
    assert proves(*said, again, order=three).tally.members == ("kr", "us", "jp")


def test_a_hand_falls_with_its_key_while_the_order_waits():
    created = "2026-11-26T13:00:00Z"
    later = signed(following(approvers=FIRST.approvers[1:], created=created))
    concurs = say(Said.CONCUR, "jp1", at="2026-11-26T14:00:00Z")
    said = (PROPOSED, concurs)
    logs = {
        statement_digest(PROPOSED): Logged(1, DAY),
        directory_hash(later.directory): Logged(2, "2026-11-26T13:30:00Z"),
        statement_digest(concurs): Logged(3, "2026-11-26T14:00:00Z"),
    }
    whole = bundle(*said, later=(later,))
    assert verify_bundle(whole, PIN, logs).tally.state is Proved.PROPOSED
    early = logs | {statement_digest(concurs): Logged(2, "2026-11-26T13:20:00Z")}
    early[directory_hash(later.directory)] = Logged(3, "2026-11-26T15:30:00Z")
    said = (PROPOSED, say(Said.CONCUR, "jp1", at="2026-11-26T13:19:00Z"))
    early[statement_digest(said[1])] = early.pop(statement_digest(concurs))
    assert verify_bundle(bundle(*said, later=(later,)), PIN, early).tally.state is Proved.CONCURRED


def test_two_people_of_one_other_member_are_one_hand_of_a_release():
    two = replace(ORDER, rule=Rule(members=3, others=2))
    block = (say(Said.PROPOSE, "kr1", two), *(say(Said.CONCUR, p, two) for p in ("jp1", "us1")))
    hands = [say(Said.RELEASE, each, two) for each in ("kr1", "kr2", "jp1", "jp2")]
    assert proves(*block, *hands, order=two).tally.free == {}
    assert proves(*block, *hands, say(Said.RELEASE, "us1", two), order=two).tally.free


def test_the_log_keeps_a_certificate_that_ran_out_from_signing_with_an_old_date():
    known = signed(following(approvers=(approver("kr1", until="2026-11-26T12:30:00Z"),
                                        *FIRST.approvers[1:])))  # fmt: skip
    order = replace(ORDER, directory=directory_hash(known.directory))
    said = (say(Said.PROPOSE, "kr1", order), say(Said.CONCUR, "jp1", order))
    whole = bundle(*said, order=order, later=(known,))
    for at, state in [("12:29:59", Proved.CONCURRED), ("12:30:00", Proved.UNSIGNED)]:
        logs = {statement_digest(each): Logged(n, f"2026-11-26T{at}Z")
                for n, each in enumerate(said, 1)}  # fmt: skip
        assert verify_bundle(whole, PIN, logs).tally.state is state


def test_a_statement_that_the_desk_would_not_have_taken_counts_for_nothing():
    """Older than a day, from the future, or in no log beside others that are in one."""
    said = (PROPOSED, CONCURRED)
    for at, state in [
        ("2026-11-27T12:00:00Z", Proved.CONCURRED),
        ("2026-11-27T12:00:01Z", Proved.PROPOSED),
        ("2026-11-26T11:55:00Z", Proved.CONCURRED),
        ("2026-11-26T11:54:59Z", Proved.PROPOSED),
        (None, Proved.PROPOSED),
    ]:
        logs = {statement_digest(PROPOSED): Logged(1, DAY)}
        if at is not None:
            logs[statement_digest(CONCURRED)] = Logged(2, at)
        assert verify_bundle(bundle(*said), PIN, logs).tally.state is state


def test_statements_stand_in_the_order_of_the_log():
    logs = {statement_digest(PROPOSED): Logged(2, DAY), statement_digest(CONCURRED): Logged(1, DAY)}
    with pytest.raises(SignatureError, match="order of the log"):
        verify_bundle(bundle(PROPOSED, CONCURRED), PIN, logs)


def test_the_log_alone_proves_that_a_statement_is_older_than_the_theft_of_its_key():
    whole = bundle(PROPOSED, CONCURRED, later=(STOLEN,))
    result = verify_bundle(whole, PIN)
    assert result.tally.state is Proved.UNSIGNED
    assert result.unproven == (statement(Said.PROPOSE, "kr1"),)
    for at, state in [
        ("2026-11-26T12:00:01Z", Proved.CONCURRED),
        ("2026-11-27T00:00:00Z", Proved.UNSIGNED),
        ("2026-11-28T00:00:00Z", Proved.UNSIGNED),
    ]:
        logs = {
            statement_digest(PROPOSED): Logged(1, at),
            statement_digest(CONCURRED): Logged(2, at),
        }
        assert verify_bundle(whole, PIN, logs).tally.state is state


def test_the_logged_time_keeps_an_old_date_from_shortening_the_cooling_time():
    said = (PROPOSED, CONCURRED, *RELEASES)
    logs = {statement_digest(each): Logged(n, DAY) for n, each in enumerate(said, 1)}
    logs[statement_digest(RELEASES[-1])] = Logged(9, "2026-11-27T00:00:00Z")
    free = verify_bundle(bundle(*said), PIN, logs).tally.free
    assert free[ACCOUNT] == "2026-11-28T00:00:00Z"


def test_one_false_statement_spoils_the_bundle():
    head, body, signature = CONCURRED.split(".")
    with pytest.raises(SignatureError):
        proves(PROPOSED, f"{head}.{body}.{signature[::-1]}")
    with pytest.raises(SignatureError, match="no founding"):
        proves(PROPOSED, say(Said.CONCUR, "ex1"))


def test_a_bundle_with_another_directory_does_not_hold_before_the_pin():
    mine = replace(FIRST, approvers=(*FIRST.approvers, approver("us9")))
    order = replace(ORDER, directory=directory_hash(mine))
    forged = Bundle(order, (say(Said.PROPOSE, "kr1", order),), (Version(mine),))
    with pytest.raises(SignatureError, match="pinned"):
        verify_bundle(forged, PIN)
    with pytest.raises(SignatureError, match="not in the chain"):
        verify_bundle(replace(forged, directories=(Version(FIRST),)), PIN)


def test_a_bundle_is_verified_as_it_was_sent():
    whole = bundle(PROPOSED, CONCURRED, later=(LATER,))
    assert verify_bundle(read_bundle(write_bundle(whole)), PIN) == verify_bundle(whole, PIN)


@pytest.mark.parametrize("changed", ["members", "approvers"])
def test_a_server_cannot_bring_back_who_may_speak_no_more(changed):
    """By naming an older version of the directory: only the log could tell that it is older."""
    known = FIRST
    if changed == "members":
        demoted = tuple(
            replace(each, founding=each.founding and each.id != "jp") for each in known.members
        )
        later = following(known, members=demoted, created=DAY)
    else:
        jp = tuple(each for each in known.approvers if each.member != "jp")
        narrowed = approver("jp1", roles=frozenset({Role.ANALYST}))
        hands = (*jp, narrowed)
        later = following(known, approvers=hands, created=DAY)
    version = signed(later, "kr", "us")
    chained = chain(version)
    assert examine(CONCURRED, ORDER, chained).doubted == DAY
    with pytest.raises(SignatureError, match="counts no more"):
        check_statement(CONCURRED, ORDER, chained)
