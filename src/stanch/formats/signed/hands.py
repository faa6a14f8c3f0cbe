"""Whose hands an order needs: its rule as a document, and the table of rules in a directory.

A directory may say for each kind of order how many must concur and which members may. The founding
members sign it with the rest, and so nobody else changes it; an order may be stricter than the
table of its directory, never laxer. Where the table says nothing, the founding members concur.
Below the numbers here no table and no order goes, since whoever reads an order relies on them: two
members bring it into force, and an emergency one lapses within 72 hours; a release needs two
approvers of the requesting member, as many others as a hold, and an hour to cool.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stanch.errors import SignatureError
from stanch.formats.signed.fields import Fields
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import Order, OrderKind, Rule
from stanch.model.desk.people import MemberKind

MOST_LAPSE: Final = 72  # hours; as the partners decided (docs/design/desk.md)
MOST_COOLING: Final = 168  # hours; who was blocked wrongly does not wait more than a week
MOST_HANDS: Final = 9  # a release that asks for more than there are people is never given
MOST_AMONG: Final = 100  # members who may concur
UNLESS_SAID: Final[Mapping[OrderKind, Rule]] = MappingProxyType(
    {
        OrderKind.HOLD: Rule(),
        OrderKind.EMERGENCY: Rule(lapses_hours=MOST_LAPSE),
        OrderKind.ISSUER: Rule(),
    }
)

_KEYS: Final = ("members", "lapses_hours", "own", "others", "cooling_hours")


def rule_document(rule: Rule) -> dict[str, object]:
    """A rule as JSON. Members are named in `among` only where they are not the founding ones."""
    return {
        "members": rule.members,
        "lapses_hours": rule.lapses_hours,
        "own": rule.own,
        "others": rule.others,
        "cooling_hours": rule.cooling_hours,
        **({"among": sorted(rule.among)} if rule.among else {}),
    }


def rule_from(value: object, kind: OrderKind) -> Rule:
    """The rule in JSON, for orders of a kind. Raises SignatureError where it is below the floor, or
    can never be met.
    """
    named = isinstance(value, dict) and "among" in value
    fields = Fields(value, "rule", *_KEYS, *(("among",) if named else ()))
    lapses, members = fields.raw("lapses_hours"), fields.number("members", 2, MOST_HANDS)
    rule = Rule(
        members=members,
        lapses_hours=None if lapses is None else fields.number("lapses_hours", 1, MOST_LAPSE),
        own=fields.number("own", 2, MOST_HANDS),
        others=fields.number("others", members - 1, MOST_HANDS),
        cooling_hours=fields.number("cooling_hours", 1, MOST_COOLING),
        among=fields.ordered("among", fields.ids("among", MOST_AMONG)) if named else frozenset(),
    )
    if named and len(rule.among) < max(rule.members, rule.others + 1):
        raise fields.fail("among", "names fewer members than must sign")
    if (kind is OrderKind.EMERGENCY) != (rule.lapses_hours is not None):
        raise SignatureError("an emergency hold lapses, and no other order does")
    return rule


def rules_document(rules: tuple[tuple[OrderKind, Rule], ...]) -> dict[str, object]:
    """The table of a directory as JSON."""
    return {kind.value: rule_document(rule) for kind, rule in rules}


def rules_from(value: object) -> tuple[tuple[OrderKind, Rule], ...]:
    """The table in JSON, sorted by kind. Raises SignatureError."""
    if not isinstance(value, dict) or not value:
        raise SignatureError("rules of the directory are no object with a kind of order in it")
    if unknown := value.keys() - set(OrderKind):
        raise SignatureError(f"rules of the directory name {min(unknown)!a}, no kind of order")
    return tuple(
        (OrderKind(kind), rule_from(value[kind], OrderKind(kind))) for kind in sorted(value)
    )


def usual(directory: Directory, kind: OrderKind) -> Rule:
    """The rule that a directory sets for orders of a kind."""
    return dict(directory.rules).get(kind, UNLESS_SAID[kind])


def signers(directory: Directory, order: Order) -> frozenset[str]:
    """The members who may sign an order, by a version of the directory: those that its rule names,
    as far as the version lets them.
    """
    founding = _founding(directory)
    may = usual(directory, order.kind).among or founding
    return (order.rule.among or founding) & may & {each.id for each in directory.members}


def check_strict(order: Order, directory: Directory) -> None:
    """Raise SignatureError where an order's rule is laxer than the table of a directory."""
    rule = order.rule
    named, table = rule.among or _founding(directory), dict(directory.rules).get(order.kind)
    may = (table and table.among) or _founding(directory)
    if others := named - may:
        raise SignatureError(
            f"the order lets {min(others)} concur, and the directory does not for {order.kind}"
        )
    if order.authority not in named:
        raise SignatureError(
            f"{order.authority}, which requests the order, is not of those who may"
        )
    if len(named) < max(rule.members, rule.others + 1):
        raise SignatureError(f"the rule asks for more members than the {len(named)} who may sign")
    if table is None:
        return
    for word in ("members", "own", "others", "cooling_hours"):
        asked, least = getattr(rule, word), getattr(table, word)
        if asked < least:
            raise SignatureError(
                f"{word} of the order's rule is {asked}; the directory asks {least}"
            )
    if (rule.lapses_hours or 0) > (table.lapses_hours or 0):
        raise SignatureError(
            f"lapses_hours of the order's rule is {rule.lapses_hours}; "
            f"the directory allows {table.lapses_hours}"
        )


def check_table(directory: Directory) -> None:
    """Raise SignatureError where the table names who is no government here, or nobody who founds:
    orders are requested by founding members.
    """
    founding = _founding(directory)
    governments = {each.id for each in directory.members if each.kind is MemberKind.GOVERNMENT}
    for kind, rule in directory.rules:
        if strangers := rule.among - governments - founding:
            raise SignatureError(f"the rule for {kind} names {min(strangers)}, no government here")
        if rule.among and not rule.among & founding:
            raise SignatureError(f"the rule for {kind} names no founding member")
        able = rule.among or founding
        if len(able) < max(rule.members, rule.others + 1):
            raise SignatureError(
                f"the rule for {kind} asks for more members than the {len(able)} who may sign"
            )


def _founding(directory: Directory) -> frozenset[str]:
    return frozenset(each.id for each in directory.members if each.founding)
