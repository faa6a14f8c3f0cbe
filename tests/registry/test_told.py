"""Words from beside the files, laid over a registry: bars, actors and counts, and nothing else."""

import random

import numpy as np
import pytest

from stanch.model.desk.marking import Marking
from stanch.model.registry.incident import Body, Source
from stanch.model.registry.moment import Moment
from stanch.model.registry.words import Bar, BodyKind, By, Stance
from stanch.registry.columns import Columns
from stanch.registry.registry import load
from stanch.registry.scope import Scope
from stanch.registry.statistics import statistics
from stanch.registry.told import Word, told
from tests.reference.attributions import bar
from tests.registry.tables import written

DAY = Moment.parse("2026-02-01")
ALWAYS = (Moment.parse("2000"), Moment.parse("2999"))
BODIES = {
    BodyKind.GOVERNMENT: Body("desk:mem-kr", "Korea", "KR", BodyKind.GOVERNMENT),
    BodyKind.RESEARCHER: Body("desk:mem-lab", "Lab", "", BodyKind.RESEARCHER),
}


def word(incident="south-2020", actor="Group", kind=BodyKind.GOVERNMENT, stance="attributes", n=1):
    source = Source(f"desk:jud-{n}", BODIES[kind].name, "seen", DAY, "case-1")
    return Word(
        incident, BODIES[kind], source, Stance(stance), actor, DAY, "low", Marking.AMBER
    )  # fmt: skip


@pytest.fixture
def registry(tmp_path):
    incidents = ["west-2020,theft,West Swap,defi,2020-01-10,,,,,,,TLP:CLEAR,paper,"]
    actors = ["owl,Night Owl,Band,,", "sub,Sub Group,Under,,group"]
    return load(written(tmp_path, incidents=incidents, actors=actors))


def by_actor(registry):
    found = statistics(registry, Scope(bar=Bar.X), (By.ACTOR,), ALWAYS)
    return {registry.actors[each.key[0]].name if each.key[0] else "": each.incidents
            for each in found.cells}  # fmt: skip


def test_without_words_it_is_the_same_registry(registry):
    assert told(registry, []) is registry
    assert told(registry, [word("north-1999")]) is registry


def test_a_word_is_one_more_statement_and_moves_the_bar(registry):
    shown = told(registry, [word("west-2020")])
    (said,) = shown.incidents["west-2020"].statements
    assert (said.actor, said.confidence, said.marking) == ("group", "low", Marking.AMBER)
    assert list(shown.columns.bar) == ["A", "C", "A"]
    assert list(registry.columns.bar) == ["A", "C", "X"]
    assert registry.incidents["west-2020"].statements == ()
    assert list(shown.incidents) == list(registry.incidents)
    doubted = told(registry, [word("north-2019", stance="disputes")])
    assert list(doubted.columns.bar) == ["A", "C", "X"]
    assert list(doubted.columns.disputed) == [True, False, True]
    suspected = told(registry, [word("west-2020", stance="suspects")])
    assert list(suspected.columns.bar) == ["A", "C", "D"]


@pytest.mark.parametrize(
    ("spelt", "name"),
    [("Group", "Group"), (" GROUP ", "Group"), ("gang", "Group"), ("sub", "Sub Group"),
     ("Night  owl", "Night Owl"), ("Band", "Band"), ("Somebody", "Somebody")],
)  # fmt: skip
def test_an_actor_is_known_by_its_names(registry, spelt, name):
    """`Band` is another name of two groups: whose it is, nobody can say."""
    assert by_actor(told(registry, [word("west-2020", spelt)]))[name] in (
        ("west-2020",), ("north-2019", "west-2020"),
    )  # fmt: skip


def test_an_actor_that_no_file_has_is_one_whatever_its_case(registry):
    words = [word("west-2020", "Dusk  Lark"), word("south-2020", "dusk lark", n=2)]
    shown = told(registry, words)
    assert by_actor(shown)["Dusk  Lark"] == ("south-2020", "west-2020")
    assert "Dusk  Lark" not in repr(registry)


@pytest.mark.parametrize("seed", range(20))
def test_columns_are_as_laid_out_anew_and_bars_as_the_twin_has_them(registry, seed):
    source = random.Random(seed)
    words = [
        word(source.choice(list(registry.incidents)), source.choice(["Group", "Owl", "Nobody"]),
             source.choice(list(BODIES)), source.choice(list(Stance)), n)
        for n in range(source.randrange(6))
    ]  # fmt: skip
    shown = told(registry, words)
    incidents = tuple(shown.incidents.values())
    fresh = Columns.of(incidents, shown.bodies, shown.actors, shown.sources)
    for group in registry.actors:
        assert np.array_equal(shown.columns.actors[group], fresh.actors[group]), group
    for name in ("ids", "day", "kind", "victim", "bar", "disputed"):
        assert np.array_equal(getattr(shown.columns, name), getattr(fresh, name)), name
    assert shown.columns.incidents == fresh.incidents
    for row, one in enumerate(shown.incidents.values()):
        said = [(shown.bodies[each.body].kind, each.stance) for each in one.statements]
        assert (shown.columns.bar[row], shown.columns.disputed[row]) == bar(said)
