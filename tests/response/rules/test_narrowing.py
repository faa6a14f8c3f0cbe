"""A part of an order is narrower; anything that is not a part is a new order."""

from dataclasses import replace

import pytest

from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Addressees, OrderKind, Rule
from stanch.response.rules.narrowing import check_narrower, is_narrower
from tests.response.rules.desk import X, Y, Z, at, order, text

LISTED = Sharing("kr", Marking.AMBER, frozenset({"alpha", "beta"}))
TOKEN, OTHER = (replace(Z, asset=f"eip155:1/erc20:{n}") for n in "12")
OLD = order(
    targets=(X, replace(Y, amount=100), replace(TOKEN, amount=50)),
    addressees=Addressees(("alpha", "beta")),
    sharing=LISTED,
)
A = OLD.targets[0]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"targets": (A,)},
        {"targets": (replace(X, asset="eip155:1/slip44:60"),)},
        {"targets": (replace(X, amount=10**30),)},
        {"targets": (replace(Y, amount=99),)},
        {"targets": (replace(TOKEN, amount=1),)},
        {"addressees": Addressees(("alpha",))},
        {"expires": text(at(1))},
        {"issued": text(at(1))},
        {"sharing": replace(LISTED, members=frozenset())},
        {"sharing": replace(LISTED, marking=Marking.RED)},
    ],
)
def test_parts_of_an_order(changes):
    check_narrower(OLD, replace(OLD, **changes))
    assert is_narrower(OLD, replace(OLD, **changes))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"targets": ()}, "targets"),
        ({"targets": (A, Z)}, "targets"),
        ({"targets": (Y,)}, "targets"),
        ({"targets": (replace(Y, amount=101),)}, "targets"),
        ({"targets": (replace(Y, amount=60), replace(Y, amount=60))}, "targets"),
        ({"targets": (replace(Y, amount=160), replace(Y, amount=-60))}, "targets"),
        ({"targets": (replace(Y, asset="eip155:1/erc20:1", amount=1),)}, "targets"),
        ({"targets": (OTHER,)}, "targets"),
        ({"targets": (replace(TOKEN, asset=None),)}, "targets"),
        ({"addressees": Addressees(("alpha", "coin"))}, "addressees"),
        ({"addressees": Addressees()}, "addressees"),
        ({"addressees": Addressees((), ("KR",))}, "addressees"),
        ({"expires": text(at(24 * 31))}, "expiry"),
        ({"issued": text(at(-1))}, "beginning"),
        ({"sharing": replace(LISTED, members=LISTED.members | {"coin"})}, "marking"),
        ({"sharing": replace(LISTED, marking=Marking.GREEN)}, "marking"),
        ({"sharing": replace(LISTED, owner="jp")}, "marking"),
        ({"rule": Rule(cooling_hours=1)}, "rule"),
        ({"kind": OrderKind.ISSUER}, "kind"),
        ({"authority": "jp"}, "authority"),
    ],
)
def test_what_widens_is_a_new_order(changes, what):
    new = replace(OLD, **changes)
    assert not is_narrower(OLD, new)
    with pytest.raises(RefusedError, match=f"{what}.*: that is a new order"):
        check_narrower(OLD, new)


def test_an_order_to_all_may_become_one_to_some():
    assert is_narrower(order(), order(addressees=Addressees(("alpha",))))
    assert is_narrower(order(), order(addressees=Addressees((), ("KR",))))
