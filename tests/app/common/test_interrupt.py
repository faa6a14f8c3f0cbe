"""What is cut off leaves nothing that looks whole, and can be done again."""

import pytest

from stanch.app.common import counts, match, preparing, records, rings
from stanch.errors import OutputError, UsageError
from tests.app.common.parties import Parties, learned, people, silent
from tests.app.common.test_rings import THREE, plain
from tests.app.common.test_rings import prepared as ready


def struck(*_: object) -> None:
    raise KeyboardInterrupt


def files(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*")
                  if "-words" not in each.name and not each.name.startswith("log.db"))  # fmt: skip


@pytest.fixture
def two(tmp_path):
    parties = Parties(tmp_path)
    parties.prepare("kr", people(*range(10)))
    parties.prepare("jp", people(*range(7, 30)))
    return parties


def test_prepare(two):
    (two.folder / "more.txt").write_text("".join(f"{each}\n" for each in people(*range(50))))
    before = files(two.home("kr"))
    with pytest.raises(KeyboardInterrupt):
        preparing.prepare(two.place("kr"), two.folder / "more.txt", "all", struck)
    assert files(two.home("kr")) == before
    made = preparing.prepare(two.place("kr"), two.folder / "more.txt", "all", silent)
    assert made.held.version == 2


def test_answer_and_finish(two):
    request = two.invite("kr", "jp")
    sign = two.signing("jp", "answer")
    with pytest.raises(KeyboardInterrupt):
        match.answer(two.place("jp"), request, "all", sign, struck)
    assert not sign.out.exists()
    assert [each["kind"] for each in records.history(two.place("jp"))[0]] == ["prepared"]
    answer, reply, out = two.answer("jp", request), two.signing("kr", "claim"), two.new("out.csv")
    with pytest.raises(KeyboardInterrupt):
        match.finish(two.place("kr"), answer, out, reply, struck)
    assert not out.exists()
    assert not reply.out.exists()
    assert not [each for each in files(two.folder) if "partial" in each]
    assert learned(two.finish("kr", answer)[0]) == set(people(7, 8, 9))


def test_a_step_of_a_ring_is_done_again_with_the_same_key(tmp_path):
    parties = ready(tmp_path)
    plan = parties.plan("kr", THREE, 2)
    sign = parties.signing("jp", "step")
    step = parties.hand_on("kr", plan, "all")
    with pytest.raises(KeyboardInterrupt):
        rings.hand_on(parties.place("jp"), step, "all", sign, struck)
    assert not sign.out.exists()
    last = step
    for member, name in (("jp", "all"), ("us", "all"), ("kr", None), ("jp", None)):
        last = parties.hand_on(member, last, name)
    done = parties.counted("kr", last)
    assert parties.told("jp", done.folder / "jp.bin") == plain(THREE, 2)["jp"]


def test_a_step_that_was_cut_off_may_be_done_with_another_set(tmp_path, monkeypatch):
    parties = ready(tmp_path)
    parties.prepare("kr", people(1, 2, 60), "others")
    plan = parties.plan("kr", THREE, 2)
    sign = parties.signing("kr", "step")
    with monkeypatch.context() as patch:
        patch.setattr(rings, "send", struck)
        with pytest.raises(KeyboardInterrupt):
            rings.hand_on(parties.place("kr"), plan, "others", sign, silent)
    last = parties.around(plan, THREE)
    done = parties.counted("kr", last)
    unmixed = parties.unmixed("us", done.folder / "kr.bin")
    assert parties.told("kr", unmixed) == plain(THREE, 2)["kr"]


def test_what_stands_there_is_never_replaced(two):
    request = two.invite("kr", "jp")
    for taken in (two.folder / "there", two.folder / "link"):
        taken.symlink_to("nowhere") if taken.name == "link" else taken.write_text("mine")
        sign = two.signing("jp", "x")
        with pytest.raises(UsageError, match="stands there already"):
            match.answer(two.place("jp"), request, "all", type(sign)(sign.key, taken), silent)
    assert (two.folder / "there").read_text() == "mine"
    two.answer("jp", request)


def test_a_file_that_cannot_be_written_is_not_noted_as_sent(two):
    request = two.invite("kr", "jp")
    sign = two.signing("jp", "x")
    with pytest.raises(OutputError):
        match.answer(two.place("jp"), request, "all",
                     type(sign)(sign.key, two.folder / "no" / "answer"), silent)  # fmt: skip
    two.answer("jp", request)


def test_a_count_that_is_cut_off_is_counted_again(tmp_path, monkeypatch):
    parties = ready(tmp_path)
    last = parties.around(parties.plan("kr", THREE, 2), THREE)
    sign = parties.signing("kr", "counts")
    with monkeypatch.context() as patch:
        patch.setattr(counts, "once", struck)
        with pytest.raises(KeyboardInterrupt):
            counts.count(parties.place("kr"), last, sign)
    assert not sign.out.exists()
    assert (
        parties.told("jp", parties.counted("kr", last).folder / "jp.bin") == plain(THREE, 2)["jp"]
    )
