"""Members of a ring learn which of their indicators at least k of them hold."""

import json

import pytest

from stanch.app.common import records, results
from stanch.app.common.place import Policy
from stanch.errors import InputError, RefusedError, SignatureError, UsageError
from stanch.formats.common import envelope
from stanch.formats.signed import jws
from stanch.sharing.common import ring
from tests.app.common.parties import Parties, desk_of, people
from tests.formats.signed.tiny import key
from tests.reference.in_common import at_least

SETS = {
    "kr": people(1, 2, 3, 4, 5, 6),
    "jp": people(1, 2, 3, 7, 8),
    "us": people(1, 2, 9, 10),
    "ex": people(1, 6, 9, 11, 12, 13),
}
THREE = ("kr", "jp", "us")


def prepared(folder, members=THREE, policy=None):
    parties = Parties(folder, policy) if policy else Parties(folder)
    for member in members:
        parties.prepare(member, SETS[member])
    return parties


def plain(members, k):
    return at_least({member: set(SETS[member]) for member in members}, k)


@pytest.mark.parametrize("k", [2, 3, 4])
@pytest.mark.parametrize("teller", ["us", "kr", "ex"])
def test_each_member_learns_of_its_own_what_k_members_hold(tmp_path, k, teller):
    parties = prepared(tmp_path, SETS)
    assert parties.ring(teller, list(SETS), k) == plain(SETS, k)


def test_a_teller_may_stand_outside_the_ring(tmp_path):
    parties = prepared(tmp_path)
    assert parties.ring("ex", THREE, 2) == plain(THREE, 2)
    assert not (parties.home("ex") / "common" / "sets").exists()


def test_a_ring_of_seven(tmp_path):
    parties = Parties(tmp_path, directory=desk_of(7))
    sets = {name: set(people(*range(at, at + 6))) for at, name in enumerate(parties.names)}
    for name, items in sets.items():
        parties.prepare(name, sorted(items))
    assert parties.ring("m3", parties.names, 4) == at_least(sets, 4)


def test_what_was_made_ahead_is_used_once_and_gives_the_same(tmp_path):
    parties = prepared(tmp_path)
    spare = parties.home("kr") / "common" / "sets" / "all" / "ring-v1"
    assert parties.ahead("kr")
    assert not parties.ahead("kr")
    key_before = json.loads((spare / "ring.json").read_text())["key"]
    step = parties.hand_on("kr", parties.plan("kr", THREE, 2), "all")
    assert not spare.exists()
    (there,) = (parties.home("kr") / "common" / "rings").glob("ring-*/ring.json")
    assert json.loads(there.read_text())["key"] == key_before
    last = step
    for member, name in (("jp", "all"), ("us", "all"), ("kr", None), ("jp", None)):
        last = parties.hand_on(member, last, name)
    done = parties.counted("kr", last)
    assert parties.told("jp", done.folder / "jp.bin") == plain(THREE, 2)["jp"]


def test_the_secrets_of_a_ring_are_gone_when_it_is_over(tmp_path):
    parties = prepared(tmp_path)
    parties.ring("kr", THREE, 2)
    for member in THREE:
        assert list((parties.home(member) / "common" / "rings").iterdir()) == []


def test_the_teller_gets_its_own_bits_in_no_order_that_it_knows(tmp_path):
    """Its set is shuffled by who seals it: over many rings its first bit is now 0 and now 1."""
    firsts = set()
    for at in range(12):
        (tmp_path / str(at)).mkdir()
        parties = prepared(tmp_path / str(at))
        done = parties.counted("kr", parties.around(parties.plan("kr", THREE, 2), THREE))
        body = envelope.read((done.folder / "kr.bin").read_bytes()).body[: -ring.LETTER]
        assert sorted(body) == [0, 0, 0, 1, 1, 1]
        order = parties.home("us") / "common" / "rings"
        assert len(list(order.glob("*.shuffle"))) == 1
        firsts.add(body[0])
    assert firsts == {0, 1}


def test_a_plan_has_three_members_that_there_are_and_a_k_of_two(tmp_path):
    parties = prepared(tmp_path)
    with pytest.raises(RefusedError, match="a ring has 3 to 30 members"):
        parties.plan("kr", ("kr", "jp"), 2)
    for k in (1, 4, 0):
        with pytest.raises(RefusedError, match="k is 2 to 3"):
            parties.plan("kr", THREE, k)
    with pytest.raises(UsageError, match="names no member xx"):
        parties.plan("kr", ("kr", "jp", "xx"), 2)
    with pytest.raises(UsageError, match="stands twice"):
        parties.plan("kr", ("kr", "jp", "kr"), 2)


def test_a_member_refuses_a_plan_that_tells_what_one_holds(tmp_path):
    """A teller whose program was changed signs a k of one."""
    parties = prepared(tmp_path)
    found = envelope.read(parties.plan("us", THREE, 2).read_bytes())
    payload = dict(jws.read(found.text).payload) | {"k": 1}
    payload.pop("body")
    file = parties.new("plan")
    file.write_bytes(envelope.write(key("us"), found.typ, payload, b""))
    with pytest.raises(RefusedError, match="k is 2 to 3"):
        parties.hand_on("kr", file, "all")


def test_steps_are_done_by_whose_turn_it_is(tmp_path):
    parties = prepared(tmp_path)
    plan = parties.plan("kr", THREE, 2)
    with pytest.raises(UsageError, match="first lap: say with --set"):
        parties.hand_on("kr", plan)
    step = parties.hand_on("kr", plan, "all")
    with pytest.raises(RefusedError, match=r"step 1 of ring-[0-9a-f]+ was done before"):
        parties.hand_on("kr", plan, "all")
    with pytest.raises(RefusedError, match="is for jp"):
        parties.hand_on("us", step, "all")
    last = parties.hand_on("us", parties.hand_on("jp", step, "all"), "all")
    with pytest.raises(UsageError, match="second lap: your set is in already"):
        parties.hand_on("kr", last, "all")
    with pytest.raises(RefusedError, match=r"is of step 3, and 5 count|is for kr"):
        parties.counted("kr", last)
    last = parties.hand_on("jp", parties.hand_on("kr", last))
    with pytest.raises(RefusedError, match="has been all around"):
        parties.hand_on("kr", last)
    with pytest.raises(RefusedError, match="is for kr"):
        parties.counted("us", last)


def test_small_and_unequal_sets_are_refused_by_the_next_member(tmp_path):
    parties = prepared(tmp_path, policy=Policy(least=2, ratio=3, change=2))
    parties.prepare("us", people(*range(100, 120)), "large")
    step = parties.hand_on("kr", parties.plan("ex", ("kr", "us", "jp"), 2), "all")
    with pytest.raises(RefusedError, match="sets of 20 and 6"):
        parties.hand_on("us", step, "large")


def test_a_version_goes_once_into_a_ring_of_the_same_members(tmp_path):
    parties = prepared(tmp_path)
    parties.ring("ex", THREE, 2)
    with pytest.raises(RefusedError, match="version 1 of kr was in a ring of these members"):
        parties.hand_on("kr", parties.plan("ex", THREE, 3), "all")
    with pytest.raises(RefusedError, match="version 1 of jp was in a ring of these members"):
        parties.hand_on("jp", parties.plan("ex", ("jp", "kr", "us"), 2), "all")


def test_others_see_when_a_member_comes_with_its_last_version(tmp_path):
    parties = prepared(tmp_path)
    parties.ring("ex", THREE, 2)
    (parties.home("kr") / "common" / "log.db").unlink()  # a program that forgets its past
    step = parties.hand_on("kr", parties.plan("ex", THREE, 3), "all")
    parties.prepare("jp", people(*range(40, 50)))
    with pytest.raises(RefusedError, match="version 1 of kr was in a ring of these members"):
        parties.hand_on("jp", step, "all")


def test_ones_own_small_difference_is_not_shown(tmp_path):
    parties = prepared(tmp_path, policy=Policy(least=2, ratio=20, change=3))
    parties.ring("ex", THREE, 2)
    parties.prepare("kr", [*SETS["kr"], *people(50)])
    with pytest.raises(RefusedError, match=r"your set differs .* in 1 indicators"):
        parties.hand_on("kr", parties.plan("ex", THREE, 2), "all")
    parties.prepare("kr", [*SETS["kr"], *people(50, 51, 52)])
    parties.hand_on("kr", parties.plan("ex", THREE, 2), "all")


def test_a_set_that_was_exchanged_between_the_laps_is_refused(tmp_path):
    parties = prepared(tmp_path)
    last = parties.plan("ex", THREE, 2)
    for member in THREE:
        last = parties.hand_on(member, last, "all")
    found = envelope.read(last.read_bytes())
    payload = dict(jws.read(found.text).payload)
    payload.pop("body")
    payload["sets"][0] = payload["sets"][0] | {"commitment": "sha256:" + "0" * 64}
    file = parties.new("step")
    file.write_bytes(envelope.write(key("us"), found.typ, payload, found.body))
    with pytest.raises(SignatureError, match="the set of kr was exchanged"):
        parties.hand_on("kr", file)


@pytest.mark.parametrize("wrong", ["point", "twice", "short", "sealed"])
def test_points_that_are_none_are_refused(tmp_path, wrong):
    parties = prepared(tmp_path)
    step = parties.hand_on("kr", parties.plan("ex", THREE, 2), "all")
    found = envelope.read(step.read_bytes())
    payload = dict(jws.read(found.text).payload)
    payload.pop("body")
    body = {
        "point": b"\x02" + b"\xff" * 32 + found.body[33:],
        "twice": found.body[:33] + found.body[:33] + found.body[66:],
        "short": found.body[:-33],
        "sealed": found.body[:112],
    }[wrong]
    file = parties.new("step")
    file.write_bytes(envelope.write(key("kr"), found.typ, payload, body))
    with pytest.raises(SignatureError, match=r"not on the curve|there twice|other sets"):
        parties.hand_on("jp", file, "all")


def test_counts_of_another_hand_than_the_tellers_are_refused(tmp_path):
    parties = prepared(tmp_path)
    done = parties.counted("ex", parties.around(parties.plan("ex", THREE, 2), THREE))
    found = envelope.read((done.folder / "kr.bin").read_bytes())
    payload = dict(jws.read(found.text).payload) | {"from": "jp"}
    payload.pop("body")
    file = parties.new("counts")
    file.write_bytes(envelope.write(key("jp"), found.typ, payload, found.body))
    with pytest.raises(RefusedError, match="jp is not the teller"):
        parties.told("kr", file)
    for body in (b"", b"\2" * 6, found.body + b"\0"):
        payload |= {"from": "ex"}
        file.write_bytes(envelope.write(key("ex"), found.typ, payload, body))
        with pytest.raises(SignatureError, match="one bit for each of 6"):
            parties.told("kr", file)
    assert parties.told("kr", done.folder / "kr.bin") == plain(THREE, 2)["kr"]


def test_a_ring_whose_secrets_are_lost_says_so(tmp_path):
    parties = prepared(tmp_path)
    last = parties.plan("ex", THREE, 2)
    for member in THREE:
        last = parties.hand_on(member, last, "all")
    for each in (parties.home("kr") / "common" / "rings").glob("ring-*/ring.json"):
        each.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        parties.hand_on("kr", last)


def test_every_member_notes_its_steps_and_the_teller_its_count(tmp_path):
    parties = prepared(tmp_path)
    parties.ring("kr", THREE, 2)
    kinds = {}
    for member in THREE:
        found, faults = records.history(parties.place(member))
        kinds[member] = [each["kind"] for each in found]
        assert faults == []
    assert kinds == {
        "kr": ["prepared", "planned", "passed", "passed", "counted", "told"],
        "jp": ["prepared", "passed", "passed", "told"],
        "us": ["prepared", "passed", "unmixed", "told"],
    }


def test_members_of_a_ring_keep_the_same_tag_for_an_indicator_and_nobody_else_can_make_it(tmp_path):
    parties = prepared(tmp_path)
    found = parties.ring("us", THREE, 2)
    kept = {each: results.kept(parties.place(each))[0] for each in THREE}
    assert {each: set(one.tags) for each, one in kept.items()} == {
        each: {f"email:{item}" for item in items} for each, items in found.items()
    }
    every = [pair for one in kept.values() for pair in one.tags.items()]
    tags = dict(every)
    assert all(tags[item] == tag for item, tag in every)
    assert len(set(tags.values())) == len(tags)
    assert {one.run for one in kept.values()} == {results.Run(kept["kr"].run.name, THREE, 2)}
