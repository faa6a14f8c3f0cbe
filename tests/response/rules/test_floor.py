"""No order may be signed whose rule is weaker than the floor, or that nobody can follow."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.errors import RefusedError, SignatureError
from stanch.formats.signed.order import order_document, order_from
from stanch.model.desk.marking import Sharing
from stanch.model.desk.orders import Basis, OrderKind, Rule, Said
from stanch.response.rules.floor import check_order, check_rule
from stanch.response.rules.lifecycle import propose
from stanch.response.rules.standing import draft
from tests.formats.signed.tiny import ORDER
from tests.response.rules.desk import HASH, START, X, at, order, signed, text


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"members": 1}, "members to come into force: 1"),
        ({"members": 3, "others": 1}, "other members to release: 1"),
        ({"own": 1}, "approvers of the requesting member to release: 1"),
        ({"own": 10}, "approvers"),
        ({"others": 0}, "other members to release: 0"),
        ({"cooling_hours": 0}, "hours of cooling: 0"),
        ({"cooling_hours": 169}, "hours of cooling: 169"),
        ({"cooling_hours": float("nan")}, "hours of cooling: nan"),
        ({"members": True}, "members to come into force"),
        ({"lapses_hours": 72}, "only an emergency hold lapses"),
    ],
)
@pytest.mark.parametrize("kind", [OrderKind.HOLD, OrderKind.ISSUER])
def test_rules_of_holds_below_the_floor(kind, changes, reason):
    check_rule(Rule(), kind)
    with pytest.raises(RefusedError, match=reason):
        check_rule(replace(Rule(), **changes), kind)


@pytest.mark.parametrize(
    "changes", [{"lapses_hours": None}, {"lapses_hours": 0}, {"lapses_hours": 73}, {"members": 1}]
)
def test_rules_of_emergencies_below_the_floor(changes):
    check_rule(Rule(lapses_hours=72), OrderKind.EMERGENCY)
    with pytest.raises(RefusedError):
        check_rule(replace(Rule(lapses_hours=72), **changes), OrderKind.EMERGENCY)


def test_a_rule_does_not_ask_for_more_members_than_there_are():
    check_rule(Rule(), OrderKind.HOLD, founding=2)
    with pytest.raises(RefusedError, match="than the 2 there are"):
        check_rule(Rule(members=3, others=2), OrderKind.HOLD, founding=2)
    with pytest.raises(RefusedError, match="than the 2 there are"):
        check_rule(Rule(others=2), OrderKind.HOLD, founding=2)


numbers = st.integers(-1, 11)


@given(st.builds(Rule, members=numbers, own=numbers, others=numbers, cooling_hours=numbers))
def test_each_legal_rule_makes_a_release_strictly_harder(rule):
    """The hands of a release contain those of a block and one more, and it waits."""
    try:
        check_rule(rule, OrderKind.HOLD)
    except RefusedError:
        return
    assert 1 + rule.others >= rule.members >= 2
    assert rule.own + rule.others > rule.members
    assert rule.own >= 2
    assert rule.cooling_hours >= 1


hours = st.sampled_from([None, 0, 1, 72, 73, 168, 169])


@given(st.builds(Rule, numbers, hours, numbers, numbers, hours), st.sampled_from(OrderKind))
def test_who_reads_an_order_asks_as_much_of_its_rule(rule, kind):
    """No desk need have seen an order that somebody shows to an exchange."""
    try:
        check_rule(rule, kind)
        holds = True
    except RefusedError:
        holds = False
    try:
        document = order_document(replace(ORDER, kind=kind, rule=rule))
        read = order_from(document).rule == rule
    except SignatureError:
        read = False
    assert read is holds


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"targets": ()}, "names no target"),
        ({"targets": (X, X)}, "twice"),
        ({"targets": (X, replace(X, amount=1))}, "twice"),
        ({"targets": (replace(X, amount=0),)}, "above nothing"),
        ({"targets": (replace(X, amount=1.5),)}, "above nothing"),
        ({"targets": (replace(X, account=""),)}, "empty account"),
        ({"targets": (replace(X, asset=""),)}, "empty account or asset"),
        (
            {"kind": OrderKind.ISSUER, "targets": (replace(X, asset="eip155:1/slip44:60"),)},
            "own coin has no issuer",
        ),
        ({"sharing": Sharing("jp")}, "owner must be kr"),
        ({"legal_reference": " "}, "no legal reference"),
        ({"basis": Basis("")}, "no case"),
        ({"expires": text(START)}, "expires before it is issued"),
        ({"expires": "2027"}, "is not a time"),
        ({"expires": text(START + timedelta(days=367))}, "of kind hold expires within 366 days"),
        ({"rule": Rule(own=1)}, "approvers"),
    ],
)
def test_orders_that_nobody_may_sign(changes, reason):
    bad = replace(order(), **changes)
    with pytest.raises(RefusedError, match=reason):
        check_order(bad, START)
    with pytest.raises(RefusedError, match=reason):
        propose(draft(bad, HASH, START), signed(Said.PROPOSE, "kr-1", 0), ())


def test_an_order_to_an_issuer_names_tokens():
    with pytest.raises(RefusedError, match="names the token"):
        check_order(order(OrderKind.ISSUER), START)


def test_an_order_that_expired_is_not_signed():
    with pytest.raises(RefusedError, match="the order expired"):
        check_order(order(days=1), at(24))
