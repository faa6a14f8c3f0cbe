"""A desk with everybody at it: three founding governments, two approvers each whose keys stand in a
signed directory, three exchanges, an issuer of tokens, and an open case.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from stanch.cases import cases
from stanch.cases.cases import Shared
from stanch.formats.signed.canonical import canonical
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import (
    directory_document,
    directory_hash,
    sign_directory,
)
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.statement import sign_statement
from stanch.members import directory, organisations, people
from stanch.members.access import links, sessions
from stanch.members.init import Founding, found
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Statement, Target
from stanch.model.desk.people import Caller, MemberKind, Role
from stanch.response import orders, statements
from stanch.response.orders import NewOrder, order_of
from stanch.response.rules.consequences import Consequence
from stanch.store.desk.tables import desk, order
from stanch.store.desk.transaction import Database, moment, stamp
from tests.desk_rows import Rows

US, KR, JP = "mem-us", "mem-kr", "mem-jp"
NORTH, SOUTH, EAST, COIN = "mem-north", "mem-south", "mem-east", "mem-coin"
_MEMBERS = (
    (US, "United States", MemberKind.GOVERNMENT, "US", True),
    (JP, "Japan", MemberKind.GOVERNMENT, "JP", True),
    (NORTH, "Exchange North", MemberKind.EXCHANGE, "KR", False),
    (SOUTH, "Exchange South", MemberKind.EXCHANGE, "US", False),
    (EAST, "Exchange East", MemberKind.EXCHANGE, "JP", False),
    (COIN, "Coin Issuer", MemberKind.ISSUER, "US", False),
)
ACCOUNT = "eip155:1:0x" + "ab" * 20
OTHER = "eip155:1:0x" + "cd" * 20
USDT = "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"


@dataclass
class Signer:
    """An approver and their key, which no desk has."""

    person: str
    member: str
    key: PrivateKey = field(default_factory=PrivateKey.generate)


@dataclass
class World:
    """All of it. `people` are callers by (member, role); `signers` by member, two each."""

    database: Database
    desk: str
    people: dict[tuple[str, Role], Caller] = field(default_factory=dict)
    offline: dict[str, PrivateKey] = field(default_factory=dict)
    signers: dict[str, list[Signer]] = field(default_factory=dict)
    case: str = ""

    def analyst(self, member: str) -> Caller:
        return self.people[member, Role.ANALYST]

    def draft(
        self,
        kind: OrderKind = OrderKind.HOLD,
        by: str = KR,
        to: Addressees | None = None,
        targets: tuple[Target, ...] = (Target(ACCOUNT),),
    ) -> str:
        """An order of `by`, which the other governments may see."""
        others = tuple(sorted({US, KR, JP} - {by}))
        now = moment(self.database.now())
        new = NewOrder(
            self.case, kind, targets, "Court order 2026-1", stamp(now + timedelta(days=60)),
            to or Addressees((NORTH, SOUTH)), Shared(Marking.AMBER, others),
        )  # fmt: skip
        with self.database.write() as tx:
            return orders.draft(tx, self.analyst(by), new)

    def signed(self, id: str, said: Said, signer: Signer, **more: object) -> str:
        """A statement about an order, as an approver signs it on a machine of their own."""
        with self.database.read() as connection:
            row = connection.execute(select(order).where(order.c.id == id)).one()
            known = directory.current(connection)
        made = order_of(row)
        assert known is not None
        statement = Statement(
            said, made.desk, made.id, row.hash, made.version, known.hash, signer.member,
            signer.person, self.database.now(), **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return sign_statement(signer.key, statement)

    def hand_in(self, id: str, text: str, by: str = KR) -> tuple[Consequence, ...]:
        with self.database.write() as tx:
            statements.pass_time(tx, id)
        with self.database.write() as tx:
            return statements.take(tx, self.analyst(by), id, text)

    def say(
        self, id: str, said: Said, member: str, which: int = 0, **more: object
    ) -> tuple[Consequence, ...]:
        """Sign and hand in."""
        text = self.signed(id, said, self.signers[member][which], **more)
        return self.hand_in(id, text, member)

    def in_force(self, kind: OrderKind = OrderKind.HOLD, **more: object) -> str:
        """An order of Korea with which Japan has concurred."""
        id = self.draft(kind, **more)  # type: ignore[arg-type]
        self.say(id, Said.PROPOSE, KR)
        self.say(id, Said.CONCUR, JP)
        return id

    def directory(self, *signers: Signer) -> Directory:
        """The first version, with these approvers in it."""
        now = moment(self.database.now()).replace(microsecond=0)
        since, until = (now - timedelta(days=1), now + timedelta(days=300))
        members = tuple(
            MemberKey(id, name, kind, country, founding, self.offline[id].public.text)
            for id, name, kind, country, founding in sorted(
                (*_MEMBERS, (KR, "Korea", MemberKind.GOVERNMENT, "KR", True))
            )
        )
        approvers = []
        for each in sorted(signers, key=lambda one: one.person):
            said = Certificate(
                self.desk, each.member, each.person, each.key.public.text,
                frozenset({Role.APPROVER}), _text(since), _text(until),
            )  # fmt: skip
            text = approver_certificate(self.offline[each.member], said)
            approvers.append(Approver(each.person, each.member, text))
        return Directory(self.desk, 1, None, 2, members, tuple(approvers), (), (), _text(now))

    def accept(self, said: Directory) -> str:
        """Hand a directory in, signed by the founding members."""
        signatures = [sign_directory(self.offline[each], said) for each in (US, KR, JP)]
        with self.database.write() as tx:
            chief = self.people[KR, Role.ADMINISTRATOR]
            directory.accept(tx, chief, canonical(directory_document(said)), signatures)
            statements.revoke(tx)
        return directory_hash(said)


_CAME: dict[tuple[str, str], tuple[World, Rows]] = {}


def world(database: Database, key: PrivateKey) -> World:
    """Everybody comes to a new desk.

    They come once in a process to a desk of this key at this time; the next gets all their rows.
    """
    known = (key.public.text, database.now())
    if known not in _CAME:
        made = _come(database, key)
        _CAME[known] = (made, Rows.of(database))
        return made
    made, rows = _CAME[known]
    rows.put(database)
    signers = {member: list(each) for member, each in made.signers.items()}
    return replace(
        made, database=database, people=dict(made.people), offline=dict(made.offline),
        signers=signers,
    )  # fmt: skip


def _come(database: Database, key: PrivateKey) -> World:
    founding = Founding("Joint desk", key.public.text, "Korea", "KR", "Ahn", member_id=KR)
    with database.write() as tx:
        link = found(tx, founding)
        id = tx.connection.execute(select(desk.c.id)).scalar_one()
    made = World(database, id)
    made.people[KR, Role.ADMINISTRATOR] = chief = _come_in(database, link)
    for member, name, kind, country, founds in _MEMBERS:
        with database.write() as tx:
            organisations.add(tx, chief, NewMember(name, kind, country, founds, member))
            first = people.add_first(tx, chief, member, NewPerson(f"Chief of {name}", ()))
        made.people[member, Role.ADMINISTRATOR] = _come_in(database, first)
    for member, role in list(made.people):
        by = made.people[member, role]
        made.people[member, Role.ANALYST] = _join(database, by, "analyst")
        made.offline[member] = PrivateKey.generate()
        if member in (US, KR, JP):
            made.signers[member] = [
                Signer(_join(database, by, "approver").person, member) for _ in range(2)
            ]
    made.accept(made.directory(*(one for each in made.signers.values() for one in each)))
    with database.write() as tx:
        shared = Shared(Marking.AMBER, (JP, US))
        made.case = cases.open_case(tx, made.analyst(KR), "Theft at Example", shared)
    return made


def _join(database: Database, by: Caller, *roles: str) -> Caller:
    with database.write() as tx:
        id = people.add(tx, by, NewPerson("Somebody", roles))
    with database.write() as tx:
        link = links.make(tx, by, id)
    return _come_in(database, link)


def _come_in(database: Database, link: str) -> Caller:
    with database.write() as tx:
        token = sessions.begin(tx, links.use(tx, link)).token
    with database.read() as connection:
        return sessions.caller_of_session(connection, token, database.now())


def _text(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
