"""An order reaches whom it names, or is refused; what it rests on goes no further than marked."""

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Addressees, OrderKind
from stanch.response.rules.addressees import Part, addressed, for_addressee
from tests.response.rules.desk import ALPHA, COIN, KR, LAB, MEMBERS, order

DESK = tuple(MEMBERS.values())


@pytest.mark.parametrize(
    ("kind", "addressees", "reached"),
    [
        (OrderKind.HOLD, Addressees(), ("alpha", "beta", "coin")),
        (OrderKind.HOLD, Addressees(("beta", "alpha", "beta")), ("alpha", "beta")),
        (OrderKind.EMERGENCY, Addressees((), ("JP", "US")), ("beta", "coin")),
        (OrderKind.ISSUER, Addressees(), ("coin",)),
        (OrderKind.ISSUER, Addressees((), ("US",)), ("coin",)),
        (OrderKind.ISSUER, Addressees(("coin",)), ("coin",)),
    ],
)
def test_whom_an_order_reaches(kind, addressees, reached):
    assert addressed(order(kind, addressees=addressees), DESK) == reached


@pytest.mark.parametrize(
    ("kind", "addressees", "reason"),
    [
        (OrderKind.HOLD, Addressees(("gamma",)), "'gamma' is no exchange or issuer"),
        (OrderKind.HOLD, Addressees(("alpha", "jp")), "'jp' is no exchange or issuer"),
        (OrderKind.HOLD, Addressees(("lab",)), "'lab' is no exchange or issuer"),
        (OrderKind.HOLD, Addressees((), ("KR", "NL")), "no exchange or issuer in 'NL'"),
        (OrderKind.HOLD, Addressees(("alpha",), ("JP",)), "not to both"),
        (OrderKind.ISSUER, Addressees(("alpha",)), "'alpha' is no issuer"),
        (OrderKind.ISSUER, Addressees((), ("KR",)), "no issuer in 'KR'"),
    ],
)
def test_orders_that_would_reach_fewer_than_they_say(kind, addressees, reason):
    with pytest.raises(RefusedError, match=reason):
        addressed(order(kind, addressees=addressees), DESK)


def test_an_order_to_nobody_is_refused():
    with pytest.raises(RefusedError, match="no exchange or issuer at this desk"):
        addressed(order(), (KR, LAB))
    with pytest.raises(RefusedError, match="no issuer at this desk"):
        addressed(order(OrderKind.ISSUER), (KR, ALPHA))
    assert addressed(order(), (KR, COIN)) == ("coin",)


ALL, ONLY = frozenset(Part), frozenset({Part.DOCUMENT})
LISTED = Sharing("kr", Marking.AMBER, frozenset({"alpha"}))
STRICT = Sharing("kr", Marking.STRICT, frozenset({"alpha"}))
RED = Sharing("kr", Marking.RED, frozenset({"alpha"}), frozenset({"alpha-1"}))
CLEAR, GREEN = Sharing("kr", Marking.CLEAR), Sharing("kr", Marking.GREEN)


@pytest.mark.parametrize(
    ("of_order", "of_case", "alpha", "beta"),
    [
        (CLEAR, GREEN, ALL, ALL),
        (LISTED, LISTED, ALL, ONLY),
        (STRICT, CLEAR, ALL, ONLY),
        (CLEAR, RED, ONLY, ONLY),  # the case stays closed, the order arrives
        (RED, CLEAR, ONLY, ONLY),
        (LISTED, Sharing("kr"), ONLY, ONLY),
        (Sharing("kr"), LISTED, ONLY, ONLY),
    ],
)
def test_what_an_addressee_may_have(of_order, of_case, alpha, beta):
    what = order(sharing=of_order)
    assert for_addressee(what, "alpha", of_case) == alpha
    assert for_addressee(what, "beta", of_case) == beta
