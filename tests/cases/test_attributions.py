"""Judgements as statements on incidents: what each reader sees, against the plain twin."""

import random
from datetime import date

import pytest
from sqlalchemy import update

from stanch.cases import attributions, cases, evidence, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.errors import ForbiddenError, NotFoundError, UsageError
from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import BodyKind, Stance
from stanch.store.desk.tables import case_item
from tests.cases.conftest import World
from tests.reference.attributions import may, statements

GREEN = Shared(Marking.GREEN)
RONIN = "ronin-2022"


def named(world: World, case: str, by, shared=GREEN, incident=RONIN) -> str:
    with world.database.write() as tx:
        new = NewItem(case, "incident", {"title": "Theft", "incident": incident}, shared)
        return items.add(tx, by, new)


def judged(world: World, case: str, by, shared=GREEN, **more) -> str:
    with world.database.write() as tx:
        new = NewJudgement(case, "Lazarus Group", "high", ["a source"], shared, **more)
        return judgements.judge(tx, by, new)


def said(world: World, by, until=None):
    with world.database.read() as connection:
        words = attributions.said(connection, by, until)
        return words, attributions.unseen(connection, words, until)


def researcher(world: World):
    house = world.house
    with world.database.write() as tx:
        organisations.add(tx, house.chief, NewMember("Night Lab", "researcher", "US"))
        link = people.add_first(tx, house.chief, "mem-night-lab", NewPerson("First", []))
    return house.caller(house.of_token(house.come_in(link)), "analyst")


def test_a_judgement_on_a_case_that_names_an_incident_is_a_statement(world: World):
    case = world.case()
    id = judged(world, case, world.ann)
    assert said(world, world.ann) == ([], {})
    named(world, case, world.ann)
    named(world, case, world.ann, Shared(Marking.AMBER))
    (word,), unseen = said(world, world.eve)
    assert not unseen
    assert (word.incident, word.stance, word.actor) == (RONIN, Stance.ATTRIBUTES, "Lazarus Group")
    assert (word.body.name, word.body.country, word.body.kind) == (
        "Korea", "KR", BodyKind.GOVERNMENT,
    )  # fmt: skip
    assert (word.confidence, word.marking) == ("high", Marking.GREEN)
    assert (word.source.title, word.source.where) == ("a source", case)
    assert id in word.source.id
    assert word.date.text == world.database.now()[:10]


def test_nobody_puts_words_into_anothers_mouth(world: World, clock):
    """Cho judges Ann's case; Dee, a third, or Ann, later, say that it is about another incident."""
    case = world.case()
    id = judged(world, case, world.cho)
    clock.move(minutes=1)
    named(world, case, world.dee)
    named(world, case, world.ann)
    assert said(world, world.ben) == ([], {})
    named(world, case, world.cho, incident="harmony-2022")
    (word,), _ = said(world, world.ben)
    assert (word.incident, id in word.source.id) == ("harmony-2022", True)


def test_the_owners_incident_is_meant_where_the_judge_could_see_it(world: World):
    seen, unseen = world.case(), world.case(title="Other")
    named(world, seen, world.ann, Shared(Marking.AMBER, ("mem-japan",)))
    named(world, unseen, world.ann, Shared(Marking.RED), "harmony-2022")
    for case in (seen, unseen):
        judged(world, case, world.cho)
    assert [each.incident for each in said(world, world.ann)[0]] == [RONIN]
    (word,), _ = said(world, world.cho)
    assert word.marking is Marking.AMBER
    assert said(world, world.dee) == ([], {RONIN: 1})


def test_a_researcher_judges_for_no_country(world: World):
    case, night = world.case(), researcher(world)
    named(world, case, world.ann)
    judged(world, case, night, stance="disputes")
    (word,), _ = said(world, world.ann)
    assert (word.body.name, word.body.country, word.body.kind) == (
        "Night Lab", "", BodyKind.RESEARCHER,
    )  # fmt: skip
    assert word.stance is Stance.DISPUTES
    with pytest.raises(ForbiddenError, match="a government's or a researcher's"):
        judged(world, case, world.eve)


def test_what_was_said_by_the_end_of_a_day(world: World, clock):
    case = world.case()
    named(world, case, world.ann)
    judged(world, case, world.ann)
    clock.move(days=1)
    judged(world, case, world.ann, Shared(Marking.RED))
    day = date.fromisoformat(world.database.now()[:10])
    before = date.fromordinal(day.toordinal() - 1)
    assert len(said(world, world.ann)[0]) == 2
    assert len(said(world, world.ann, before)[0]) == 1
    assert said(world, world.cho, day)[1] == {RONIN: 1}
    assert said(world, world.cho, before)[1] == {}


@pytest.mark.parametrize("incident", ["Ronin 2022", "", "a" * 81, 7, ["ronin-2022"], "ronin\u202e"])
def test_an_incident_is_named_by_an_id(world: World, incident):
    with pytest.raises(UsageError, match="incident"):
        named(world, world.case(), world.ann, incident=incident)


def test_an_item_that_is_moved_to_another_incident_is_found(world: World):
    case = world.case()
    first, second = named(world, case, world.ann), named(world, case, world.ann)
    note = world.item(case, Marking.GREEN, kind="note", text="x", incident=RONIN)
    with world.database.read() as connection:
        assert list(evidence.check(connection)) == []
    with world.database.write() as tx:
        for id, incident in ((first, "harmony-2022"), (second, None), (note, RONIN)):
            change = update(case_item).where(case_item.c.id == id)
            tx.connection.execute(change.values(incident=incident))
    with world.database.read() as connection:
        found = [each.says for each in evidence.check(connection)]
    reason = "is looked up under another incident than it names"
    assert sorted(found) == sorted(f"{id} {reason}" for id in (first, second, note))


def test_a_stance_is_one_of_three(world: World):
    with pytest.raises(UsageError, match="stance: 'thinks' is none of: attributes, suspects"):
        judged(world, world.case(), world.ann, stance="thinks")


@pytest.mark.parametrize("seed", range(4))
def test_each_reader_sees_what_the_twin_says(world: World, clock, seed):
    """Cases, items and judgements of everybody, marked and released at random."""
    source = random.Random(seed)
    callers = [world.ann, world.ben, world.cho, world.dee, world.eve, researcher(world)]
    desk = {"cases": [], "items": [], "judgements": []}

    def row(by, **more):
        marking = source.choice(list(Marking))
        red, to = marking is Marking.RED, ()
        if marking not in (Marking.CLEAR, Marking.GREEN):
            to = [each.person if red else each.member.id for each in source.sample(callers, 3)]
        release = {*to, by.person} if red else set(to)
        owner = by.member.id
        more |= {"owner": owner, "marking": marking.value, "release": release}
        more |= {"at": world.database.now(), "person": by.person}
        return more, Shared(marking, tuple(dict.fromkeys(to)))

    for number in range(4):
        by = source.choice(callers)
        kept, shared = row(by)
        with world.database.write() as tx:
            kept["id"] = cases.open_case(tx, by, f"Case {number}", shared)
        desk["cases"].append(kept)
    for _ in range(40):
        clock.move(seconds=source.choice([0, 1]))
        by, case = source.choice(callers), source.choice(desk["cases"])
        kept, shared = row(by, case=case["id"])
        sees = may(case, by.member.id, by.person)
        try:
            if source.random() < 0.5:
                kept["incident"] = source.choice(["ronin-2022", "harmony-2022"])
                kept["id"] = named(world, case["id"], by, shared, kept["incident"])
                desk["items"].append(kept)
            else:
                kept["id"] = judged(world, case["id"], by, shared)
                desk["judgements"].append(kept)
            assert sees
        except NotFoundError:
            assert not sees
        except ForbiddenError:
            assert by is world.eve
    for caller in callers:
        words, unseen = said(world, caller)
        found = {(each.incident, each.source.id.removeprefix("desk:")): each.marking.value
                 for each in words}  # fmt: skip
        assert (found, dict(unseen)) == statements(desk, caller.member.id, caller.person)
