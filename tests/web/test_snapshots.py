"""Snapshots and changes: each member gets what it may hold, numbered, and nothing goes back."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete

from stanch.app.desk.desk import Desk
from stanch.app.desk.watching import Watching
from stanch.cases.cases import Shared
from stanch.client import Pin, snapshots
from stanch.client.state import State, StateFile
from stanch.errors import OutputError, RefusedError, SignatureError, UsageError
from stanch.formats.signed.keys import PrivateKey
from stanch.members.access import api_keys
from stanch.members.access.api_keys import NewKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, Said, Target
from stanch.response import statements
from stanch.store.desk import log
from stanch.store.desk.folder import Folder
from stanch.store.desk.tables import snapshot as snapshot_table
from stanch.store.desk.transaction import moment
from stanch.web.server import create
from tests.desk_world import ACCOUNT, EAST, JP, KR, NORTH, OTHER, SOUTH, USDT, World
from tests.desk_world import world as everybody
from tests.web.conftest import CONFIG, Client
from tests.web.test_screen import TAINTED, attach

BOTH = (Target(ACCOUNT), Target(OTHER, USDT, 5))


@dataclass
class Place:
    """Everybody at a desk, and its server, which may be started anew."""

    world: World
    key: PrivateKey
    folder: Path

    def __post_init__(self) -> None:
        self.heads: dict[tuple[str, str], dict[str, str]] = {}
        self.start()

    def start(self) -> None:
        database = self.world.database
        desk = Desk(self.world.desk, "Joint desk", Folder(self.folder), self.key, database)
        self.client = Client(create(desk, CONFIG, Watching(database)))

    def ask(self, member: str, path: str, scope: str = "screen"):
        if (member, scope) not in self.heads:
            with self.world.database.write() as tx:
                key = api_keys.make(tx, self.world.analyst(member), NewKey("program", (scope,)))
            self.heads[member, scope] = {"authorization": f"Bearer {key.token}"}
        return self.client.get(path, headers=self.heads[member, scope])

    def snapshot(self, member: str) -> bytes:
        answer = self.ask(member, "/v1/snapshot")
        assert answer.status_code == 200, answer.text
        return answer.content

    def changes(self, member: str, since: int, **more: int) -> dict:
        query = "".join(f"&{name}={value}" for name, value in more.items())
        answer = self.ask(member, f"/v1/changes?since={since}{query}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def home(self, member: str) -> "Home":
        file = StateFile(self.folder / f"{member}.state")
        if not file.read().desk:
            with file.changing() as change:
                change.state = State(self.world.desk, member)
        return Home(Pin("sha256:" + "0" * 64, self.key.public.text, member), file, self)

    def now(self):
        return moment(self.world.database.now())


@dataclass
class Home:
    """A member's own machine."""

    pin: Pin
    file: StateFile
    place: Place

    def found(self, data: bytes, *accounts: str) -> list:
        opened = snapshots.opened(data, self.pin, self.file, self.place.now())
        return [
            None if each is None else [one.reference for one in each]
            for each in snapshots.screened(opened, accounts)
        ]


@pytest.fixture
def place(database, desk_key, tmp_path) -> Place:
    return Place(everybody(database, desk_key), desk_key, tmp_path)


def test_a_snapshot_holds_what_its_recipient_may_hold_and_no_more(place):
    mine = place.world.in_force(to=Addressees((NORTH,)))
    theirs = place.world.in_force(to=Addressees((EAST,)), targets=(Target(OTHER),))
    place.world.draft(to=Addressees((NORTH,)), targets=(Target(TAINTED),))
    attach(place.world, Shared(Marking.GREEN))
    data = place.snapshot(NORTH)
    assert place.home(NORTH).found(data, ACCOUNT, OTHER, TAINTED) == [[mine], [], []]
    assert theirs.encode() not in data
    assert place.home(EAST).found(place.snapshot(EAST), ACCOUNT, OTHER) == [[], [theirs]]


def test_a_snapshot_is_for_its_recipient_alone(place):
    data = place.snapshot(NORTH)
    with pytest.raises(SignatureError):
        place.home(EAST).found(data, ACCOUNT)
    altered = bytes([*data[:-1], data[-1] ^ 1])
    with pytest.raises(SignatureError):
        place.home(NORTH).found(altered, ACCOUNT)


def test_numbers_only_go_up_and_an_older_one_is_refused(place):
    first, other = place.snapshot(NORTH), place.snapshot(EAST)
    place.start()
    second = place.snapshot(NORTH)
    home = place.home(NORTH)
    home.found(first, ACCOUNT)
    number = home.file.read().snapshot
    home.found(second, ACCOUNT)
    assert home.file.read().snapshot == number + 1
    with pytest.raises(RefusedError, match="older"):
        home.found(first, ACCOUNT)
    place.home(EAST).found(other, ACCOUNT)
    assert place.home(EAST).file.read().snapshot == number


def test_a_desk_that_forgot_its_numbers_still_gives_snapshots_that_are_taken(place, clock):
    """As after a restore from yesterday's backup."""
    home = place.home(NORTH)
    for _ in range(3):
        home.found(place.snapshot(NORTH), ACCOUNT)
    seen = home.file.read().snapshot
    with place.world.database.write() as tx:
        tx.connection.execute(delete(snapshot_table))
    clock.move(minutes=1)
    home.found(place.snapshot(NORTH), ACCOUNT)
    assert home.file.read().snapshot > seen


def test_a_snapshot_is_over_after_a_day(place, clock):
    data = place.snapshot(NORTH)
    clock.move(hours=23, minutes=59)
    place.home(NORTH).found(data, ACCOUNT)
    clock.move(minutes=2)
    with pytest.raises(RefusedError, match="good until"):
        place.home(NORTH).found(data, ACCOUNT)


def test_each_issue_is_logged(place):
    place.snapshot(NORTH)
    place.snapshot(NORTH)
    with place.world.database.read() as connection:
        entries = log.entries(connection, 0, 10_000)
    told = [each for each in entries if each.verb == "snapshot.issued"]
    assert [each.member for each in told] == [NORTH, NORTH]
    one, two = (json.loads(each.said)["number"] for each in told)
    assert two == one + 1


@pytest.mark.parametrize("path", ["/v1/snapshot", "/v1/changes"])
def test_a_key_without_the_scope_and_nobody_get_neither(place, path):
    assert place.ask(NORTH, path, "read").status_code == 403
    assert place.client.get(path).status_code == 401


def test_a_server_that_does_not_screen_issues_none(place):
    database = place.world.database
    desk = Desk(place.world.desk, "Joint desk", Folder(place.folder), place.key, database)
    place.client = Client(create(desk, CONFIG))
    assert place.ask(NORTH, "/v1/snapshot").status_code == 409
    with pytest.raises(UsageError):
        snapshots.opened(b"", place.home(NORTH).pin, StateFile(place.folder / "new"), place.now())


def test_a_fetched_snapshot_takes_the_place_of_the_one_before_or_leaves_it(place):
    home, path = place.home(NORTH), place.folder / "today.snapshot"
    first, second = place.snapshot(NORTH), place.snapshot(NORTH)
    stored = snapshots.stored(second, home.pin, home.file, place.now(), path)
    assert (path.read_bytes(), stored.header.previous > 0) == (second, True)
    with pytest.raises(RefusedError):
        snapshots.stored(first, home.pin, home.file, place.now(), path)
    assert path.read_bytes() == second
    third = place.snapshot(NORTH)
    with pytest.raises(OutputError):
        snapshots.stored(third, home.pin, home.file, place.now(), path / "below")
    assert home.file.read().snapshot == stored.header.number


def test_changes_lead_on_from_a_snapshot(place, clock):
    before = place.ask(NORTH, "/v1/snapshot")
    id = place.world.in_force(targets=BOTH)
    found = place.changes(NORTH, int(before.headers["x-log-place"]))
    (one,) = found["items"]
    assert (one["order"], one["marking"], found["more"]) == (id, "TLP:AMBER", False)
    assert one["held"] == [
        {"account": ACCOUNT, "asset": None, "amount": None},
        {"account": OTHER, "asset": USDT, "amount": "5"},
    ]
    assert place.changes(NORTH, found["since"])["items"] == []
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        place.world.say(id, Said.RELEASE, member, which, reason="why")
    assert place.changes(NORTH, found["since"])["items"] == []  # it waits; nobody is told who hands
    clock.move(hours=25)
    with place.world.database.write() as tx:
        statements.pass_time(tx)
    (over,) = place.changes(NORTH, found["since"])["items"]
    assert (over["order"], over["held"]) == (id, [])


def test_changes_of_others_do_not_exist(place, clock):
    place.world.draft()
    place.world.in_force(to=Addressees((NORTH,)))
    clock.move(days=61)
    with place.world.database.write() as tx:
        statements.pass_time(tx)
    assert len(place.changes(NORTH, 0)["items"]) == 1
    assert place.changes(SOUTH, 0)["items"] == []


def test_changes_come_in_parts_that_leave_nothing_out(place):
    ids = []
    for _ in range(3):
        ids += [place.world.in_force(), place.world.in_force(to=Addressees((EAST,)))]
    since, parts, more = 0, [], True
    while more:
        said = place.changes(NORTH, since, limit=1)
        since, more = said["since"], said["more"]
        parts.append([each["order"] for each in said["items"]])
    assert parts == [[id] for id in ids[::2]]


def test_a_place_that_the_log_has_not_reached_is_refused(place):
    size = place.changes(NORTH, 0)["since"]
    assert place.ask(NORTH, f"/v1/changes?since={size + 1}").status_code == 409
    for wrong in ("since=-1", "limit=0", "limit=501", "sinse=1"):
        assert place.ask(NORTH, f"/v1/changes?{wrong}").status_code == 422
