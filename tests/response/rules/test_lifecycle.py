"""An order begins, waits, holds and ends only as the rules say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind, Rule, Said
from stanch.model.desk.states import OrderState
from stanch.response.rules.consequences import CameIntoForce, Expired, Lapsed, Withdrawn
from stanch.response.rules.lifecycle import drop, hear, pass_time, propose, replay, revoke
from stanch.response.rules.standing import Revoked, draft
from tests.response.rules.desk import (
    HASH,
    START,
    X,
    Y,
    Z,
    after,
    at,
    in_force,
    names,
    order,
    proposed,
    signed,
    text,
)

EMERGENCY = order(OrderKind.EMERGENCY)


def test_a_hold_waits_for_a_second_founding_member():
    standing = proposed(order())
    assert standing.state is OrderState.PROPOSED
    assert standing.held == ()
    standing, told = hear(standing, signed(Said.CONCUR, "jp-1", 1))
    assert names(told) == ["Concurred", "CameIntoForce"]
    assert told[1] == CameIntoForce(at(1), None)
    assert standing.held == (X, Y, Z)
    assert standing.in_force == standing.confirmed == at(1)
    assert standing.next_deadline == START + timedelta(days=30)


def test_an_issuer_order_waits_as_a_hold_does():
    token = replace(X, asset="eip155:1/erc20:0x" + "d" * 40)
    standing = proposed(order(OrderKind.ISSUER, (token,)))
    assert standing.state is OrderState.PROPOSED
    standing, told = after(standing, signed(Said.CONCUR, "us-1", 1))
    assert told == ["Concurred", "CameIntoForce"]
    assert standing.held == (token,)


@pytest.mark.parametrize(
    ("person", "changes", "reason"),
    [
        ("kr-1", {"at": text(at(1))}, "kr has signed already"),
        ("kr-2", {}, "kr has signed already"),
        ("nl-1", {}, "not a founding member"),
        ("alpha-1", {}, "not a founding member"),
        ("jp-1", {"person": "kr-1"}, "kr-1 has signed already"),
        ("jp-1", {"kid": "key-kr-1"}, "jp-1 has signed already"),
        ("jp-1", {"order_hash": "sha256:other"}, "not about version 1"),
        ("jp-1", {"version": 2}, "not about version 1"),
        ("jp-1", {"desk": "elsewhere"}, "not about version 1"),
        ("jp-1", {"order": "o2"}, "not about version 1"),
        ("jp-1", {"member": "us"}, "signed for us, not for jp"),
        ("jp-1", {"targets": (X.account,)}, "only a release names accounts"),
        ("jp-1", {"said": Said.PROPOSE}, "cannot be proposed again"),
        ("jp-1", {"at": text(at(1.2))}, "yet to come"),
        ("jp-1", {"at": text(at(-24))}, "more than a day old"),
        ("jp-1", {"at": "yesterday"}, "is not a time"),
        ("jp-1", {"at": "2026-11-26T13:00:00+00:00"}, "is not a time"),
    ],
)
def test_hands_that_do_not_count(person, changes, reason):
    standing = proposed(order())
    with pytest.raises(RefusedError, match=reason):
        hear(standing, signed(Said.CONCUR, person, 1, **changes))


def test_only_the_authority_proposes_and_only_if_founding():
    fresh = draft(order(), HASH, START)
    with pytest.raises(RefusedError, match="kr proposes this order, not jp"):
        propose(fresh, signed(Said.PROPOSE, "jp-1", 0), ())
    with pytest.raises(RefusedError, match="proposed first"):
        propose(fresh, signed(Said.CONCUR, "kr-1", 0), ())
    with pytest.raises(RefusedError, match="cannot be concurred"):
        hear(fresh, signed(Said.CONCUR, "jp-1", 0))
    small = draft(order(authority="nl", sharing=replace(order().sharing, owner="nl")), HASH, START)
    with pytest.raises(RefusedError, match="not a founding member"):
        propose(small, signed(Said.PROPOSE, "nl-1", 0), ())


def test_three_members_may_be_asked_for():
    standing = proposed(order(rule=Rule(members=3, others=2)))
    standing, told = after(standing, signed(Said.CONCUR, "jp-1", 1))
    assert told == ["Concurred"]
    standing, told = after(standing, signed(Said.CONCUR, "us-1", 2))
    assert told == ["Concurred", "CameIntoForce"]


def test_an_emergency_hold_is_in_force_at_once_and_lapses():
    standing, told = propose(draft(EMERGENCY, HASH, START), signed(Said.PROPOSE, "kr-1", 0), ())
    assert names(told) == ["Proposed", "CameIntoForce"]
    assert told[1] == CameIntoForce(START, at(72))
    before, told = pass_time(standing, at(72) - timedelta(microseconds=1))
    assert (before.held, told) == ((X, Y, Z), ())
    lapsed, told = pass_time(standing, at(100))
    assert told == (Lapsed(at(72), (X, Y, Z)),)
    assert (lapsed.state, lapsed.held, lapsed.ended) == (OrderState.EXPIRED, (), (X, Y, Z))
    with pytest.raises(RefusedError, match="expired cannot be concurred"):
        hear(standing, signed(Said.CONCUR, "jp-1", 72))


def test_an_emergency_hold_ends_with_its_order_if_that_is_sooner():
    standing = proposed(order(OrderKind.EMERGENCY, days=1))
    assert standing.lapses == at(24)


def test_a_second_member_makes_an_emergency_hold_an_ordinary_one():
    standing, told = after(proposed(EMERGENCY), signed(Said.CONCUR, "jp-1", 71))
    assert told == ["Concurred", "Confirmed"]
    assert (standing.lapses, standing.confirmed, standing.in_force) == (None, at(71), START)
    standing, told = pass_time(standing, at(24 * 40))
    assert told == (Expired(at(24 * 30), (X, Y, Z)),)


def test_who_declines_may_think_again_but_old_signatures_may_not_come_back():
    standing = proposed(order(rule=Rule(members=3, others=2)))
    early = signed(Said.CONCUR, "jp-2", 1)
    standing, told = after(standing, signed(Said.CONCUR, "jp-1", 1), signed(Said.REFUSE, "jp-1", 2))
    assert told == ["Concurred", "Declined"]
    assert [hand.member.id for hand in standing.hands] == ["kr"]
    with pytest.raises(RefusedError, match="jp declined after this was signed"):
        hear(standing, replace(early, heard=at(3)))
    standing, told = after(standing, signed(Said.CONCUR, "jp-2", 3))
    assert told == ["Concurred"]
    kept_back = replace(signed(Said.REFUSE, "jp-3", 1), heard=at(4))
    with pytest.raises(RefusedError, match="jp concurred after this was signed"):
        hear(standing, kept_back)


def test_refusals_that_mean_nothing():
    for person, reason in (("kr-2", "sign a release"), ("nl-1", "its concurrence is not asked")):
        with pytest.raises(RefusedError, match=reason):
            hear(proposed(order()), signed(Said.REFUSE, person, 1))
    with pytest.raises(RefusedError, match="a refusal says why"):
        hear(proposed(order()), signed(Said.REFUSE, "jp-1", 1, reason=" "))
    with pytest.raises(RefusedError, match="nothing to refuse"):
        hear(in_force(), signed(Said.REFUSE, "jp-1", 2))


def test_a_release_before_force_is_a_withdrawal_by_the_authority():
    standing = proposed(order())
    with pytest.raises(RefusedError, match="only kr may withdraw"):
        hear(standing, signed(Said.RELEASE, "jp-1", 1))
    with pytest.raises(RefusedError, match="withdrawn as a whole"):
        hear(standing, signed(Said.RELEASE, "kr-2", 1, (X,)))
    with pytest.raises(RefusedError, match="says why"):
        hear(standing, signed(Said.RELEASE, "kr-2", 1, reason=""))
    standing, told = hear(standing, signed(Said.RELEASE, "kr-2", 1))
    assert told == (Withdrawn(at(1), "because"),)
    with pytest.raises(RefusedError, match="withdrawn cannot be concurred"):
        hear(standing, signed(Said.CONCUR, "jp-1", 2))


def test_a_draft_is_dropped_without_signatures_and_nothing_else_is():
    standing, told = drop(draft(order(), HASH, START), at(1), "a mistake")
    assert told == (Withdrawn(at(1), "a mistake"),)
    for other in (proposed(order()), in_force(), standing):
        with pytest.raises(RefusedError, match="ended by signatures only"):
            drop(other, at(2), "a mistake")


def test_nobody_concurred_before_it_expired():
    standing, told = pass_time(proposed(order(days=2)), at(50))
    assert told == (Withdrawn(at(48), "nobody concurred before it expired"),)
    assert standing.state is OrderState.WITHDRAWN


def test_the_same_statement_twice_is_one():
    concur = signed(Said.CONCUR, "jp-1", 1)
    standing = in_force()
    again, told = hear(standing, replace(concur, heard=at(2)))
    assert told == ()
    assert replace(again, seen=standing.seen) == standing
    again, told = propose(standing, replace(signed(Said.PROPOSE, "kr-1", 0), heard=at(2)), ())
    assert told == ()
    assert again.state is OrderState.IN_FORCE


def test_a_clock_that_goes_back_changes_nothing():
    standing, _ = pass_time(proposed(EMERGENCY), at(71))
    back, told = pass_time(standing, at(-100))
    assert (back, told) == (standing, ())
    later, _ = after(standing, signed(Said.CONCUR, "jp-1", 60))
    assert later.confirmed == at(71)


def test_revoked_keys_lose_their_hands_while_the_order_waits():
    key = frozenset({"key-kr-1"})
    standing, told = revoke(proposed(order()), Revoked(key, at(1)))
    assert names(told) == ["HandFell"]
    standing, told = after(standing, signed(Said.CONCUR, "jp-1", 2))
    assert told == ["Concurred"]
    with pytest.raises(RefusedError, match="key-kr-1 was revoked"):
        hear(standing, signed(Said.CONCUR, "kr-1", 3))
    standing, told = after(standing, signed(Said.CONCUR, "kr-2", 3))
    assert told == ["Concurred", "CameIntoForce"]
    still, told = revoke(in_force(), Revoked(key, at(2)))
    assert (still.held, told) == ((X, Y, Z), ())


def test_the_log_told_again_gives_the_same_standing():
    happened = [
        signed(Said.PROPOSE, "kr-1", 0),
        signed(Said.CONCUR, "jp-1", 1),
        signed(Said.RELEASE, "kr-1", 2, (X,)),
        Revoked(frozenset({"key-kr-1"}), at(3)),
        signed(Said.RELEASE, "kr-2", 4, (X,)),
    ]
    live = in_force()
    live, _ = hear(live, happened[2])
    live, _ = revoke(live, happened[3])
    live, _ = hear(live, happened[4])
    assert replay(order(), HASH, happened) == live
    assert replay(order(), HASH, []).state is OrderState.DRAFT


def test_two_members_without_the_requesting_one_are_not_enough():
    standing, _ = revoke(proposed(order()), Revoked(frozenset({"key-kr-1"}), at(1)))
    both = (signed(Said.CONCUR, "jp-1", 2), signed(Said.CONCUR, "us-1", 2))
    standing, told = after(standing, *both)
    assert told == ["Concurred", "Concurred"]
    assert standing.held == ()
    assert after(standing, signed(Said.CONCUR, "kr-2", 3))[0].held == (X, Y, Z)
