"""A tiny desk with real keys: three founding members, an exchange, their approvers, one order."""

from dataclasses import replace

from stanch.formats.signed.bundle import Bundle
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.chain import Chain, walk_chain
from stanch.formats.signed.directory import directory_hash, sign_directory
from stanch.formats.signed.keys import PrivateKey
from stanch.formats.signed.order import order_hash
from stanch.formats.signed.statement import sign_statement
from stanch.model.desk.directory import Approver, Certificate, Directory, MemberKey, Version
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import (
    Addressees,
    Basis,
    Evidence,
    Order,
    OrderKind,
    Rule,
    Said,
    Statement,
    Target,
)
from stanch.model.desk.people import MemberKind, Role

KINDS = {
    "kr": (MemberKind.GOVERNMENT, "KR"),
    "jp": (MemberKind.GOVERNMENT, "JP"),
    "us": (MemberKind.GOVERNMENT, "US"),
    "ex": (MemberKind.EXCHANGE, "SC"),
}
ACCOUNT = "eip155:1:0x" + "a1" * 20
SECOND = "eip155:1:0x" + "b2" * 20
PEOPLE = ("kr1", "kr2", "jp1", "jp2", "us1", "ex1")
DAY = "2026-11-26T12:00:00Z"


def key(name: str) -> PrivateKey:
    """The key of a member or a person, always the same."""
    return PrivateKey.from_seed(name.encode().ljust(32, b"."))


def member(name: str, by: str = "") -> MemberKey:
    kind, country = KINDS[name]
    return MemberKey(name, name.upper(), kind, country, name != "ex", key(by or name).public.text)


def certificate(person: str, /, **changed: object) -> Certificate:
    plain = Certificate(
        desk="desk",
        member=person[:2],
        person=person,
        key=key(person).public.text,
        roles=frozenset({Role.APPROVER}),
        since="2026-01-01T00:00:00Z",
        until="2027-01-01T00:00:00Z",
    )
    return replace(plain, **changed)


def approver(person: str, /, by: str = "", **changed: object) -> Approver:
    signed = approver_certificate(key(by or person[:2]), certificate(person, **changed))
    return Approver(person, person[:2], signed)


FIRST = Directory(
    desk="desk",
    version=1,
    previous=None,
    threshold=2,
    members=tuple(map(member, KINDS)),
    approvers=tuple(map(approver, PEOPLE)),
    revoked=(),
    key_changes=(),
    created="2026-11-01T00:00:00Z",
)
PIN = directory_hash(FIRST)


def following(known: Directory = FIRST, **changed: object) -> Directory:
    plain = replace(
        known, version=known.version + 1, previous=directory_hash(known), key_changes=()
    )
    return replace(plain, **changed)


def signed(directory: Directory, *by: str) -> Version:
    signers = by or ("kr", "jp")
    return Version(directory, tuple(sign_directory(key(each), directory) for each in signers))


def chain(*later: Version) -> Chain:
    return walk_chain(PIN, (Version(FIRST), *later))


ORDER = Order(
    id="order_1",
    desk="desk",
    version=1,
    kind=OrderKind.HOLD,
    authority="kr",
    targets=(Target(ACCOUNT, "eip155:1/slip44:60", 3 * 10**30), Target(SECOND)),
    basis=Basis("case_1", "sha256:" + "0" * 64, (Evidence("a.csv", "1" * 64, (1, 7)),)),
    legal_reference="Act 12, 전자금융거래법",
    addressees=Addressees(("ex",), ("SC",)),
    sharing=Sharing("kr", Marking.AMBER, frozenset({"jp", "ex"})),
    issued="2026-11-26T00:00:00Z",
    expires="2026-12-26T00:00:00Z",
    rule=Rule(),
    directory=PIN,
)
EMERGENCY = replace(ORDER, kind=OrderKind.EMERGENCY, rule=Rule(lapses_hours=72))


def statement(said: Said, person: str, order: Order = ORDER, /, **changed: object) -> Statement:
    reasoned = said in (Said.RELEASE, Said.REFUSE)
    plain = Statement(
        said=said,
        desk=order.desk,
        order=order.id,
        order_hash=order_hash(order),
        version=order.version,
        directory=order.directory,
        member=person[:2],
        person=person,
        at=DAY,
        reason="an error" if reasoned else "",
    )
    return replace(plain, **changed)


def say(said: Said, person: str, order: Order = ORDER, /, **changed: object) -> str:
    return sign_statement(key(person), statement(said, person, order, **changed))


def bundle(*statements: str, order: Order = ORDER, later: tuple[Version, ...] = ()) -> Bundle:
    return Bundle(order, statements, (Version(FIRST), *later))
