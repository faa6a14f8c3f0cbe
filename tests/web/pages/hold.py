"""Founding members with keys of their own, and an order of Korea for the pages to show."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stanch.app.desk import answers, reviews, statements
from stanch.app.desk import orders as drafts
from stanch.app.desk.answers import NewReply
from stanch.app.desk.desk import Desk
from stanch.cases.cases import Shared
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_document, sign_directory
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.order import order_hash, read_order
from stanch.formats.signed.statement import sign_statement
from stanch.members import directory
from stanch.members.organisations import NewMember
from stanch.model.desk.canonical import canonical
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, OrderKind, Said, Statement, Target
from stanch.model.desk.people import Caller, MemberKind, Role
from stanch.response import orders
from stanch.response.orders import NewOrder
from tests.members.house import KOREA, UPBEAT, House
from tests.web.pages.seeds import ACCOUNT, JAPAN, USDT, joins

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Hands:
    """Approvers, each a person of a member with a key that no desk has."""

    desk: Desk
    house: House
    japan: Caller  # an administrator there
    case: str
    keys: dict[str, PrivateKey] = field(default_factory=dict)  # by person
    people: dict[str, list[str]] = field(default_factory=dict)  # by member

    def certify(self) -> None:
        """The first directory: two approvers of Korea, one of Japan."""
        offline = {id: PrivateKey.generate() for id in (KOREA, JAPAN, UPBEAT)}
        named = (
            (JAPAN, "Japan Cyber Police Bureau", MemberKind.GOVERNMENT, "JP", True),
            (KOREA, "Korea", MemberKind.GOVERNMENT, "KR", True),
            (UPBEAT, "Upbeat", MemberKind.EXCHANGE, "KR", False),
        )
        members = tuple(MemberKey(*each, offline[each[0]].public.text) for each in named)
        approvers = [
            self._approver(member, chief, offline[member])
            for member, chief in (
                (KOREA, self.house.chief),
                (KOREA, self.house.chief),
                (JAPAN, self.japan),
            )
        ]
        first = Directory(
            self.desk.id, 1, None, 2, members,
            tuple(sorted(approvers, key=lambda each: each.person)), (), (), stamp(_FIRST),
        )  # fmt: skip
        signatures = [sign_directory(offline[each], first) for each in (KOREA, JAPAN)]
        with self.desk.database.write() as tx:
            directory.accept(tx, self.house.chief, canonical(directory_document(first)), signatures)

    def _approver(self, member: str, chief: Caller, offline: PrivateKey) -> Approver:
        person, key = self.house.person(chief, "approver"), PrivateKey.generate()
        self.keys[person] = key
        self.people.setdefault(member, []).append(person)
        said = Certificate(
            self.desk.id, member, person, key.public.text, frozenset({Role.APPROVER}),
            stamp(_FIRST), stamp(_FIRST + timedelta(days=1000)),
        )  # fmt: skip
        return Approver(person, member, approver_certificate(offline, said))

    def sign(self, order: str, said: Said, member: str, place: int = 0, reason: str = "") -> str:
        """What an approver signs, at the desk's own time: a JWS."""
        person = self.people[member][place]
        with self.desk.database.read() as connection:
            about = read_order(orders.document(connection, self.house.chief, order))
        statement = Statement(
            said, self.desk.id, order, order_hash(about), about.version, about.directory,
            member, person, self.desk.database.now(), reason,
        )  # fmt: skip
        return sign_statement(self.keys[person], statement)

    def say(self, order: str, said: Said, member: str, place: int = 0, reason: str = "") -> None:
        """Sign, and hand it in."""
        chief = self.japan if member == JAPAN else self.house.chief
        statements.take(self.desk, chief, order, self.sign(order, said, member, place, reason))

    def draft(self, kind: OrderKind = OrderKind.HOLD, members: tuple[str, ...] = (UPBEAT,)) -> str:
        """An order of Korea to Upbeat, which Japan may see."""
        analyst = self.house.caller(self.house.chief, "analyst")
        soon = datetime.now(UTC) + timedelta(days=80)
        return drafts.draft(
            self.desk,
            analyst,
            NewOrder(
                self.case,
                kind,
                (Target(ACCOUNT, USDT, 2_500_000_000_000), Target(ACCOUNT[:-4] + "aaaa")),
                'Seoul Central District Court 2026-1 <img src=x onerror="alert(1)">',
                stamp(soon),
                Addressees(members),
                Shared(Marking.AMBER, (JAPAN,)),
            ),
        )

    def held(self) -> str:
        """An order in force: one holds, one finds nothing, one saw it leave, one is late."""
        chiefs = [self.house.exchange, *(
            joins(self.house, NewMember(name, "exchange", country), "Lee")
            for name, country in (("Coin One", "KR"), ("Nihon Exchange", "JP"), ("Slow", "SG"))
        )]  # fmt: skip
        order = self.draft(members=tuple(each.member.id for each in chiefs))
        self.say(order, Said.PROPOSE, KOREA)
        self.say(order, Said.CONCUR, JAPAN)
        gone = NewReply("already_gone", ACCOUNT, USDT, "40000000000", gone_to=ACCOUNT[:-4] + "bbbb")
        for chief, said in zip(
            chiefs,
            (
                NewReply("held", ACCOUNT, USDT, "2400000000000", "sha256:" + "c" * 64),
                NewReply("nothing_found"),
                gone,
            ),
            strict=False,
        ):
            by = self.house.caller(chief, "analyst")
            answers.acknowledge(self.desk, by, order)
            answers.reply(self.desk, by, order, said)
        by = self.house.caller(chiefs[0], "analyst")
        reviews.ask(self.desk, by, order, "Park, park@example.org", "This is my <i>own</i> money.")
        court = "The court found <i>no</i> ground."
        self.say(order, Said.RELEASE, KOREA, 0, court)
        return order
