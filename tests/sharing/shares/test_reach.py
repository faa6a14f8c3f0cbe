"""To whom each object goes: by its own list, and with whatever brings it."""

import pytest

from stanch.errors import InvariantError
from stanch.formats.stix.extensions import extended, extension_id
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, first_hand, make
from stanch.formats.stix.wallet import wallet
from stanch.model.desk.marking import Marking
from stanch.sharing.collections.words import View
from stanch.sharing.shares.reach import reached
from stanch.sharing.shares.seen_by_both import seen_by_both

AT = "2026-11-27T00:00:00.000Z"
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
ACCOUNTS = [f"eip155:{chain}:0x{'ab' * 20}" for chain in (1, 10)]


def to(*members: str) -> Handling:
    return Handling(Marking.AMBER, readers=frozenset(members))


def identity(name: str, handling: Handling, **more: object) -> Item:
    said = {"created": AT, "modified": AT, "name": name, **more}
    return make(named("identity", "test", name), said, first_hand(handling))


def note(name: str, handling: Handling, *about: Item) -> Item:
    said = {"created": AT, "modified": AT, "content": name, "object_refs": list(about)}
    return make(named("note", "test", name), said, first_hand(handling))


def goes(*items: Item) -> dict[str, frozenset[str] | None]:
    return {each.id: each.to for each in reached(items)}


def test_what_is_public_goes_to_those_alone_who_get_what_names_it():
    author = identity("author", PUBLIC, extensions=extended("grading", reliability="A"))
    found = goes(note("one", to("a", "b"), author), note("two", to("b", "c"), author))
    assert found[author.id] == found[extension_id("grading")] == {"a", "b", "c"}
    assert found[AMBER] == {"a", "b", "c"}
    assert goes(author)[author.id] is None


def test_what_hangs_on_an_object_goes_no_further_than_its_own_list():
    beside = identity("beside", to("a"))
    found = goes(note("main", to("a", "b"), identity("x", PUBLIC)).with_these(beside))
    assert found[beside.id] == {"a"}


def test_nothing_in_red_is_among_them():
    assert reached([identity("x", Handling(Marking.RED))]) == []


def test_a_wallet_of_two_lists_goes_to_both_and_says_to_each_what_it_may():
    one, other = (
        wallet(each, first_hand(to(who))) for each, who in zip(ACCOUNTS, "ab", strict=True)
    )
    found = {
        tuple(each.to or ()): each.data for each in reached([one, other]) if "value" in each.data
    }
    assert found == {("a",): one.data, ("b",): other.data}
    both = [wallet(each, first_hand(to("a"))) for each in ACCOUNTS]
    (single,) = [each for each in reached(both) if "value" in each.data]
    assert str(single.data).count("eip155") == 2
    wide = wallet(ACCOUNTS[0], first_hand(Handling(Marking.GREEN)))
    (kept,) = [each for each in reached([one, wide]) if "value" in each.data]
    assert (kept.data, kept.to) == (wide.data, None)


def test_one_id_that_says_two_things_to_one_reader_is_a_fault_of_ours():
    with pytest.raises(InvariantError, match="are not the same"):
        reached([identity("x", PUBLIC), identity("x", PUBLIC, description="y")])


def test_a_view_of_two_is_what_both_see():
    one = View("c", (1, 2, 3), (("2026-01", "2026-03"), ("2026-05", "")))
    other = View("c", (2, 3, 4), (("2026-02", "2026-06"),))
    assert seen_by_both(one, other) == View(
        "c", (2, 3), (("2026-02", "2026-03"), ("2026-05", "2026-06"))
    )
    always = View("c", (3,))
    assert seen_by_both(one, always) == View("c", (3,), one.times)
    assert seen_by_both(always, always).times is None
    with pytest.raises(ValueError, match="of one collection"):
        seen_by_both(one, View("d", ()))
