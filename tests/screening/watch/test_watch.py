"""Watched addresses: what is found, by whom, after which changes, against a plain twin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.addresses.forms import wallet_forms
from stanch.model.watched import Ended, Finding, Kind, Watched
from stanch.screening.watch import Audiences, Change, Watch
from tests.reference.watched import PlainWatch

THIEF = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
MIXED = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
TRON = "TAqg8TXo8tmpaz7TwHS669Tgt8MPSWgoxB"
SETS = {1: "all", 2: frozenset({"north"}), 3: frozenset({"north", "south"})}
AUDIENCES = Audiences.of(SETS)

ORDER = Watched(
    f"eip155:1:{THIEF}", Kind.ORDER, "order-1", 1, asset="eip155:1/slip44:60", amount="9"
)
LISTED = Watched(THIEF, Kind.LISTING, "ofac:1", 1)
TAINTED = Watched(f"eip155:1:{THIEF}", Kind.EXPOSURE, "ronin", 1, hop=3, amount="7")
ORDERED = Finding(Kind.ORDER, "order-1", "eip155:1", 0, "eip155:1/slip44:60", "9")
ON_LIST = Finding(Kind.LISTING, "ofac:1")


def test_an_order_is_found_in_whatever_dress_the_address_comes():
    watch = Watch.of([ORDER], AUDIENCES)
    asked = [THIEF, MIXED, f"eip155:1:{MIXED}", f" ethereum:{THIEF} ", f"{THIEF[:-1]}7"]
    assert watch.look_up(asked, "any") == [(ORDERED,)] * 4 + [()]


def test_what_is_no_address_is_told_apart_from_nothing_found():
    watch = Watch.of([ORDER], AUDIENCES)
    assert watch.look_up(["", "hello", "0x12", "x" * 100_000], "any") == [None] * 4
    assert watch.look_up([], "any") == []


def test_a_chain_narrows_where_both_sides_name_one():
    watch = Watch.of([ORDER, LISTED], AUDIENCES)
    assert watch.look_up([f"eip155:56:{THIEF}", THIEF], "any") == [(ON_LIST,), (ON_LIST, ORDERED)]


def test_another_form_of_the_address_finds_it_and_ends_with_it():
    tron = Watched(f"tron:0x2b6653dc:{TRON}", Kind.ORDER, "order-2", 1)
    watch = Watch.of([tron], AUDIENCES, wallet_forms)
    (hexed,) = wallet_forms(TRON)
    assert watch.look_up_one(hexed, "any") == watch.look_up_one(TRON, "any") != ()
    gone = watch.changed(Change(ended=[Ended(Kind.ORDER, "order-2", tron.account)]))
    assert gone.look_up([hexed, TRON], "any") == [(), ()]


def test_taint_is_answered_to_one_query_and_never_to_a_batch():
    watch = Watch.of([TAINTED], AUDIENCES)
    assert watch.look_up([THIEF], "any") == [()]
    found = Finding(Kind.EXPOSURE, "ronin", "eip155:1", 3, "", "7")
    assert watch.look_up_one(THIEF, "any") == (found,)
    assert list(watch.open_to("any")) == []


def test_a_row_is_for_its_audience_alone():
    watch = Watch.of([Watched(THIEF, Kind.ORDER, "quiet", 2)], AUDIENCES)
    assert watch.look_up([THIEF], "north") != [()]
    assert watch.look_up([THIEF], "south") == watch.look_up([THIEF], "") == [()]
    assert list(watch.open_to("south")) == list(watch.open_to("")) == []


def test_nobody_without_a_name_sees_even_what_all_may_see():
    assert Watch.of([ORDER], AUDIENCES).look_up_one(THIEF, "") == ()


def test_an_ended_order_is_gone_and_the_state_before_still_has_it():
    before = Watch.of([ORDER, LISTED], AUDIENCES)
    after = before.changed(Change(ended=[Ended(Kind.ORDER, "order-1")]))
    assert after.look_up_one(THIEF, "any") == (ON_LIST,)
    assert before.look_up_one(THIEF, "any") == (ON_LIST, ORDERED)


def test_a_release_of_one_account_leaves_the_others_and_other_chains():
    other = Watched(f"eip155:56:{THIEF}", Kind.ORDER, "order-1", 1)
    second = Watched(f"eip155:1:0x{'1' * 40}", Kind.ORDER, "order-1", 1)
    watch = Watch.of([ORDER, other, second], AUDIENCES)
    after = watch.changed(Change(ended=[Ended(Kind.ORDER, "order-1", f"eip155:1:{MIXED}")]))
    assert after.look_up([f"eip155:1:{THIEF}"], "any") == [()]
    assert after.look_up([f"eip155:56:{THIEF}", second.account], "any") != [(), ()]
    assert all(after.look_up([f"eip155:56:{THIEF}", second.account], "any"))


def test_a_change_ends_before_it_adds():
    watch = Watch.of([ORDER], AUDIENCES)
    again = Watched(THIEF, Kind.ORDER, "order-1", 1, amount="1")
    after = watch.changed(Change(added=[again], ended=[Ended(Kind.ORDER, "order-1")]))
    assert [each.amount for each in after.look_up_one(THIEF, "any")] == ["1"]


@pytest.mark.parametrize(
    "bad",
    [
        Watched("no address", Kind.ORDER, "x", 1),
        Watched(THIEF, Kind.ORDER, "x", 9),
        Watched(THIEF, Kind.ORDER, "x", 0),
        Watched(THIEF, Kind.EXPOSURE, "x", 1, hop=-1),
        Watched(THIEF, Kind.EXPOSURE, "x", 1, hop=2**31),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_whole(bad):
    with pytest.raises(ValueError, match="is no"):
        Watch.of([ORDER, bad], AUDIENCES)
    watch = Watch.of([], AUDIENCES)
    with pytest.raises(ValueError, match="is no"):
        watch.changed(Change(added=[ORDER, bad]))
    assert watch.look_up_one(THIEF, "any") == ()


def test_audiences_may_widen_and_may_not_lose_one_that_rows_have():
    watch = Watch.of([Watched(THIEF, Kind.ORDER, "quiet", 2)], AUDIENCES)
    wider = watch.changed(Change(audiences=Audiences.of({**SETS, 2: frozenset({"south"})})))
    assert wider.look_up_one(THIEF, "south") != ()
    assert wider.look_up_one(THIEF, "north") == ()
    with pytest.raises(ValueError, match="2 is no audience"):
        watch.changed(Change(audiences=Audiences.of({1: "all"})))
    ended = watch.changed(Change(ended=[Ended(Kind.ORDER, "quiet")]))
    ended.changed(Change(audiences=Audiences.of({1: "all"})))


def test_audiences_may_get_their_numbers_as_the_rows_come():
    sets = {}

    def rows():
        sets[1] = frozenset({"north"})
        yield ORDER

    watch = Watch.of(rows(), lambda: Audiences.of(sets))
    assert watch.look_up_one(THIEF, "north") != ()
    assert watch.look_up_one(THIEF, "south") == ()


@pytest.mark.parametrize("number", [0, -1, 10**9])
def test_a_number_that_is_no_audience_is_refused(number):
    with pytest.raises(ValueError, match="no number of an audience"):
        Audiences.of({number: "all"})


def test_the_same_hash_of_another_address_is_no_match(monkeypatch):
    for module in ("level", "watch"):
        monkeypatch.setattr(f"stanch.screening.watch.{module}.key_of", len)
    watch = Watch.of([ORDER, LISTED], AUDIENCES)
    assert watch.look_up([THIEF, f"0x{'a' * 40}"], "any") == [(ON_LIST, ORDERED), ()]
    assert watch.look_up_one(f"0x{'a' * 40}", "any") == ()
    assert watch.look_up_one(THIEF, "any") == (ON_LIST, ORDERED)


CHAINS = ("", "eip155:1", "eip155:56")
ADDRESSES = [f"0x{digit * 40}" for digit in "abc1"] + ["1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"]
accounts = st.builds(
    lambda chain, address: f"{chain}:{address}" if chain else address,
    st.sampled_from(CHAINS),
    st.sampled_from(ADDRESSES) | st.sampled_from([each.lower() for each in ADDRESSES]),
)
references = st.sampled_from(["r1", "r2"])
rows = st.builds(
    Watched,
    accounts,
    st.sampled_from(Kind),
    references,
    st.sampled_from([1, 2, 3]),
    st.integers(0, 2),
    st.sampled_from(["", "a"]),
    st.sampled_from(["", "5"]),
)
ends = st.builds(Ended, st.sampled_from(Kind), references, accounts | st.just(""))
steps = st.tuples(st.lists(rows, max_size=6), st.lists(ends, max_size=2), st.booleans())


@given(st.lists(rows, max_size=8), st.lists(steps, max_size=5))
def test_it_finds_what_the_twin_finds_after_any_changes(first, changes):
    watch, twin = Watch.of(first, AUDIENCES), PlainWatch(dict(SETS), list(first))
    for added, ended, compact in changes:
        watch = watch.changed(Change(added, ended))
        twin.change(added, ended)
        if compact:
            watch = watch.compacted()
    asked = [f"{chain}:{each}" if chain else each for chain in CHAINS for each in ADDRESSES]
    for member in ("north", "south", "other", ""):
        assert watch.look_up(asked, member) == [twin.look_up(each, member, False) for each in asked]
        for each in asked:
            assert watch.look_up_one(each, member) == twin.look_up(each, member, True)
