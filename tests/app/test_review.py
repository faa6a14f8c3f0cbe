"""Take up, decide, and screen again."""

import json
import pickle
from dataclasses import replace

import pytest

from stanch.app.review import audit, listed, shown
from stanch.app.review_suppress import open_sieve, suppress
from stanch.app.review_take import take
from stanch.app.screen import Query
from stanch.app.screen_names import NamesRequest, screen_names
from stanch.errors import InputError, UsageError
from stanch.i18n import languages, words
from stanch.model.listed import Country, ListedDate
from tests.app.review_home import CUSTOMER, CUSTOMERS, HEAD, HITS, KIM, RI, desk, edit, marks
from tests.reference.plain_names import open_plain


@pytest.fixture
def at(tmp_path):
    return desk(tmp_path)


def settle(at, verdict="different"):
    at.take()
    match = listed(at.home)[0]["id"]
    at.say(match, f"Ann:{verdict}", f"Bo:{verdict}")
    return match


def test_nothing_is_settled_and_nothing_made_where_nobody_reviewed(at):
    assert at.screen() == [at.hit()]
    assert listed(at.home) == []
    assert not at.journal.exists()


def test_hits_are_taken_up_once(at):
    assert len(at.take().new) == 2
    again = at.take()
    assert (len(again.new), len(again.known), again.refused) == (0, 2, [])
    assert [case["state"] for case in listed(at.home)] == ["open", "open"]


def test_what_was_known_is_kept_as_it_was(at):
    at.take()
    at.publish(replace(KIM, births=(ListedDate("1971"),)), RI)
    case = shown(at.home, listed(at.home)[0]["id"][:6])
    kept = case["snapshot"]
    assert kept["subject"] == {"names": ["Kim Chol Su"], "births": ["1984-05-06"]}
    assert kept["entry"] == {"schema": ["Person"], "names": ["KIM Chol Su (primary)"],
                             "births": ["1970 (1970-01-01 to 1970-12-31)"]}  # fmt: skip
    assert (kept["score"], kept["evidence"]) == (0.91, "the whole name is the same")


def test_one_person_suppresses_nothing_and_is_shown(at):
    at.take()
    match = listed(at.home)[0]["id"]
    at.say(match, "Ann:different")
    assert marks(*at.screen()) == ["review.proposed"]
    with pytest.raises(UsageError, match="somebody else has to confirm"):
        at.say(match, "ANN :different")
    assert marks(*at.screen()) == ["review.proposed"]
    at.say(match, "Bo:same")
    assert marks(*at.screen()) == ["review.disputed"]


def test_two_suppress_it_and_all_shows_it_marked(at):
    settle(at)
    assert at.screen() == []
    assert marks(*at.screen(show_all=True)) == ["review.different"]
    assert at.screen(show_all=True)[0].points == at.hit().points


def test_the_same_stays_and_is_marked(at):
    settle(at, "same")
    assert marks(*at.screen()) == ["review.same"]


def test_two_withdraw_it(at):
    match = settle(at)
    at.say(match, "Cy:open")
    assert at.screen() == []
    assert [case["id"] for case in listed(at.home, "confirmed")] == [match]
    assert [case["id"] for case in listed(at.home, "proposed")] == [match]
    at.say(match, "Ann:open")
    assert marks(*at.screen()) == []


@pytest.mark.parametrize(
    ("subject", "field"),
    [
        (replace(CUSTOMER, births=(ListedDate("1970"),)), "births, id"),
        (replace(CUSTOMER, names=("Kim Chol Su", "김철수")), "names"),
        (replace(CUSTOMER, countries=(Country("KP", "KP"),)), "countries"),
        (replace(CUSTOMER, schema="Person"), "schema"),
    ],
)
def test_a_subject_that_changed_comes_back_with_a_note(at, subject, field):
    match = settle(at)
    (hit,) = at.screen(subject)
    assert marks(hit) == ["review.changed"]
    note = hit.evidence[-1]
    assert (note.subject, note.listed, note.note) == (field, "", f"different {match}")
    assert at.screen() == []


def test_an_entry_that_changed_comes_back_with_a_note(at):
    match = settle(at)
    at.publish(replace(KIM, programs=("DPRK2",), births=()), RI)
    (hit,) = at.screen()
    note = hit.evidence[-1]
    assert (note.code, note.subject, note.listed) == ("review.changed", "", "births, programs")
    at.take()
    *_, new = listed(at.home)
    assert new["changed_from"] == {
        "id": match, "verdict": "different", "subject": [], "entry": ["births", "programs"],
    }  # fmt: skip
    at.say(new["id"], "Ann:different", "Bo:different")
    assert at.screen() == []


def test_a_new_version_that_says_the_same_of_it_brings_nothing_back(at):
    settle(at)
    at.publish(KIM)
    assert at.screen() == []


def test_the_same_data_under_another_number_is_the_same_match(at):
    settle(at)
    assert at.screen(replace(CUSTOMER, id="C9")) == []


def test_a_bare_name_of_another_customer_is_not_suppressed(at):
    at.take()
    at.say(listed(at.home)[1]["id"], "Ann:different", "Bo:different")
    bare = replace(CUSTOMER, id="C2", names=("Ri Yong Ho",), births=())
    hit = at.hit(subject="C2", entry="E2")
    assert open_sieve(at.home).sift(bare, [hit]) == []
    other = replace(hit, subject="C3")
    assert open_sieve(at.home).sift(replace(bare, id="C3"), [other]) == [other]


def test_a_hit_in_another_version_than_that_in_force_stays(at):
    settle(at)
    old = at.hit(version="20200101T000000Z-000000000000")
    assert open_sieve(at.home).sift(CUSTOMER, [old]) == [old]


def test_ranks_close_up(at):
    settle(at)
    hits = [at.hit(1), at.hit(2, entry="E2"), at.hit(3, entry="E3")]
    kept = open_sieve(at.home).sift(CUSTOMER, hits)
    assert [(hit.rank, hit.entry) for hit in kept] == [(1, "E2"), (2, "E3")]
    every = open_sieve(at.home).sift(CUSTOMER, hits, show_all=True)
    assert [hit.rank for hit in every] == [1, 2, 3]


def test_a_whole_screening_at_once(at):
    settle(at)
    bare = replace(CUSTOMER, id="C2", names=("Ri Yong Ho",), births=())
    hits = [at.hit(), at.hit(subject="C2", entry="E2")]
    assert [hit.subject for hit in suppress(hits, [CUSTOMER, bare], at.home)] == ["C2"]
    assert len(suppress(hits, [CUSTOMER, bare], at.home, show_all=True)) == 2


def test_a_screening_knows_how_many_may_be_taken_out(at):
    assert open_sieve(at.home).spare == 0
    at.take(f"{HITS}C1,2,kp,E2,RI Yong Ho,0.6,x\n")
    for case in listed(at.home):
        at.say(case["id"], "Ann:different", "Bo:different")
    assert [case["subject"] for case in listed(at.home)] == ["C1", "C2", "C1"]
    assert open_sieve(at.home).spare == 2


def test_a_bare_name_that_somebody_asks_about_is_no_customer(at):
    asked = Query("Ri Yong Ho").subject()
    at.take("query_id,rank,list,entity_id,name,score,evidence\n1,1,kp,E2,RI Yong Ho,0.9,x\n",
            "id,name\n1,Ri Yong Ho\n")  # fmt: skip
    at.say(listed(at.home)[0]["id"], "Ann:different", "Bo:different")
    hit = at.hit(entry="E2", subject=asked.id)
    assert marks(*open_sieve(at.home).sift(asked, [hit])) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_from_screening_to_review_and_back(at, workers):
    """The file that a screening writes is taken up, and the next screening knows of it."""
    customers, out = at.folder / "customers.csv", at.folder / "found.csv"
    customers.write_text(CUSTOMERS)
    asked = NamesRequest(at.home, customers, out, workers=workers, opener=open_plain)

    def found(request=asked):
        screen_names(request, lambda done, share: None)
        return [line.split(",")[0] for line in out.read_text().splitlines()[1:]]

    before = found()
    assert "C1" in before
    assert not take(at.home, out, customers).refused
    for case in listed(at.home):
        if case["subject"] == "C1":
            at.say(case["id"], "Ann:different", "Bo:different")
    assert found() == [each for each in before if each != "C1"]
    assert found(replace(asked, show_all=True)) == before
    assert "two people agreed that this is somebody else" in out.read_text()


def test_processes_share_a_sieve(at):
    settle(at)
    assert pickle.loads(pickle.dumps(open_sieve(at.home))).sift(CUSTOMER, [at.hit()]) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ["same", "different", "proposed", "disputed", "changed"])
def test_what_people_said_has_words(at, language, code):
    settle(at)
    mark = replace(at.screen(show_all=True)[0].evidence[-1], code=f"review.{code}")
    assert mark.note in words(mark, language)
    assert "review." not in words(mark, language)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("C8,1,kp,E1,KIM,0.9,x", "among none of the subjects"),
        ("C1,1,kp,E9,KIM,0.9,x", "not in that version of the list"),
        ("C1,1,nolist,E1,KIM,0.9,x", "its list, or that version of it"),
        ("C1,1,../..,E1,KIM,0.9,x", "its list, or that version of it"),
        ("C1,one,kp,E1,KIM,0.9,x", "rank or score is no number"),
        ("C1,1,kp", "has 3 cells, too few"),
        (",1,kp,E1,KIM,0.9,x", "does not say who met which entry"),
    ],
)
def test_rows_that_cannot_be_taken_up(at, row, why):
    taken = at.take(f"{HEAD}{row}\n{HITS.splitlines()[1]}\n")
    assert [(each.row, why in each.reason) for each in taken.refused] == [(2, True)]
    assert len(taken.new) == 1


def test_a_hit_is_taken_up_against_the_version_in_which_it_was_found(at):
    found_in = at.hit().version
    at.publish(replace(KIM, programs=("DPRK2",)))
    head, *rows = HITS.splitlines()
    at.take("\n".join([f"{head},version", *(f"{row},{found_in}" for row in rows)]) + "\n")
    case = listed(at.home)[0]
    assert case["snapshot"]["version"] == found_in
    assert "programs" not in case["snapshot"]["entry"]
    at.say(case["id"], "Ann:different", "Bo:different")
    assert marks(*at.screen()) == ["review.changed"]
    taken = at.take(f"{head},version\n{rows[0]},20200101T000000Z-000000000000\n")
    assert "that version of it" in taken.refused[0].reason


def test_a_number_that_stands_for_two_is_refused(at):
    taken = at.take(customers="id,name\nC1,Kim Chol Su\nC1,Kim Chol Ho\nC2,Ri Yong Ho\n")
    assert [each.reason for each in taken.refused] == [
        "its query_id stands for subjects that differ"
    ]


def test_a_file_that_holds_no_hits(at):
    with pytest.raises(InputError, match=r"hits.csv: has no column rank"):
        at.take("query_id,list\nC1,kp\n")


@pytest.mark.parametrize("said", ["", "zz", "g" * 32])
def test_an_id_that_names_nothing(at, said):
    at.take()
    with pytest.raises(UsageError, match="no match begins"):
        shown(at.home, said)


def test_a_word_taken_off_the_end_stops_the_screening(at):
    match = settle(at)
    at.say(match, "Ann:open", "Bo:open")
    edit(at, "delete from record where seq = 6")
    with pytest.raises(InputError, match="stanch review check"):
        at.screen()


def test_an_audit_counts_and_seals(at):
    settle(at)
    first = audit(at.home)
    assert (first.records, first.faults) == (4, ())
    at.say(listed(at.home)[1]["id"], "Ann:same")
    assert audit(at.home, first.last).faults == ()
    assert audit(at.home, "0" * 64).faults == (
        "the chain does not lead over the digest that was noted",
    )
    assert audit(at.home).last != first.last


def test_an_audit_finds_words_that_the_rules_forbid(at):
    """Sealed by somebody who knows how, but said twice by one person."""
    from stanch.app.review_records import decision_draft
    from stanch.screening.review import Decision
    from stanch.store.engines.sqlite import connect

    at.take()
    match = listed(at.home)[0]["id"]
    word = Decision(match, "different", "because", "Ann", "2026-01-01T00:00:00Z")
    with connect(at.journal) as journal:
        journal.add(lambda about: [decision_draft(word)] * 2)
    assert len(at.screen()) == 1
    (fault,) = audit(at.home).faults
    assert fault.startswith("record 4 breaks the rules: this person has said so already")


def test_reasons_and_names_stay_in_the_journal(at):
    settle(at)
    others = [file for file in at.home.rglob("*") if file.is_file() and "review" not in file.name]
    assert others
    assert not [file for file in others if b"another birth" in file.read_bytes()]
    assert at.journal.stat().st_mode & 0o077 == 0
    json.dumps(listed(at.home))
