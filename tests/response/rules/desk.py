"""A small desk for the tests: members, an order, and statements in one line each."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stanch.model.desk.marking import Sharing
from stanch.model.desk.orders import (
    Addressees,
    Basis,
    Order,
    OrderKind,
    Rule,
    Said,
    Statement,
    Target,
)
from stanch.model.desk.people import Member, MemberKind
from stanch.response.rules.lifecycle import hear, propose
from stanch.response.rules.standing import Signed, draft

START = datetime(2026, 11, 26, 12, tzinfo=UTC)
HASH = "sha256:" + "ab" * 32

KR = Member("kr", "Prosecution", MemberKind.GOVERNMENT, "KR", founding=True)
JP = Member("jp", "Police", MemberKind.GOVERNMENT, "JP", founding=True)
US = Member("us", "Bureau", MemberKind.GOVERNMENT, "US", founding=True)
NL = Member("nl", "Service", MemberKind.GOVERNMENT, "NL")
ALPHA = Member("alpha", "Alpha", MemberKind.EXCHANGE, "KR")
BETA = Member("beta", "Beta", MemberKind.EXCHANGE, "JP")
COIN = Member("coin", "Coin", MemberKind.ISSUER, "US")
LAB = Member("lab", "Lab", MemberKind.RESEARCHER, "US")
MEMBERS = {m.id: m for m in (KR, JP, US, NL, ALPHA, BETA, COIN, LAB)}

X, Y, Z = (Target(f"eip155:1:0x{letter * 40}") for letter in "abc")


def text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def order(kind=OrderKind.HOLD, targets=(X, Y, Z), days=30, **changes) -> Order:
    lapses = 72 if kind is OrderKind.EMERGENCY else None
    plain = Order(
        id="o1",
        desk="desk",
        version=1,
        kind=kind,
        authority="kr",
        targets=targets,
        basis=Basis("c1"),
        legal_reference="Act 1, article 2",
        addressees=Addressees(),
        sharing=Sharing("kr"),
        issued=text(START),
        expires=text(START + timedelta(days=days)),
        rule=Rule(lapses_hours=lapses),
        directory="sha256:d",
    )
    return replace(plain, **changes)


def signed(said: Said, person: str, hours: float, accounts=(), /, **changes) -> Signed:
    """`kr-1` signs for `kr` with the key `key-kr-1`. Hours run from START."""
    member = MEMBERS[person.partition("-")[0]]
    kid = changes.pop("kid", f"key-{person}")
    statement = Statement(
        said=said,
        desk="desk",
        order="o1",
        order_hash=HASH,
        version=1,
        directory="sha256:d",
        member=member.id,
        person=person,
        at=text(at(hours)),
        reason="because" if said in (Said.RELEASE, Said.REFUSE) else "",
        targets=tuple(target.account for target in accounts),
    )
    return Signed(replace(statement, **changes), member, kid, at(hours))


def proposed(what: Order, hours: float = 0):
    standing, _ = propose(draft(what, HASH, START), signed(Said.PROPOSE, "kr-1", hours), ())
    return standing


def in_force(what: Order | None = None):
    """An ordinary hold that kr-1 proposed at 0 h and jp-1 concurred with at 1 h."""
    standing, _ = hear(proposed(what or order()), signed(Said.CONCUR, "jp-1", 1))
    return standing


def names(told) -> list[str]:
    return [type(one).__name__ for one in told]


def after(standing, *said):
    """The standing after these statements, and the names of all that followed."""
    follows = []
    for one in said:
        standing, told = hear(standing, one)
        follows += names(told)
    return standing, follows
