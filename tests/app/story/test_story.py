"""The story of the demo, played at a desk that runs."""

import pytest
from typer.testing import CliRunner

from stanch.app.demo import run_demo
from stanch.app.desk.keeping import audit_desk
from stanch.cli import app

STEPS = (
    "takes in the victim's report", "opens a case", "puts the trace into the case",
    "drafts an emergency hold on 6 balances",
    "signs the proposal: in force", "signs its concurrence: in force",
    "South  receives the order", "South  proves every signature", "South  answers: held, 3",
    "East   receives the order", "East   proves every signature", "East   answers: nothing found",
    "North  receives the order", "North  says nothing; its time is over on",
    "counts Simulated Exchange North as late",
    "entries of the log, whole", "order to hold",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    out = tmp_path_factory.mktemp("story")
    run_demo(out, "affinity@1", lambda _: None)
    words = ["story", "--out", str(out / "desk"), "--trace", str(out / "trace")]
    return out, words, CliRunner().invoke(app, words)


def test_each_step_comes_after_the_one_before_and_has_its_time(told):
    _, _, done = told
    assert done.exit_code == 0, done.output
    places = [done.output.find(each) for each in STEPS]
    assert -1 not in places, done.output
    assert places == sorted(places)
    assert "SIMULATION" in done.output
    times = [line[:12] for line in done.output.splitlines() if line[2:3] == line[5:6] == ":"]
    assert len(times) == 17


def test_its_log_is_whole(told):
    found = audit_desk(told[0] / "desk" / "desk", None)
    assert found.faults == ()
    assert found.entries > 0


def test_a_folder_that_is_no_story_is_left_as_it_is(told):
    out, words, _ = told
    kept = sorted(each.name for each in (out / "trace").iterdir())
    done = CliRunner().invoke(app, [*words[:2], str(out / "trace"), *words[3:]])
    assert done.exit_code != 0
    assert sorted(each.name for each in (out / "trace").iterdir()) == kept
