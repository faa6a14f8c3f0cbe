"""Statements that members judged, in the pack of a meeting: of one reader, and of nobody else."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from stanch.app.desk.attributions import told_in
from stanch.app.desk.pack import for_member
from stanch.app.registry.pack import Asked, counted
from stanch.app.registry.pack_beside import Beside
from stanch.app.registry.shelf import Kept
from stanch.cases import attributions, cases, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Bar, By, Stance
from stanch.registry.registry import load
from stanch.reports.pack.compose import compose
from stanch.reports.pack.html import html
from stanch.reports.pack.pack import Row, Why
from tests.app.desk.test_pack import Played
from tests.desk_world import JP, KR, US
from tests.registry.tables import written

GREEN = Shared(Marking.GREEN)
WEST = "west-2026"
SECRET = ("Night Owl", "seen at noon", WEST, "West Swap")


class Judged(Played):
    """A theft of February 2026 that nobody attributes, and a case of Korea that names it."""

    def __init__(self, database, key, clock, folder: Path):
        super().__init__(database, key, clock, folder)
        written(
            folder,
            incidents=[f"{WEST},theft,West Swap,defi,2026-02-03,,,,,,,TLP:CLEAR,news,"],
            sources=["news,Example Times,Of the west,2026-02-04,page 2"],
            amounts=[f"{WEST},stolen,,,700,,,as published,news,"],
        )
        self.theft = self.write(cases.open_case, self.kr, "Theft in the west", GREEN)
        self.write(items.add, self.kr, NewItem(
            self.theft, "incident", {"title": "West Swap", "incident": WEST}, GREEN,
        ))  # fmt: skip

    def judge(self, member=KR, shared=GREEN, **more):
        new = NewJudgement(self.theft, "Night Owl", "high", ["seen at noon"], shared, **more)
        return self.write(judgements.judge, self.world.analyst(member), new)


@pytest.fixture
def judged(database, desk_key, clock, tmp_path):
    return Judged(database, desk_key, clock, tmp_path)


def unseen(pack):
    """How many statements are left out, and the pack without that number."""
    (count,) = (each.count for each in pack.left_out
                if (each.what, each.why) == (Row.STATEMENTS, Why.MARKING))  # fmt: skip
    rest = [each for each in pack.left_out if each.what is not Row.STATEMENTS]
    return count, replace(pack, left_out=tuple(rest))


def test_each_readers_pack_has_the_statements_that_they_may_see(judged):
    before = {each: judged.pack(each) for each in (KR, US, JP)}
    id = judged.judge(shared=Shared(Marking.STRICT, (US,)))
    korea, states, japan = (judged.pack(each) for each in (KR, US, JP))
    for pack in (korea, states):
        assert (pack.whole.incidents.value, pack.whole.stolen.value) == (1, 700)
        assert pack.whole.incidents.rows == (f"incident/{WEST}",)
        (actors,) = (each for each in pack.counts if each.by is By.ACTOR)
        assert [(each.name, each.stolen.value) for each in actors.lines] == [("Night Owl", 700)]
        (row,) = pack.incidents
        assert (row.bar, row.disputed) == (Bar.A, False)
        (said,) = row.said
        assert (said.body, said.country, said.stance) == ("Korea", "KR", Stance.ATTRIBUTES)
        assert (said.actor, said.day.text) == ("Night Owl", judged.database.now()[:10])
        (source,) = (each for each in pack.sources if each.id == said.source)
        assert (source.publisher, source.title) == ("Korea", "seen at noon")
        assert (source.where, source.id) == (judged.theft, f"desk:{id}")
        assert unseen(pack)[0] == 0
        assert [each for each in pack.left_out if each.why is Why.BAR and each.count] == []
        page = html(compose(pack, "ko"))
        assert [each in page for each in SECRET[:2]] == [True, True]
    assert states.marking is Marking.STRICT
    assert (before[US].marking, before[JP].marking) == (Marking.AMBER, Marking.AMBER)
    assert korea.marking is before[KR].marking is Marking.RED

    # Japan is told that one statement is left out, and has nothing else that it had not.
    assert unseen(before[JP])[0] == 0
    assert unseen(japan) == (1, unseen(before[JP])[1])
    assert japan.whole.incidents.value == 0
    assert [each.count for each in japan.left_out if each.why is Why.BAR] == [1]
    assert not [each for each in (*SECRET, id, judged.theft) if each in repr(japan)]
    for language in ("en", "ko", "ja"):
        data = html(compose(japan, language)).encode()
        assert not [each for each in (*SECRET, id, judged.theft) if each.encode() in data]
        told = html(compose(unseen(japan)[1], language)).encode()
        assert told == html(compose(unseen(before[JP])[1], language)).encode()


def test_a_pack_made_for_a_member_has_nothing_in_red(judged):
    judged.judge(shared=Shared(Marking.RED))
    assert judged.pack(KR).whole.incidents.value == 1
    made = for_member(judged.desk, KR, judged.second, judged.registry)
    assert made.whole.incidents.value == 0
    assert unseen(made)[0] == 1
    assert made.marking is Marking.AMBER


def test_a_pack_knows_what_was_said_by_the_end_of_its_day(judged):
    judged.clock.at = judged.clock.at.replace(month=4, day=14, hour=23)
    judged.judge()
    assert len(judged.pack(US).incidents[0].said) == 1
    before = judged.pack(US)
    judged.clock.move(hours=1)
    judged.judge(US, stance="disputes")
    assert judged.pack(US) == before


def test_what_a_dispute_leaves_out_has_its_marking_too(judged):
    """Counted without what is disputed: the figure is one less, and only a strict word says why."""
    judged.judge()
    doubt = judged.judge(US, Shared(Marking.STRICT, (KR,)), stance="disputes")

    def pack(member, first="2026-01", **more):
        with judged.database.read() as connection:
            words = attributions.said(connection, judged.world.analyst(member))
            unseen = attributions.unseen(connection, words)
        asked = Asked(first, "2026-04", member, **more)
        return counted(asked, Beside(Kept.of(load(judged.registry)).told(words), unseen))

    assert pack(KR).incidents[0].disputed
    assert not pack(JP).incidents[0].disputed
    assert (pack(KR).marking, pack(JP).marking) == (Marking.STRICT, Marking.GREEN)
    korea, japan = (pack(each, disputed=False) for each in (KR, JP))
    assert (korea.whole.incidents.value, korea.marking) == (0, Marking.STRICT)
    assert (japan.whole.stolen.value, japan.marking) == (Decimal(700), Marking.GREEN)
    assert (unseen(korea)[0], unseen(japan)[0]) == (0, 1)
    assert doubt not in repr(japan)
    assert pack(KR, "2026-03", disputed=False).marking is Marking.CLEAR  # there it moves nothing


def test_it_is_looked_up_anew_for_what_may_change_it_alone(judged):
    """A meeting called, an order, somebody's session: what is said is what it was."""
    kept = Kept.of(load(judged.registry))

    def told(member=US):
        with judged.database.read() as connection:
            return told_in(connection, judged.world.analyst(member), kept)

    before = told()
    judged.call()
    assert told() is before
    theirs = told(JP)
    judged.judge(shared=Shared(Marking.STRICT, (US,)))
    assert [len(told(each).words) for each in (US, JP)] == [1, 0]
    assert told(JP) is not theirs
    said = told()
    judged.write(cases.reshare, judged.kr, judged.theft, Shared(Marking.RED))
    assert (len(said.words), len(told().words)) == (1, 0)
