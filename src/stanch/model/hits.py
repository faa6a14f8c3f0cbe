"""Who is screened, and what a screening answers: `Subject` in, `Hit` with its `Evidence` out.

Evidence is counted in decibans (I. J. Good, "Probability and the Weighing of Evidence", 1950):
+10 makes it ten times likelier that both are the same, -10 ten times less likely. A hit's `points`
are the plain sum of its evidence; `score` is that sum as a probability between 0 and 1.
"""

from dataclasses import dataclass

from stanch.model.listed import Country, Identifier, ListedDate


@dataclass(frozen=True, slots=True)
class Subject:
    """One party to be screened: a customer, a payee, a crew member, a wallet's owner.

    `schema` is one of model.listed.SCHEMAS, or empty where nobody says what it is. `source` says
    where it came from: a file's row, or the place in a payment message.
    """

    id: str
    names: tuple[str, ...]
    schema: str = ""
    births: tuple[ListedDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    countries: tuple[Country, ...] = ()
    genders: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against, with its weight in decibans and what was compared with what.

    `code` is a message code such as `name.surname` or `birth.contradicts`; faces turn it into
    words (i18n). `note` holds what the words need beside the two sides.
    """

    code: str
    points: float
    subject: str = ""
    listed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One listed entry that a subject may be. `settle` names what would settle it, as codes."""

    subject: str  # Subject.id
    rank: int  # 1 is best
    list: str
    version: str
    entry: str  # Entry.id
    schema: str
    name: str  # the listed name that matched, as the list writes it
    programs: tuple[str, ...]
    score: float
    points: float
    evidence: tuple[Evidence, ...]
    method: str = "name@1"
    settle: tuple[str, ...] = ()
