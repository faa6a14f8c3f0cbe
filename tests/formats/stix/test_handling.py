"""Markings cannot be forgotten: what is made of marked things is handled by the strictest."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.formats.stix.valid import checked

from stanch.formats.stix.bundle import bundle, gathered
from stanch.formats.stix.extensions import ABOUT, definition, extension_id, said_by, schema
from stanch.formats.stix.handling import PUBLIC, Handling, Policy, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Outside, first_hand, made_of, make
from stanch.formats.stix.markings import handling_of, marking_objects, marking_refs
from stanch.formats.stix.wallet import wallet
from stanch.model.desk.marking import Marking, Pap, reaches

AT = "2024-05-31T04:26:47.000Z"
ORDER = tuple(Marking)
PAPS = (None, *Pap)
POLICIES = [
    Policy("0224bfdf-ea3a-49c3-96f6-66d908bb1845", "One", "About one.", AT, "white"),
    Policy("1224bfdf-ea3a-49c3-96f6-66d908bb1845", "Two", "About two.", AT, "green",
           encrypt_in_transit="must", end="2025-05-31T04:26:47.000Z"),
]  # fmt: skip
OTHER = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"


@some.composite
def handlings(draw):
    tlp = draw(some.sampled_from(ORDER))
    allowed = [each for each in POLICIES if each.tlp == "white" or tlp is not Marking.CLEAR]
    policies = draw(some.sets(some.sampled_from(allowed)))
    return Handling(
        tlp, draw(some.sampled_from(PAPS)), frozenset(policies),
        frozenset(draw(some.sets(some.just(OTHER)))),
    )  # fmt: skip


def note(name, of, **refs):
    said = {"created": AT, "modified": AT, "content": name, **refs}
    return make(named("note", "test", name), said, of)


def subject(name, handling):
    said = {"created": AT, "modified": AT, "name": name}
    return make(named("identity", "test", name), said, first_hand(handling))


@given(handlings(), handlings(), handlings())
def test_the_strictest_is_a_join(one, two, three):
    assert strictest([one, one]) == one
    assert strictest([one, two]) == strictest([two, one])
    assert strictest([strictest([one, two]), three]) == strictest([one, strictest([two, three])])
    joined = strictest([one, two])
    assert reaches(one.tlp, joined.tlp)
    assert reaches(two.tlp, joined.tlp)
    assert PAPS.index(joined.pap) == max(PAPS.index(one.pap), PAPS.index(two.pap))
    assert joined.policies == one.policies | two.policies
    assert joined.others == one.others | two.others


LISTS = some.none() | some.frozensets(some.sampled_from("abc"))


@given(some.lists(some.tuples(some.sampled_from(ORDER), LISTS), min_size=1, max_size=4))
def test_what_is_made_of_several_goes_to_whom_all_lists_let_it(said):
    items = [
        subject(str(place), Handling(tlp, readers=readers))
        for place, (tlp, readers) in enumerate(said)
    ]
    made = note("n", first_hand(PUBLIC), object_refs=items)
    lists = [readers for _, readers in said if readers is not None]
    for reader in "abcd":
        may = all(reader in each for each in lists)
        assert (made.handling.readers is None or reader in made.handling.readers) == may
    assert "readers" not in made.data


@given(handlings())
def test_a_handling_is_read_back_from_its_markings(one):
    known = {each["id"]: each for each in marking_objects(one)}
    assert handling_of(marking_refs(one), known) == one


@given(some.lists(handlings(), min_size=1, max_size=5), some.data())
def test_no_object_is_wider_than_what_it_is_made_of(marks, data):
    """Any graph of objects: by reference, by origin, nested in lists and in objects."""
    items = [subject(str(place), each) for place, each in enumerate(marks)]
    for place in range(data.draw(some.integers(1, 5))):
        parts = data.draw(some.lists(some.sampled_from(items), min_size=1, max_size=3))
        made = data.draw(some.sampled_from(["refs", "origin", "nested"]))
        if made == "refs":
            items.append(note(f"n{place}", first_hand(PUBLIC), object_refs=parts))
        elif made == "origin":
            items.append(note(f"n{place}", made_of(*parts), object_refs=[parts[0]]))
        else:
            deep = {"x": [{"some_ref": each} for each in parts]}
            items.append(note(f"n{place}", first_hand(PUBLIC), object_refs=parts[:1], deep=deep))
        for each in parts:
            assert strictest([items[-1].handling, each.handling]) == items[-1].handling
    for level in Marking:
        shown = gathered(items, level)
        for each in shown.values():
            refs = [*each.get("object_refs", ()), *each.get("object_marking_refs", ())]
            assert set(refs) - {OTHER} <= shown.keys()
            found = handling_of(each.get("object_marking_refs", []), shown)
            assert found is None or reaches(found.tlp, level)


def test_there_is_no_other_way_to_make_an_object():
    with pytest.raises(TypeError, match=r"made by make\(\)"):
        Item(object(), {}, PUBLIC, ())
    secret = subject("secret", Handling(Marking.RED))
    for said, reason in (
        ({"object_refs": [secret.id]}, "referred to by its Item"),
        ({"deep": [{"x_ref": secret.id}]}, "referred to by its Item"),
        ({"object_marking_refs": []}, r"written by make\(\)"),
        ({"id": "x"}, r"written by make\(\)"),
    ):
        with pytest.raises(ValueError, match=reason):
            make(named("note", "x"), said, first_hand(PUBLIC))
    with pytest.raises(ValueError, match="nothing says how it is marked"):
        strictest([])
    public = note("about a group", first_hand(PUBLIC), object_refs=[Outside("intrusion-set--x")])
    assert public.handling == PUBLIC


def test_markings_are_taken_by_other_programs_and_are_those_of_oasis():
    every = [
        subject(f"{tlp} {pap}", Handling(tlp, pap, frozenset(POLICIES[:1])))
        for tlp in Marking
        for pap in PAPS
    ]
    objects = checked(bundle(every))
    marks = {each["name"]: each["id"] for each in objects if each["type"] == "marking-definition"}
    assert marks["TLP:AMBER+STRICT"] == "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
    assert marks["PAP:CLEAR"] == "marking-definition--ad15a0cd-55b6-4588-a14c-a66105329b92"
    assert marks["PAP:GREEN"] == "marking-definition--c43594d1-4b11-4c59-93ab-1c9b14d53ce9"
    assert marks["PAP:AMBER"] == "marking-definition--60f8932b-e51e-4458-b265-a2e8be9a80ab"
    assert marks["PAP:RED"] == "marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e"
    assert {each["name"] for each in objects if each["type"] == "extension-definition"} == {
        "TLP 2.0", "PAP", "IEP 2.0",
    }  # fmt: skip


def test_iep_keeps_to_its_words_and_to_the_label():
    with pytest.raises(ValueError, match="permitted_actions is none of"):
        Policy("x", "x", "x", AT, "white", permitted_actions="anything")
    with pytest.raises(ValueError, match="is for TLP:GREEN, not TLP:CLEAR"):
        Handling(Marking.CLEAR, policies=frozenset(POLICIES[1:]))


ACCOUNTS = [f"eip155:{chain}:0x{'ab' * 20}" for chain in (1, 10, 56)]


@given(
    some.lists(some.tuples(some.sampled_from(ACCOUNTS), handlings()), min_size=1), some.randoms()
)
def test_of_what_several_say_of_a_wallet_the_order_does_not_matter(said, chance):
    items = [wallet(account, first_hand(each)) for account, each in said]
    first = bundle(items)
    chance.shuffle(items)
    assert bundle(items) == first
    (found,) = [
        each for each in json.loads(first)["objects"] if each["type"] == "cryptocurrency-wallet"
    ]
    widest = min((each.tlp for _, each in said), key=ORDER.index)
    public = {account for account, each in said if each.tlp == widest}
    assert said_by(found, "account")["accounts"] == sorted(public)
    known = {each["id"]: each for each in json.loads(first)["objects"]}
    assert handling_of(found["object_marking_refs"], known).tlp == widest


def test_two_objects_with_one_id_are_no_bundle():
    with pytest.raises(ValueError, match="two objects have the id"):
        bundle([subject("one", PUBLIC), subject("one", Handling(Marking.RED))])


@pytest.mark.parametrize("name", ABOUT)
def test_each_extension_is_published_with_its_schema(name):
    found = checked(bundle([definition(name)]))
    (one,) = [each for each in found if each["id"] == extension_id(name)]
    assert json.loads(one["schema"]) == schema(name)
    assert schema(name)["title"] == one["name"] == f"stanch-{name}"
