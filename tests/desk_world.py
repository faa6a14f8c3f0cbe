"""A desk with three founding governments, three exchanges and an issuer, all with real keys.

Each member has an analyst and two administrators; each government two approvers besides, whose
certificates stand in a directory that all three signed. `hold` drafts, `say` signs and hands in.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stanch.cases import cases
from stanch.cases.cases import Shared
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_document, directory_hash, sign_directory
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.statement import sign_statement
from stanch.members import directory, organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.canonical import canonical
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey, Revoked
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Rule, Said, Statement, Target
from stanch.model.desk.people import Caller, MemberKind, Role
from stanch.response import orders, statements
from stanch.response.orders import NewOrder
from stanch.store.desk.transaction import Database
from tests.members.house import KOREA, House, founded

KR, US, JP = KOREA, "mem-us", "mem-jp"
ALPHA, BETA, GAMMA, ISSUER = "mem-alpha", "mem-beta", "mem-gamma", "mem-issuer"
GOVERNMENTS, HOLDERS = (JP, KR, US), (ALPHA, BETA, GAMMA, ISSUER)
ACCOUNT = "eip155:1:0x098b716b8aaf21512996dc57eb0615e2383e2f96"
OTHER = "eip155:1:0xa0e1c89ef1a489c9c7de96311ed5ce5d32c20e4b"
USDT = "eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7"
_OTHERS = (
    NewMember("Treasury", "government", "US", True, US),
    NewMember("Cyber Police", "government", "JP", True, JP),
    NewMember("Alpha", "exchange", "KR", False, ALPHA),
    NewMember("Beta", "exchange", "US", False, BETA),
    NewMember("Gamma", "exchange", "JP", False, GAMMA),
    NewMember("Issuer", "issuer", "US", False, ISSUER),
)


def plain(at: datetime) -> str:
    """A time as people sign it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class DeskWorld:
    """The desk; by member its analyst, administrators, offline key; `approvers[KR][0]` and
    `[1]` are callers, and `keys` theirs by person."""

    house: House
    database: Database
    analysts: dict[str, Caller] = field(default_factory=dict)
    administrators: dict[str, list[Caller]] = field(default_factory=dict)
    approvers: dict[str, list[Caller]] = field(default_factory=dict)
    offline: dict[str, PrivateKey] = field(default_factory=dict)
    keys: dict[str, PrivateKey] = field(default_factory=dict)
    case: str = ""

    def now(self) -> datetime:
        return self.database.clock()

    def people_of(self, member: str, chief: Caller) -> None:
        second = self.house.caller(chief, "administrator")
        self.administrators[member] = [chief, second]
        self.analysts[member] = self.house.caller(chief, "analyst")
        self.offline[member] = PrivateKey.generate()
        if member in GOVERNMENTS:
            hands = [self.house.caller(chief, "approver") for _ in range(2)]
            self.approvers[member] = hands
            self.keys |= {each.person: PrivateKey.generate() for each in hands}

    def new(self, **changed: object) -> NewOrder:
        """What an order of Korea is to be: two accounts, at every holder, seen by governments."""
        usual: dict[str, object] = {
            "case": self.case,
            "kind": OrderKind.HOLD,
            "targets": (Target(ACCOUNT), Target(OTHER)),
            "legal_reference": "Act 12, section 3",
            "expires": plain(self.now() + timedelta(days=30)),
            "addressees": Addressees((ALPHA, BETA)),
            "shared": Shared(Marking.AMBER, (JP, US)),
        }
        return NewOrder(**{**usual, **changed})  # type: ignore[arg-type]

    def draft(self, by: str = KR, **changed: object) -> str:
        with self.database.write() as tx:
            return orders.draft(tx, self.analysts[by], self.new(**changed))

    def emergency(self, **changed: object) -> str:
        kind, rule = OrderKind.EMERGENCY, Rule(lapses_hours=72)
        return self.draft(**{"kind": kind, "rule": rule, **changed})

    def statement(self, who: Caller, order_id: str, said: Said, **changed: object) -> Statement:
        with self.database.read() as connection:
            row = orders.found(connection, who, order_id)
            newest = directory.current(connection)
        assert newest is not None
        reason = "why" if said in (Said.RELEASE, Said.REFUSE) else ""
        usual = {
            "said": said, "desk": self.house.desk, "order": order_id, "order_hash": row.hash,
            "version": row.version, "directory": newest.hash, "member": who.member.id,
            "person": who.person, "at": plain(self.now()), "reason": reason, "targets": (),
        }  # fmt: skip
        return Statement(**{**usual, **changed})  # type: ignore[arg-type]

    def sign(self, who: Caller, order_id: str, said: Said, **changed: object) -> str:
        statement = self.statement(who, order_id, said, **changed)
        return sign_statement(self.keys[who.person], statement)

    def hand_in(self, who: Caller, order_id: str, text: str) -> tuple[object, ...]:
        with self.database.write() as tx:
            statements.pass_time(tx)
        with self.database.write() as tx:
            return statements.take(tx, who, order_id, text)

    def say(self, who: Caller, order_id: str, said: Said, **changed: object) -> tuple[object, ...]:
        """Sign and hand in."""
        return self.hand_in(who, order_id, self.sign(who, order_id, said, **changed))

    def in_force(self, **changed: object) -> str:
        """An order that Korea proposed and Japan concurred with."""
        id = self.draft(**changed)
        self.say(self.approvers[KR][0], id, Said.PROPOSE)
        self.say(self.approvers[JP][0], id, Said.CONCUR)
        return id

    def state(self, order_id: str) -> str:
        with self.database.read() as connection:
            return str(orders.one(connection, self.analysts[KR], order_id)["state"])

    def pass_time(self) -> int:
        with self.database.write() as tx:
            return statements.pass_time(tx)

    def first_directory(self) -> Directory:
        with self.database.read() as connection:
            rows = sorted(orders.all_members(connection), key=lambda each: each.id)
        members = tuple(
            MemberKey(each.id, each.name, each.kind, each.country, each.founding,
                      self.offline[each.id].public.text)
            for each in rows if each.kind in MemberKind
        )  # fmt: skip
        hands = [self.approver(each) for both in self.approvers.values() for each in both]
        hands.sort(key=lambda each: each.person)
        at = plain(self.now())
        return Directory(self.house.desk, 1, None, 2, members, tuple(hands), (), (), at)

    def approver(self, who: Caller) -> Approver:
        since, until = plain(self.now()), plain(self.now() + timedelta(days=900))
        said = Certificate(
            self.house.desk, who.member.id, who.person, self.keys[who.person].public.text,
            frozenset({Role.APPROVER}), since, until,
        )  # fmt: skip
        return Approver(
            who.person, who.member.id, approver_certificate(self.offline[who.member.id], said)
        )

    def accept(self, said: Directory) -> None:
        """Hand a directory in, signed by all governments, and take what it revokes."""
        signatures = [sign_directory(self.offline[each], said) for each in GOVERNMENTS]
        with self.database.write() as tx:
            document = canonical(directory_document(said))
            directory.accept(tx, self.house.chief, document, signatures)
            statements.revoke(tx)

    def revoke(self, who: Caller) -> None:
        """The next directory, without this person's key."""
        with self.database.read() as connection:
            stored = directory.current(connection)
        assert stored is not None
        known, at = stored.read().directory, plain(self.now())
        gone = Revoked(self.keys[who.person].kid, at, "stolen")
        left = tuple(each for each in known.approvers if each.person != who.person)
        self.accept(
            Directory(known.desk, known.version + 1, directory_hash(known), known.threshold,
                      known.members, left, (*known.revoked, gone), (), at)
        )  # fmt: skip


def desk_world(database: Database, key: PrivateKey) -> DeskWorld:
    """Found it, let everybody in, sign the directory, and open a case that governments see."""
    house = founded(database, key)
    world = DeskWorld(house, database)
    world.people_of(KR, house.chief)
    world.people_of(house.exchange.member.id, house.exchange)  # Upbeat, to whom no order goes
    for new in _OTHERS:
        with database.write() as tx:
            organisations.add(tx, house.chief, new)
            link = people.add_first(tx, house.chief, new.id, NewPerson("First", []))
        world.people_of(new.id, house.of_token(house.come_in(link)))
    world.accept(world.first_directory())
    with database.write() as tx:
        shared = Shared(Marking.AMBER, (JP, US))
        world.case = cases.open_case(tx, world.analysts[KR], "Theft", shared)
    return world
