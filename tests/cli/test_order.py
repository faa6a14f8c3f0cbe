"""`stanch order`: drafted and shown at a desk that runs, signed beside it; and what verbs send."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from stanch.errors import ForbiddenError, NotFoundError, SignatureError, UsageError
from stanch.formats.signed.directory import directory_document
from stanch.formats.signed.jws import read
from tests.cli.test_key import WORDS, run
from tests.client.answering import Answer, answering
from tests.client.bundles import DESK, made
from tests.client.test_orders import BOTH
from tests.formats.signed.tiny import ACCOUNT, FIRST, PIN, SECOND
from tests.live_world import live_world

THIEF = "eip155:1:0x" + "a1" * 20


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with live_world(tmp_path_factory.mktemp("live")) as world:
        yield world


@pytest.fixture
def reached(world, monkeypatch):
    monkeypatch.setenv("STANCH_SERVER", world.desk.url)
    monkeypatch.setenv("STANCH_API_KEY", world.people["kr"].api_key)


@pytest.fixture
def drafted(reached, tmp_path):
    case = run("case", "open", "Theft").output.strip()
    said = {
        "case": case,
        "kind": "hold",
        "targets": [{"account": THIEF}],
        "legal_reference": "전자금융거래법 12",
        "expires": (datetime.now(UTC) + timedelta(days=30)).isoformat(),
        "addressees": {"members": ["mem-upbeat"]},
        "release": ["mem-japan"],
    }
    (tmp_path / "draft.json").write_text(json.dumps(said))
    done = run("order", "draft", tmp_path / "draft.json")
    assert done.exit_code == 0, done.exception
    return done.output.strip()


def test_an_order_is_drafted_shown_and_signed_elsewhere(world, drafted, tmp_path):
    assert drafted in run("order", "list", "--state", "draft").output
    shown = run("order", "show", drafted, "--document", tmp_path / "order.json")
    assert "state: draft\n" in shown.output
    kim = world.people["kr"]
    (tmp_path / "words").write_text(WORDS)
    (tmp_path / "kim.pem").write_text(kim.key.to_pem(WORDS))
    (tmp_path / "kim.pem").chmod(0o600)
    signed = run(
        "sign", tmp_path / "order.json", "--say", "propose", "--key", tmp_path / "kim.pem",
        "--person", kim.id, "--member", kim.member, "--out", tmp_path / "said.jws", "--yes",
        "--passphrase-file", tmp_path / "words",
    )  # fmt: skip
    assert THIEF in signed.output, signed.exception
    said = read((tmp_path / "said.jws").read_text().strip())
    assert said.kid == kim.key.kid
    assert (
        said.payload["order_hash"]
        == json.loads(run("order", "show", drafted, "--json").output)["hash"]
    )


def sign(world, tmp_path, who, say):
    """Sign as a person would, with `stanch sign`; gives the statement's file."""
    person, out = world.people[who], tmp_path / f"{who}.jws"
    (tmp_path / "words").write_text(WORDS)
    (tmp_path / f"{who}.pem").write_text(person.key.to_pem(WORDS))
    (tmp_path / f"{who}.pem").chmod(0o600)
    done = run(
        "sign", tmp_path / "order.json", "--say", say, "--key", tmp_path / f"{who}.pem",
        "--person", person.id, "--member", person.member, "--out", out, "--yes",
        "--passphrase-file", tmp_path / "words",
    )  # fmt: skip
    assert done.exit_code == 0, done.exception
    return out


def test_an_order_from_its_draft_to_an_answer(world, drafted, tmp_path, monkeypatch):
    run("order", "show", drafted, "--document", tmp_path / "order.json")
    for who, say, state in (("kr", "propose", "proposed"), ("jp", "concur", "in_force")):
        monkeypatch.setenv("STANCH_API_KEY", world.people[who].api_key)
        sent = run("order", "send", drafted, sign(world, tmp_path, who, say))
        assert sent.output == f"taken; the order is {state}\n", sent.exception
    monkeypatch.setenv("STANCH_API_KEY", world.people["upbeat"].api_key)
    trust = (
        "--pin", world.pin, "--desk-key", world.desk.key, "--member", "mem-upbeat",
        "--state", tmp_path / "state",
    )  # fmt: skip
    proved = run("order", "check", drafted, *trust)
    assert "concurred\n" in proved.output, proved.exception
    assert f"it holds 1 accounts now\n  {THIEF}\n" in proved.output
    assert run("order", "acknowledge", drafted).output == "acknowledged\n"
    said = ("--asset", "eip155:1/slip44:60", "--amount", "5", "--account", THIEF)
    assert run("order", "reply", drafted, "--answer", "held", *said).output.startswith("reply-")
    lacking = run("order", "reply", drafted, "--answer", "held", "--account", THIEF)
    assert isinstance(lacking.exception, UsageError)
    bundle = ("order", "show", drafted, "--bundle", tmp_path / "bundle.json")
    assert run(*bundle).exit_code == 0
    found = json.loads(
        run("verify", tmp_path / "bundle.json", "--pin", world.pin, "--desk-key",
            world.desk.key, "--json").output
    )  # fmt: skip
    assert (found["state"], found["held"]) == ("concurred", [THIEF])


def test_a_draft_is_for_its_own_house(world, drafted, monkeypatch):
    monkeypatch.setenv("STANCH_API_KEY", world.people["upbeat"].api_key)
    assert isinstance(run("order", "show", drafted).exception, NotFoundError)
    assert drafted not in run("order", "list", "--json").output


def test_who_may_not_draft(world, drafted, tmp_path, monkeypatch):
    monkeypatch.setenv("STANCH_API_KEY", world.people["upbeat"].api_key)
    done = run("order", "draft", tmp_path / "draft.json")
    assert isinstance(done.exception, ForbiddenError)


def test_what_is_no_draft(reached, tmp_path):
    (tmp_path / "draft.json").write_text("{")
    assert isinstance(run("order", "draft", tmp_path / "draft.json").exception, UsageError)
    (tmp_path / "draft.json").write_text("{}")
    assert isinstance(run("order", "draft", tmp_path / "draft.json").exception, UsageError)
    assert isinstance(run("order", "draft", tmp_path / "none.json").exception, UsageError)


@pytest.fixture
def asked(monkeypatch):
    """A server that says yes to everything, and what it was asked."""
    monkeypatch.setenv("STANCH_API_KEY", "stk_" + "k" * 43)
    with answering(lambda _: Answer({"id": "rep-1", "state": "proposed"})) as server:
        monkeypatch.setenv("STANCH_SERVER", server.url)
        yield server.asked


def test_what_an_addressee_answers(asked):
    run("order", "acknowledge", "ord-1")
    done = run(
        "order", "reply", "ord-1", "--answer", "held", "--account", THIEF,
        "--asset", "eip155:1/slip44:60", "--amount", str(10**30),
    )  # fmt: skip
    assert done.output == "rep-1\n"
    assert [each.path for each in asked] == [
        "/v1/orders/ord-1/acknowledge", "/v1/orders/ord-1/replies",
    ]  # fmt: skip
    assert json.loads(asked[1].body) == {
        "answer": "held", "account": THIEF, "asset": "eip155:1/slip44:60", "amount": str(10**30),
    }  # fmt: skip


def test_a_statement_is_sent_as_it_was_signed(asked, tmp_path):
    (tmp_path / "said.jws").write_text(BOTH[0] + "\n")
    done = run("order", "send", "ord-1", tmp_path / "said.jws")
    assert done.output == "taken; the order is proposed\n"
    assert json.loads(asked[0].body) == {"statement": BOTH[0]}


@pytest.mark.parametrize(
    "more",
    [
        ("--answer", "maybe"),
        ("--answer", "held", "--amount", "1.5"),
        ("--answer", "held", "--amount", "-1"),
        ("--answer", "held", "--amount", "0"),
    ],
)
def test_what_is_no_answer(asked, more):
    assert isinstance(run("order", "reply", "ord-1", *more).exception, UsageError)
    assert asked == []


@pytest.mark.parametrize("id", ["../cases", "ord-1/replies", "ord-1?x=1"])
def test_an_id_that_would_lead_elsewhere(asked, id):
    assert isinstance(run("order", "acknowledge", id).exception, UsageError)
    assert asked == []


def check(tmp_path, monkeypatch, bundle):
    def answer(request):
        if request.path.startswith("/v1/directory"):
            item = {"document": directory_document(FIRST), "signatures": []}
            return Answer({"items": [item], "next": None})
        return Answer(bundle)

    monkeypatch.setenv("STANCH_API_KEY", "stk_" + "k" * 43)
    with answering(answer) as server:
        return run(
            "order", "check", "order_1", "--server", server.url, "--pin", PIN,
            "--desk-key", DESK.public.text, "--member", "ex", "--state", tmp_path / "state",
        )  # fmt: skip


def test_what_an_order_proves(tmp_path, monkeypatch):
    done = check(tmp_path, monkeypatch, made(*BOTH))
    assert "order order_1 of kr: concurred" in done.output
    held = ACCOUNT in done.output and SECOND in done.output
    assert held == (datetime.now(UTC) < datetime(2026, 12, 26, tzinfo=UTC))


def test_an_order_that_the_desk_forged(tmp_path, monkeypatch):
    forged = made(*BOTH).replace(b"2026-12-26", b"2036-12-26")
    done = check(tmp_path, monkeypatch, forged)
    assert isinstance(done.exception, SignatureError)
    assert done.output == ""
