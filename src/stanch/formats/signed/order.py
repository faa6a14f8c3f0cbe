"""A block order as a document, `stanch-order@1`: what statements sign the hash of.

`order_document` and `order_from` are each other's inverse on every order that keeps the rules
below, so that an order has one document and one hash. The least numbers of hands and the longest
times are in `hands` and not in a desk's configuration: whoever reads an order relies on them, and
no desk need have seen it.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.accounts import account, asset
from stanch.formats.signed.canonical import MAX_DOCUMENT, digest, parse
from stanch.formats.signed.fields import Fields, moment
from stanch.formats.signed.hands import rule_document, rule_from
from stanch.model.countries import name_of
from stanch.model.desk.marking import Marking, Sharing
from stanch.model.desk.orders import Addressees, Basis, Evidence, Order, OrderKind, Target

TYPE: Final = "stanch-order@1"
MAX_TARGETS: Final = 10_000
# What is held on is asked for and signed anew. In haste for a quarter; by whom the money lies for a
# year; on a chain, where only the issuer's own hand undoes it, for two.
MOST_DAYS: Final[Mapping[OrderKind, int]] = MappingProxyType(
    {OrderKind.EMERGENCY: 92, OrderKind.HOLD: 366, OrderKind.ISSUER: 731}
)
MAX_LIST: Final = 1000  # members, countries, people, files, and rows of one file times 100

_AMOUNT: Final = re.compile(r"[1-9][0-9]{0,77}", re.ASCII)
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_KEYS: Final = (
    *("type", "id", "desk", "version", "kind", "authority", "targets", "basis", "legal_reference"),
    *("addressees", "sharing", "issued", "expires", "rule", "directory"),
)


def order_document(order: Order) -> dict[str, object]:
    """The document. Raises SignatureError where `order_from` would refuse it."""
    document: dict[str, object] = {
        "type": TYPE,
        "id": order.id,
        "desk": order.desk,
        "version": order.version,
        "kind": order.kind.value,
        "authority": order.authority,
        "targets": [_target_document(each) for each in order.targets],
        "basis": _basis_document(order.basis),
        "legal_reference": order.legal_reference,
        "addressees": {
            "members": list(order.addressees.members),
            "countries": list(order.addressees.countries),
        },
        "sharing": {
            "owner": order.sharing.owner,
            "marking": order.sharing.marking.value,
            "members": sorted(order.sharing.members),
            "people": sorted(order.sharing.people),
        },
        "issued": order.issued,
        "expires": order.expires,
        "rule": rule_document(order.rule),
        "directory": order.directory,
    }
    if order_from(document) != order:
        raise SignatureError("the order holds what its document cannot say")
    return document


def order_hash(order: Order) -> str:
    """The hash that statements sign."""
    return digest(order_document(order))


def read_order(data: bytes) -> Order:
    """An order from its canonical JSON, of up to MAX_DOCUMENT bytes. Raises SignatureError."""
    return order_from(parse(data, MAX_DOCUMENT))


def check_expiry(order: Order) -> None:
    """Raise SignatureError where an order is to hold for longer than its kind may."""
    most = MOST_DAYS[order.kind]
    if moment(order.expires) - moment(order.issued) > timedelta(days=most):
        raise SignatureError(
            f"an order of kind {order.kind} expires within {most} days; this one, of "
            f"{order.issued}, at {order.expires}: ask for it anew when it ends"
        )


def order_from(value: object) -> Order:
    """The order in a document. Raises SignatureError for each thing that is not as it must be."""
    fields = Fields(value, "order", *_KEYS)
    if fields.raw("type") != TYPE:
        raise SignatureError(f"is no {TYPE}")
    kind = fields.word("kind", OrderKind)
    order = Order(
        id=fields.id("id"),
        desk=fields.id("desk"),
        version=fields.number("version", 1, 1_000_000),
        kind=kind,
        authority=fields.id("authority"),
        targets=tuple(map(_target, fields.parts("targets", MAX_TARGETS))),
        basis=_basis(fields.raw("basis")),
        legal_reference=fields.text("legal_reference", least=0),
        addressees=_addressees(fields.raw("addressees")),
        sharing=_sharing(fields.raw("sharing")),
        issued=fields.time("issued"),
        expires=fields.time("expires"),
        rule=rule_from(fields.raw("rule"), kind),
        directory=fields.digest("directory"),
    )
    _agree(order)
    return order


def _agree(order: Order) -> None:
    """What must hold between the fields."""
    if not order.targets:
        raise SignatureError("an order without a target")
    if len({(each.account, each.asset) for each in order.targets}) != len(order.targets):
        raise SignatureError("an order names a target twice")
    if moment(order.expires) <= moment(order.issued):
        raise SignatureError("an order ends before it begins")
    if order.sharing.owner != order.authority:
        raise SignatureError("an order is owned by another than its authority")
    if order.rule.among and order.authority not in order.rule.among:
        raise SignatureError("the authority of an order is not among those who may concur")


def _target_document(target: Target) -> dict[str, object]:
    amount = None if target.amount is None else str(target.amount)
    return {"account": target.account, "asset": target.asset, "amount": amount}


def _target(value: object) -> Target:
    fields = Fields(value, "target", "account", "asset", "amount")
    on = account(fields.text("account", most=200))
    of = None if fields.raw("asset") is None else asset(fields.text("asset", most=300), on)
    amount = fields.raw("amount")
    if amount is None:
        return Target(on, of)
    if of is None:
        raise fields.fail("amount", "needs the asset that it counts")
    if not isinstance(amount, str) or not _AMOUNT.fullmatch(amount):
        raise fields.fail("amount", "is no decimal text of one or more")
    return Target(on, of, int(amount))


def _basis_document(basis: Basis) -> dict[str, object]:
    evidence = [
        {"file": each.file, "sha256": each.sha256, "rows": list(each.rows)}
        for each in basis.evidence
    ]
    return {"case": basis.case, "trace": basis.trace, "evidence": evidence}


def _basis(value: object) -> Basis:
    fields = Fields(value, "basis", "case", "trace", "evidence")
    evidence = tuple(map(_evidence, fields.parts("evidence", MAX_LIST)))
    return Basis(fields.id("case"), fields.maybe_digest("trace"), evidence)


def _evidence(value: object) -> Evidence:
    fields = Fields(value, "evidence", "file", "sha256", "rows")
    if not _HEX.fullmatch(fields.text("sha256")):
        raise fields.fail("sha256", "is not 64 hex digits")
    rows = fields.parts("rows", 100 * MAX_LIST)
    last = 0
    for row in rows:
        if not isinstance(row, int) or isinstance(row, bool) or row <= last:
            raise fields.fail("rows", "must rise from 1 on")
        last = row
    return Evidence(fields.text("file", most=255), fields.text("sha256"), tuple(rows))  # type: ignore[arg-type]


def _addressees(value: object) -> Addressees:
    fields = Fields(value, "addressees", "members", "countries")
    countries = fields.texts("countries", MAX_LIST)
    if not all(map(is_country, countries)):
        raise fields.fail("countries", "holds what is no ISO 3166-1 code")
    return Addressees(fields.ids("members", MAX_LIST), countries)


def is_country(text: str) -> bool:
    """Whether it is an ISO 3166-1 alpha-2 code, in capitals."""
    return len(text) == 2 and text.isascii() and text.isupper() and name_of(text) != text


def _sharing(value: object) -> Sharing:
    fields = Fields(value, "sharing", "owner", "marking", "members", "people")
    return Sharing(
        owner=fields.id("owner"),
        marking=fields.word("marking", Marking),
        members=fields.ordered("members", fields.ids("members", MAX_LIST)),
        people=fields.ordered("people", fields.ids("people", MAX_LIST)),
    )
