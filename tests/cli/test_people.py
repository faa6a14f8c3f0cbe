"""`stanch session`, `member`, `person` and `api-key`, against a desk that runs."""

import json

import pytest

from stanch.errors import (
    ForbiddenError,
    NotFoundError,
    OutputError,
    RefusedError,
    StanchError,
    StrangerError,
    UsageError,
)
from tests.cli.test_key import run
from tests.live_house import live_house


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with live_house(tmp_path_factory.mktemp("live")) as house:
        yield house


@pytest.fixture(autouse=True)
def reached(house, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", house.desk.url)
    monkeypatch.setenv("STANCH_SESSION", str(house.chief))
    monkeypatch.delenv("STANCH_API_KEY", raising=False)


@pytest.fixture
def as_(house, monkeypatch):
    return lambda session: monkeypatch.setenv("STANCH_SESSION", str(session))


def said(*words):
    done = run(*words)
    assert done.exit_code == 0, done.exception
    return done.output.strip()


def refused(error, *words):
    """The one line of an error; what it prints on the way there is nothing."""
    done = run(*words)
    assert isinstance(done.exception, error), (done.exception, done.output)
    assert isinstance(done.exception, StanchError)
    assert done.exception.exit_code in (1, 2)
    assert "\n" not in str(done.exception)
    assert done.output == ""
    return str(done.exception)


def person(name, *roles):
    return said("person", "add", name, *(word for each in roles for word in ("--role", each)))


def test_who_has_signed_in_and_until_when(house):
    found = json.loads(said("session", "show", "--json"))
    me = json.loads(said("me", "show", "--json"))
    assert found["person"] == me["person"]
    assert (found["member"], found["roles"]) == ("mem-fiu", "administrator")
    lines = said("session", "show").splitlines()
    assert lines[:2] == [f"person: {found['person']}", "member: mem-fiu"]
    assert [each.partition(":")[0] for each in lines] == list(found)
    assert house.chief.stat().st_mode & 0o777 == 0o600


def test_a_link_is_good_once_and_signs_in(house, tmp_path, as_):
    id, link, mine = person("Lee", "analyst"), tmp_path / "link", tmp_path / "session"
    assert said("person", "link", id, "--out", link) == ""
    assert link.stat().st_mode & 0o777 == 0o600
    as_(mine)
    opened = json.loads(said("session", "open", "--link-file", link, "--json"))
    assert (opened["person"], opened["roles"]) == (id, "analyst")
    first = mine.read_bytes()
    assert "not known here" in refused(StrangerError, "session", "open", "--link-file", link)
    assert mine.read_bytes() == first
    shown = json.loads(said("person", "show", id, "--json"))
    assert (shown["active"], shown["roles"], shown["name"]) == (True, "analyst", "Lee")
    assert said("session", "end") == f"signed out of {house.desk.url}; {mine} is removed"
    assert not mine.exists()
    assert "nobody" in refused(UsageError, "session", "end")
    mine.write_bytes(first)
    mine.chmod(0o600)
    refused(StrangerError, "session", "show")  # it ended at the desk, not in the file alone
    assert json.loads(said("session", "end", "--json"))["ended"] is True


def test_a_link_that_is_asked_for_or_comes_through_a_pipe(house, tmp_path, as_):
    id = person("Pipe", "reader")
    for how in ("typed", "piped"):
        link = said("person", "link", id, "--print")
        assert link.startswith("stl_")
        as_(tmp_path / how)
        more = () if how == "typed" else ("--link-file", "-")
        whole = f"{house.desk.url}/sign-in#{link}\n"
        opened = run("session", "open", *more, input=whole)
        assert opened.exit_code == 0, opened.exception
        assert link not in opened.output
        assert id in said("session", "show")
        as_(house.chief)


def test_a_session_that_a_file_held_ends_when_the_next_begins(house, tmp_path, as_):
    id, mine, old = person("Twice", "reader"), tmp_path / "session", tmp_path / "old"
    for _ in range(2):
        as_(house.chief)
        link = said("person", "link", id, "--print")
        as_(mine)
        run("session", "open", "--link-file", "-", input=link)
        if not old.exists():
            old.write_bytes(mine.read_bytes())
            old.chmod(0o600)
    assert id in said("session", "show")
    as_(old)
    refused(StrangerError, "session", "show")


def test_a_link_is_not_used_up_for_a_session_without_a_place(house, tmp_path, as_):
    id = person("Nowhere", "reader")
    link, mine = tmp_path / "link", tmp_path / "session"
    said("person", "link", id, "--out", link)
    as_(tmp_path / "no" / "session")
    refused(OutputError, "session", "open", "--link-file", link)
    mine.write_text("a letter")
    mine.chmod(0o600)
    as_(mine)
    assert "is no session" in refused(UsageError, "session", "open", "--link-file", link)
    assert mine.read_text() == "a letter"
    mine.unlink()
    assert id in said("session", "open", "--link-file", link)


def test_what_is_no_session_lets_nobody_in(house, tmp_path, as_, monkeypatch):
    monkeypatch.delenv("STANCH_SESSION")
    assert "stanch session open" in refused(UsageError, "person", "roles", "per-1", "--role", "x")
    assert "stanch session open" in refused(UsageError, "person", "list")
    refused(UsageError, "session", "open", "--link-file", tmp_path / "none")
    as_(tmp_path)
    assert "cannot be read" in refused(UsageError, "person", "list")
    mine = tmp_path / "session"
    mine.write_bytes(house.chief.read_bytes())
    mine.chmod(0o644)
    as_(mine)
    assert "others can read it" in refused(UsageError, "person", "list")
    mine.chmod(0o600)
    said("person", "list")
    other = ("--server", "https://other.example")
    assert "goes to no other desk" in refused(UsageError, "person", "list", *other)


def test_members_are_added_and_shown(as_, house):
    id = said("member", "add", "Beehive", "--kind", "platform", "--country", "Japan")
    assert id == "mem-beehive"
    shown = said("member", "show", id).splitlines()
    assert shown[:3] == ["id: mem-beehive", "name: Beehive", "kind: platform"]
    assert json.loads(said("member", "show", id, "--json"))["country"] == "JP"
    _, line = said("member", "list", "--country", "JP").splitlines()
    assert line.split() == ["mem-beehive", "platform", "JP", "false", "Beehive"]
    own = ("--id", "mem-own", "--founding", "--json")
    made = said("member", "add", "Own", "--kind", "government", "--country", "AU", *own)
    assert json.loads(made)["founding"] is True
    assert "mem-own" in said("member", "list", "--kind", "government")
    again = ("member", "add", "Beehive", "--kind", "platform", "--country", "JP")
    assert "there is a member mem-beehive already" in refused(RefusedError, *again)
    refused(UsageError, "member", "add", "X", "--kind", "bank", "--country", "JP")
    refused(UsageError, "member", "add", "X", "--kind", "platform", "--country", "Nowhere")
    refused(NotFoundError, "member", "show", "mem-nobody")
    as_(house.upbeat)
    refused(ForbiddenError, "member", "add", "X", "--kind", "platform", "--country", "JP")


def test_the_first_administrator_of_a_member(house, tmp_path, as_):
    said("member", "add", "Lone", "--kind", "issuer", "--country", "KR")
    words, link = ("member", "first", "mem-lone", "Han", "--email", "han@lone.example"), "link"
    shown = json.loads(said(*words, "--out", tmp_path / link, "--json"))
    assert shown == {"out": str(tmp_path / link)}
    as_(tmp_path / "session")
    said("session", "open", "--link-file", tmp_path / link)
    (found,) = json.loads(said("person", "list", "--json"))
    assert (found["name"], found["roles"]) == ("Han", "administrator")
    assert found["email"] == "han@lone.example"
    as_(house.chief)
    assert "has people" in refused(RefusedError, *words, "--out", tmp_path / "second")
    assert not (tmp_path / "second").exists()
    refused(NotFoundError, "member", "first", "mem-nobody", "Han", "--print")
    as_(house.upbeat)
    refused(ForbiddenError, *words, "--print")


def test_people_come_change_and_go(house, tmp_path, as_):
    id = said("person", "add", "Cho", "--role", "analyst", "--email", "cho@fiu.example")
    assert id.startswith("per-")
    assert id in said("person", "list", "--name", "Cho")
    assert said("person", "list", "--name", "cho") == "none"
    roles = said("person", "roles", id, "--role", "auditor", "--role", "analyst")
    assert roles == f"{id} is auditor, analyst now"
    found = json.loads(said("person", "show", id, "--json"))
    assert (found["roles"], found["email"]) == ("analyst auditor", "cho@fiu.example")
    said("person", "link", id, "--out", tmp_path / "link")
    as_(tmp_path / "session")
    said("session", "open", "--link-file", tmp_path / "link")
    as_(house.chief)
    assert run("person", "remove", id).exit_code == 1  # nobody said yes
    assert run("person", "remove", id, input="n\n").exit_code == 1
    assert json.loads(said("person", "show", id, "--json"))["active"] is True
    assert said("person", "remove", id, "--yes") == f"{id} is gone"
    assert json.loads(said("person", "show", id, "--json"))["active"] is False
    as_(tmp_path / "session")
    refused(StrangerError, "me", "show")


def test_what_a_desk_refuses_about_people(house, as_):
    me = json.loads(said("session", "show", "--json"))["person"]
    last = "would be left without an administrator"
    assert last in refused(RefusedError, "person", "roles", me, "--role", "reader")
    assert last in refused(RefusedError, "person", "remove", me, "--yes")
    refused(UsageError, "person", "add", "X", "--role", "king")
    refused(UsageError, "person", "add", "X", "--role", "reader", "--email", "nowhere")
    refused(UsageError, "person", "show", "../me")
    as_(house.upbeat)
    for words in (("show", me), ("link", me, "--print"), ("remove", me, "--yes")):
        other = refused(NotFoundError, "person", *words)
        none = ("per-0123456789abcdef", *words[2:])
        nobody = refused(NotFoundError, "person", words[0], *none)
        assert other.replace(me, "") == nobody.replace(none[0], "")


def test_a_key_is_told_once_and_works_from_its_file(house, tmp_path, monkeypatch):
    file = tmp_path / "night.key"
    words = ("api-key", "new", "night", "--scope", "read", "--scope", "admin", "--days", "2")
    id = said(*words, "--out", file)
    token = file.read_text().strip()
    assert id.startswith("key-")
    assert token.startswith("stk_")
    assert file.stat().st_mode & 0o777 == 0o600
    _, listed = said("api-key", "list", "--label", "night").splitlines()
    assert listed.startswith(id)
    assert listed.endswith("admin read  night")
    assert token not in said("api-key", "list", "--json")
    monkeypatch.delenv("STANCH_SESSION")
    shown = said("me", "show", "--api-key-file", file)
    assert "scopes: admin read" in shown
    monkeypatch.setenv("STANCH_API_KEY", token)
    assert said("me", "show") == shown
    assert said("api-key", "revoke", id) == f"{id} is revoked"
    refused(StrangerError, "me", "show")


def test_a_key_that_is_printed_because_it_was_asked_for(house):
    words = ("api-key", "new", "printed", "--scope", "read")
    done = run(*words, "--print")
    assert done.stdout.startswith("stk_")
    assert done.stdout.count("\n") == 1
    assert done.stderr.startswith("key-")
    found = json.loads(said(*words, "--print", "--json"))
    assert found["token"].startswith("stk_")
    neither = refused(UsageError, *words)
    assert "--out FILE or --print" in neither
    assert refused(UsageError, *words, "--print", "--out", house.folder / "key") == neither
    assert len(json.loads(said("api-key", "list", "--label", "printed", "--json"))) == 2


def test_no_key_is_made_without_a_place_for_it(house, tmp_path):
    (tmp_path / "key").write_text("another")
    words = ("api-key", "new", "lost", "--scope", "read", "--out")
    refused(UsageError, *words, tmp_path / "key")
    refused(OutputError, *words, tmp_path / "no" / "key")
    assert (tmp_path / "key").read_text() == "another"
    assert said("api-key", "list", "--label", "lost") == "none"
    refused(UsageError, *words, tmp_path / "new", "--days", 400)
    refused(UsageError, "api-key", "new", "x", "--scope", "all", "--out", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_key_for_a_colleague_and_none_by_a_key(house, tmp_path, as_, monkeypatch):
    id, file = person("Program", "analyst"), tmp_path / "key"
    more = ("--person", id, "--out", file, "--json")
    made = json.loads(
        said("api-key", "new", "theirs", "--scope", "read", "--scope", "admin", *more)
    )
    assert made.keys() == {"id", "expires", "out"}
    assert made["id"] in said("api-key", "list", "--person", id)
    as_(house.upbeat)
    mine = ("--scope", "read", "--person", id, "--print")
    refused(NotFoundError, "api-key", "new", "x", *mine)
    refused(NotFoundError, "api-key", "revoke", made["id"])
    monkeypatch.delenv("STANCH_SESSION")
    key = ("--api-key-file", file)
    assert made["id"] in said("api-key", "list", *key)  # one's own, and no others
    assert len(json.loads(said("api-key", "list", *key, "--json"))) == 1
    refused(ForbiddenError, "person", "add", "X", "--role", "reader", *key)
    refused(NotFoundError, "api-key", "revoke", "key-0123456789abcdef", *key)


def test_a_named_key_goes_before_the_session_and_the_session_before_a_key_of_the_environment(
    house, tmp_path, monkeypatch
):
    id, file = person("Three", "reader"), tmp_path / "key"
    said("api-key", "new", "three", "--scope", "read", "--person", id, "--out", file)
    assert f"person: {id}" in said("me", "show", "--api-key-file", file)
    monkeypatch.setenv("STANCH_API_KEY", file.read_text())
    assert f"person: {id}" not in said("me", "show")
    monkeypatch.setenv("STANCH_SESSION", str(tmp_path / "none"))
    assert f"person: {id}" in said("me", "show")


def test_somebody_who_left_is_erased_by_their_own_house(house, as_):
    id = person("Gone", "reader")
    there = ("--server", house.desk.url)
    assert "active" in refused(RefusedError, "erase", "person", id, "--yes", *there)
    said("person", "remove", id, "--yes")
    asked = run("erase", "person", id, *there, input="n\n")
    assert asked.exit_code == 1
    assert f"erase person {id} at {house.desk.url} for good?" in asked.output
    as_(house.upbeat)
    refused(NotFoundError, "erase", "person", id, "--yes", *there)
    as_(house.chief)
    assert said("erase", "person", id, "--yes", *there) == f"person {id} erased"
    assert json.loads(said("person", "show", id, "--json"))["name"] == "(erased)"
    for what in ("reporter", "review"):
        refused(NotFoundError, "erase", what, f"{what}-0123456789abcdef", "--yes", *there)


def test_no_secret_is_in_the_servers_log(house, tmp_path):
    file = tmp_path / "key"
    said("api-key", "new", "logged", "--scope", "read", "--out", file)
    link = said("person", "link", person("Logged", "reader"), "--print")
    session = json.loads(house.chief.read_text())
    log = (house.folder / "serve.log").read_text()
    assert "/v1/keys" in log
    for secret in (file.read_text().strip(), link, session["token"], session["csrf"]):
        assert secret not in log
