"""A release takes more hands than a block, and time, and is easily stopped."""

from dataclasses import replace

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.orders import OrderKind, Rule, Said
from stanch.model.desk.states import OrderState
from stanch.response.rules.consequences import Released, ReleaseDue
from stanch.response.rules.lifecycle import hear, pass_time, revoke
from stanch.response.rules.release import suffices
from stanch.response.rules.standing import Release, Revoked
from tests.response.rules.desk import X, Y, Z, after, at, in_force, names, order, proposed, signed


def release(person, hours, accounts=(), /, **changes):
    return signed(Said.RELEASE, person, hours, accounts, **changes)


def cooling(accounts=()):
    """All hands at 12 h: kr-1, kr-2 and jp-1, who also began the order; due at 36 h."""
    hands = [release(who, 10 + n, accounts) for n, who in enumerate(("kr-1", "kr-2", "jp-1"))]
    return after(in_force(), *hands)


def test_a_release_has_its_hands_then_cools_then_frees():
    standing, told = cooling()
    assert told == ["ReleaseProposed"] * 3 + ["ReleaseDue"]
    assert standing.held == (X, Y, Z)
    assert standing.release_due == standing.next_deadline == at(36)
    before, told = pass_time(standing, at(35.999))
    assert (before.held, told) == ((X, Y, Z), ())
    freed, told = pass_time(standing, at(50))
    assert told == (Released(at(36), (X, Y, Z), True),)
    assert (freed.state, freed.held, freed.ended) == (OrderState.RELEASED, (), (X, Y, Z))
    assert freed.next_deadline is None


def test_a_part_is_released_and_the_rest_stays():
    standing, told = pass_time(cooling((Y,))[0], at(36))
    assert told == (Released(at(36), (Y,), False),)
    assert (standing.state, standing.held) == (OrderState.IN_FORCE, (X, Z))
    with pytest.raises(RefusedError, match="does not hold"):
        hear(standing, release("kr-1", 37, (Y,)))
    hands = [release(who, 40, (Z, X)) for who in ("kr-1", "kr-3", "us-1")]
    standing, _ = after(standing, *hands)
    standing, told = pass_time(standing, at(64))
    assert told == (Released(at(64), (X, Z), True),)
    assert standing.ended == (Y, X, Z)


def test_an_account_is_released_with_all_its_assets():
    one, other = (replace(X, asset=f"eip155:1/erc20:{n}") for n in "12")
    standing = in_force(order(targets=(one, other, Y)))
    standing, _ = after(standing, *(release(w, 2, (one,)) for w in ("kr-1", "kr-2", "us-1")))
    standing, told = pass_time(standing, at(26))
    assert told == (Released(at(26), (one, other), False),)


def test_hands_for_other_accounts_do_not_add_up():
    standing, told = after(
        in_force(),
        release("kr-1", 2, (X,)),
        release("kr-2", 2, (X, Y)),
        release("jp-1", 2),
        release("us-1", 2, (X,)),
    )
    assert told == ["ReleaseProposed"] * 4
    assert standing.release_due is None
    assert pass_time(standing, at(200))[0].held == (X, Y, Z)


def test_all_accounts_by_name_are_all():
    _, told = after(
        in_force(), release("kr-1", 2), release("kr-2", 2, (Z, Y, X)), release("jp-1", 2)
    )
    assert told[-1] == "ReleaseDue"


@pytest.mark.parametrize(
    "people",
    [
        ("kr-1", "jp-1", "us-1"),  # one of the authority
        ("kr-1", "kr-2", "kr-3"),  # none of another
        ("jp-1", "us-1"),  # none of the authority
    ],
)
def test_too_few_hands_release_nothing(people):
    court = "Seoul Central District Court, 2026-go-1, ordered to release at once"
    standing, told = after(in_force(), *(release(who, 2, reason=court) for who in people))
    assert set(told) == {"ReleaseProposed"}
    assert pass_time(standing, at(200))[0].held == (X, Y, Z)


@pytest.mark.parametrize(
    ("person", "changes", "reason"),
    [
        ("kr-1", {"reason": "again"}, "kr-1 has signed this release already"),
        ("kr-2", {"kid": "key-kr-1"}, "kr-2 has signed this release already"),
        ("jp-1", {"kid": "key-kr-1"}, "jp-1 has signed this release already"),
        ("jp-1", {"person": "kr-1"}, "kr-1 has signed this release already"),
        ("us-2", {}, "us has signed already, by us-1"),
        ("nl-1", {}, "not a founding member"),
        ("alpha-1", {}, "not a founding member"),
        ("kr-2", {"reason": " "}, "says why"),
        ("kr-2", {"targets": ("eip155:1:0x0",)}, "does not hold"),
        ("kr-1", {"targets": (X.account,)}, "another release of these accounts"),
    ],
)
def test_hands_that_do_not_count(person, changes, reason):
    standing, _ = after(in_force(), release("kr-1", 2), release("us-1", 2))
    with pytest.raises(RefusedError, match=reason):
        hear(standing, release(person, 3, **changes))


def test_nobody_joins_a_release_that_cools():
    with pytest.raises(RefusedError, match="has all its hands"):
        hear(cooling()[0], release("kr-3", 13))


@pytest.mark.parametrize("person", ["kr-1", "kr-2", "jp-1"])
def test_any_signer_takes_a_release_back_until_it_takes_effect(person):
    standing, told = after(cooling()[0], signed(Said.REFUSE, person, 35.9))
    assert told == ["ReleaseVoid"]
    assert pass_time(standing, at(200))[0].held == (X, Y, Z)
    with pytest.raises(RefusedError, match="nothing to refuse"):
        hear(cooling()[0], signed(Said.REFUSE, person, 36))


def test_who_did_not_sign_a_release_cannot_stop_it():
    with pytest.raises(RefusedError, match="nothing to refuse"):
        hear(cooling()[0], signed(Said.REFUSE, "us-1", 20))


def test_a_void_release_does_not_come_back_with_its_signatures():
    kept_back = release("kr-3", 12)
    standing, _ = after(cooling()[0], signed(Said.REFUSE, "kr-2", 20))
    for old in (release("kr-1", 10), release("jp-1", 12)):
        again, told = hear(standing, replace(old, heard=at(21)))
        assert (told, again.releases) == ((), ())
    with pytest.raises(RefusedError, match="became void after this was signed"):
        hear(standing, replace(kept_back, heard=at(21)))
    _, told = after(standing, *(release(who, 22) for who in ("kr-1", "kr-3", "us-1")))
    assert told[-1] == "ReleaseDue"


def test_a_revoked_key_voids_the_release_it_signed():
    standing, told = revoke(cooling()[0], Revoked(frozenset({"key-kr-2"}), at(30)))
    assert names(told) == ["ReleaseVoid"]
    assert pass_time(standing, at(200))[0].held == (X, Y, Z)


def test_two_releases_of_different_accounts_go_side_by_side():
    standing, _ = cooling((X,))
    standing, told = after(standing, *(release(w, 20, (Y,)) for w in ("kr-1", "kr-2", "jp-1")))
    assert told[-1] == "ReleaseDue"
    standing, told = pass_time(standing, at(50))
    assert [(one.at, one.targets) for one in told] == [(at(36), (X,)), (at(44), (Y,))]
    assert standing.held == (Z,)


def test_a_release_that_takes_effect_voids_those_that_cross_it():
    standing, _ = after(cooling((X,))[0], release("kr-3", 20), release("us-1", 20, (Y,)))
    standing, told = pass_time(standing, at(36))
    assert names(told) == ["Released", "ReleaseVoid"]
    assert [release.accounts for release in standing.releases] == [frozenset({Y.account})]


def test_the_rule_of_the_order_counts():
    rule = Rule(own=3, others=2, cooling_hours=48)
    standing = in_force(order(rule=rule))
    people = ("kr-1", "kr-2", "jp-1", "us-1")
    standing, told = after(standing, *(release(who, 2) for who in people))
    assert "ReleaseDue" not in told
    _, told = hear(standing, release("kr-3", 3))
    assert told[-1] == ReleaseDue(at(3), frozenset({X.account, Y.account, Z.account}), at(51))


def test_an_emergency_hold_is_released_by_the_same_hands_or_lapses_first():
    standing = proposed(order(OrderKind.EMERGENCY))
    early, _ = after(standing, *(release(who, 2) for who in ("kr-1", "kr-2", "jp-1")))
    assert names(pass_time(early, at(100))[1]) == ["Released"]
    tardy, _ = after(standing, *(release(who, 71) for who in ("kr-1", "kr-2", "jp-1")))
    assert names(pass_time(tardy, at(100))[1]) == ["Lapsed"]


def test_a_late_look_at_the_clock_changes_nothing_of_what_was_due():
    with pytest.raises(RefusedError, match="nothing to refuse"):
        hear(cooling()[0], signed(Said.REFUSE, "kr-1", 40))
    standing, _ = pass_time(cooling()[0], at(30))
    back, told = pass_time(standing, at(-1000))
    assert (back.held, told) == ((X, Y, Z), ())


def test_hands_that_share_a_person_or_key_do_not_suffice_however_they_came_together():
    good = [release(who, 2) for who in ("kr-1", "kr-2", "jp-1")]
    assert suffices(order(), Release(frozenset(), tuple(good)))
    for shared in (release("kr-2", 2, kid="key-kr-1"), release("kr-2", 2, person="jp-1")):
        hands = (good[0], shared, good[2])
        assert not suffices(order(), Release(frozenset(), hands))
