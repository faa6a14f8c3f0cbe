"""A tiny home: a list of two, and customers who are not on it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from stanch.app.review import Word, decide
from stanch.app.review_suppress import open_sieve
from stanch.app.review_take import take
from stanch.model.hits import Evidence, Hit, Subject
from stanch.model.listed import PERSON, PRIMARY, Entry, ListedDate, ListedName
from stanch.store.home import Home
from tests.store.lists import put

YEAR = ListedDate("1970", "1970-01-01", "1970-12-31")
KIM = Entry("E1", PERSON, (ListedName("KIM Chol Su", PRIMARY),), births=(YEAR,))
RI = Entry("E2", PERSON, (ListedName("RI Yong Ho", PRIMARY),))
DAY = ListedDate("1984-05-06", "1984-05-06", "1984-05-06")
CUSTOMER = Subject("C1", ("Kim Chol Su",), births=(DAY,))
CUSTOMERS = "id,name,birth date\nC1,Kim Chol Su,1984-05-06\nC2,Ri Yong Ho,\n"
HEAD = "query_id,rank,list,entity_id,name,score,evidence\n"
HITS = (
    f"{HEAD}C1,1,kp,E1,KIM Chol Su,0.91,the whole name is the same\n"
    "C2,1,kp,E2,RI Yong Ho,0.97,the whole name is the same\n"
)


@dataclass(frozen=True)
class Desk:
    """A folder with a home, a file of customers and the hits of screening them."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def journal(self) -> Path:
        return self.home / "review.sqlite"

    def take(self, hits: str = HITS, customers: str = CUSTOMERS):
        (self.folder / "hits.csv").write_text(hits)
        (self.folder / "customers.csv").write_text(customers)
        return take(self.home, self.folder / "hits.csv", self.folder / "customers.csv")

    def say(self, match: str, *words: str) -> dict:
        """`Ann:different`, one after another."""
        for each in words:
            who, _, verdict = each.partition(":")
            case = decide(self.home, match, Word(verdict, "another birth", who))
        return case

    def publish(self, *entries: Entry) -> None:
        put(Home.open(self.home), "kp", *entries, text=repr(entries))

    def hit(self, rank: int = 1, **more) -> Hit:
        """What a screening of CUSTOMER finds in the version that is in force."""
        found = Hit(
            subject="C1", rank=rank, list="kp", version=Home.open(self.home).latest("kp").version,
            entry="E1", schema=PERSON, name="KIM Chol Su", programs=(), score=0.91, points=10.0,
            evidence=(Evidence("name.exact", 10.0, "Kim Chol Su"),),
        )  # fmt: skip
        return replace(found, **more)

    def screen(self, subject: Subject = CUSTOMER, *, show_all: bool = False) -> list[Hit]:
        """The hit of one subject, through the sieve of the home."""
        hits = [self.hit(subject=subject.id)]
        return open_sieve(self.home).sift(subject, hits, show_all=show_all)


def desk(folder: Path) -> Desk:
    """A home with one list, and nothing under review yet."""
    made = Desk(folder)
    Home.create(made.home)
    made.publish(KIM, RI)
    return made


def marks(hit: Hit) -> list[str]:
    """What people said of a hit."""
    return [each.code for each in hit.evidence if each.code.startswith("review.")]


def edit(at: Desk, statement: str) -> None:
    """Change the journal as somebody with an editor for databases can."""
    with closing(sqlite3.connect(at.journal)) as other:
        for name in ("record_kept", "record_fixed", "record_next"):
            other.execute(f"drop trigger {name}")
        other.execute(statement)
        other.commit()
