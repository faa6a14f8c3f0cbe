"""Screening in Python: open a home's lists once with `Screen.open(Path("home"))`, then ask.

Opening maps files and takes no time worth speaking of; a `Screen` may be kept for as long as one
likes, and goes on answering by the versions that were in force when it was opened. Entries that
are in no home can be asked, too:

>>> from stanch.model.listed import Entry, Identifier, ListedName
>>> passport = Identifier("passport", "563410081", "KP")
>>> kim = Entry("NK-1", "Person", (ListedName("KIM Chol Su"),), identifiers=(passport,))
>>> screen = Screen.of([("mine", "2026-11-26", kim)])
>>> [(hit.list, hit.entry, hit.name) for hit in screen.name("김철수", schema="Person")]
[('mine', 'NK-1', 'KIM Chol Su')]
>>> subject = Query("Jane Doe", identifiers=("passport/KP=5634-10081",)).subject()
>>> [[each.code for each in hit.evidence] for hit in screen.names([subject])[0]]
[['identifier.same', 'identifier.country']]
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from stanch.app.review_suppress import Sieve, open_sieve
from stanch.app.screen_index import Matcher, open_identifiers, open_matcher
from stanch.app.screen_merge import merged
from stanch.errors import UsageError
from stanch.formats.addresses.forms import wallet_forms
from stanch.formats.subjects.columns import SCHEMAS, folded
from stanch.formats.subjects.record import MAX_NAME, birth_date
from stanch.formats.subjects.stated import stated
from stanch.model.countries import code_of
from stanch.model.hits import Hit, Subject
from stanch.model.listed import SCHEMAS as ALL_SCHEMAS
from stanch.model.listed import Country, Identifier
from stanch.screening.identifiers import IdentifierIndex
from stanch.screening.index import Index, Listed
from stanch.screening.register import Register
from stanch.store.home import Home

TOP: Final = 10
THRESHOLD: Final = 0.5


@dataclass(frozen=True, slots=True)
class Query:
    """One name as somebody asks for it; empty where nothing more is known.

    `identifiers` are as on the command line: `passport=563410081`, `passport/KP=563410081`.
    """

    name: str
    born: str = ""
    country: str = ""
    schema: str = ""
    identifiers: tuple[str, ...] = ()

    def subject(self) -> Subject:
        """The party that is meant. Raises UsageError where a part says nothing that can be used."""
        if len(self.name) > MAX_NAME:
            raise UsageError(f"the name is longer than {MAX_NAME:,} characters")
        if not (any(map(str.isalnum, self.name)) or self.identifiers):
            raise UsageError("the name has no letter, and there is no identifier")
        born = birth_date(self.born)
        if self.born and not born.first:
            raise UsageError(f"--born {self.born}: is no date such as 1984 or 1984-05-12")
        code = code_of(self.country)
        if self.country and not code:
            raise UsageError(f"--country {self.country}: is no country such as KP")
        return Subject(
            id="",  # no customer's: what was decided of one of this name is not decided of them
            names=(self.name,) if self.name else (),
            schema=_schema(self.schema),
            births=(born,) if self.born else (),
            countries=(Country(self.country, code),) if code else (),
            identifiers=tuple(_stated(text) for text in self.identifiers),
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """The lists of a home, ready to be asked. `sieve` holds what people have settled."""

    matcher: Matcher
    identifiers: IdentifierIndex
    sieve: Sieve = field(repr=False)

    @classmethod
    def open(cls, home: Path) -> Self:
        """The versions in force in the home at this path.

        Raises UsageError where there is no home or no list in it, InputError where it is damaged.
        """
        there = Home.open(home)
        if not there.current():
            raise UsageError(f"{home}: holds no list yet; stanch lists import brings one")
        return cls(open_matcher(there), open_identifiers(there), open_sieve(home))

    @classmethod
    def of(cls, listed: Iterable[Listed]) -> Self:
        """A screen of (list, version, entry), in memory and without any review."""
        held = list(listed)
        identifiers = IdentifierIndex.build(held, wallet_forms)
        return cls(Index.of(held), identifiers, Sieve(Register(()), {}))

    def names(
        self,
        subjects: Sequence[Subject],
        top: int = TOP,
        threshold: float = THRESHOLD,
        *,
        show_all: bool = False,
    ) -> list[list[Hit]]:
        """For each subject its hits, best first, at most `top`.

        Hits by name have a score of `threshold` or more; the same identifier is a hit whatever
        the name. What two people settled as somebody else (`stanch review`) is left out, or with
        `show_all` marked.
        """
        by_name = self.matcher.search(subjects, top + self.sieve.spare, threshold)
        by_identifier = self.identifiers.search(subjects)
        return [
            self.sieve.sift(subject, merged(names, identifiers), show_all=show_all)[:top]
            for subject, names, identifiers in zip(subjects, by_name, by_identifier, strict=True)
        ]

    def name(
        self, name: str, *, top: int = TOP, threshold: float = THRESHOLD, **known: str
    ) -> list[Hit]:
        """Hits of one name; `born`, `country` and `schema` say what else is known.

        Raises UsageError where one of these says nothing that can be used.
        """
        try:
            query = Query(name, **known)  # type: ignore[arg-type]
        except TypeError:
            raise UsageError(
                f"a name is asked with born, country, schema, not {sorted(known)}"
            ) from None
        return self.names((query.subject(),), top, threshold)[0]

    def addresses(self, addresses: Sequence[str]) -> list[list[Hit]]:
        """For each wallet address its hits, in any of its usual spellings."""
        return [list(hits) for hits in self.identifiers.addresses(addresses)]


def _schema(word: str) -> str:
    if not word or word in ALL_SCHEMAS:
        return word
    if found := SCHEMAS.get(folded(word)):
        return found
    raise UsageError(f"--schema {word}: choose one of {', '.join(ALL_SCHEMAS)}")


def _stated(text: str) -> Identifier:
    try:
        return stated(text)
    except ValueError as error:
        raise UsageError(f"--identifier: {error}") from None
