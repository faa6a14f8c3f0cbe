"""Pages of orders: who sees them, what they say, and what an approver is shown to sign."""

import pytest

from stanch.app.desk import answers, cases
from stanch.app.desk.answers import NewReply
from stanch.app.desk.words import Shared
from stanch.formats.signed.bundle import MAX_BUNDLE, bundle_from
from stanch.formats.signed.canonical import digest, parse
from stanch.members.organisations import NewMember
from stanch.model.desk.orders import OrderKind, Said
from tests.members.house import KOREA
from tests.web.conftest import UPBEAT, Client, World
from tests.web.pages.browser import OURS, csrf, send
from tests.web.pages.hold import Hands
from tests.web.pages.seeds import ACCOUNT, JAPAN, USDT, joins
from tests.web.test_cases import opened


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
    korea = approver(world, hands, KOREA)
    document = korea.get(f"/orders/{order}/document")
    assert document.headers["content-disposition"] == f'attachment; filename="{order}.json"'
    page = korea.get(f"/orders/{order}/sign/propose").text
    assert f"hash: {digest(document.content)}" in page
    person = hands.people[KOREA][0]
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
    assert "/sign/propose" in approver(world, hands, KOREA).get(f"/orders/{order}").text
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


def in_force(hands: Hands) -> str:
    order = hands.draft()
    hands.say(order, Said.PROPOSE, KOREA)
    hands.say(order, Said.CONCUR, JAPAN)
    return order


def test_hands_given_through_the_page_bring_an_order_into_force(world: World, hands: Hands) -> None:
    order = hands.draft()
    korea, japan = approver(world, hands, KOREA), approver(world, hands, JAPAN)
    path = f"/orders/{order}"
    proposed = hands.sign(order, Said.PROPOSE, KOREA)
    broken = "\n".join(proposed[at : at + 60] for at in range(0, len(proposed), 60))
    assert send(korea, f"{path}/statements", statement=broken).status_code == 303
    assert "/sign/concur" not in korea.get(path).text  # its own member's hand is given
    assert f"{path}/sign/concur" in japan.get(path).text
    page = japan.get(f"{path}/sign/concur").text
    assert "concurs that this order come into force" in page
    concurred = hands.sign(order, Said.CONCUR, JAPAN)
    for _ in range(2):  # the same one twice is one
        assert send(japan, f"{path}/statements", statement=concurred).status_code == 303
    shown = japan.get(path).text
    assert "in force" in shown
    assert shown.count('<th scope="row">concur</th>') == 1
    assert "queued" in shown


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "eyJ.eyJ.sig", "\u00e9", "{{7*7}}"])
def test_what_is_no_statement_is_refused_on_a_page(world: World, hands: Hands, text: str) -> None:
    order = hands.draft()
    answer = send(approver(world, hands, KOREA), f"/orders/{order}/statements", statement=text)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("text/html")


def test_a_statement_that_was_altered_or_is_anothers_counts_for_nothing(
    world: World, hands: Hands
) -> None:
    order, other = hands.draft(), hands.draft()
    korea = approver(world, hands, KOREA)
    good = hands.sign(order, Said.PROPOSE, KOREA)
    head, payload, signature = good.split(".")
    foreign = hands.sign(other, Said.PROPOSE, KOREA)
    for bad in (
        f"{head}.{payload}.{foreign.split('.')[2]}",
        f"{head}.{foreign.split('.')[1]}.{signature}",
        foreign,
        hands.sign(order, Said.CONCUR, KOREA),
    ):
        answer = send(korea, f"/orders/{order}/statements", statement=bad)
        assert answer.status_code in (409, 422)
    assert "Nobody has signed it" in korea.get(f"/orders/{order}").text


def test_a_private_key_is_not_taken(world: World, hands: Hands) -> None:
    order = hands.draft()
    pem = hands.keys[hands.people[KOREA][0]].to_pem("a long passphrase")
    answer = send(approver(world, hands, KOREA), f"/orders/{order}/statements", statement=pem)
    assert answer.status_code == 422
    assert "private key" in answer.text
    assert "BEGIN" not in answer.text


def test_an_addressee_sees_the_order_and_itself_alone(
    world: World, upbeat: Client, hands: Hands
) -> None:
    joins(world.house, NewMember("Coin One", "exchange", "KR", id="mem-coin-one"), "Lee")
    order = hands.draft(members=(UPBEAT, "mem-coin-one"))
    hands.say(order, Said.PROPOSE, KOREA)
    assert upbeat.get(f"/orders/{order}").status_code == 404  # it is told when it is in force
    hands.say(order, Said.CONCUR, JAPAN)
    mine = world.house.caller(world.house.exchange, "analyst")
    answers.acknowledge(world.desk, mine, order)
    held = NewReply("held", ACCOUNT, USDT, "1500000", "sha256:" + "c" * 64)
    answers.reply(world.desk, mine, order, held)
    shown = upbeat.get(f"/orders/{order}").text
    assert "1,500,000" in shown
    assert '<th scope="row"><bdi>Upbeat</bdi>' in shown
    assert '<th scope="row"><bdi>Coin One</bdi>' not in shown
    assert "/sign/" not in shown
    whole = approver(world, hands, KOREA).get(f"/orders/{order}").text
    assert '<th scope="row"><bdi>Coin One</bdi>' in whole
    assert "First held" in whole


def test_a_release_shows_whose_hands_are_missing_and_when_it_takes_effect(
    world: World, hands: Hands
) -> None:
    order, korea = in_force(hands), approver(world, hands, KOREA)
    hands.say(order, Said.RELEASE, KOREA, 0, "The account was a mistake.")
    page = korea.get(f"/orders/{order}").text
    assert "1 of 2" in page
    assert "0 of 1" in page
    assert "The account was a mistake." in page
    hands.say(order, Said.RELEASE, KOREA, 1, "Agreed.")
    hands.say(order, Said.RELEASE, JAPAN, 0, "Agreed.")
    page = korea.get(f"/orders/{order}").text
    assert "2 of 2" in page
    assert "1 of 1" in page
    assert "Release takes effect" in page


def test_a_country_says_what_an_order_in_force_is_in_its_law(world: World, hands: Hands) -> None:
    order, korea = in_force(hands), approver(world, hands, KOREA)
    said = {"to": "binding", "reference": "Court <b>2026-2</b>"}
    assert send(korea, f"/orders/{order}/effect", **said).status_code == 303
    page = korea.get(f"/orders/{order}").text
    assert "binding" in page
    assert "Court &lt;b&gt;2026-2" in page


def test_an_emergency_says_when_it_lapses_and_asks_a_second_member_to_concur(
    world: World, hands: Hands
) -> None:
    order = hands.draft(OrderKind.EMERGENCY)
    hands.say(order, Said.PROPOSE, KOREA)
    japan = approver(world, hands, JAPAN).get(f"/orders/{order}").text
    assert "Lapses unless a second member concurs" in japan
    assert f"/orders/{order}/sign/concur" in japan
    korea = approver(world, hands, KOREA).get(f"/orders/{order}").text
    assert "/sign/concur" not in korea
    hands.say(order, Said.CONCUR, JAPAN)
    japan = approver(world, hands, JAPAN).get(f"/orders/{order}").text
    assert "Lapses unless" not in japan
    assert "/sign/concur" not in japan


def test_a_case_shows_its_orders_to_whom_they_are_for(
    world: World, korea: Client, upbeat: Client, hands: Hands
) -> None:
    case = opened(korea, release=[UPBEAT])
    hands.case = case
    order = hands.draft()
    assert order in korea.get(f"/cases/{case}").text
    assert order not in upbeat.get(f"/cases/{case}").text


def test_what_proves_an_order_is_saved_whole(world: World, hands: Hands) -> None:
    order = in_force(hands)
    saved = approver(world, hands, JAPAN).get(f"/orders/{order}/bundle")
    assert saved.headers["content-disposition"] == f'attachment; filename="{order}.bundle.json"'
    assert len(bundle_from(parse(saved.content, MAX_BUNDLE)).statements) == 2


def test_who_was_blocked_wrongly_is_heard_and_answered_by_another_person(
    world: World, upbeat: Client, hands: Hands
) -> None:
    order = in_force(hands)
    path = f"/orders/{order}"
    said = {"requester": "Park, park@example.org", "says": "<b>It is my money.</b>"}
    bare = upbeat("POST", f"{path}/reviews", data=said, headers=OURS)
    assert bare.status_code == 403  # without the session's token
    assert send(upbeat, f"{path}/reviews", **said).status_code == 303
    korea = approver(world, hands, KOREA)
    page = korea.get(path).text
    assert "&lt;b&gt;It is my money." in page
    assert "park@example.org" not in approver(world, hands, JAPAN).get(path).text
    to = page.partition(f'action="{path}/reviews/')[2].partition('"')[0]
    answer = {"reason": "The trace was right.", "upheld": "no"}
    assert send(upbeat, f"{path}/reviews/{to}", **answer).status_code in (403, 409)
    assert send(korea, f"{path}/reviews/{to}", reason="x", upheld="maybe").status_code == 422
    assert send(korea, f"{path}/reviews/{to}", **answer).status_code == 303
    assert send(korea, f"{path}/reviews/{to}", **answer).status_code == 409
    assert "The trace was right." in upbeat.get(path).text
