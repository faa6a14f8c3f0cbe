"""Whatever people do in whatever order: no suppression by one, none after a change, none by fraud.

The journal is a real one. Beside it the machine keeps plain lists of who said what of whom.
"""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from stanch.app.review_records import (
    Snapshot,
    broken_rules,
    cases,
    decision_draft,
    decisions,
    match_draft,
    register,
)
from stanch.model.hits import Subject
from stanch.model.listed import Country, Entry, Identifier, ListedDate, ListedName
from stanch.screening.fingerprint import match_id, of_entry, of_subject
from stanch.screening.register import Match
from stanch.screening.review import VERDICTS, Decision, refusal, standing
from stanch.store.engines.sqlite import connect

CUSTOMER = Subject("C1", ("Kim Chol Su",), births=(ListedDate("1984-05-06"),))
CUSTOMERS = (
    CUSTOMER,
    replace(CUSTOMER, names=("Kim Chol Su", "김철수")),
    replace(CUSTOMER, births=(ListedDate("1970"),)),
    replace(CUSTOMER, countries=(Country("KP", "KP"),)),
    replace(CUSTOMER, identifiers=(Identifier("passport", "1"),)),
    replace(CUSTOMER, id="C2"),
)
LISTED = Entry("E1", "Person", (ListedName("KIM Chol Su"),))
ENTRIES = (
    LISTED,
    replace(LISTED, births=(ListedDate("1970"),)),
    replace(LISTED, names=(ListedName("KIM Chol Su", "weak"),)),
    replace(LISTED, id="E2"),
)
COLUMNS = ("kind", "key", "at", "body", "previous", "digest")
AT = "2026-01-01T00:00:00Z"
PAIRS = [(one, other) for one in range(len(CUSTOMERS)) for other in range(len(ENTRIES))]
pairs = st.sampled_from(PAIRS[:8] * 3 + PAIRS)


def match_of(pair: tuple[int, int]) -> Match:
    mine, theirs = of_subject(CUSTOMERS[pair[0]]), of_entry("kp", ENTRIES[pair[1]])
    return Match(match_id(mine, theirs), mine, theirs)


class Review(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.opened = connect(self.folder / "review.sqlite")
        self.journal = self.opened.__enter__()
        self.taken: set[tuple[int, int]] = set()
        self.said: dict[tuple[int, int], list[tuple[str, str]]] = {}

    def teardown(self):
        self.opened.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    @rule(pair=pairs)
    def take(self, pair):
        if pair not in self.taken:
            kept = Snapshot("v1", "KIM Chol Su", 0.9, "", {}, {})
            self.journal.add(lambda about: [match_draft(match_of(pair), kept, AT)])
            self.taken.add(pair)

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), who=st.sampled_from(("Ann", "ann ", "Bo", "Cy")),
          verdict=st.sampled_from(VERDICTS))  # fmt: skip
    def say(self, data, who, verdict):
        pair = data.draw(st.sampled_from(sorted(self.taken)))
        word = Decision(match_of(pair).id, verdict, "because", who, AT)

        def write(about):
            now = standing(decisions(about(word.match)))
            return [] if refusal(now, word) else [decision_draft(word)]

        if self.journal.add(write):
            self.said.setdefault(pair, []).append((who.strip().lower(), verdict))

    @precondition(lambda self: self.taken)
    @rule(data=st.data(), column=st.sampled_from(COLUMNS))
    def tampering_is_found(self, data, column):
        length = len(list(self.journal.records()))
        seq = data.draw(st.integers(1, length))
        drop = data.draw(st.booleans())
        copy = self.folder / "copy.sqlite"
        with closing(sqlite3.connect(self.folder / "review.sqlite")) as whole:
            copy.unlink(missing_ok=True)
            whole.execute("vacuum into ?", (str(copy),))
        change = "delete from record" if drop else f"update record set {column} = {column} || ' '"
        guard = "record_kept" if drop else "record_fixed"
        with closing(sqlite3.connect(copy)) as other:
            named = "select sql from sqlite_schema where name = ?"
            ((text,),) = other.execute(named, (guard,)).fetchall()
            other.execute(f"drop trigger {guard}")
            other.execute(f"{change} where seq = ?", (seq,))
            other.execute(text)
            other.commit()
        with connect(copy) as journal:
            assert journal.faults()

    @invariant()
    def the_chain_always_verifies(self):
        assert self.journal.faults() == []
        assert broken_rules(self.journal.records()) == []

    @invariant()
    def only_two_suppress_and_only_what_they_saw(self):
        known = register(cases(self.journal.records()).values())
        for pair in PAIRS:
            match = match_of(pair)
            finding = known.find(match.subject, match.entry)
            who = {name for name, verdict in self.said.get(pair, []) if verdict == "different"}
            if finding.suppressed:
                assert len(who) >= 2
            if finding.earlier is not None:
                assert any(finding.changed)
                assert finding.earlier.id != finding.match

    @invariant()
    def two_who_only_agree_do_suppress(self):
        known = register(cases(self.journal.records()).values())
        for pair, said in self.said.items():
            match = match_of(pair)
            if (
                len(said) == 2
                and said[0][0] != said[1][0]
                and {v for _, v in said} == {"different"}
            ):
                assert known.find(match.subject, match.entry).suppressed


def run(examples, steps):
    run_state_machine_as_test(
        Review,
        settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None),
    )


def test_review():
    run(25, 20)


@pytest.mark.slow
def test_review_at_length():
    run(300, 60)
