"""A file of indicators becomes a version of a set; a home says once whose it is."""

import gzip
import json

import pytest

from stanch.app.common import prepared, preparing
from stanch.app.common.place import Place, Policy, join
from stanch.app.signing.documents import write_version
from stanch.errors import InputError, RefusedError, SignatureError, UsageError
from tests.app.common.parties import LOOSE, Parties, people, silent
from tests.formats.signed.tiny import FIRST, PIN, following, signed


@pytest.fixture
def parties(tmp_path):
    return Parties(tmp_path)


def prepare(parties, text, name="all", file="list.csv"):
    path = parties.folder / file
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return preparing.prepare(parties.place("kr"), path, name, silent)


def items(parties, name="all"):
    return prepared.chosen(parties.place("kr"), name).items


def test_a_table_with_kinds_and_one_without(parties):
    made = prepare(parties, "kind,note,indicator\nemail,x,Kim@Mail.example\n,y,evil[.]example\n")
    assert (made.held.size, made.rows, made.refused) == (2, 2, ())
    assert items(parties) == ("domain:evil.example", "email:kim@mail.example")
    prepare(parties, "address\nevil.example\n192.0.2.7\n", "others")
    assert items(parties, "others") == ("domain:evil.example", "ip:192.0.2.7")


def test_rows_that_are_no_indicator_are_told_and_the_rest_is_kept(parties):
    text = (
        b"a@mail.example\n\nnonsense\nA@mail.example\n\xff\xfe\nb@mail.example\0\nc@mail.example\n"
    )
    made = prepare(parties, text)
    assert [(each.row, each.reason) for each in made.refused] == [
        (3, "is no indicator that can be told without its kind: add a column `kind`"),
        (5, "is not UTF-8 at byte 1"),
        (6, "holds a NUL character"),
    ]
    assert (made.rows, made.held.size, made.twice) == (6, 2, 1)


def test_a_table_whose_row_is_short_or_broken(parties):
    made = prepare(parties, 'indicator,kind\n"a@mail.example\n,email\nb@mail.example\n')
    assert [each.row for each in made.refused] == [2, 3]
    assert items(parties) == ("email:b@mail.example",)


def test_a_packed_file_and_a_damaged_one(parties):
    made = prepare(parties, gzip.compress(b"a@mail.example\n"), file="list.gz")
    assert made.held.size == 1
    with pytest.raises(InputError, match="UTF-16"):
        prepare(parties, "a@mail.example".encode("utf-16"))
    with pytest.raises(InputError, match="damaged gzip"):
        prepare(parties, gzip.compress(b"b@mail.example\n" * 99)[:40], file="cut.gz")


def test_nothing_to_match_makes_no_version(parties):
    for text in ("", "\n\n", "nonsense\n"):
        with pytest.raises(InputError, match="no indicator that can be read"):
            prepare(parties, text)
    assert prepared.listed(parties.place("kr")) == []
    for name in ("", "Big", "../x", "a" * 33):
        with pytest.raises(UsageError, match="lower-case letters"):
            prepare(parties, "a@mail.example\n", name)
    with pytest.raises(UsageError, match="no such file"):
        preparing.prepare(parties.place("kr"), parties.folder / "no.txt", "all", silent)


def test_a_set_that_is_as_it_was_stays_as_it_is(parties):
    prepare(parties, "a@mail.example\nb@mail.example\n")
    with pytest.raises(RefusedError, match="all is as it was: version 1 stays"):
        prepare(parties, "B@mail.example\nA@mail.example\n")


def test_versions_and_sets_are_listed(parties):
    parties.prepare("kr", people(1, 2))
    parties.prepare("kr", people(1, 2, 3))
    parties.prepare("kr", people(7), "others")
    found = prepared.listed(parties.place("kr"))
    assert [(each["set"], each["version"], each["size"]) for each in found] == [
        ("all", 1, 2), ("all", 2, 3), ("others", 1, 1),
    ]  # fmt: skip
    assert found[0]["series"] == found[1]["series"] != found[2]["series"]


def test_a_version_that_takes_over_is_the_one_that_would_be_made_anew(parties):
    """The same keys, all items at once: the same points and tags."""
    parties.prepare("kr", people(*range(0, 30, 2)))
    parties.prepare("kr", people(*range(5, 40)))
    grown = prepared.chosen(parties.place("kr"), "all")
    sets = parties.home("kr") / "common" / "sets"
    (sets / "again").mkdir()
    (sets / "again" / "keys.json").write_bytes((sets / "all" / "keys.json").read_bytes())
    (sets / "again" / "keys.json").chmod(0o600)
    parties.prepare("kr", people(*range(5, 40)), "again")
    anew = prepared.chosen(parties.place("kr"), "again")
    assert grown.items == anew.items
    assert (grown.base, grown.asked, grown.points) == (anew.base, anew.asked, anew.points)
    assert grown.published.tags == anew.published.tags
    assert grown.published.order.tolist() == anew.published.order.tolist()


def test_keys_that_others_can_read_or_that_are_damaged_are_not_used(parties):
    parties.prepare("kr", people(1, 2))
    file = parties.home("kr") / "common" / "sets" / "all" / "keys.json"
    file.chmod(0o644)
    with pytest.raises(UsageError, match="others can read it"):
        prepared.chosen(parties.place("kr"), "all")
    file.chmod(0o600)
    file.write_text("{}")
    with pytest.raises(InputError, match="is no stanch-common-keys@1"):
        prepared.chosen(parties.place("kr"), "all")


@pytest.mark.parametrize("damage", ["[]", "{", '{"format": "stanch-common-set@1"}'])
def test_a_version_that_says_nothing_of_itself_is_not_used(parties, damage):
    parties.prepare("kr", people(1, 2))
    mark = parties.home("kr") / "common" / "sets" / "all" / "v1" / "set.json"
    mark.write_text(damage)
    with pytest.raises(InputError, match=r"set\.json"):
        prepared.chosen(parties.place("kr"), "all")


def test_a_home_is_one_members_and_its_directory_goes_forward(parties, tmp_path):
    home = parties.place("kr").home.folder
    with pytest.raises(UsageError, match="this home is kr's"):
        join(home, "jp", PIN, LOOSE, [parties.directory])
    with pytest.raises(UsageError, match="names no member xx"):
        join(tmp_path / "other", "xx", PIN, LOOSE, [parties.directory])
    newer = tmp_path / "directory-2.json"
    members = FIRST.members[:3]
    write_version(newer, signed(following(members=members, approvers=FIRST.approvers[:5])))
    joined = join(home, "kr", PIN, Policy(least=7), [parties.directory, newer])
    assert joined.party.directory.version == 2
    again = Place.open(home).party
    assert (again.policy.least, [each.id for each in again.directory.members]) == (
        7, ["kr", "jp", "us"],
    )  # fmt: skip
    with pytest.raises(UsageError, match="version 2 of the directory is known here; 1 is older"):
        join(home, "kr", PIN, LOOSE, [parties.directory])


def test_a_directory_that_does_not_lead_on_from_the_pin_is_refused(parties, tmp_path):
    with pytest.raises(SignatureError):
        join(tmp_path / "other", "kr", "sha256:" + "0" * 64, LOOSE, [parties.directory])
    assert not (tmp_path / "other" / "common" / "party.json").exists()


@pytest.mark.parametrize("damage", ["", "{}", '{"format": "stanch-common-party@1"}'])
def test_a_damaged_home_says_which_file(parties, damage):
    file = parties.place("kr").folder / "party.json"
    file.write_text(damage)
    with pytest.raises(InputError, match=r"party\.json"):
        parties.place("kr")


def test_what_a_home_refuses_is_kept(parties):
    said = json.loads((parties.place("kr").folder / "party.json").read_text())
    assert said["policy"] == {"least": 2, "ratio": 20, "change": 2, "pause": 30}
