"""An order reaches whom it names, or is refused; what it rests on goes no further than marked."""

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Addressees, OrderKind
from stanch.response.rules.addressees import addressed, reaches
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


LISTED = frozenset({"alpha"})


@pytest.mark.parametrize(
    ("marking", "owner", "listed", "others"),
    [
        (Marking.CLEAR, True, True, True),
        (Marking.GREEN, True, True, True),
        (Marking.AMBER, True, True, False),
        (Marking.STRICT, True, True, False),
        (Marking.RED, False, False, False),  # people on its list alone, in no house as a whole
    ],
)
def test_whom_a_marking_reaches(marking, owner, listed, others):
    sharing = Sharing("kr", marking, LISTED, frozenset({"alpha-1"}))
    reached = [reaches(sharing, each) for each in ("kr", "alpha", "beta")]
    assert reached == [owner, listed, others]
