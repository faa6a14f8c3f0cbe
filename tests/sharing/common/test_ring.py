"""The ring's order of work: everybody raises every set once, and can compare nothing."""

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.sharing.common import group, ring
from stanch.sharing.common.ring import Stage
from tests.reference.in_common import at_least

COUNTS = range(3, 12)


def keys_after(members: int) -> list[dict[int, frozenset[int]]]:
    """By step, the keys that each set which is there has been raised by."""
    found: list[dict[int, frozenset[int]]] = [{}]
    for step in range(1, ring.steps(members) + 1):
        turn, now = ring.turn(members, step), dict(found[-1])
        for each in turn.raises:
            assert turn.actor not in now[each]
            now[each] |= {turn.actor}
        if turn.adds:
            now[turn.actor] = frozenset({turn.actor})
        found.append(now)
    return found


@pytest.mark.parametrize("members", COUNTS)
def test_in_the_end_every_set_was_raised_by_every_member(members):
    last = keys_after(members)[-1]
    assert last == dict.fromkeys(range(members), frozenset(range(members)))


@pytest.mark.parametrize("members", COUNTS)
def test_a_set_is_sealed_by_who_adds_its_last_key_and_at_once(members):
    keys = keys_after(members)
    for step in range(1, ring.steps(members) + 1):
        turn, stages = ring.turn(members, step), ring.stages(members, step)
        whole = {each for each, by in keys[step].items() if len(by) == members}
        assert {each for each, stage in enumerate(stages) if stage is Stage.SEALED} == whole
        new = whole - {each for each, by in keys[step - 1].items() if len(by) == members}
        assert new == ({turn.seals} if turn.seals >= 0 else set())
        assert all(ring.sealer(members, each) == turn.actor for each in new)
        there = {each for each, stage in enumerate(stages) if stage is not Stage.ABSENT}
        assert there == set(keys[step])


@pytest.mark.parametrize("members", COUNTS)
def test_no_member_ever_sees_two_sets_under_the_same_keys(members):
    keys = keys_after(members)
    for member in range(members):
        seen = []  # (set, keys), as they come to this member and as it makes them
        for step in range(1, ring.steps(members) + 1):
            turn, before = ring.turn(members, step), ring.stages(members, step - 1)
            if turn.actor != member:
                continue
            seen += [(each, by) for each, by in keys[step - 1].items()
                     if before[each] is Stage.OPEN]  # fmt: skip
            seen += [(each, keys[step][each]) for each in turn.raises]
            if turn.adds:
                seen.append((member, frozenset({member})))
        for one, under in seen:
            for other, same in seen:
                assert one == other or under != same


@given(
    st.lists(st.sets(st.integers(0, 9), min_size=1, max_size=7), min_size=3, max_size=5),
    st.integers(2, 5),
)
@settings(max_examples=30, deadline=None)
def test_what_the_teller_counts_is_what_plain_sets_say(sets, k):
    keys = [group.new_scalar() for _ in sets]
    teller = X25519PrivateKey.generate()
    to, secret = teller.public_key().public_bytes_raw(), teller.private_bytes_raw()
    tags, orders, names = [], [], []
    for own, key, items in zip(range(len(sets)), keys, sets, strict=True):
        listed = sorted(map(str, items))
        points, order = ring.begun(group.hashed_all(listed), key)
        for other, more in enumerate(keys):
            if other != own:
                points = ring.raised(points, more)
        sealed = ring.sealed(points, to, "here")
        assert len(sealed) == ring.sealed_size(len(listed))
        tags.append(ring.opened(sealed, secret, "here"))
        orders.append(order)
        names.append(listed)
    bits = ring.counted(tags, k)
    expected = at_least({str(at): set(each) for at, each in enumerate(names)}, k)
    for at, (said, order, listed) in enumerate(zip(bits, orders, names, strict=True)):
        told = {listed[place] for place in order[np.flatnonzero(np.frombuffer(said, np.uint8))]}
        assert told == expected[str(at)]


def test_what_is_sealed_opens_for_its_teller_and_place_alone():
    one, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    sealed = ring.sealed(group.hashed("a"), one.public_key().public_bytes_raw(), "ring/kr")
    assert len(ring.opened(sealed, one.private_bytes_raw(), "ring/kr")) == 16
    for key, about, data in (
        (other, "ring/kr", sealed),
        (one, "ring/jp", sealed),
        (one, "ring/kr", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (one, "ring/kr", sealed[:20]),
        (one, "ring/kr", b""),
    ):
        with pytest.raises(ValueError, match="not encrypted for this teller and place"):
            ring.opened(data, key.private_bytes_raw(), about)


def test_an_item_counts_once_for_a_member():
    point = group.hashed("a")
    with pytest.raises(ValueError, match="twice"):
        ring.raised(point + point, group.new_scalar())
    teller = X25519PrivateKey.generate()
    sealed = ring.sealed(point + point, teller.public_key().public_bytes_raw(), "x")
    with pytest.raises(ValueError, match="twice"):
        ring.opened(sealed, teller.private_bytes_raw(), "x")
