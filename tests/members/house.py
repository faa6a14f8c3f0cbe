"""A desk with a founding government (Korea), an exchange (Upbeat) and people in both."""

from dataclasses import dataclass

from sqlalchemy import select

from stanch.formats.signed.keys import PrivateKey
from stanch.members import organisations, people
from stanch.members.access import links, sessions
from stanch.members.init import Founding, found
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.people import Caller
from stanch.store.desk.tables import desk
from stanch.store.desk.transaction import Database
from tests.desk_rows import once

KOREA = "mem-korea"
UPBEAT = "mem-upbeat"


@dataclass
class House:
    """The desk, and callers as they come out of their sessions."""

    database: Database
    desk: str
    chief: Caller  # administrator of the founding government
    exchange: Caller  # administrator of the exchange

    def person(self, by: Caller, *roles: str, name: str = "Kim Jiho") -> str:
        with self.database.write() as tx:
            return people.add(tx, by, NewPerson(name, roles))

    def caller(self, by: Caller, *roles: str) -> Caller:
        """A new person of the same member, come in by a link."""
        return self.of_token(self.session(by, self.person(by, *roles)))

    def link(self, by: Caller, to: str) -> str:
        with self.database.write() as tx:
            return links.make(tx, by, to)

    def session(self, by: Caller, to: str) -> str:
        return self.come_in(self.link(by, to))

    def come_in(self, link: str) -> str:
        with self.database.write() as tx:
            return sessions.begin(tx, links.use(tx, link)).token

    def of_token(self, token: str) -> Caller:
        with self.database.read() as connection:
            return sessions.caller_of_session(connection, token, self.database.now())


def founded(database: Database, key: PrivateKey) -> House:
    """Found a desk and let everybody in as they would come in."""
    return House(database, *_founded(database, key))


@once
def _founded(database: Database, key: PrivateKey) -> tuple[str, Caller, Caller]:
    with database.write() as tx:
        link = found(
            tx, Founding("Joint desk", key.public.text, "Korea", "KR", "Ahn", member_id=KOREA)
        )
        id = tx.connection.execute(select(desk.c.id)).scalar_one()
    house = House(database, id, None, None)  # type: ignore[arg-type]
    house.chief = house.of_token(house.come_in(link))
    with database.write() as tx:
        organisations.add(tx, house.chief, NewMember("Upbeat", "exchange", "KR"))
        link = people.add_first(tx, house.chief, UPBEAT, NewPerson("Song Mina", []))
    house.exchange = house.of_token(house.come_in(link))
    return house.desk, house.chief, house.exchange
