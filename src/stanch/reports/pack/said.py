"""What all sections say alike: texts from outside, figures, and the words of the model's kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from stanch.i18n.pack.words import Words, mark
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.states import OrderState
from stanch.model.registry.words import (
    AmountKind,
    By,
    IncidentKind,
    PlaceRole,
    Stance,
    Valuation,
    VictimKind,
)
from stanch.reports.names import clean, whole
from stanch.reports.pack.anchors import Anchors
from stanch.reports.pack.common_threats import ThreatKind
from stanch.reports.pack.document import Cell, Span, figure, text
from stanch.reports.pack.number import Number
from stanch.reports.pack.pack import ActionState, Came, Heard, Row, Why

NOTHING: Final = "–"
_KINDS: Final[tuple[tuple[StrEnum, str], ...]] = (
    (IncidentKind.THEFT, mark("theft")),
    (IncidentKind.RANSOMWARE, mark("ransomware")),
    (IncidentKind.PAYROLL, mark("pay of IT workers under false names")),
    (IncidentKind.LAUNDERING, mark("money laundering")),
    (IncidentKind.OTHER, mark("other incident")),
    (VictimKind.EXCHANGE, mark("exchange")),
    (VictimKind.BRIDGE, mark("bridge")),
    (VictimKind.DEFI, mark("decentralised finance")),
    (VictimKind.PAYMENTS, mark("payment service")),
    (VictimKind.WALLET, mark("users of a wallet")),
    (VictimKind.MINING, mark("mining service")),
    (VictimKind.GAMBLING, mark("gambling service")),
    (VictimKind.COMPANY, mark("company")),
    (VictimKind.HOSPITAL, mark("hospital")),
    (VictimKind.PERSON, mark("private person")),
    (VictimKind.PUBLIC, mark("general public")),
    (VictimKind.OTHER, mark("other victim")),
    (VictimKind.UNKNOWN, mark("victim not known")),
    (AmountKind.STOLEN, mark("stolen")),
    (AmountKind.PAID, mark("paid")),
    (AmountKind.DEMANDED, mark("demanded")),
    (AmountKind.MOVED, mark("moved")),
    (AmountKind.FROZEN, mark("frozen")),
    (AmountKind.RECOVERED, mark("recovered")),
    (Stance.ATTRIBUTES, mark("attributes")),
    (Stance.SUSPECTS, mark("suspects")),
    (Stance.DISPUTES, mark("disputes")),
    (PlaceRole.SEAT, mark("seat of the victim")),
    (PlaceRole.USERS, mark("residence of the users")),
    (PlaceRole.LOSS, mark("place of the loss")),
    (Valuation.THEN, mark("US dollars of the time")),
    (Valuation.LOW, mark("lowest figure that anybody gives")),
    (Valuation.HIGH, mark("highest figure that anybody gives")),
    (Valuation.PUBLICATION, mark("US dollars of the day of publication")),
    (By.YEAR, mark("Year")),
    (By.QUARTER, mark("Quarter")),
    (By.COUNTRY, mark("Country")),
    (By.ACTOR, mark("Actor")),
    (By.TECHNIQUE, mark("Technique")),
    (By.CHAIN, mark("Chain")),
    (By.KIND, mark("Kind of incident")),
    (OrderState.DRAFT, mark("drafted")),
    (OrderState.PROPOSED, mark("proposed")),
    (OrderState.IN_FORCE, mark("in force")),
    (OrderState.RELEASED, mark("released")),
    (OrderState.EXPIRED, mark("expired")),
    (OrderState.WITHDRAWN, mark("withdrawn")),
    (Came.SEIZURE, mark("seizure")),
    (Came.ASSISTANCE, mark("mutual legal assistance")),
    (Came.FORFEITURE, mark("forfeiture")),
    (Came.RETURN, mark("return to the victims")),
    (Heard.IN_TIME, mark("answered in time")),
    (Heard.LATE, mark("answered late")),
    (Heard.OPEN, mark("to be answered")),
    (Heard.OVERDUE, mark("not answered, and overdue")),
    (ActionState.OPEN, mark("open")),
    (ActionState.LATE, mark("overdue")),
    (ActionState.DONE, mark("completed")),
    (ActionState.DROPPED, mark("discontinued")),
    (ThreatKind.ACTOR, mark("Actor")),
    (ThreatKind.TECHNIQUE, mark("Technique")),
    (ThreatKind.CAMPAIGN, mark("Campaign or strain")),
    (ThreatKind.ACCOUNT, mark("Account on which two or more members work")),
    (ThreatKind.JUDGED, mark("Actor named by judgements of two or more countries")),
    (ThreatKind.MATCHED, mark("Indicators that private matching told two or more members")),
    (Confidence.LOW, mark("low confidence")),
    (Confidence.MODERATE, mark("moderate confidence")),
    (Confidence.HIGH, mark("high confidence")),
    (Why.MARKING, mark("marking does not allow this reader to see them")),
    (Why.BAR, mark("attribution below the bar")),
    (Why.DISPUTED, mark("attribution disputed")),
    (Why.KIND, mark("kind of incident outside the scope")),
    (Why.VICTIM, mark("kind of victim outside the scope")),
    (Row.INCIDENTS, mark("Incidents")),
    (Row.STATEMENTS, mark("Statements on attribution")),
    (Row.THREATS, mark("Threat assessment")),
    (Row.ORDERS, mark("Orders")),
    (Row.TARGETS, mark("Targets of cooperation")),
    (Row.ACTIONS, mark("Open actions")),
    (Row.DESIGNATIONS, mark("Proposed designations")),
)
# By class too: words of different kinds may be spelt alike (`other`), and then they are equal.
KINDS: Final = {(type(each), each.value): message for each, message in _KINDS}


@dataclass(frozen=True, slots=True)
class Teller:
    """Words of one language, and where the figures of one pack lead."""

    words: Words
    anchors: Anchors

    def kind(self, of: StrEnum) -> str:
        """A kind of the model in words."""
        return self.words.say(KINDS[type(of), of.value])

    def listed(self, parts: Sequence[str]) -> str:
        """Parts of a list, as the language joins them."""
        return self.words.say(", ").join(parts)

    def figure(self, number: Number) -> Cell:
        """A cell that leads to the rows of its figure."""
        if number.value is None:
            return figure(NOTHING)
        return figure(self.words.number(number.value), self.anchors.of(number.rows))

    def amount(self, usd: int | Decimal | None) -> str:
        """A figure without rows of its own."""
        return NOTHING if usd is None else self.words.number(usd)

    def heads(self, *names: str, figures: int = 0) -> tuple[Cell, ...]:
        """Headings; the last `figures` of them stand over figures."""
        first = len(names) - figures
        return tuple(
            figure(name) if place >= first else text(name) for place, name in enumerate(names)
        )

    def links(self, rows: Sequence[str]) -> tuple[Span, ...]:
        """Rows by their numbers, each a link, a space between them."""
        found: list[Span] = []
        for each in rows:
            anchor = self.anchors.row(each)
            found += [Span(" "), Span(f"[{anchor}]", anchor)]
        return tuple(found[1:])


def plain(outside: str, limit: int = 160) -> str:
    """A text from outside, on one line and without characters that hide or turn others."""
    return clean(outside, limit)


def all_of(outside: str) -> str:
    """The same of a text that a paper or a decision gives: no word of it is left out."""
    return whole(outside)
