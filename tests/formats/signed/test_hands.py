"""Which members must concur, and how many: named in orders, and in what the founders signed."""

from dataclasses import replace

import pytest
from tests.formats.signed.tiny import (
    ACCOUNT,
    FIRST,
    ORDER,
    PIN,
    approver,
    bundle,
    following,
    key,
    say,
    signed,
)

from stanch.errors import SignatureError
from stanch.formats.signed.bundle import verify_bundle
from stanch.formats.signed.directory import directory_document, directory_from, directory_hash
from stanch.formats.signed.hands import check_strict, signers, usual
from stanch.formats.signed.members import certified, dropped
from stanch.formats.signed.order import order_document, order_from, order_hash
from stanch.formats.signed.tally import Proved
from stanch.model.desk.directory import MemberKey
from stanch.model.desk.orders import OrderKind, Rule, Said
from stanch.model.desk.people import MemberKind

FR = MemberKey("fr", "FR", MemberKind.GOVERNMENT, "FR", False, key("fr").public.text)
TWO = Rule(among=frozenset({"kr", "us"}))
NAMED = replace(ORDER, rule=TWO)


def ruled(**rules: Rule):
    """The next version, with a table of rules, and with France, which did not found the desk."""
    table = tuple((OrderKind(kind), rule) for kind, rule in sorted(rules.items()))
    people = (*FIRST.approvers, approver("fr1"), approver("fr2"))
    return following(members=(*FIRST.members, FR), approvers=people, rules=table)


def under(directory, rule=None, **changed):
    return replace(ORDER, directory=directory_hash(directory), rule=rule or Rule(), **changed)


def test_an_order_without_names_and_a_directory_without_rules_are_written_as_ever():
    assert "among" not in order_document(ORDER)["rule"]
    assert "rules" not in directory_document(FIRST)
    assert order_hash(ORDER) != order_hash(NAMED)
    assert order_from(order_document(NAMED)) == NAMED
    said = ruled(hold=TWO)
    assert directory_from(directory_document(said)) == said


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(among=frozenset({"kr"})), "fewer members than must sign"),
        (Rule(members=3, others=2, among=frozenset({"kr", "us"})), "fewer members"),
        (Rule(others=2, among=frozenset({"kr", "us"})), "fewer members"),
        (Rule(among=frozenset({"jp", "us"})), "authority of an order is not among"),
    ],
)
def test_a_rule_that_can_never_be_met_is_no_document(rule, why):
    with pytest.raises(SignatureError, match=why):
        order_document(replace(ORDER, rule=rule))


def test_one_set_of_members_has_one_document():
    document = order_document(NAMED)
    for other in (["us", "kr"], ["kr", "kr"], []):
        changed = {**document, "rule": {**document["rule"], "among": other}}
        with pytest.raises(SignatureError, match="among"):
            order_from(changed)


def test_only_those_whom_an_order_names_concur_and_release():
    first = say(Said.PROPOSE, "kr1", NAMED)
    with pytest.raises(SignatureError, match="jp is none of the members who may sign"):
        verify_bundle(bundle(first, say(Said.CONCUR, "jp1", NAMED), order=NAMED), PIN)
    both = (first, say(Said.CONCUR, "us1", NAMED))
    held = verify_bundle(bundle(*both, order=NAMED), PIN)
    assert held.tally.state is Proved.CONCURRED
    hands = [say(Said.RELEASE, each, NAMED) for each in ("kr1", "kr2")]
    with pytest.raises(SignatureError, match="jp is none"):
        verify_bundle(bundle(*both, *hands, say(Said.RELEASE, "jp1", NAMED), order=NAMED), PIN)
    freed = verify_bundle(bundle(*both, *hands, say(Said.RELEASE, "us1", NAMED), order=NAMED), PIN)
    assert freed.tally.free.keys() >= {ACCOUNT}


def test_an_order_names_nobody_whom_the_directory_does_not():
    stranger = replace(ORDER, rule=Rule(among=frozenset({"kr", "ex"})))
    said = (say(Said.PROPOSE, "kr1", stranger), say(Said.CONCUR, "ex1", stranger))
    with pytest.raises(SignatureError, match="lets ex concur, and the directory does not"):
        verify_bundle(bundle(*said, order=stranger), PIN)
    later = ruled(hold=Rule(among=frozenset({"kr", "fr"})))
    with pytest.raises(SignatureError, match="lets jp concur"):
        check_strict(under(later), later)


def test_founders_let_a_government_concur_that_did_not_found_the_desk():
    later = ruled(hold=Rule(among=frozenset({"kr", "fr"})))
    order = under(later, usual(later, OrderKind.HOLD))
    said = (say(Said.PROPOSE, "kr1", order), say(Said.CONCUR, "fr1", order))
    found = verify_bundle(bundle(*said, order=order, later=(signed(later),)), PIN)
    assert found.tally.state is Proved.CONCURRED
    assert found.tally.members == ("kr", "fr")


@pytest.mark.parametrize(
    ("table", "rule", "why"),
    [
        (Rule(members=3, others=2), Rule(others=2), "members of the order's rule is 2"),
        (Rule(own=3), Rule(), "own of the order's rule is 2; the directory asks 3"),
        (Rule(others=2), Rule(), "others of the order's rule is 1"),
        (Rule(cooling_hours=48), Rule(), "cooling_hours of the order's rule is 24"),
    ],
)
def test_an_order_is_not_laxer_than_the_directory_that_it_names(table, rule, why):
    later = ruled(hold=table)
    order = under(later, rule)
    said = (say(Said.PROPOSE, "kr1", order), say(Said.CONCUR, "jp1", order))
    with pytest.raises(SignatureError, match=why):
        verify_bundle(bundle(*said, order=order, later=(signed(later),)), PIN)
    strict = under(later, table)
    said = (say(Said.PROPOSE, "kr1", strict), say(Said.CONCUR, "jp1", strict))
    assert verify_bundle(bundle(*said, order=strict, later=(signed(later),)), PIN)


def test_an_emergency_hold_lapses_as_soon_as_the_directory_says():
    later = ruled(emergency=Rule(lapses_hours=24))
    for hours in (25, 72):
        lax = under(later, Rule(lapses_hours=hours), kind=OrderKind.EMERGENCY)
        with pytest.raises(SignatureError, match="allows 24"):
            check_strict(lax, later)
    check_strict(under(later, Rule(lapses_hours=12), kind=OrderKind.EMERGENCY), later)
    check_strict(under(later), later)  # nothing was said of a hold


def test_who_proposes_does_not_name_an_older_directory_to_be_laxer():
    """The order was written before the table, and proposed after."""
    later = replace(ruled(hold=Rule(members=3, others=2)), created="2026-11-26T11:00:00Z")
    said = say(Said.PROPOSE, "kr1", directory=directory_hash(later))
    with pytest.raises(SignatureError, match="members of the order's rule is 2"):
        verify_bundle(bundle(said, later=(signed(later),)), PIN)


def test_a_table_names_governments_of_the_directory_and_can_be_met():
    for rule, why in (
        (Rule(among=frozenset({"kr", "ex"})), "names ex, no government here"),
        (Rule(among=frozenset({"kr", "zz"})), "names zz"),
        (Rule(members=4, others=3), "more members than the 3"),
    ):
        with pytest.raises(SignatureError, match=why):
            certified(ruled(hold=rule))
    de = replace(FR, id="de", key=key("de").public.text)
    alone = replace(
        ruled(hold=Rule(among=frozenset({"fr", "de"}))), members=(*FIRST.members, FR, de)
    )
    with pytest.raises(SignatureError, match="no founding member"):
        certified(alone)


@pytest.mark.parametrize("value", [{}, [], None, {"seize": {}}, {"hold": None}, {"hold": {}}])
def test_a_table_that_is_none_is_refused(value):
    with pytest.raises(SignatureError):
        directory_from({**directory_document(FIRST), "rules": value})


def test_who_is_taken_out_of_the_table_loses_their_hands_where_they_had_some():
    before = ruled(hold=Rule(among=frozenset({"kr", "jp", "us"})))
    after = following(before, rules=((OrderKind.HOLD, Rule(among=frozenset({"kr", "us"}))),))
    order = under(before, usual(before, OrderKind.HOLD))
    assert signers(after, order) == {"kr", "us"}
    assert dropped(before, after, order) == {key(each).kid for each in ("jp1", "jp2")}
    other = replace(order, kind=OrderKind.ISSUER)
    assert dropped(before, after, replace(other, rule=Rule())) == frozenset()
    concurs = say(Said.CONCUR, "jp1", order)
    whole = (say(Said.PROPOSE, "kr1", order), concurs)
    later = (signed(before), signed(replace(after, created="2026-11-26T11:00:00Z")))
    found = verify_bundle(bundle(*whole, order=order, later=later), PIN)
    assert [each.member for each in found.unproven] == ["jp"]
    assert found.tally.state is Proved.PROPOSED


@pytest.mark.parametrize(
    ("kind", "rule", "last", "over"),
    [
        (OrderKind.HOLD, Rule(), "2027-11-27T00:00:00Z", "2027-11-27T00:00:01Z"),
        (OrderKind.ISSUER, Rule(), "2028-11-26T00:00:00Z", "2028-11-26T00:00:00.000001Z"),
        (
            OrderKind.EMERGENCY,
            Rule(lapses_hours=72),
            "2027-02-26T00:00:00Z",
            "2027-02-27T00:00:00Z",
        ),
    ],
)
def test_an_order_of_each_kind_ends_some_day(kind, rule, last, over):
    order = replace(ORDER, kind=kind, rule=rule, expires=last)
    assert verify_bundle(bundle(say(Said.PROPOSE, "kr1", order), order=order), PIN)
    order = replace(order, expires=over)
    with pytest.raises(SignatureError, match=f"kind {kind} expires within"):
        verify_bundle(bundle(say(Said.PROPOSE, "kr1", order), order=order), PIN)
