"""An approver signs a statement about an order, on their own machine.

What is shown in plain words and what is signed come from the same document: the order in the file,
whose hash stands under the signature.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from stanch.app.signing.documents import order_in
from stanch.app.signing.key_files import KeyFile, opened
from stanch.app.signing.rule_words import who
from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.fields import stamp
from stanch.formats.signed.order import order_hash
from stanch.formats.signed.statement import sign_statement, statement_document
from stanch.model.desk.orders import Order, OrderKind, Said, Statement, Target

_MEANS: Final = {
    Said.PROPOSE: "proposes that this order come into force",
    Said.CONCUR: "concurs that this order come into force",
    Said.RELEASE: "releases",
    Said.REFUSE: "does not concur in this order, or takes back the releases that they signed",
}
_KINDS: Final = {
    OrderKind.HOLD: "hold these accounts",
    OrderKind.EMERGENCY: "hold these accounts at once, as an emergency",
    OrderKind.ISSUER: "freeze these accounts, as the issuer of the token",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says what. `accounts` narrow a release; `directory` is empty, or the hash of a version
    that is later than the order's.
    """

    said: str
    person: str
    member: str
    reason: str = ""
    accounts: tuple[str, ...] = ()
    directory: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that is ready to be signed, and the order it is about."""

    order: Order
    statement: Statement

    def sign(self, key: KeyFile) -> str:
        """The JWS to hand in. Raises UsageError, SignatureError."""
        return sign_statement(opened(key), self.statement)


def draft(file: Path, saying: Saying) -> Draft:
    """Read the order and put the statement. Raises UsageError, InputError."""
    order = order_in(file)
    try:
        said = Said(saying.said)
    except ValueError:
        raise UsageError(f"--say is one of {', '.join(Said)}") from None
    statement = Statement(
        said=said,
        desk=order.desk,
        order=order.id,
        order_hash=order_hash(order),
        version=order.version,
        directory=saying.directory or order.directory,
        member=saying.member,
        person=saying.person,
        at=stamp(datetime.now(UTC)),
        reason=saying.reason,
        targets=saying.accounts,
    )
    try:
        statement_document(statement)
    except SignatureError as error:
        raise UsageError(str(error)) from None
    if said is Said.PROPOSE and saying.member != order.authority:
        raise UsageError(f"{order.authority} asks for this order, and proposes it; others concur")
    if unknown := set(saying.accounts) - {each.account for each in order.targets}:
        raise UsageError(f"the order does not name {min(unknown)}")
    return Draft(order, statement)


def in_words(made: Draft) -> list[str]:
    """What the signature will say, one line a thing, each text in quotes as it stands."""
    order, said = made.order, made.statement
    return [
        f"{said.person} of {said.member} {_MEANS[said.said]}{_released(made)}",
        *([f"  because: {said.reason!r}"] if said.reason else []),
        *order_words(order),
        f"  hash: {said.order_hash}",
        f"  under directory: {said.directory}",
        f"signed at {said.at}",
    ]


def order_words(order: Order) -> list[str]:
    """What an order says, one line a thing, each text in quotes as it stands."""
    return [
        f"order {order.id}, version {order.version}, of desk {order.desk}",
        f"  asked for by: {order.authority}: {_KINDS[order.kind]}",
        *(f"  {_target(each)}" for each in order.targets),
        f"  case: {order.basis.case}; law: {order.legal_reference!r}",
        *([f"  trace: {order.basis.trace}"] if order.basis.trace else []),
        *(
            f"  evidence: {each.file!r}, rows {', '.join(map(str, each.rows)) or 'none'}, "
            f"sha256 {each.sha256}"
            for each in order.basis.evidence
        ),
        f"  to: {_addressees(order)}; {order.sharing.marking}{_shared(order)}",
        f"  from {order.issued} until {order.expires}",
        f"  in force with {_in_force(order)}",
        f"  released by {order.rule.own} people of {order.authority} and {order.rule.others} "
        f"{who(order.rule)} beside it, {order.rule.cooling_hours} hours later",
    ]


def _released(made: Draft) -> str:
    if made.statement.said is not Said.RELEASE:
        return ""
    return f": {', '.join(made.statement.targets) or 'every account of this order'}"


def _target(target: Target) -> str:
    amount = "all" if target.amount is None else f"{target.amount} of the smallest unit"
    return f"{target.account}: {amount} of {target.asset or 'whatever is there'}"


def _addressees(order: Order) -> str:
    named = [*order.addressees.members, *(f"all in {each}" for each in order.addressees.countries)]
    return ", ".join(named) or "every exchange and issuer"


def _shared(order: Order) -> str:
    named = sorted(order.sharing.members | order.sharing.people)
    return f", also shown to {', '.join(named)}" if named else ""


def _in_force(order: Order) -> str:
    if order.kind is OrderKind.EMERGENCY:
        return (
            f"{order.authority} alone; ends {order.rule.lapses_hours} hours later "
            f"unless {order.rule.members} {who(order.rule)} have signed"
        )
    return f"{order.rule.members} {who(order.rule)}, {order.authority} one of them"
