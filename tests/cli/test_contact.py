"""`stanch contact`, `webhook` and `me`, against a desk that runs."""

import json
import re
import subprocess

import pytest

from stanch.app.desk import notices
from stanch.app.desk.desk import opened
from stanch.errors import ForbiddenError, InputError, NotFoundError, RefusedError, UsageError
from tests.cli.test_key import run
from tests.live_desk import COMMAND
from tests.live_house import live_house

NIGHT = (
    "--name", "Night desk", "--role", "compliance", "--channel", "+82 2 0000 0000",
    "--hours", "24/7", "--languages", "ko en",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with live_house(tmp_path_factory.mktemp("live")) as house:
        yield house


@pytest.fixture(autouse=True)
def reached(house, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", house.desk.url)
    monkeypatch.setenv("STANCH_SESSION", str(house.upbeat))
    monkeypatch.delenv("STANCH_API_KEY", raising=False)


@pytest.fixture
def as_(house, monkeypatch):
    return lambda session: monkeypatch.setenv("STANCH_SESSION", str(session))


@pytest.fixture
def second(house, tmp_path):
    """Another administrator of the exchange."""
    id = house.said(house.upbeat, "person", "add", "Second", "--role", "administrator")
    house.said(house.upbeat, "person", "link", id, "--out", tmp_path / "link")
    return house.sign_in(tmp_path / "link", id)


def said(*words):
    done = run(*words)
    assert done.exit_code == 0, done.exception
    return done.output.strip()


def refused(error, *words):
    done = run(*words)
    assert isinstance(done.exception, error), (done.exception, done.output)
    assert "\n" not in str(done.exception)
    assert done.output == ""
    return str(done.exception)


def test_a_contact_is_added_changed_and_taken_away(as_, house):
    id = said("contact", "add", *NIGHT, "--jurisdiction", "KR", "--jurisdiction", "Japan")
    found = json.loads(said("contact", "show", id, "--json"))
    assert (found["member"], found["jurisdictions"]) == ("mem-upbeat", "JP KR")
    assert (found["requirements"], found["times"]) == ("", None)
    assert said("contact", "change", id, "--hours", "09-18 Asia/Seoul") == f"{id}: hours changed"
    said("contact", "change", id, "--requirements", "a court's paper")
    after = json.loads(said("contact", "show", id, "--json"))
    assert after == {
        **found,
        "hours": "09-18 Asia/Seoul",
        "requirements": "a court's paper",
        "changed": after["changed"],
    }
    assert "hours: 09-18 Asia/Seoul\n" in said("contact", "show", id)
    as_(house.chief)  # every member sees who answers
    listed = said("contact", "list", "--member", "mem-upbeat", "--role", "compliance")
    head, line = listed.splitlines()
    assert head.split() == ["id", "member", "role", "hours", "languages", "channel", "name"]
    row = [id, "mem-upbeat", "compliance", "09-18 Asia/Seoul", "ko en", "+82 2 0000 0000"]
    assert re.split("  +", line) == [*row, "Night desk"]
    assert said("contact", "list", "--member", "mem-fiu") == "none"
    as_(house.upbeat)
    assert said("contact", "remove", id) == f"{id} is removed"
    assert id not in said("contact", "list")
    refused(NotFoundError, "contact", "show", id)


@pytest.mark.parametrize("name", ["contact.toml", "contact.json"])
def test_a_contact_from_a_file_with_what_options_say_before_it(tmp_path, name):
    told = {"name": "Day desk", "role": "legal", "channel": "a@b.example", "hours": "09-18 UTC"}
    told |= {"languages": "en", "jurisdictions": ["KR"], "requirements": "an order"}
    text = json.dumps(told) if name.endswith("json") else _toml(told)
    (tmp_path / name).write_text(text, encoding="utf-8")
    id = json.loads(said("contact", "add", "--from", tmp_path / name, "--hours", "24/7", "--json"))
    found = json.loads(said("contact", "show", id["id"], "--json"))
    assert found | told | {"hours": "24/7", "jurisdictions": "KR"} == found
    (tmp_path / name).write_text(text.replace("Day desk", "새벽"), encoding="utf-8")
    said("contact", "change", id["id"], "--from", tmp_path / name)
    assert "새벽" in said("contact", "list")
    said("contact", "remove", id["id"])


def test_a_contact_that_cannot_be(tmp_path, as_, house):
    missing = "a contact needs --channel --hours, or --from with them"
    words = ("contact", "add", "--name", "x", "--role", "x", "--languages", "x")
    assert refused(UsageError, *words) == missing
    (tmp_path / "c.toml").write_text('name = "x"\nfax = "1"\n')
    assert "'fax', which is not known" in refused(
        InputError, "contact", "add", *NIGHT, "--from", tmp_path / "c.toml"
    )
    (tmp_path / "c.toml").write_text("name = 7\n")
    refused(UsageError, "contact", "add", *NIGHT[2:], "--from", tmp_path / "c.toml")
    refused(UsageError, "contact", "add", *NIGHT, "--from", tmp_path / "none")
    refused(UsageError, "contact", "add", *NIGHT, "--jurisdiction", "Nowhere")
    refused(NotFoundError, "contact", "add", *NIGHT, "--member", "mem-nobody")
    refused(ForbiddenError, "contact", "add", *NIGHT, "--member", "mem-fiu")
    id = said("contact", "add", *NIGHT)
    assert "say what changes" in refused(UsageError, "contact", "change", id)
    refused(NotFoundError, "contact", "change", "con-0123456789abcdef", "--hours", "x")
    refused(NotFoundError, "contact", "remove", "con-0123456789abcdef")
    as_(house.chief)  # an administrator of a founding government, and no analyst
    refused(ForbiddenError, "contact", "change", id, "--hours", "never")
    refused(ForbiddenError, "contact", "remove", id)


def test_one_proposes_a_webhook_and_another_agrees(as_, house, second):
    first = said("webhook", "propose", "https://old.example/stanch")
    as_(second)
    agreed = "your member is told at https://old.example/stanch now"
    assert said("webhook", "agree", first) == agreed
    id = json.loads(said("webhook", "propose", "https://hooks.example/stanch", "--json"))["id"]
    assert "another administrator agrees" in refused(RefusedError, "webhook", "agree", id)
    states = {each["id"]: each["state"] for each in json.loads(said("webhook", "list", "--json"))}
    assert states == {first: "active", id: "proposed"}
    as_(house.upbeat)
    said("webhook", "agree", id)
    _, newest, old = said("webhook", "list").splitlines()
    assert newest.startswith(id)
    assert newest.split()[2] == "active"
    assert old.split()[2] == "replaced"
    assert newest.endswith("https://hooks.example/stanch")
    refused(RefusedError, "webhook", "propose", "https://127.0.0.1/")
    refused(RefusedError, "webhook", "agree", first)
    as_(house.chief)
    refused(NotFoundError, "webhook", "agree", id)
    assert said("webhook", "list") == "none"


def test_a_key_reads_webhooks_and_moves_none(house, tmp_path, monkeypatch):
    file = tmp_path / "key"
    said("api-key", "new", "hooks", "--scope", "read", "--scope", "admin", "--out", file)
    assert run("webhook", "list", "--api-key-file", file).exit_code == 0
    monkeypatch.delenv("STANCH_SESSION")
    monkeypatch.setenv("STANCH_API_KEY", file.read_text())
    for words in (("webhook", "propose", "https://a.example/"), ("me", "notices")):
        assert "signed in" in refused(UsageError, *words)


def test_who_one_is(house):
    found = json.loads(said("me", "show", "--json"))
    assert (found["desk"], found["member"]["id"]) == (house.desk.id, "mem-upbeat")
    assert said("me", "show").splitlines() == [
        f"desk: {house.desk.id}",
        f"person: {found['person']}",
        "member: mem-upbeat",
        "roles: administrator",
        "scopes: *",
    ]


def test_a_person_is_told_by_e_mail_once_the_address_is_theirs(house):
    assert said("me", "notices") == "address: -\non: false\nverified: false"
    on = "address: mina@upbeat.example\non: true\nverified: false"
    assert said("me", "notify", "mina@upbeat.example") == on
    with opened(house.folder / "desk") as desk:  # as the worker does that sends it
        mail = notices.take(desk, 300, 60)
        notices.sent(desk, mail)
    refused(RefusedError, "me", "confirm", "AAAA-AAAA-AAAA")
    confirmed = json.loads(said("me", "confirm", mail.code.lower(), "--json"))
    assert confirmed == {"address": "mina@upbeat.example", "on": True, "verified": True}
    off = said("me", "notify", "mina@upbeat.example", "--off")
    assert off == "address: mina@upbeat.example\non: false\nverified: true"
    assert said("me", "forget") == "your address is forgotten"
    assert json.loads(said("me", "notices", "--json"))["address"] is None
    refused(UsageError, "me", "notify", "nowhere")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("person", "show", "per-none"), 1, "stanch: no person per-none"),
        (("api-key", "new", "x", "--scope", "read"), 2, "stanch: --out FILE or --print: "),
        (("contact", "change", "con-none"), 2, "stanch: say what changes: "),
        (("member", "add", "x", "--kind", "issuer", "--country", "KR"), 1, "stanch: this is for "),
    ],
)
def test_an_error_is_one_line_and_a_code(words, code, says):
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def _toml(said):
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in said.items())
