"""A desk with three governments and an exchange, and people who work on cases there."""

from dataclasses import dataclass

import pytest

from stanch.cases import cases, items
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.formats.signed.keys import PrivateKey
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.store.desk.transaction import Database
from tests.desk_rows import once
from tests.members.house import House, founded

ACCOUNT = "eip155:1:0x098b716b8aaf21512996dc57eb0615e2383e2f96"
OTHER = "eip155:1:0xa0e1c89ef1a489c9c7de96311ed5ce5d32c20e4b"


@dataclass
class World:
    """The desk and analysts: Ann and Ben of Korea, Cho of Japan, Dee of Laos, Eve of Upbeat."""

    house: House
    database: Database
    ann: Caller
    ben: Caller
    cho: Caller
    dee: Caller
    eve: Caller

    @property
    def others(self) -> dict[str, Caller]:
        """All but Ann, who owns what is tested."""
        return {"ben": self.ben, "cho": self.cho, "dee": self.dee, "eve": self.eve}

    def case(self, marking: Marking = Marking.GREEN, *to: str, title: str = "Theft") -> str:
        with self.database.write() as tx:
            return cases.open_case(tx, self.ann, title, Shared(marking, to))

    def item(self, case: str, marking: Marking, *to: str, by: Caller | None = None, **body) -> str:
        new = NewItem(case, body.pop("kind", "account"), body or {"account": ACCOUNT},
                      Shared(marking, to))  # fmt: skip
        with self.database.write() as tx:
            return items.add(tx, by or self.ann, new)


@pytest.fixture
def world(database: Database, desk_key: PrivateKey) -> World:
    id, callers = _came(database, desk_key)
    chief, exchange, *others = callers
    return World(House(database, id, chief, exchange), database, *others)


@once
def _came(database: Database, desk_key: PrivateKey) -> tuple[str, tuple[Caller, ...]]:
    house = founded(database, desk_key)
    made = [
        house.caller(house.chief, "analyst", "approver"),
        house.caller(house.chief, "analyst"),
    ]
    for name, kind, country in (("Japan", "government", "JP"), ("Laos", "government", "LA")):
        with database.write() as tx:
            organisations.add(tx, house.chief, NewMember(name, kind, country))
            link = people.add_first(tx, house.chief, f"mem-{name.lower()}", NewPerson("First", []))
        made.append(house.caller(house.of_token(house.come_in(link)), "analyst"))
    made.append(house.caller(house.exchange, "analyst"))
    return house.desk, (house.chief, house.exchange, *made)
