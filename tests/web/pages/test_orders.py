"""Pages of orders: who sees them, what they say, and what an approver is shown to sign."""

import pytest

from stanch.app.desk import cases
from stanch.app.desk.words import Shared
from stanch.formats.signed.canonical import digest
from stanch.members.organisations import NewMember
from tests.web.conftest import Client, World
from tests.web.pages.browser import OURS, csrf, send
from tests.web.pages.hold import Hands
from tests.web.pages.seeds import ACCOUNT, JAPAN, joins


@pytest.fixture
def hands(world: World) -> Hands:
    """Japan joins, both certify approvers, and Korea has a case."""
    house = world.house
    japan = joins(house, NewMember("Japan", "government", "JP", True, JAPAN), "Sato")
    case = cases.open_case(world.desk, house.caller(house.chief, "analyst"), "Theft", Shared())
    hands = Hands(world.desk, house, japan, case)
    hands.certify()
    return hands


def approver(world: World, hands: Hands, member: str) -> Client:
    """The first certified approver of a member, who has signed in."""
    chief = hands.japan if member == JAPAN else world.house.chief
    return Client(world.app).sign_in(world.house.link(chief, hands.people[member][0]))


def test_an_order_is_listed_counted_and_shown_with_what_it_names(
    world: World, korea: Client, hands: Hands
) -> None:
    assert "stanch order draft" in korea.get("/orders").text
    order = hands.draft()
    page = korea.get("/orders").text
    assert order in page
    assert "<b>1</b> draft" in page
    assert "No order fits" in korea.get("/orders?state=in_force").text
    shown = korea.get(f"/orders/{order}").text
    for words in (ACCOUNT, "2,500,000,000,000", "Nobody has signed it", "Upbeat", hands.case,
                  "2 approvers of the authority", "&lt;img src=x"):  # fmt: skip
        assert words in shown
    assert "<img" not in shown


def test_an_order_that_is_not_for_somebody_is_not_there(
    world: World, upbeat: Client, hands: Hands
) -> None:
    order = hands.draft()
    assert order not in upbeat.get("/orders").text
    assert "<b>0</b> draft" in upbeat.get("/orders").text
    for path in ("", "/document", "/sign/propose", "/sign/concur"):
        there = upbeat.get(f"/orders/{order}{path}")
        none = upbeat.get(f"/orders/ord-0000000000000000{path}")
        assert there.status_code == none.status_code == 404
        assert there.text.replace(order, "X") == none.text.replace("ord-0000000000000000", "X")
    for path, fields in (("effect", {"to": "requested"}), ("statements", {"statement": "x"})):
        there = send(upbeat, f"/orders/{order}/{path}", **fields)
        assert there.status_code in (403, 404)
        none = send(upbeat, f"/orders/ord-0000000000000000/{path}", **fields)
        assert there.text.replace(order, "X") == none.text.replace("ord-0000000000000000", "X")


def test_a_case_that_somebody_may_not_see_gives_an_order_no_link_and_no_clock(
    world: World, hands: Hands
) -> None:
    order = hands.draft()
    page = approver(world, hands, JAPAN).get(f"/orders/{order}").text
    assert f"/cases/{hands.case}" not in page
    assert "Theft reported" not in page


def test_what_an_approver_saves_is_what_the_page_says_is_signed(world: World, hands: Hands) -> None:
    order = hands.draft()
    korea = approver(world, hands, "mem-korea")
    document = korea.get(f"/orders/{order}/document")
    assert document.headers["content-disposition"] == f'attachment; filename="{order}.json"'
    page = korea.get(f"/orders/{order}/sign/propose").text
    assert f"hash: {digest(document.content)}" in page
    person = hands.people["mem-korea"][0]
    assert f"--key KEY.pem --person {person} --member mem-korea" in page
    assert 'type="file"' not in page  # a key has nowhere to go
    for say in ("concur", "release", "refuse", "nothing"):
        assert korea.get(f"/orders/{order}/sign/{say}").status_code == 404


def test_only_approvers_of_founding_members_are_shown_what_to_sign(
    world: World, korea: Client, hands: Hands
) -> None:
    order = hands.draft()
    assert "/sign/propose" not in korea.get(f"/orders/{order}").text  # an analyst
    assert korea.get(f"/orders/{order}/sign/propose").status_code == 404
    assert "/sign/propose" in approver(world, hands, "mem-korea").get(f"/orders/{order}").text
    assert "/sign/" not in approver(world, hands, JAPAN).get(f"/orders/{order}").text


def test_a_country_speaks_for_its_own_law_through_its_own_form(korea: Client, hands: Hands) -> None:
    order = hands.draft()
    path = f"/orders/{order}"
    for token in ("", "x"):
        answer = korea("POST", f"{path}/effect", data={"to": "requested", "csrf": token},
                       headers=OURS)  # fmt: skip
        assert answer.status_code == 403
    good = csrf(korea.get(path))
    bare = korea("POST", f"{path}/effect", data={"to": "requested", "csrf": good})
    assert bare.status_code == 403
    assert "No country has said" in korea.get(path).text
    refused = send(korea, f"{path}/effect", to="requested")
    assert refused.status_code == 409  # a draft has no effect to get
    assert "No country has said" in korea.get(path).text
