"""The newest answer for an account and asset counts, earlier ones stay, and nothing is twice."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from stanch.errors import RefusedError, UsageError
from stanch.model.desk.orders import Target
from stanch.response import feed, replies, times
from stanch.response.closing import closing
from stanch.response.counting import counting, summed
from stanch.response.replies import NewReply
from stanch.store.desk.tables import log, reply
from tests.desk_world import ACCOUNT, KR, NORTH, OTHER, SOUTH, USDT

ETHER = "eip155:1/slip44:60"
BOTH = (Target(ACCOUNT), Target(OTHER, USDT, 10))


def answer(world, id, *said, by=NORTH, once=None, **more):
    with world.database.write() as tx:
        return replies.add(tx, world.analyst(by), id, NewReply(*said, **more), once)


def held(world, id, by=KR):
    with world.database.read() as connection:
        return summed(counting(connection, world.analyst(by), id))


def shown(world, id, by=KR):
    with world.database.read() as connection:
        return replies.listed(connection, world.analyst(by), id)


def test_a_later_answer_counts_and_the_earlier_one_stays(world, clock):
    id = world.in_force()
    first = answer(world, id, "held", ACCOUNT, USDT, "5")
    clock.move(minutes=9)
    second = answer(world, id, "held", ACCOUNT, USDT, "7", once="b")
    assert held(world, id) == {USDT: 7}
    rows = [(each["id"], each["n"], each["replaces"], each["counts"]) for each in shown(world, id)]
    assert rows == [(first, 1, None, False), (second, 2, first, True)]
    assert answer(world, id, "held", ACCOUNT, USDT, "7", once="b") == second
    with world.database.read() as connection:
        told = feed.since(connection, world.analyst(KR), 0, 100)
        query = select(log.c.said).where(log.c.verb == "reply.given").order_by(log.c.n)
        logged = connection.execute(query).scalars().all()
    answers = [each for each in told if each["kind"].startswith("order.answered")]
    assert [(each["kind"], each["body"]["replaces"]) for each in answers] == [
        ("order.answered", None),
        ("order.answered_anew", first),
    ]
    assert [first in each for each in logged] == [True, True]
    assert len(logged) == 2


def test_the_time_to_hold_is_that_of_the_first_hold(world, clock):
    id = world.in_force()
    clock.move(minutes=4)
    answer(world, id, "held", ACCOUNT, USDT, "5")
    clock.move(minutes=60)
    answer(world, id, "held", ACCOUNT, USDT, "7")
    with world.database.read() as connection:
        seen = times.measured(connection, world.analyst(KR), id)
    assert seen.addressees[NORTH]["order_to_hold"] == 240.0


def test_a_wrong_answer_is_taken_back_and_said_again(world):
    id = world.in_force()
    first = answer(world, id, "held", ACCOUNT, USDT, "5", once="a")
    second = answer(world, id, "nothing_found", ACCOUNT, USDT, once="b")
    assert held(world, id) == {}
    # A late copy of the first brings nothing back; to say it again is to say what it replaces.
    with pytest.raises(RefusedError, match="was replaced since"):
        answer(world, id, "held", ACCOUNT, USDT, "5", once="a")
    with pytest.raises(RefusedError, match=f"counts for this account and asset is {second}"):
        answer(world, id, "held", ACCOUNT, USDT, "5", replaces=first)
    third = answer(world, id, "held", ACCOUNT, USDT, "5", once="c", replaces=second)
    assert answer(world, id, "held", ACCOUNT, USDT, "5", once="c", replaces=second) == third
    assert held(world, id) == {USDT: 5}
    with pytest.raises(RefusedError, match="another answer"):
        answer(world, id, "held", ACCOUNT, USDT, "5", once="c", replaces=first)


def test_what_replaces_nothing_names_nothing(world):
    id, other = world.in_force(), world.in_force()
    there = answer(world, other, "held", ACCOUNT, USDT, "5")
    for named in (there, "reply-0000000000000000"):
        with pytest.raises(RefusedError, match="is nothing"):
            answer(world, id, "held", ACCOUNT, USDT, "5", replaces=named)
    south = answer(world, other, "held", ACCOUNT, USDT, "3", by=SOUTH)
    assert held(world, other) == {USDT: 8}
    with pytest.raises(RefusedError, match=f"is {there}"):
        answer(world, other, "held", ACCOUNT, USDT, "5", replaces=south)


def test_one_asset_in_two_spellings_is_one(world):
    id = world.in_force()
    answer(world, id, "held", ACCOUNT, USDT, "5")
    mixed = "eip155:1/erc20:0xdAC17F958D2ee523a2206206994597C13D831ec7"
    answer(world, id, "held", ACCOUNT.replace("0xab", "0xAB").replace("ab", "AB"), mixed, "6")
    assert held(world, id) == {USDT: 6}


def test_an_answer_for_all_accounts_and_one_for_one_are_not_both_held(world):
    id = world.in_force(targets=BOTH)
    answer(world, id, "held", None, USDT, "5")
    with pytest.raises(RefusedError, match="all accounts and"):
        answer(world, id, "held", ACCOUNT, USDT, "5")
    answer(world, id, "nothing_found", None, USDT)
    answer(world, id, "held", ACCOUNT, USDT, "5")
    with pytest.raises(RefusedError, match="counts as held"):
        answer(world, id, "held", None, USDT, "5")
    for said in (("nothing_found",), ("nothing_found", ACCOUNT)):
        with pytest.raises(RefusedError, match="counts as held"):
            answer(world, id, *said)
    answer(world, id, "already_gone", ACCOUNT, gone_to=OTHER)
    assert held(world, id) == {USDT: 5}


def test_each_target_has_what_was_held_of_it(world):
    id = world.in_force(targets=BOTH)
    answer(world, id, "held", ACCOUNT, ETHER, "7")
    answer(world, id, "held", OTHER, USDT, "9")
    answer(world, id, "held", OTHER, USDT, "10")
    answer(world, id, "held", OTHER, ETHER, "1")  # nobody asked, and it is held
    answer(world, id, "held", ACCOUNT, ETHER, str(10**77), by=SOUTH)
    with world.database.read() as connection:
        came = closing(connection, world.analyst(KR), id)
        own = closing(connection, world.analyst(NORTH), id)
    assert [each.held for each in came.targets] == [{ETHER: str(10**77 + 7)}, {USDT: "10"}]
    assert came.held == {ETHER: str(10**77 + 8), USDT: "10"}
    assert [each.held for each in own.targets] == [{ETHER: "7"}, {USDT: "10"}]
    assert came.closed is None


SAID = st.tuples(
    st.sampled_from([NORTH, SOUTH]),
    st.sampled_from(["held", "held", "nothing_found", "already_gone", "refused"]),
    st.sampled_from([ACCOUNT, OTHER, None]),
    st.sampled_from([USDT, ETHER, None]),
    st.integers(1, 10**40),
    st.sampled_from(["a", "b", None]),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(SAID, max_size=12))
def test_the_sum_is_that_of_the_newest_answers(world, said):
    id, newest, taken = world.in_force(targets=BOTH), {}, {}
    for by, kind, account, asset, amount, once in said:
        more = {"amount": str(amount)} if kind == "held" else {}
        more |= {"gone_to": OTHER} if kind == "already_gone" else {}
        more |= {"reason": "no law"} if kind == "refused" else {}
        try:
            reply_id = answer(world, id, kind, account, asset, by=by, once=once, **more)
        except (RefusedError, UsageError):
            continue
        if reply_id not in taken:
            taken[reply_id] = by
            newest[by, account, asset] = (kind, amount)
    expected = Counter()
    for (_, _, asset), (kind, amount) in newest.items():
        if kind == "held":
            expected[asset] += amount
    assert held(world, id) == dict(sorted(expected.items()))
    with world.database.read() as connection:
        kept = connection.execute(select(func.count()).where(reply.c.id.in_(taken))).scalar_one()
    assert kept == len(taken) == len(shown(world, id))
    for by in (NORTH, SOUTH):
        mine = [each for each in shown(world, id, by) if each["counts"]]
        places = [(each["account"], each["asset"]) for each in mine]
        assert len(places) == len(set(places))
        sums = [each for each in mine if each["answer"] == "held"]
        whole = {each["asset"] for each in sums if each["account"] is None}
        assert not any(each["account"] and each["asset"] in whole for each in sums)
