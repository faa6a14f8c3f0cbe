"""A block order, the statements that people sign about it, and what addressees reply."""

from dataclasses import dataclass
from enum import StrEnum

from stanch.model.desk.marking import Sharing
from stanch.model.desk.people import Member


class OrderKind(StrEnum):
    """What an order asks for, and how many must concur (docs/design/desk.md)."""

    HOLD = "hold"
    EMERGENCY = "emergency"
    ISSUER = "issuer"


class Said(StrEnum):
    """What a signed statement does to an order."""

    PROPOSE = "propose"
    CONCUR = "concur"
    RELEASE = "release"
    REFUSE = "refuse"  # a member does not concur; a reason stands beside it


class Answer(StrEnum):
    """What an addressee found."""

    NOTHING = "nothing_found"
    HELD = "held"
    GONE = "already_gone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Target:
    """An account (CAIP-10), perhaps one asset (CAIP-19) of it, and an amount in smallest units.

    No amount: all of it. Amounts are exact integers, written as text in documents.
    """

    account: str
    asset: str | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact rows of one file that an order rests on: its name, its hash, row numbers from 1."""

    file: str
    sha256: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Why: a case, the manifest's hash of a trace, rows of evidence."""

    case: str
    trace: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressees:
    """Member ids; or every exchange and issuer in these countries; both empty: all of them."""

    members: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who must sign. `members` of those in `among`, the requesting one included, to be in force.

    `among` are ids of members, of whom the others who release are too; empty: the founding ones.
    `lapses_hours`: an emergency hold ends so many hours after it began unless `members` have
    signed by then. To release: `own` approvers of the requesting member and `others` of another,
    then `cooling_hours`.
    """

    members: int = 2
    lapses_hours: int | None = None
    own: int = 2
    others: int = 1
    cooling_hours: int = 24
    among: frozenset[str] = frozenset()

    def counts(self, member: Member) -> bool:
        """Whether a member is of those who concur, and who release beside the authority."""
        return member.id in self.among if self.among else member.founding


@dataclass(frozen=True, slots=True)
class Order:
    """A block order as it is signed. Times are ISO 8601 UTC texts. `directory` is a hash.

    `version` counts the drafts; what is in force is one version for good.
    """

    id: str
    desk: str
    version: int
    kind: OrderKind
    authority: str
    targets: tuple[Target, ...]
    basis: Basis
    legal_reference: str
    addressees: Addressees
    sharing: Sharing
    issued: str
    expires: str
    rule: Rule
    directory: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one approver signed about an order. `reason` is said with releases and refusals.

    `targets` narrows a release to some accounts; empty is all.
    """

    said: Said
    desk: str
    order: str  # the order's id
    order_hash: str
    version: int
    directory: str
    member: str
    person: str
    at: str
    reason: str = ""
    targets: tuple[str, ...] = ()
