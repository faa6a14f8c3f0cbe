"""Two members match by files: exactly, once, and so that neither can probe."""

import json
import sqlite3

import pytest

from stanch.app.common import match, preparing, records, results
from stanch.app.common.place import Place, Policy
from stanch.errors import InputError, RefusedError, SignatureError, UsageError
from stanch.formats.common import envelope
from stanch.formats.signed import jws
from stanch.sharing.common import group
from tests.app.common.parties import Parties, learned, people, silent
from tests.formats.signed.tiny import key


@pytest.fixture
def two(tmp_path):
    parties = Parties(tmp_path, Policy(least=5, ratio=3, change=4, pause=30))
    parties.prepare("kr", people(*range(10)))
    parties.prepare("jp", people(*range(7, 30)))
    return parties


def run(parties, asker="kr", holder="jp", learns="both"):
    answer = parties.answer(holder, parties.invite(asker, holder, learns))
    out, claim = parties.finish(asker, answer, learns)
    return learned(out), claim


def test_both_learn_what_both_have_and_nothing_else(two):
    found, claim = run(two)
    assert found == set(people(7, 8, 9))
    assert learned(two.confirm("jp", claim)) == set(people(7, 8, 9))


def test_where_the_asker_alone_learns_nothing_goes_back(two):
    request = two.invite("kr", "jp", "asker")
    answer = two.answer("jp", request)
    with pytest.raises(UsageError, match="nothing to --reply"):
        two.finish("kr", answer, "both")
    out, claim = two.finish("kr", answer, "asker")
    assert (learned(out), claim) == (set(people(7, 8, 9)), None)


def test_where_both_are_to_learn_the_reply_is_asked_for(two):
    answer = two.answer("jp", two.invite("kr", "jp"))
    with pytest.raises(UsageError, match="--reply FILE"):
        two.finish("kr", answer, "asker")
    assert learned(two.finish("kr", answer)[0]) == set(people(7, 8, 9))


def test_sets_without_anything_in_common(two):
    two.prepare("us", people(*range(100, 110)))
    found, claim = run(two, "us")
    assert found == set()
    assert learned(two.confirm("jp", claim)) == set()


def test_the_result_as_json_says_of_what_run_it_is(two):
    answer = two.answer("jp", two.invite("kr", "jp", "asker"))
    out = two.folder / "out.json"
    match.finish(two.place("kr"), answer, out, None, silent)
    said = json.loads(out.read_text())
    assert (said["with"], said["learns"]) == ("jp", "asker")
    assert said["indicators"][0] == {"kind": "email", "indicator": "mule7@mail.example"}
    assert out.stat().st_mode & 0o777 == 0o600


def test_traffic_is_what_the_files_have(two):
    sign = two.signing("kr", "request")
    asked = match.invite(two.place("kr"), "all", "jp", "both", sign)
    got, answered = match.answer(two.place("jp"), asked.file, "all", two.signing("jp", "a"), silent)
    reply = two.signing("kr", "claim")
    done = match.finish(two.place("kr"), answered.file, two.new("out.csv"), reply, silent)
    assert asked.size == got.size == asked.file.stat().st_size
    assert answered.size == done.received == answered.file.stat().st_size
    assert done.reply.size == done.reply.file.stat().st_size
    bodies = [envelope.read(each.read_bytes()).body for each in
              (asked.file, answered.file, done.reply.file)]  # fmt: skip
    assert [len(each) for each in bodies] == [10 * 33, 10 * 33 + 23 * 16, 3 * 32]


def test_small_and_unequal_sets_are_refused_by_both(two):
    two.prepare("us", people(1, 2, 3, 4))
    with pytest.raises(RefusedError, match="4 indicators, and 5 are the least"):
        two.invite("us", "jp")
    two.prepare("ex", people(*range(200, 231)))
    with pytest.raises(RefusedError, match="sets of 31 and 10: one is more than 3 times"):
        two.answer("ex", two.invite("kr", "ex"))


def test_who_asks_refuses_an_answer_of_another_size_too(tmp_path):
    parties = Parties(tmp_path, Policy(least=2, ratio=100, change=2))
    strict = Policy(least=2, ratio=3, change=2)
    parties.policy = strict
    parties.place("kr")
    parties.policy = Policy(least=2, ratio=100, change=2)
    parties.prepare("kr", people(*range(10)))
    parties.prepare("jp", people(*range(100)))
    answer = parties.answer("jp", parties.invite("kr", "jp"))
    with pytest.raises(RefusedError, match="sets of 10 and 100"):
        parties.finish("kr", answer)


def test_the_same_two_versions_are_matched_once(two):
    run(two)
    with pytest.raises(RefusedError, match="version 1 was matched with version 1 of ours before"):
        two.answer("jp", two.invite("kr", "jp"))


def test_the_last_set_and_one_more_item_is_refused_at_both_ends(two):
    run(two)
    two.prepare("kr", people(*range(11)))
    with pytest.raises(RefusedError, match=r"your set differs .* in 1 indicators, and 4 are the"):
        two.invite("kr", "jp")
    # a program that was changed sends it all the same
    place = two.place("kr")
    place.folder.joinpath("log.db").rename(two.folder / "log.db")
    request = two.invite("kr", "jp")
    (two.folder / "log.db").replace(place.folder / "log.db")
    with pytest.raises(RefusedError, match=r"the other set differs .* in 1 indicators"):
        two.answer("jp", request)
    found, _ = records.history(two.place("jp"))
    assert found[-1]["kind"] == "refused"


def test_what_the_holder_changed_is_not_shown_by_its_difference(two):
    run(two)
    two.prepare("kr", people(*range(20)))
    two.prepare("jp", people(*range(7, 31)))
    with pytest.raises(RefusedError, match=r"your set differs .* in 1 indicators"):
        two.answer("jp", two.invite("kr", "jp"))


def test_who_asks_refuses_tags_that_are_nearly_the_last(two):
    run(two)
    two.prepare("kr", people(*range(20)))
    two.prepare("jp", people(*range(7, 31)))
    place = two.place("jp")
    place.folder.joinpath("log.db").unlink()  # a program that was changed forgets its own past
    answer = two.answer("jp", two.invite("kr", "jp"))
    with pytest.raises(RefusedError, match=r"the other set differs .* in 1 indicators"):
        two.finish("kr", answer)


def test_a_set_that_changed_enough_is_matched_anew_and_only_what_is_new_is_worked_on(two):
    run(two)
    made = two.prepare("kr", people(*range(4, 20)))
    assert (made.held.version, made.reused) == (2, 6)
    found, claim = run(two)
    assert found == set(people(*range(7, 20)))
    assert learned(two.confirm("jp", claim)) == found


def test_another_set_under_another_key_has_to_wait(two):
    run(two)
    two.prepare("kr", people(*range(5, 15)), "others")
    request = two.invite("kr", "jp", name="others")
    with pytest.raises(RefusedError, match="from 2026-12-26 on"):
        two.answer("jp", request)
    two.later(days=30)
    request = two.invite("kr", "jp", name="others")
    answer = two.answer("jp", request)
    assert learned(two.finish("kr", answer)[0]) == set(people(*range(7, 15)))


def test_another_key_under_the_old_name_has_to_wait_too(two):
    """A program that was changed calls it the same series; no point is as it was."""
    run(two)
    file = two.home("kr") / "common" / "sets" / "all" / "keys.json"
    said = json.loads(file.read_text())
    file.write_text(json.dumps(said | {"ask": group.new_scalar().hex()}))
    first = two.home("kr") / "common" / "sets" / "all" / "v1"
    first.rename(two.folder / "v1")
    two.prepare("kr", people(*range(10)))
    said = json.loads((first / "set.json").read_text())
    (first / "set.json").write_text(json.dumps(said | {"version": 2}))
    first.rename(first.with_name("v2"))
    (two.folder / "v1").rename(first)
    request = two.invite("kr", "jp")
    with pytest.raises(RefusedError, match="or under another key; from 2026-12-26 on"):
        two.answer("jp", request)
    two.later(days=30)
    assert learned(two.finish("kr", two.answer("jp", two.invite("kr", "jp")))[0])


def test_a_version_is_one_set(two):
    run(two)
    (two.home("kr") / "common" / "sets" / "all" / "v1").rename(two.folder / "gone")
    two.prepare("kr", people(*range(9), 55))
    two.prepare("jp", people(*range(7, 36)))
    (two.home("kr") / "common" / "log.db").unlink()
    with pytest.raises(RefusedError, match="version 1 was another set in a run before"):
        two.answer("jp", two.invite("kr", "jp"))


def test_an_answer_nobody_asked_for_is_refused(two):
    answer = two.answer("jp", two.invite("kr", "jp"))
    (two.home("kr") / "common" / "log.db").unlink()
    with pytest.raises(RefusedError, match="nothing that jp was asked"):
        two.finish("kr", answer)


def test_a_claim_where_the_asker_alone_was_to_learn_is_refused(two):
    request = two.invite("kr", "jp", "asker")
    answer = two.answer("jp", request)
    two.finish("kr", answer, "asker")
    found, said = envelope.read(answer.read_bytes()), envelope.read(request.read_bytes())
    run_id = jws.read(said.text).payload["run"]
    payload = {"desk": "desk", "run": run_id, "from": "kr", "to": "jp", "at": two.now,
               "request": said.digest, "answer": found.digest, "count": 0}  # fmt: skip
    forged = two.new("claim")
    forged.write_bytes(envelope.write(key("kr"), "stanch-common-claim@1", payload, b""))
    with pytest.raises(RefusedError, match="the asker alone was to learn"):
        two.confirm("jp", forged)


@pytest.mark.parametrize("wrong", [b"", b"\1" * 32, b"\1" * 64])
def test_a_claim_without_proof_is_refused(two, wrong):
    _, claim = run(two)
    found = envelope.read(claim.read_bytes())
    payload = dict(jws.read(found.text).payload)
    payload.pop("body")
    file = two.new("claim")
    file.write_bytes(envelope.write(key("kr"), found.typ, payload, wrong))
    with pytest.raises(SignatureError, match=r"never published|number of matches|twice"):
        two.confirm("jp", file)


def test_a_members_key_and_its_peoples_keys_sign_for_it(two):
    request = match.invite(two.place("kr"), "all", "jp", "both", two.signing("kr1", "request"))
    two.answer("jp", request.file)
    with pytest.raises(UsageError, match="is a key of jp, and this home is kr"):
        match.invite(two.place("kr"), "all", "jp", "both", two.signing("jp1", "request"))
    with pytest.raises(UsageError, match="no approver's"):
        match.invite(two.place("kr"), "all", "jp", "both", two.signing("nobody", "request"))


def test_whom_and_what_one_asks_has_to_be_there(two):
    with pytest.raises(UsageError, match="no other member xx; there are ex, jp, us"):
        two.invite("kr", "xx")
    with pytest.raises(UsageError, match="no other member kr"):
        two.invite("kr", "kr")
    with pytest.raises(UsageError, match="there is no set others; there are all"):
        two.invite("kr", "jp", name="others")
    with pytest.raises(UsageError, match=r"no set ../all"):
        two.invite("kr", "jp", name="../all")
    with pytest.raises(UsageError, match="choose asker or both"):
        two.invite("kr", "jp", "all")


def test_a_home_without_a_member_says_how_to_begin(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "home.json").write_text('{"format": "stanch-home@1"}')
    with pytest.raises(UsageError, match="stanch common join says which one"):
        Place.open(tmp_path / "home")


def test_a_prepared_set_that_was_changed_is_not_used(two):
    file = two.home("kr") / "common" / "sets" / "all" / "v1" / "asked.bin"
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    with pytest.raises(InputError, match="is damaged; prepare the set again"):
        two.invite("kr", "jp")


def test_a_commitment_opens_to_the_set(two):
    folder = two.home("kr") / "common" / "sets" / "all" / "v1"
    said = json.loads((folder / "set.json").read_text())
    items = (folder / "items.txt").read_text().split("\n")[:-1]
    assert preparing.commitment(said["secret"], items) == said["commitment"]
    assert preparing.commitment(said["secret"], items[1:]) != said["commitment"]


def test_both_ends_note_each_run_and_a_changed_log_is_seen(two):
    _, claim = run(two)
    two.confirm("jp", claim)
    ours, theirs = (records.history(two.place(each)) for each in ("kr", "jp"))
    assert [each["kind"] for each in ours[0]] == ["prepared", "invited", "learned"]
    assert [each["kind"] for each in theirs[0]] == ["prepared", "answered", "confirmed"]
    assert {each["run"] for each in (*ours[0][1:], *theirs[0][1:])} == {ours[0][1]["run"]}
    assert (ours[1], theirs[1]) == ([], [])
    assert "matches 3" in records.line(ours[0][2])
    with sqlite3.connect(two.home("jp") / "common" / "log.db") as base:
        base.execute("drop trigger record_fixed")
        base.execute("update record set body = '{}' where seq = 2")
    assert records.history(two.place("jp"))[1]


def test_secrets_are_their_owners_alone(two):
    run(two)
    for member in ("kr", "jp"):
        common = two.home(member) / "common"
        for name in ("keys.json",):
            assert (common / "sets" / "all" / name).stat().st_mode & 0o777 == 0o600
        assert common.joinpath("sets").stat().st_mode & 0o777 == 0o700
        assert common.joinpath("partners").stat().st_mode & 0o777 == 0o700


def test_both_keep_the_same_tag_for_each_match_and_none_where_one_alone_learns(tmp_path):
    parties = Parties(tmp_path)
    parties.prepare("kr", people(1, 2, 3))
    parties.prepare("jp", people(2, 3, 4))
    _, claim = parties.finish("kr", parties.answer("jp", parties.invite("kr", "jp")))
    parties.confirm("jp", claim)
    (ours,), (theirs,) = (results.kept(parties.place(each)) for each in ("kr", "jp"))
    assert ours == theirs
    assert (ours.run.members, ours.run.k) == (("jp", "kr"), 2)
    assert set(ours.tags) == {f"email:{each}" for each in people(2, 3)}
    assert len(set(ours.tags.values())) == 2
    parties.prepare("us", people(2, 3, 9))
    parties.finish("us", parties.answer("jp", parties.invite("us", "jp", "asker")), "asker")
    assert results.kept(parties.place("us")) == []
