"""The kinds of things that the registry knows, and the order of who says so."""

from enum import StrEnum


class IncidentKind(StrEnum):
    """What happened."""

    THEFT = "theft"
    RANSOMWARE = "ransomware"
    PAYROLL = "payroll"  # pay of IT workers under false names
    LAUNDERING = "laundering"
    OTHER = "other"


class VictimKind(StrEnum):
    """Whom it happened to."""

    EXCHANGE = "exchange"
    BRIDGE = "bridge"
    DEFI = "defi"
    PAYMENTS = "payments"
    WALLET = "wallet"  # the users of a wallet
    MINING = "mining"
    GAMBLING = "gambling"
    COMPANY = "company"
    HOSPITAL = "hospital"
    PERSON = "person"
    PUBLIC = "public"  # anybody: a worm asks nobody
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def business(self) -> bool:
        """Whether it is an organisation that does business; of what is unknown, it is taken so."""
        return self not in {VictimKind.PERSON, VictimKind.PUBLIC, VictimKind.WALLET}


class PlaceRole(StrEnum):
    """In which way a country is concerned. The three differ, so a count says which it uses."""

    SEAT = "seat"  # where the victim is at home
    USERS = "users"  # where those live whose money it was
    LOSS = "loss"  # where the loss was borne or the systems stood


class AmountKind(StrEnum):
    """What an amount is of."""

    STOLEN = "stolen"
    PAID = "paid"  # a ransom, or a false worker's pay
    DEMANDED = "demanded"
    MOVED = "moved"  # what a trace or a source says has left where it was first put
    FROZEN = "frozen"
    RECOVERED = "recovered"


class SeedKind(StrEnum):
    """Where a trace begins."""

    ACCOUNT = "account"
    TRANSACTION = "transaction"


class LinkKind(StrEnum):
    """What an incident leads to."""

    CASE = "case"  # a case's id at the desk
    TRACE = "trace"  # the hash of a trace's manifest


class Stance(StrEnum):
    """What a body says of who did it."""

    ATTRIBUTES = "attributes"
    SUSPECTS = "suspects"
    DISPUTES = "disputes"


class BodyKind(StrEnum):
    """Who says so."""

    GOVERNMENT = "government"
    POLICE = "police"
    COURT = "court"
    INTERNATIONAL = "international"  # the UN's panel, the MSMT
    FIRM = "firm"
    RESEARCHER = "researcher"
    PRESS = "press"
    VICTIM = "victim"


class Bar(StrEnum):
    """How much must stand behind an attribution, from the highest to none.

    An incident is at the highest bar that any body's statement reaches. D takes a suspicion of
    anybody too, X what nobody attributes.
    """

    A = "A"  # a government, police or a court attributes it
    B = "B"  # or the UN's panel, the MSMT
    C = "C"  # or a firm that analyses chains
    D = "D"  # or one researcher, the press, the victim; or somebody suspects it
    X = "X"  # nobody does


BAR_OF = {
    BodyKind.GOVERNMENT: Bar.A,
    BodyKind.POLICE: Bar.A,
    BodyKind.COURT: Bar.A,
    BodyKind.INTERNATIONAL: Bar.B,
    BodyKind.FIRM: Bar.C,
    BodyKind.RESEARCHER: Bar.D,
    BodyKind.PRESS: Bar.D,
    BodyKind.VICTIM: Bar.D,
}


class Valuation(StrEnum):
    """Which dollars a total counts."""

    THEN = "then"  # the figure of the time, as the registry has it
    LOW = "low"  # the least that anybody says
    HIGH = "high"  # the most
    PUBLICATION = "publication"  # at the prices of the day of publication


class By(StrEnum):
    """What incidents are counted by."""

    YEAR = "year"
    QUARTER = "quarter"
    COUNTRY = "country"
    ACTOR = "actor"
    TECHNIQUE = "technique"
    CHAIN = "chain"
    KIND = "kind"
