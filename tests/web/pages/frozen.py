"""An order to an issuer of tokens: one account is frozen and proved, the other is not."""

from dataclasses import replace

from stanch.app.desk import answers, orders
from stanch.app.desk.answers import NewReply
from stanch.cases.cases import Shared
from stanch.members.organisations import NewMember
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.model.desk.people import Caller
from stanch.response.orders import NewOrder
from tests.formats.test_freeze_event import TETHER
from tests.members.house import KOREA
from tests.web.pages.hold import Hands
from tests.web.pages.seeds import ACCOUNT, JAPAN, USDT, joins

COIN = "mem-coin"
OTHER = ACCOUNT[:-4] + "aaaa"


def issuer(hands: Hands) -> Caller:
    """An administrator of the issuer, which joins."""
    return joins(hands.house, NewMember("Coin Issuer", "issuer", "US", id=COIN), "Ito")


def issued(hands: Hands, *targets: Target) -> str:
    """An order in force to the issuer."""
    analyst = hands.house.caller(hands.house.chief, "analyst")
    new = NewOrder(
        hands.case, OrderKind.ISSUER, targets, "Court 2026-1", "2027-01-20T00:00:00Z",
        Addressees((COIN,)), Shared(Marking.AMBER, (JAPAN,)),
    )  # fmt: skip
    order = orders.draft(hands.desk, analyst, new)
    hands.say(order, Said.PROPOSE, KOREA)
    hands.say(order, Said.CONCUR, JAPAN)
    return order


def frozen(hands: Hands) -> str:
    """Two accounts, one of them frozen, of which more was found later."""
    chief = issuer(hands)
    order = issued(hands, Target(ACCOUNT, USDT, 2_500_000_000_000), Target(OTHER, USDT))
    by = hands.house.caller(chief, "analyst")
    first = NewReply("held", ACCOUNT, USDT, "2400000000000", proof=TETHER)
    for said in (first, replace(first, amount="2500000000000")):
        answers.reply(hands.desk, by, order, said)
    return order
