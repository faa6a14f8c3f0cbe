"""The story of an order at a desk that runs: two governments sign, three exchanges are told."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from stanch.client import Answer
from stanch.errors import NotFoundError, SignatureError
from stanch.formats.signed.order import order_hash, read_order
from stanch.formats.signed.statement import sign_statement
from stanch.model.desk.orders import Said, Statement
from tests.live_world import live_world
from tests.mock_exchange import Holding, MockExchange

THIEF = "eip155:1:0x" + "a1" * 20
ETHER = "eip155:1/slip44:60"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


def drafted(world, kind, **more):
    case = world.call("kr", "POST", "/v1/cases", {"title": "Theft"})["id"]
    body = {
        "case": case,
        "kind": kind,
        "targets": [{"account": THIEF, "asset": ETHER, "amount": "5"}],
        "legal_reference": "전자금융거래법 12",
        "expires": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
        "addressees": {"countries": ["KR"]},
        "release": ["mem-japan"],
        **more,
    }
    return world.call("kr", "POST", "/v1/orders", body)["id"]


def signed(world, who, id, said, reason=""):
    """Sign with the approver's own key, as `stanch sign` does."""
    person = world.people[who]
    with world.client(who) as desk:
        order = read_order(desk.line.read("GET", f"/v1/orders/{id}/document"))
    statement = Statement(
        said, order.desk, order.id, order_hash(order), order.version, order.directory,
        person.member, person.id, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        reason,
    )  # fmt: skip
    return sign_statement(person.key, statement)


def say(world, who, id, said, reason=""):
    """Sign, and hand it in."""
    with world.client(who) as desk:
        desk.hand_in(id, signed(world, who, id, said, reason))


@pytest.fixture
def exchanges(world):
    """Three exchanges; each test has them begin anew, so that they are told of some things twice:
    what they answer is the same then, references under the same salt.
    """
    gone = Holding("lee", ETHER, 0, gone_to="eip155:1:0x" + "c3" * 20)
    accounts = {
        "upbeat": {THIEF: Holding("kim", ETHER, 9)},
        "coinwon": {},
        "latecoin": {THIEF: gone},
    }
    made = {
        name: MockExchange(world.client(name), mine, name == "latecoin", salt=name.encode() * 4)
        for name, mine in accounts.items()
    }
    for each in made.values():
        each.desk.directory()
    yield made
    for each in made.values():
        each.desk.__exit__(None, None, None)


def test_an_emergency_is_held_at_once_and_confirmed_by_a_second_member(world, exchanges):
    id = drafted(world, "emergency")
    with pytest.raises(NotFoundError):
        exchanges["upbeat"].desk.order(id)
    say(world, "kr", id, Said.PROPOSE)
    for each in exchanges.values():
        each.pull()
    held = exchanges["upbeat"].accounts[THIEF]
    assert (held.held, held.pay_out(5)) == (5, False)
    assert exchanges["upbeat"].answered[id] == [Answer.HELD]
    assert exchanges["coinwon"].answered[id] == [Answer.NOTHING]
    assert exchanges["latecoin"].waiting == [id]
    say(world, "jp", id, Said.CONCUR)
    late = exchanges["latecoin"]
    late.pull()
    late.catch_up()
    assert late.answered[id] == [Answer.GONE]
    said = {each["member"]: each["answer"] for each in replies(world, id)}
    assert said == {
        "mem-upbeat": "held", "mem-coinwon": "nothing_found", "mem-latecoin": "already_gone",
    }  # fmt: skip
    proved = exchanges["upbeat"].desk.order(id)
    assert proved.held() == (THIEF,)
    assert proved.what.tally.lapses is None
    assert proved.head is not None
    assert all(not each.alarms for each in exchanges.values())


def replies(world, id):
    return world.call("kr", "GET", f"/v1/orders/{id}/replies")["items"]


def test_a_hold_needs_two_members(world, exchanges):
    id = drafted(world, "hold")
    say(world, "kr", id, Said.PROPOSE)
    with pytest.raises(NotFoundError):
        exchanges["upbeat"].desk.order(id)
    say(world, "jp", id, Said.CONCUR)
    assert exchanges["upbeat"].desk.order(id).held() == (THIEF,)


def test_a_release_needs_two_approvers_and_another_member_and_then_time(world, exchanges):
    upbeat = exchanges["upbeat"]
    id = drafted(world, "hold")
    say(world, "kr", id, Said.PROPOSE)
    say(world, "jp", id, Said.CONCUR)
    upbeat.pull()
    assert upbeat.answered[id] == [Answer.HELD]
    tomorrow = datetime.now(UTC) + timedelta(hours=25)
    for who, held in (("kr", (THIEF,)), ("kr2", (THIEF,)), ("jp", ())):
        say(world, who, id, Said.RELEASE, "an error")
        order = upbeat.desk.order(id)
        assert (order.held(), order.held(tomorrow)) == ((THIEF,), held)
    upbeat.pull()
    assert upbeat.accounts[THIEF].held == 5  # it cools first
    assert not upbeat.alarms


def test_statements_that_the_desk_does_not_take(world):
    id, other = drafted(world, "hold"), drafted(world, "hold")
    moved, mine = (signed(world, "kr", each, Said.PROPOSE) for each in (other, id))
    forged = mine.rpartition(".")[0] + "." + moved.rpartition(".")[2]
    with world.client("kr") as desk:
        for text in (moved, forged, "eyJ"):
            with pytest.raises(SignatureError):
                desk.hand_in(id, text)
        assert desk.line.get(f"/v1/orders/{id}")["state"] == "draft"
    with world.client("upbeat") as exchange, pytest.raises(NotFoundError):
        exchange.hand_in(id, mine)
    with world.client("kr") as desk:
        assert [desk.hand_in(id, mine)["state"] for _ in range(2)] == ["proposed"] * 2
    with pytest.raises(SignatureError):
        say(world, "jp", id, Said.PROPOSE)  # it is the other government's order


def test_the_feed_streams_an_order_within_seconds(world, exchanges):
    upbeat = exchanges["upbeat"]
    upbeat.pull()
    id = drafted(world, "emergency")
    following = upbeat.desk.feed().following(pytest.fail)
    say(world, "kr", id, Said.PROPOSE)
    began = time.monotonic()
    assert next(following).subject == id
    assert time.monotonic() - began < 5
    following.close()
