"""The measures of screening are those of the script that came with the data."""

import json
import random
import subprocess
import sys

import pytest

import screening_measure as measure
from screening_data import Innocent, Pair, Query, Row, Screening
from screening_run import distinct


def query(gold: str, group: str = "typo_P", id_: str = "q") -> Query:
    return Query(Row(id_, "Person", ("Kim",)), group, frozenset(gold.split()), "full")


def innocent(id_: str, homonym: bool = False, schema: str = "Person") -> Innocent:
    return Innocent(Row(id_, schema, ("Kim",)), "ko_latin", homonym)


def pairs(*matches: bool) -> list[Pair]:
    row = Row("a", "Person", ("A",))
    return [Pair(row, row, match, "some") for match in matches]


def guesses(data: Screening, seed: int) -> dict[str, list[tuple[str, float]]]:
    """Answers of which some are right, some are tied and some are missing."""
    chance = random.Random(seed)
    ids = [row.id for row in data.rows]
    found = {}
    for each in (*data.queries, *data.innocents):
        asked = isinstance(each, Query)
        known = sorted(each.gold) if asked else ids
        picks = chance.sample(ids, chance.randint(0, 9)) + chance.sample(known, 1)
        scores = sorted(
            (round(chance.random() * (1 if asked else 0.7), 2) for _ in picks), reverse=True
        )
        chance.shuffle(picks)
        found[each.row.id] = list(zip(picks, scores, strict=True))[: chance.randint(0, 10)]
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_same_figures_as_the_script_of_the_data(data_dir, tmp_path, seed):
    data = Screening(data_dir / "screening")
    found = guesses(data, seed)
    for name, those in (("preds", data.queries), ("neg", data.innocents)):
        lines = ({"qid": each.row.id, "hits": found[each.row.id]} for each in those)
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))
    script = data_dir / "screening" / "bench" / "score.py"
    command = [sys.executable, "-B", str(script), "dev", tmp_path / "preds", tmp_path / "neg"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    least = measure.threshold(data.innocents, found)
    groups = measure.by_group(data.queries, found, least)
    macro = groups.pop("macro")
    ours = [
        f"{name:10s} n={each.count:4d} R@1 {each.first:.3f} R@5 {each.fifth:.3f} "
        f"recall@1%alerts {each.alerted:.3f}"
        for name, each in groups.items()
    ]
    ours.append(
        f"MACRO R@1 {macro.first:.3f} R@5 {macro.fifth:.3f} recall@1%alerts {macro.alerted:.3f} "
        f"(thr {least:.3f})"
    )
    assert theirs.splitlines() == ours
    assert 0 < macro.alerted < macro.first < macro.fifth < 1


def test_rank_of_the_first_right_entry():
    hits = [("x", 0.9), ("b", 0.8), ("a", 0.7)]
    assert measure.best(query("a b"), hits) == (2, 0.8)
    assert measure.best(query("c"), hits) == (99, -1.0)


def test_what_stands_below_the_tenth_place_is_not_found():
    hits = [(str(at), 0.5) for at in range(10)] + [("a", 0.4)]
    assert measure.best(query("a"), hits) == (99, -1.0)


def test_one_in_a_hundred_innocents_may_alert():
    those = [innocent(str(at)) for at in range(200)]
    found = {str(at): [("e", at / 200)] for at in range(200)}
    least = measure.threshold(those, found)
    assert sum(score >= least for ((_, score),) in found.values()) == 2


def test_namesakes_and_companies_set_no_threshold():
    those = [innocent("a"), innocent("b", homonym=True), innocent("c", schema="Organization")]
    found = {"a": [("e", 0.2)], "b": [("e", 0.9)], "c": [("e", 0.8)]}
    assert measure.threshold(those, found) == pytest.approx(0.2, abs=1e-6)


def test_macro_is_the_mean_of_groups_not_of_queries():
    asked = [query("a", "typo_P", str(at)) for at in range(3)] + [query("a", "derived_Hanja", "h")]
    found = {str(at): [("a", 0.9)] for at in range(3)}
    assert measure.by_group(asked, found, 0.5)["macro"].first == 0.5


def test_the_highest_threshold_that_has_the_recall():
    asked = [query("a", id_=str(at)) for at in range(4)]
    found = {str(at): [("a", score)] for at, score in enumerate((0.9, 0.7, 0.5))}
    assert measure.threshold_at(asked, found, 0.5) == 0.7
    assert measure.threshold_at(asked, found, 0.51) == 0.5
    assert measure.threshold_at(asked, found, 0.8) is None


def test_pairs():
    some, scores = pairs(True, True, False), [0.9, 0.4, 0.6]
    assert measure.f1(some, scores, 0.5) == 0.5
    assert measure.passed(some, scores, 0.5) == 1
    assert measure.best_threshold(measure.f1, some, scores) == (0.4, 0.8)
    assert measure.best_threshold(measure.passed, some, scores) == (0.9, 2)


def test_one_hit_for_each_cluster():
    hits = [("sdn-1", 0.9), ("un-1", 0.8), ("sdn-2", 0.7)]
    assert distinct(hits, {"sdn-1": "sdn-1", "un-1": "sdn-1"}) == [("sdn-1", 0.9), ("sdn-2", 0.7)]
