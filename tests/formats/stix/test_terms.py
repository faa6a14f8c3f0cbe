"""What is said of things binds whatever is made of them, and widens nothing."""

import pytest
from hypothesis import given, settings
from tests.formats.stix.test_handling import AT, PAPS, handlings, note
from tests.formats.stix.valid import checked

from stanch.formats.stix.bundle import bundle
from stanch.formats.stix.grading import Grade, grade_of, graded
from stanch.formats.stix.handling import PUBLIC, Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.item import author, first_hand, make, narrowed
from stanch.formats.stix.markings import handling_of, marking_objects
from stanch.formats.stix.terms import UNSAID, Terms, under
from stanch.formats.stix.wallet import wallet
from stanch.model.desk.marking import Marking, Pap, reaches

ETH = "eip155:1:0x098b716b8aaf21512996dc57eb0615e2383e2f96"
WHO = author("Upbeat", created=AT, id=named("identity", "test", "upbeat"))


def sighting_of(one, two):
    """A relationship between a note about a wallet, and another note; by somebody public."""
    about = note("one", first_hand(one), object_refs=[wallet(ETH, first_hand(two))])
    said = {"created": AT, "modified": AT, "relationship_type": "related-to", "source_ref": about,
            "target_ref": WHO, "created_by_ref": WHO}  # fmt: skip
    return make(named("relationship", "test"), said, first_hand(PUBLIC))


def walked(items):
    for each in items:
        yield each
        yield from walked(each.parts)


@settings(max_examples=40)
@given(handlings(), handlings(), handlings())
def test_all_that_is_made_of_it_is_handled_by_it(one, two, said):
    before = sighting_of(one, two)
    after = under([before], Terms(said))
    pairs = list(zip(walked([before]), walked(after), strict=True))
    for old, new in pairs:
        assert new.id == old.id
        if new.id == WHO.id:
            assert new.data == old.data
            continue
        assert new.handling == strictest([old.handling, said])
        assert reaches(old.handling.tlp, new.handling.tlp)
        assert PAPS.index(new.handling.pap) >= PAPS.index(old.handling.pap)
        known = {each["id"]: each for each in marking_objects(new.handling)}
        assert handling_of(new.data["object_marking_refs"], known) == new.handling
    assert under(after, Terms(said))[0].data == after[0].data
    assert under([before], UNSAID) == [before]


def test_what_says_how_sure_it_is_keeps_its_word():
    plain, of = note("plain", first_hand(PUBLIC), object_refs=[WHO]), first_hand(PUBLIC)
    own = {"created": AT, "modified": AT, "content": "sure", "object_refs": [WHO]}
    sure = make(named("note", "test", "sure"), own | graded(Grade("A", "1")), of)
    said = Terms(Handling(Marking.CLEAR, Pap.RED), Grade("C", "3"), "0-10", "7")
    found = {each["id"]: each for each in checked(bundle(under([plain, sure], said)))}
    assert grade_of(found[plain.id]) == Grade("C", "3")
    assert found[plain.id]["confidence"] == 70
    assert (grade_of(found[sure.id]), found[sure.id]["confidence"]) == (Grade("A", "1"), 90)
    assert "confidence" not in found[WHO.id]


def test_a_grade_is_read_from_misps_labels_too_and_from_nothing_else():
    labels = ['admiralty-scale:source-reliability="b"', "x",
              'admiralty-scale:information-credibility="2"']  # fmt: skip
    assert grade_of({"labels": labels}) == Grade("B", "2")
    assert grade_of({"labels": ['admiralty-scale:source-reliability="g"']}) == Grade()
    assert grade_of({"labels": 7}) == grade_of({}) == Grade()


def test_terms_hold_to_their_words():
    with pytest.raises(ValueError, match="no word of the scale"):
        Terms(scale="wep", word="maybe")
    with pytest.raises(ValueError, match="written by make"):
        narrowed(WHO, first_hand(PUBLIC), (), {"id": "x"})
