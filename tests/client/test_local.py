"""A table at home: a snapshot and what changed since, at a desk that may lie about it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from stanch.app.desk.desk import Desk as Opened
from stanch.app.desk.watching import Watching
from stanch.client import Desk, Pin
from stanch.client.line import Settings
from stanch.errors import RefusedError, SignatureError, UnreachableError
from stanch.members import directory
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.model.desk.orders import Addressees, OrderKind, Said, Target
from stanch.response import statements
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import moment
from stanch.web.server import create
from tests.desk_world import ACCOUNT, JP, KR, NORTH, OTHER, USDT
from tests.desk_world import world as everybody
from tests.web.conftest import CONFIG, ORIGIN, Client

BTC = "bip122:000000000019d6689c085ae165831e93:1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu"
CASH = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"


class Wire(httpx.BaseTransport):
    """The line to the app; whoever sits on it may `twist` the JSON that a path answers."""

    def __init__(self, app: Any) -> None:
        self.app, self.down = Client(app), False
        self.twists: dict[str, Callable[[Any], Any]] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("no line", request=request)
        path = request.url.raw_path.decode()
        got = self.app(request.method, path, headers=dict(request.headers), content=request.read())
        data = got.content
        for start, twist in self.twists.items():
            if path.startswith(start):
                data = json.dumps(twist(json.loads(data))).encode()
        return httpx.Response(got.status_code, content=data)


class Home:
    """An exchange's client of a desk whose orders a test makes, and its table."""

    def __init__(self, database, key, folder) -> None:
        self.world = everybody(database, key)
        opened = Opened(self.world.desk, "Joint desk", Folder(folder), key, database)
        self.wire = Wire(create(opened, CONFIG, Watching(database)))
        with database.write() as tx:
            new = NewKey("program", ("read", "screen"))
            token = api_keys.make(tx, self.world.analyst(NORTH), new).token
        with database.read() as connection:
            known = directory.current(connection)
        assert known is not None
        settings = Settings(transport=self.wire, clock=lambda: moment(database.now()))
        pin = Pin(known.hash, key.public.text, NORTH)
        self.desk = Desk(ORIGIN, token, pin, folder / "state", settings)
        self.desk.directory()
        self.snapshot = folder / "snapshot"

    def table(self):
        self.desk.snapshot(self.snapshot)
        return self.desk.local(self.snapshot)

    def passed(self) -> None:
        with self.world.database.write() as tx:
            statements.pass_time(tx)


@pytest.fixture
def home(database, desk_key, tmp_path) -> Iterator[Home]:
    made = Home(database, desk_key, tmp_path)
    with made.desk:
        yield made


def found(table, *accounts):
    return [
        None if each is None else [(one.reference, one.asset, one.amount) for one in each]
        for each in table.screen(accounts)
    ]


def test_an_order_that_comes_into_force_is_found_with_no_server(home):
    table = home.table()
    id = home.world.in_force(targets=(Target(ACCOUNT), Target(OTHER, USDT, 5)))
    assert found(table, ACCOUNT) == [[]]
    assert (home.desk.keep_up(table), home.desk.keep_up(table)) == (1, 0)
    home.wire.down = True
    bare = ACCOUNT.rpartition(":")[2].upper().replace("0X", "0x")
    elsewhere = f"eip155:56:{bare}"
    assert found(table, ACCOUNT, bare, OTHER, elsewhere, "hello") == [
        [(id, "", "")], [(id, "", "")], [(id, USDT, "5")], [], None,
    ]  # fmt: skip
    with pytest.raises(UnreachableError):
        home.desk.keep_up(table)


def test_another_form_of_the_same_address(home):
    table = home.table()
    id = home.world.in_force(targets=(Target(BTC),))
    home.desk.keep_up(table)
    assert found(table, CASH, BTC) == [[(id, "", "")]] * 2
    assert found(home.table(), CASH, BTC) == [[(id, "", "")]] * 2


def test_an_order_that_is_released_is_gone_from_the_snapshot_and_from_the_table(home, clock):
    old = home.world.in_force()
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        home.world.say(old, Said.RELEASE, member, which, reason="why")
    clock.move(hours=20)
    table = home.table()
    new = home.world.in_force()
    home.desk.keep_up(table)
    assert {one for one, *_ in found(table, ACCOUNT)[0]} == {old, new}
    clock.move(hours=5)
    home.passed()
    assert home.desk.keep_up(table) == 1
    assert found(table, ACCOUNT) == [[(new, "", "")]]
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        home.world.say(new, Said.RELEASE, member, which, reason="why")
    assert home.desk.keep_up(table) == 0  # it cools first
    assert found(table, ACCOUNT) == [[(new, "", "")]]


def test_what_lapses_meanwhile_is_gone_by_the_clock_alone(home, clock):
    id = home.world.draft(OrderKind.EMERGENCY)
    home.world.say(id, Said.PROPOSE, KR)
    lapses = moment(home.desk.order(id).what.tally.lapses)
    clock.move(seconds=(lapses - home.desk.clock()).total_seconds() - 3600)
    table = home.table()
    table.place = 0
    assert home.desk.keep_up(table) == 1
    home.wire.down = True
    assert found(table, ACCOUNT) == [[(id, "", "")]]
    clock.move(hours=2)
    assert found(table, ACCOUNT) == [[]]


def test_a_table_is_over_with_its_snapshot(home, clock):
    table = home.table()
    home.world.in_force()
    clock.move(hours=24, seconds=1)
    for refused in (lambda: table.screen([ACCOUNT]), lambda: home.desk.keep_up(table)):
        with pytest.raises(RefusedError, match="good until"):
            refused()


def invented(said):
    """A change that tells of an order that nobody made."""
    n = said["since"]
    held = [{"account": OTHER, "asset": None, "amount": None}]
    more = {"marking": "TLP:AMBER", "kind": "hold", "expires": "2030-01-01T00:00:00.000000Z"}
    change = {"n": n, "order": "ord-0123456789abcdef", **more, "held": held}
    return {**said, "items": [change, *said["items"]][:1]}


def unsigned(said):
    """A bundle without the second signature."""
    return {**said, "statements": said["statements"][:1]}


def more_accounts(said):
    for each in said["items"]:
        each["held"].append({"account": OTHER, "asset": None, "amount": None})
    return said


def let_go(said):
    for each in said["items"]:
        each["held"] = []
    return said


@pytest.mark.parametrize(
    ("path", "twist", "counts"),
    [
        ("/v1/changes", invented, False),
        ("/v1/changes", more_accounts, True),
        ("/v1/changes", let_go, True),
        ("/v1/orders", unsigned, False),
        ("/v1/orders", lambda _: {}, False),
    ],
)
def test_a_desk_that_lies_raises_an_alarm_and_what_it_says_does_not_count(
    home, path, twist, counts, clock
):
    table = home.table()
    place = table.place
    id = home.world.in_force()
    clock.move(minutes=6)  # what begins just now may not have begun by our clock
    home.wire.twists[path] = twist
    for _ in range(2):  # and again: it is not forgotten
        with pytest.raises(SignatureError, match="1 changes do not hold"):
            home.desk.keep_up(table)
        assert found(table, ACCOUNT, OTHER) == [[(id, "", "")] if counts else [], []]
        assert table.place == place
    home.wire.twists.clear()
    assert home.desk.keep_up(table) == 1
    assert found(table, ACCOUNT, OTHER) == [[(id, "", "")], []]


def test_one_lie_holds_up_no_order_that_is_proved(home):
    table = home.table()
    false, true = home.world.in_force(), home.world.in_force(targets=(Target(OTHER),))
    home.wire.twists[f"/v1/orders/{false}"] = unsigned
    with pytest.raises(SignatureError, match=false):
        home.desk.keep_up(table)
    assert found(table, ACCOUNT, OTHER) == [[], [(true, "", "")]]


def test_an_order_of_the_snapshot_stays_where_its_end_is_not_proved(home, clock):
    id = home.world.in_force()
    clock.move(minutes=6)
    table = home.table()
    table.place = 0
    for twist in (unsigned, lambda _: {}, lambda said: {**said, "statements": []}):
        home.wire.twists = {"/v1/changes": let_go, "/v1/orders": twist}
        with pytest.raises(SignatureError):
            home.desk.keep_up(table)
        assert found(table, ACCOUNT) == [[(id, "", "")]]


def test_changes_are_typed_and_come_in_parts(home, monkeypatch):
    monkeypatch.setattr("stanch.client.changes.PAGE", 1)
    place = home.table().place
    ids = [home.world.in_force(to=Addressees((NORTH,))) for _ in range(3)]
    got = list(home.desk.changes(place))
    assert [each.order for each in got] == ids
    assert (got[0].held, got[0].kind, got[0].marking) == ((Target(ACCOUNT),), "hold", "TLP:AMBER")
    assert [each.order for each in home.desk.changes(got[1].n)] == ids[2:]
    with pytest.raises(RefusedError):
        list(home.desk.changes(10_000))


@pytest.mark.parametrize(
    "said",
    [
        [], {"items": []}, {"items": [], "since": 1, "more": 0},
        {"items": [], "since": 0, "more": True},
        {"items": [{}], "since": 9, "more": False},
        {"items": [{"n": 1, "order": "o", "marking": "m", "kind": "k", "expires": "e",
                    "held": [{"account": "a", "amount": "-1"}]}], "since": 9, "more": False},
        {"items": [{"n": 0, "order": "o", "marking": "m", "kind": "k", "expires": "e",
                    "held": []}], "since": 9, "more": False},
    ],
)  # fmt: skip
def test_an_answer_that_is_no_list_of_changes(home, said):
    home.wire.twists["/v1/changes"] = lambda _: said
    with pytest.raises(UnreachableError):
        list(home.desk.changes(0))


def test_a_table_begins_where_its_snapshot_says(home):
    home.world.in_force()
    home.desk.snapshot(home.snapshot)
    later = home.world.in_force(targets=(Target(OTHER),))
    table = home.desk.local(home.snapshot)
    assert home.desk.keep_up(table) == 1
    assert found(table, OTHER) == [[(later, "", "")]]
