"""A desk with the United States, Japan and Korea, Australia beside them, and an exchange."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from stanch.body import actions, items, meetings, seats, targets
from stanch.body.actions import NewAction
from stanch.body.bodies import NewBody, found
from stanch.body.items import NewPaper
from stanch.body.meetings import NewMeeting
from stanch.body.schedule import Schedule
from stanch.body.seats import NewSeat
from stanch.body.targets import NewReading, NewTarget
from stanch.cases.cases import Shared
from stanch.formats.signed.keys import PrivateKey
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk.seated import Reader
from stanch.store.desk.transaction import Database
from tests.desk_rows import once
from tests.members.house import House, founded

US, JP, KR, AU = "mem-us", "mem-jp", "mem-korea", "mem-au"
QUARTERLY = Schedule("FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", "2026-01-01T10:00", "Asia/Seoul")
SEATS = (
    NewSeat(US, "Department of State", "co-chair"),
    NewSeat(KR, "Ministry of Foreign Affairs", "co-chair"),
    NewSeat(JP, "Ministry of Foreign Affairs", "member"),
)
ALL = Shared()


@dataclass
class World:
    """The desk, and an analyst of each: us, jp, kr, au; and of an exchange, upbeat."""

    house: House
    database: Database
    us: Caller
    jp: Caller
    kr: Caller
    au: Caller
    upbeat: Caller
    names: dict[str, str] = field(default_factory=dict)  # what tests call a row, by its id

    @property
    def callers(self) -> dict[str, Caller]:
        return {n: getattr(self, n) for n in ("us", "kr", "jp", "au", "upbeat")}

    def reader(self, who: str) -> Reader:
        return Reader(self.callers[who], self.database.now())

    def body(self, shared: Shared = ALL, schedule: Schedule = QUARTERLY, **more: Any) -> str:
        agenda = (("review", "Review of progress"), ("next", "Next date"))
        new = NewBody("Trilateral", "A statement", "Thefts", schedule, agenda,
                      more.pop("seats", SEATS), shared)  # fmt: skip
        with self.database.write() as tx:
            return found(tx, more.pop("by", self.kr), new)

    def seat(self, body: str, *said: Any, by: Caller | None = None) -> str:
        with self.database.write() as tx:
            return seats.take(tx, by or self.kr, body, NewSeat(*said))

    def call(self, body: str, shared: Shared = ALL, at: str | None = None) -> str:
        with self.database.write() as tx:
            return meetings.call(tx, self.kr, body, NewMeeting("Seoul", shared, at))

    def paper(self, meeting: str, name: str, shared: Shared = ALL, by: str = "kr") -> str:
        with self.database.write() as tx:
            new = NewPaper(name, shared, text=name)
            return self.named(items.lay(tx, self.callers[by], meeting, new), name)

    def decide(self, meeting: str, name: str, shared: Shared = ALL) -> str:
        with self.database.write() as tx:
            return self.named(items.decide(tx, self.kr, meeting, name, shared), name)

    def act(self, meeting: str, name: str, shared: Shared = ALL, of: str = US) -> str:
        with self.database.write() as tx:
            new = NewAction(of, name, "2026-12-31", shared)
            return self.named(actions.give(tx, self.kr, meeting, new), name)

    def end(self, action: str, state: str = "done", reason: str | None = None) -> None:
        with self.database.write() as tx:
            actions.end(tx, self.kr, action, state, reason)

    def aim(self, body: str, name: str, shared: Shared = ALL) -> str:
        with self.database.write() as tx:
            new = NewTarget(name, "hours", "72", "24", "2026-12-31", shared)
            return self.named(targets.aim(tx, self.kr, body, new), name)

    def read_off(self, target: str, day: str, name: str, shared: Shared = ALL) -> str:
        with self.database.write() as tx:
            new = NewReading(target, "60.5", day, shared)
            return self.named(targets.take_reading(tx, self.kr, new), name)

    def named(self, id: str, name: str) -> str:
        self.names[id] = name
        return id


@pytest.fixture
def world(database: Database, desk_key: PrivateKey, clock: Any) -> World:
    return everybody(database, desk_key, clock)


def everybody(database: Database, desk_key: PrivateKey, clock: Any) -> World:
    """The desk founded, with all its members let in."""
    clock.at = datetime(2026, 1, 5, tzinfo=UTC)
    id, callers = _came(database, desk_key)
    chief, exchange, *others = callers
    return World(House(database, id, chief, exchange), database, *others)


@once
def _came(database: Database, desk_key: PrivateKey) -> tuple[str, tuple[Caller, ...]]:
    house = founded(database, desk_key)
    made = {"kr": house.caller(house.chief, "analyst")}
    for id, country, founds in ((US, "US", True), (JP, "JP", True), (AU, "AU", False)):
        with database.write() as tx:
            new = NewMember(country, "government", country, founds, id)
            organisations.add(tx, house.chief, new)
            link = people.add_first(tx, house.chief, id, NewPerson("First", []))
        chief = house.of_token(house.come_in(link))
        made[country.lower()] = house.caller(chief, "analyst")
    upbeat = house.caller(house.exchange, "analyst")
    everybody = made["us"], made["jp"], made["kr"], made["au"], upbeat
    return house.desk, (house.chief, house.exchange, *everybody)


def red(*people: Caller) -> Shared:
    """For these people alone, and who writes it."""
    return Shared(Marking.RED, tuple(each.person for each in people))


def only(*members: str) -> Shared:
    """For these members, and who writes it."""
    return Shared(Marking.AMBER, members)
