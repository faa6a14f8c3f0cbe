"""The desk's log, its directory and its snapshots as a client meets them, from a dishonest desk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from stanch.client.desk import Desk
from stanch.client.trust import Pin
from stanch.errors import (
    NotFoundError,
    RefusedError,
    SignatureError,
    UnreachableError,
    UsageError,
)
from stanch.formats.signed.bundle import version_document
from stanch.formats.signed.canonical import digest
from stanch.formats.snapshot import Issue, write
from stanch.model.desk import merkle
from stanch.model.desk.directory import Version
from stanch.model.watched import Finding, Kind
from tests.client.answering import Answer, answering
from tests.client.bundles import DESK, MINE, STRANGER, Log
from tests.formats.signed.tiny import FIRST, PIN, following, signed

KEY = "stk_" + "k" * 43


class Taken:
    """A desk whose log, directory and head can be exchanged under it."""

    def __init__(self):
        self.log, self.head, self.path = Log(), None, None
        self.bent = {}
        self.versions = [Version(FIRST)]
        self.grow(3)

    def grow(self, number):
        for each in range(number):
            self.log.take(digest(f"{each}"), "2026-11-26T12:00:00Z")

    def entries(self, after):
        """What a member that did the odd ones sees."""
        rows = [{**row, "said": "{}"} for row in self.log.rows if row["n"] % 2]
        return [{**row, **self.bent} for row in rows if row["n"] > after][:1]

    def __call__(self, asked):
        url = urlsplit(asked.path)
        if url.path == "/v1/audit/head":
            return Answer({"head": self.head or self.log.head()})
        if url.path == "/v1/audit/consistency":
            query = {name: int(value) for name, (value,) in parse_qs(url.query).items()}
            assert query["second"] == len(self.log.rows)
            path = self.log.since(query["first"])
            return Answer({**query, "path": path if self.path is None else self.path})
        if url.path == "/v1/audit/entries":
            query = {name: int(value) for name, (value,) in parse_qs(url.query).items()}
            return Answer({"items": self.entries(query["after"]), "next": None})
        if url.path.startswith("/v1/audit/inclusion/"):
            place, size = int(url.path.rpartition("/")[2]) - 1, len(self.log.rows)
            path = merkle.inclusion_proof(place, size, self.log.lookup)
            return Answer({"path": [each.hex() for each in path]})
        assert url.path == "/v1/directory"
        items = []
        for each in self.versions:
            said = version_document(each)
            items.append({"document": said["directory"], "signatures": said["signatures"]})
        return Answer({"items": items, "next": None})


@pytest.fixture
def taken():
    return Taken()


@pytest.fixture
def desk(taken, tmp_path):
    with (
        answering(taken) as server,
        Desk(server.url, KEY, MINE, tmp_path / "state") as desk,
    ):
        desk.directory()
        yield desk


def test_a_log_that_grows_is_followed(desk, taken):
    sizes = []
    for _ in range(4):
        sizes.append(desk.check_log().size)
        taken.grow(5)
    assert sizes == [3, 8, 13, 18]
    assert desk.check_log().size == 23
    assert desk.check_log().size == 23


def test_a_log_that_was_cut_short(desk, taken):
    desk.check_log()
    kept = desk.file.read().head
    taken.log.rows.pop()
    with pytest.raises(SignatureError, match="rolled back"):
        desk.check_log()
    assert desk.file.read().head == kept


def test_an_entry_is_proved_to_stand_in_the_log(desk, taken):
    taken.grow(4)
    found = [desk.entry(n) for n in (1, 3, 5, 7)]
    assert [each.row.n for each in found] == [1, 3, 5, 7]
    assert {each.head.size for each in found} == {7}
    assert desk.file.read().head == found[0].head.text


@pytest.mark.parametrize("n", [2, 6, 9])
def test_an_entry_of_others_and_one_that_is_not_there_are_alike(desk, n):
    with pytest.raises(NotFoundError, match=f"no entry {n}"):
        desk.entry(n)


@pytest.mark.parametrize(
    ("bent", "error"),
    [
        ({"verb": "statement.dropped"}, SignatureError),
        ({"person": None}, SignatureError),
        ({"said": "{ }"}, SignatureError),
        ({"said": 7}, SignatureError),
        ({"more": 1}, UnreachableError),
    ],
)
def test_an_entry_that_is_told_otherwise_than_it_was_signed(desk, taken, bent, error):
    taken.bent = bent
    with pytest.raises(error):
        desk.entry(3)


def test_a_log_that_was_written_anew(desk, taken):
    desk.check_log()
    taken.log.rows[0]["at"] = "2026-11-26T11:00:00Z"
    with pytest.raises(SignatureError):
        desk.check_log()
    taken.grow(4)
    with pytest.raises(SignatureError, match="does not begin"):
        desk.check_log()


@pytest.mark.parametrize("path", [[], ["0" * 64], "x", [1], {}])
def test_a_proof_that_is_none(desk, taken, path):
    desk.check_log()
    taken.grow(4)
    taken.path = path
    with pytest.raises(SignatureError):
        desk.check_log()


def test_a_head_of_another_key_or_desk(desk, taken):
    for head in (taken.log.head(STRANGER), taken.log.head(desk="other"), "x"):
        taken.head = head
        with pytest.raises(SignatureError):
            desk.check_log()
    taken.head = 7
    with pytest.raises(UnreachableError):
        desk.check_log()
    assert desk.file.read().head == ""


SECOND = following(threshold=3)


def test_the_directory_goes_on_and_not_back(desk, taken):
    taken.versions.append(signed(SECOND))
    assert desk.directory().newest.version == 2
    taken.versions.pop()
    with pytest.raises(SignatureError, match="rolled back"):
        desk.directory()
    taken.versions.append(signed(replace(SECOND, created="2026-11-27T00:00:00Z")))
    with pytest.raises(SignatureError, match="not the one seen"):
        desk.directory()
    assert desk.file.read().version == 2


@pytest.mark.parametrize(
    "versions",
    [
        [],
        [Version(SECOND)],
        [Version(FIRST), Version(SECOND)],
        [Version(FIRST), signed(SECOND, "kr", "ex")],
    ],
)
def test_a_directory_that_nobody_may_believe(desk, taken, versions):
    taken.versions = versions
    with pytest.raises(SignatureError):
        desk.directory()


def test_another_pin_another_member_and_no_key(desk, taken, tmp_path):
    url = str(desk.line._http.base_url)
    other = Desk(url, KEY, replace(MINE, directory="sha256:" + "0" * 64), tmp_path / "other")
    with pytest.raises(SignatureError, match="pinned"):
        other.directory()
    assert not (tmp_path / "other").exists()
    with pytest.raises(UsageError, match="the state is of ex"):
        Desk(url, KEY, replace(MINE, member="us"), tmp_path / "state").directory()
    with pytest.raises(UsageError):
        Desk(url, KEY, Pin(PIN, "x", "ex"), tmp_path / "state")


def test_nothing_is_believed_before_the_directory(taken, tmp_path):
    with answering(taken) as server:
        desk = Desk(server.url, KEY, MINE, tmp_path / "state")
        with pytest.raises(UsageError, match="fetch its directory first"):
            desk.check_log()
        with pytest.raises(UsageError, match="fetch its directory first"):
            desk.screen_offline(snapshot(tmp_path, 1), [])


THIEF = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
LISTED = Finding(Kind.LISTING, "ofac:1")


def snapshot(tmp_path, number, key=DESK, recipient="ex", age=timedelta(0)):
    issue = Issue(
        "desk", recipient, number, number - 1, datetime.now(UTC) - age, PIN, b"s" * 32
    )  # fmt: skip
    file = tmp_path / f"snapshot-{number}"
    file.write_bytes(write([(THIEF.lower(), LISTED)], issue, key))
    return file


def test_addresses_without_a_network(desk, tmp_path):
    file = snapshot(tmp_path, 7)
    asked = [THIEF, THIEF.lower(), "0x" + "1" * 40, "hello"]
    assert desk.screen_offline(file, asked) == [(LISTED,), (LISTED,), (), None]
    assert desk.file.read().snapshot == 7


def test_snapshots_do_not_go_back(desk, tmp_path):
    old, new = snapshot(tmp_path, 7), snapshot(tmp_path, 8)
    desk.screen_offline(new, [THIEF])
    with pytest.raises(RefusedError, match="older than 8"):
        desk.screen_offline(old, [THIEF])
    assert desk.screen_offline(new, [THIEF]) == [(LISTED,)]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"key": STRANGER}, SignatureError),
        ({"recipient": "us"}, SignatureError),
        ({"age": timedelta(hours=25)}, RefusedError),
        ({"age": -timedelta(hours=1)}, RefusedError),
    ],
)
def test_a_snapshot_that_is_not_to_be_used(desk, tmp_path, how, error):
    with pytest.raises(error):
        desk.screen_offline(snapshot(tmp_path, 7, **how), [THIEF])
    assert desk.file.read().snapshot == 0
