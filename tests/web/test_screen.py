"""Exchanges screen addresses against what they may hold; nobody learns what others hold."""

import time
from dataclasses import dataclass

import orjson
import pytest

from stanch.app.desk.desk import Desk
from stanch.app.desk.screening import Desk as Screening
from stanch.app.desk.watching import Watching
from stanch.cases import traces
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.traces import Passed
from stanch.errors import UsageError
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Said
from stanch.response import statements
from stanch.store.desk.folder import Folder
from stanch.web.screen import keep_up
from stanch.web.server import create
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, USDT, World
from tests.desk_world import world as everybody
from tests.web.conftest import CONFIG, Client

TAINTED = "eip155:1:0x" + "77" * 20


@dataclass
class Place:
    """Everybody at a desk, what is watched, and who answers."""

    world: World
    watching: Watching
    screening: Screening

    def ask(self, member: str, *addresses: str) -> list:
        body = orjson.dumps({"addresses": addresses})
        answer = orjson.loads(self.screening.screen(self.world.analyst(member), body))
        return [each["findings"] for each in answer["results"]]


@pytest.fixture
def place(database, desk_key) -> Place:
    world = everybody(database, desk_key)
    watching = Watching(database)
    return Place(world, watching, Screening(watching))


def attach(world: World, shared: Shared, account: str = TAINTED) -> None:
    new = NewItem(world.case, "trace", {"manifest": "sha256:" + "0" * 64}, shared)
    rows = [Passed("theft-1", account, USDT, 3, 10**24)]
    with world.database.write() as tx:
        traces.attach(tx, world.analyst(KR), new, rows)


def test_an_order_is_told_to_its_addressees_once_it_is_in_force(place):
    id = place.world.draft()
    place.world.say(id, Said.PROPOSE, KR)
    place.watching.refresh()
    assert place.ask(NORTH, ACCOUNT) == [[]]
    place.world.say(id, Said.CONCUR, JP)
    assert place.watching.refresh()
    assert not place.watching.refresh()
    ((found,),) = place.ask(NORTH, ACCOUNT)
    assert (found["kind"], found["reference"]) == ("order", id)
    assert place.ask(EAST, ACCOUNT) == [[]]


def test_a_server_that_starts_again_knows_what_is_watched(place):
    id = place.world.in_force()
    attach(place.world, Shared(Marking.AMBER, (EAST,)))
    again = Watching(place.world.database)
    started = Place(place.world, again, Screening(again))
    assert not again.refresh()
    assert [each["reference"] for each in started.ask(NORTH, ACCOUNT)[0]] == [id]
    assert started.ask(EAST, ACCOUNT, TAINTED) == [[], []]
    assert [each["kind"] for each in started.ask(EAST, TAINTED)[0]] == ["exposure"]
    assert started.ask(NORTH, TAINTED) == [[]]


def test_what_is_released_is_told_no_more(place, clock):
    id = place.world.in_force()
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        place.world.say(id, Said.RELEASE, member, which, reason="why")
    clock.move(hours=25)
    with place.world.database.write() as tx:
        statements.pass_time(tx)
    place.watching.refresh()
    assert place.ask(NORTH, ACCOUNT) == [[]]


def test_taint_is_told_one_question_at_a_time_and_not_too_often(place):
    attach(place.world, Shared(Marking.GREEN))
    place.watching.refresh()
    place.screening.exposures = 2
    ((found,),) = place.ask(NORTH, TAINTED)
    assert (found["kind"], found["hop"], found["amount"]) == ("exposure", 3, str(10**24))
    assert place.ask(NORTH, TAINTED, ACCOUNT) == [[], []]
    assert place.ask(NORTH, TAINTED) != [[]]
    assert place.ask(NORTH, TAINTED) == [[]]


def test_taint_goes_to_whom_it_is_released_to(place):
    attach(place.world, Shared(Marking.AMBER, (EAST,)))
    place.watching.refresh()
    assert place.ask(NORTH, TAINTED) == [[]]
    assert place.ask(EAST, TAINTED) != [[]]


def test_a_later_trace_takes_the_place_of_an_earlier_one(place, clock):
    attach(place.world, Shared(Marking.GREEN))
    clock.move(hours=1)
    other = "eip155:1:0x" + "88" * 20
    attach(place.world, Shared(Marking.GREEN), other)
    place.watching.refresh()
    assert place.ask(NORTH, TAINTED) == [[]]
    assert place.ask(NORTH, other) != [[]]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"addresses":[]}', b'{"addresses":[1]}', b'{"addresses":"a"}',
             b'{"addresses":["' + b"a" * 600 + b'"]}', b'{"addresses":["a"],"more":1}'],
)  # fmt: skip
def test_a_body_that_is_none(place, body):
    with pytest.raises(UsageError):
        place.screening.screen(place.world.analyst(NORTH), body)


def test_over_http_with_a_key(place, desk_key, tmp_path):
    database = place.world.database
    desk = Desk(place.world.desk, "Joint desk", Folder(tmp_path), desk_key, database)
    client = Client(create(desk, CONFIG, place.watching))
    with database.write() as tx:
        key = api_keys.make(tx, place.world.analyst(NORTH), NewKey("screening", ("screen",)))
        other = api_keys.make(tx, place.world.analyst(NORTH), NewKey("reading", ("read",)))
    place.world.in_force()
    stop = keep_up(place.watching)
    head = {"authorization": f"Bearer {key.token}"}
    body = {"addresses": [ACCOUNT, "nonsense"]}
    try:
        for _ in range(50):
            answer = client.post("/v1/screen/addresses", body, headers=head)
            if answer.json()["results"][0]["findings"]:
                break
            time.sleep(0.1)
    finally:
        stop.set()
    first, second = answer.json()["results"]
    assert first["findings"][0]["kind"] == "order"
    assert second["findings"] is None
    assert client.post("/v1/screen/addresses", body).status_code == 401
    wrong = {"authorization": f"Bearer {other.token}"}
    assert client.post("/v1/screen/addresses", body, headers=wrong).status_code == 403
    bad = client.post("/v1/screen/addresses", {"addresses": []}, headers=head)
    assert bad.headers["content-type"] == "application/problem+json"
