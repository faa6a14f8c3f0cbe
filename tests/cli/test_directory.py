"""`stanch directory`: from a table to a chain that holds, and what breaks it."""

import json

import pytest

from stanch.app.signing.documents import version_in
from stanch.errors import InputError, SignatureError, UsageError
from stanch.formats.signed.directory import directory_hash
from stanch.model.desk.orders import OrderKind, Rule
from tests.cli.test_key import WORDS, put, run
from tests.formats.signed.tiny import KINDS, PEOPLE, approver, key, member


def table(file, **changed):
    said = {
        "desk": "desk",
        "threshold": 2,
        "members": [
            {
                **{"id": each.id, "name": each.name, "kind": each.kind, "country": each.country},
                **{"founding": each.founding, "key": each.key},
            }
            for each in map(member, KINDS)
        ],
        "certificates": [approver(each).certificate for each in PEOPLE],
    }
    file.write_text(json.dumps({**said, **changed}))
    return file


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "words").write_text(WORDS)
    first = tmp_path / "directory-1.json"
    made = run("directory", "new", table(tmp_path / "members.json"), "--out", first)
    assert made.exit_code == 0, made.exception
    return tmp_path, directory_hash(version_in(first).directory)


def sign(desk, file, *names):
    folder, _ = desk
    for name in names:
        pem = put(folder / f"{name}.pem", name)
        done = run(
            "directory", "sign", file, "--key", pem, "--yes",
            "--passphrase-file", folder / "words",
        )  # fmt: skip
        assert done.exit_code == 0, done.exception


def following(desk, changes, *more):
    folder, _ = desk
    (folder / "changes.toml").write_text(changes)
    out = folder / "directory-2.json"
    done = run(
        "directory", "next", folder / "directory-1.json", folder / "changes.toml",
        "--out", out, *more,
    )  # fmt: skip
    return done, out


def check(desk, *files):
    folder, pin = desk
    return run("directory", "check", *(folder / each for each in files), "--pin", pin, "--json")


def test_a_stolen_key_is_revoked_by_two_founding_members(desk):
    stolen = key("kr2").kid
    revoked = f'[[revoked]]\nkid = "{stolen}"\nat = "2026-11-26T19:03:00Z"\nreason = "stolen"\n'
    done, out = following(desk, revoked)
    assert "needs the signatures of 2 founding members" in done.output
    sign(desk, out, "kr")
    assert isinstance(check(desk, "directory-1.json", out).exception, SignatureError)
    sign(desk, out, "kr")  # the same hand again counts for none
    assert isinstance(check(desk, "directory-1.json", out).exception, SignatureError)
    sign(desk, out, "jp")
    found = json.loads(check(desk, "directory-1.json", out).output)
    directory = version_in(out).directory
    assert found["version"] == 2
    assert found["hash"] == directory_hash(directory)
    assert [each.person for each in directory.approvers] == ["kr1", "jp1", "jp2", "us1", "ex1"]


def test_what_is_signed_is_shown_first_and_can_be_declined(desk):
    folder, pin = desk
    pem = put(folder / "kr.pem", "kr")
    before = (folder / "directory-1.json").read_bytes()
    done = run("directory", "sign", folder / "directory-1.json", "--key", pem, input="n\n")
    assert done.exit_code == 1
    assert f"hash {pin}" in done.output
    assert "member ex: 'EX', exchange, SC, key" in done.output
    assert (folder / "directory-1.json").read_bytes() == before


def test_signatures_of_others_do_not_count(desk):
    _, out = following(desk, "threshold = 3\n")
    sign(desk, out, "kr", "ex")
    assert isinstance(check(desk, "directory-1.json", out).exception, SignatureError)


def test_another_pin_leads_nowhere(desk):
    folder, pin = desk
    wrong = pin[:-1] + ("0" if pin[-1] != "0" else "1")
    done = run("directory", "check", folder / "directory-1.json", "--pin", wrong)
    assert isinstance(done.exception, SignatureError)


def test_a_version_that_was_altered_after_it_was_signed(desk):
    _, out = following(desk, "threshold = 3\n")
    sign(desk, out, "kr", "jp")
    out.write_text(out.read_text().replace('"threshold":3', '"threshold":2'))
    assert isinstance(check(desk, "directory-1.json", out).exception, SignatureError)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"threshold": 1}, "threshold"),
        ({"threshold": 4}, "threshold"),
        ({"members": []}, "founding members"),
        ({"certificates": ["eyJ"]}, "a certificate"),
        ({"certificates": [approver("kr1", by="jp").certificate]}, "certificate of kr1"),
        ({"pin": "x"}, "'pin'"),
        ({"members": {}}, "no list"),
        ({"desk": None}, "desk"),
    ],
)
def test_a_table_that_makes_no_directory(tmp_path, changed, says):
    file = table(tmp_path / "members.json", **changed)
    done = run("directory", "new", file, "--out", tmp_path / "out.json")
    assert isinstance(done.exception, InputError)
    assert says in str(done.exception)
    assert not (tmp_path / "out.json").exists()


def test_founders_sign_how_many_concur_and_who_and_see_it_in_words(desk):
    done, out = following(
        desk,
        """
[rules.hold]
among = ["us", "kr"]
cooling_hours = 48
[rules.emergency]
lapses_hours = 24
""",
    )
    assert done.exit_code == 0, done.exception
    sign(desk, out, "kr", "jp")
    rules = dict(version_in(out).directory.rules)
    assert rules[OrderKind.HOLD] == Rule(among=frozenset({"kr", "us"}), cooling_hours=48)
    assert rules[OrderKind.EMERGENCY] == Rule(lapses_hours=24)
    folder, pin = desk
    shown = run("directory", "check", folder / "directory-1.json", out, "--pin", pin).output
    assert "an order of kind hold needs 2 of kr, us; to release it, 2 people" in shown
    assert "lapses after 24 hours" in shown
    (folder / "third.toml").write_text("[rules.hold]\n")  # back to what it is without a rule
    third = folder / "directory-3.json"
    run("directory", "next", out, folder / "third.toml", "--out", third)
    assert dict(version_in(third).directory.rules) == {OrderKind.EMERGENCY: Rule(lapses_hours=24)}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ("rules = 1\n", "rules is no table"),
        ("[rules]\nhold = 1\n", "rules is no table"),
        ("[rules.seizure]\nmembers = 2\n", "'seizure' is none of"),
        ("[rules.hold]\nmembers = 1\n", "members of rule must be 2 to 9"),
        ('[rules.hold]\namong = "kr"\n', "among"),
        ('[rules.hold]\namong = ["kr", "ex"]\n', "ex, no government"),
        ("[rules.hold]\nhands = 2\n", "hands"),
    ],
)
def test_rules_that_are_none(desk, changes, says):
    done, out = following(desk, changes)
    assert isinstance(done.exception, InputError)
    assert says in str(done.exception)
    assert not out.exists()


@pytest.mark.parametrize("text", ["[", "[1]", "x"])
def test_no_table_at_all(tmp_path, text):
    (tmp_path / "t.json").write_text(text)
    done = run("directory", "new", tmp_path / "t.json", "--out", tmp_path / "out.json")
    assert isinstance(done.exception, InputError)


def test_a_file_that_is_not_there(tmp_path):
    done = run("directory", "new", tmp_path / "no.toml", "--out", tmp_path / "out.json")
    assert isinstance(done.exception, UsageError)
