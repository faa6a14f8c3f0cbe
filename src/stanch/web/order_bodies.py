"""An order as a body of JSON, turned into the words of the model."""

from typing import Annotated, Final

from pydantic import Field

from stanch.app.desk.order_words import NewOrder
from stanch.model.desk.orders import Addressees, Evidence, OrderKind, Target
from stanch.web.bodies import AnId, Body, Marked, Named, example

Digits = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,77}$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Hours = Annotated[int, Field(ge=0, le=10_000)]
Hands = Annotated[int, Field(ge=0, le=100)]

ORDER: Final = {
    "case": "case-0123456789abcdef",
    "kind": "hold",
    "targets": [{"account": "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"}],
    "legal_reference": "Seoul Central District Court 2026-1",
    "expires": "2027-02-26T12:00:00Z",
    "addressees": {"members": ["mem-upbeat"]},
}


class TargetBody(Body):
    """An account (CAIP-10), perhaps one asset (CAIP-19), and an amount in smallest units."""

    account: Named
    asset: Annotated[str, Field(max_length=300)] | None = None
    amount: Digits | None = None

    def said(self) -> Target:
        """As the model has it."""
        return Target(self.account, self.asset, int(self.amount) if self.amount else None)


class EvidenceBody(Body):
    """The exact rows of one file, from 1."""

    file: Named
    sha256: Annotated[str, Field(pattern=r"^(sha256:)?[0-9a-f]{64}$")]
    rows: list[Annotated[int, Field(ge=1, le=2**53 - 1)]] = Field(min_length=1, max_length=10_000)

    def said(self) -> Evidence:
        """As the model has it."""
        return Evidence(self.file, self.sha256.removeprefix("sha256:"), tuple(self.rows))


class AddresseesBody(Body):
    """Members by id, or countries by code; neither: all exchanges and issuers."""

    members: list[AnId] = Field(default=[], max_length=1000)
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = Field(
        default=[], max_length=250
    )


class RuleBody(Body):
    """Who must sign, to come into force and to release; what is left out is as the directory has it
    for the kind. `among` are ids of the members who may.
    """

    members: Hands | None = None
    lapses_hours: Hours | None = None
    own: Hands | None = None
    others: Hands | None = None
    cooling_hours: Hours | None = None
    among: list[AnId] | None = Field(default=None, min_length=1, max_length=100)


class OrderBody(Marked):
    """What an order is to be. No rule: the usual of its kind."""

    case: AnId
    kind: Annotated[OrderKind, Field(strict=False)]
    targets: list[TargetBody] = Field(min_length=1, max_length=10_000)
    legal_reference: Annotated[str, Field(min_length=1, max_length=2000)]
    expires: Annotated[str, Field(max_length=40)]
    addressees: AddresseesBody = Field(default_factory=AddresseesBody)
    trace: Digest | None = None
    evidence: list[EvidenceBody] = Field(default=[], max_length=1000)
    rule: RuleBody | None = None

    model_config = example(ORDER)

    def said(self) -> NewOrder:
        """As use cases have it."""
        return NewOrder(
            case=self.case,
            kind=self.kind,
            targets=tuple(each.said() for each in self.targets),
            legal_reference=self.legal_reference,
            expires=self.expires,
            addressees=Addressees(tuple(self.addressees.members), tuple(self.addressees.countries)),
            shared=self.shared(),
            trace=self.trace,
            evidence=tuple(each.said() for each in self.evidence),
            rule=self.rule.model_dump(exclude_none=True) if self.rule else {},
        )
