"""`stanch order`: drafted and shown at a desk that runs, signed beside it; and what verbs send."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from stanch.errors import SignatureError, UsageError
from stanch.formats.signed.directory import directory_document
from stanch.formats.signed.jws import read
from tests.cli.at_desk import ETHER, MULE, THIEF
from tests.cli.test_key import run
from tests.client.answering import Answer, answering
from tests.client.bundles import DESK, made
from tests.client.test_orders import BOTH
from tests.formats.signed.tiny import ACCOUNT, FIRST, PIN, SECOND


@pytest.fixture
def order(desk):
    return desk.drafted()


def test_an_order_is_drafted_shown_and_signed_elsewhere(desk, order):
    assert order in desk.say("kr", "order", "list", "--state", "draft")
    shown = desk.say("kr", "order", "show", order)
    assert "state: draft; nobody has signed it" in shown
    assert f"  {THIEF}: all of whatever is there" in shown
    assert desk.signed("kr", order, "propose") == "taken; the order is proposed"
    kim = desk.world.people["kr"]
    said = read((desk.folder / "kr-propose.jws").read_text().strip())
    assert said.kid == kim.key.kid
    found = desk.data("kr", "order", "show", order)
    assert said.payload["order_hash"] == found["hash"]
    assert [(each["said"], each["person"]) for each in found["signed"]] == [("propose", kim.id)]
    assert f"  propose: {kim.id} of mem-fiu, " in desk.say("kr", "order", "show", order)


def test_the_document_is_written_as_it_is_hashed(desk, order):
    out = desk.folder / "order.json"
    assert desk.say("kr", "order", "document", order, "--out", out) == f"written to {out}"
    found = desk.data("kr", "order", "show", order)
    assert f"sha256:{hashlib.sha256(out.read_bytes()).hexdigest()}" == found["hash"]
    assert json.loads(out.read_bytes()) == found["document"]


def test_a_draft_is_written_anew_until_somebody_signs(desk, order):
    before = desk.data("kr", "order", "show", order)
    anew = desk.order_file(kind="emergency", targets=[{"account": MULE}], case=before["case"])
    assert desk.say("kr", "order", "redraft", order, anew) == "version 2"
    assert desk.data("kr", "order", "redraft", order, anew) == {"version": 3}
    found = desk.data("kr", "order", "show", order)
    assert (found["kind"], found["version"], found["state"]) == ("emergency", 3, "draft")
    assert found["document"]["targets"][0]["account"] == MULE
    assert found["hash"] != before["hash"]
    assert desk.refused("jp", "order", "redraft", order, anew) == "this needs the role analyst"
    desk.signed("kr", order, "propose")
    why = "an order that is in_force is not changed any more"
    assert desk.refused("kr", "order", "redraft", order, anew) == why


def test_a_draft_is_dropped_and_what_was_signed_is_not(desk, order):
    drafts = desk.data("kr", "order", "counts")
    words = ("order", "drop", order, "--reason", "The account was a mistake.")
    assert desk.say("kr", *words) == "withdrawn"
    shown = desk.say("kr", "order", "show", order)
    assert "state: withdrawn before it came into force" in shown
    assert "\n  over 20" in shown
    now = desk.data("kr", "order", "counts")
    assert now["draft"] == drafts["draft"] - 1
    assert now["withdrawn"] == drafts["withdrawn"] + 1
    assert desk.refused("kr", *words) == "an order that is withdrawn is not changed any more"
    other = desk.drafted()
    gone = desk.data("kr", "order", "drop", other, "--reason", "Another mistake.")
    assert (gone["id"], gone["state"]) == (other, "withdrawn")
    signed = desk.drafted()
    desk.signed("kr", signed, "propose")
    why = desk.refused("kr", "order", "drop", signed, "--reason", "late")
    assert why == "an order that is proposed is not changed any more"


def test_orders_are_listed_by_what_they_are(desk, order):
    case = desk.data("kr", "order", "show", order)["case"]
    other = desk.drafted(kind="emergency")
    head, row = desk.say("kr", "order", "list", "--case", case).splitlines()
    assert head.split() == ["id", "kind", "state", "owner", "case", "created", "expires"]
    assert row.split()[:5] == [order, "hold", "draft", "mem-fiu", case]
    listed = desk.say("kr", "order", "list", "--kind", "emergency", "--state", "draft")
    assert other in listed
    assert order not in listed
    assert desk.say("kr", "order", "list", "--case", "case-0000000000000000") == "no order"
    assert desk.say("kr", "order", "list", "--owner", "mem-japan") == "no order"
    assert order in desk.say("kr", "order", "list", "--owner", "mem-fiu")
    why = "--state is one of draft, expired, in_force, proposed, released, withdrawn"
    assert desk.refused("kr", "order", "list", "--state", "open") == why
    assert desk.refused("kr", "order", "list", "--kind", "x") == (
        "--kind is one of emergency, hold, issuer"
    )


def test_orders_are_counted_by_state(desk, order):
    counted = desk.say("kr", "order", "counts").splitlines()
    assert counted[0].split() == ["orders", "number"]
    assert [line.rsplit(None, 1)[0].strip() for line in counted[1:]] == [
        "draft", "proposed", "in force", "released", "expired", "withdrawn",
    ]  # fmt: skip
    assert sum(desk.data("kr", "order", "counts").values()) == len(desk.data("kr", "order", "list"))


def test_an_order_from_its_draft_to_an_answer(desk):
    order = desk.in_force()
    world, upbeat = desk.world, "upbeat"
    trust = (
        "--pin", world.pin, "--desk-key", world.desk.key, "--member", "mem-upbeat",
        "--state", desk.folder / "state",
    )  # fmt: skip
    proved = desk.say(upbeat, "order", "check", order, *trust)
    assert "concurred\n" in proved
    assert f"it holds 1 account now\n  {THIEF}" in proved
    assert desk.say(upbeat, "order", "acknowledge", order) == "acknowledged"
    said = ("order", "reply", order, "--answer", "held", "--account", THIEF)
    assert desk.say(upbeat, *said, "--asset", ETHER, "--amount", "5").startswith("reply-")
    assert desk.refused(upbeat, *said) == "held: asset is missing"
    bundle = desk.folder / "bundle.json"
    desk.say(upbeat, "order", "bundle", order, "--out", bundle)
    key = ("--pin", world.pin, "--desk-key", world.desk.key)
    found = desk.data(upbeat, "verify", bundle, *key)
    assert (found["state"], found["held"]) == ("concurred", [THIEF])


def test_what_waits_is_said_with_the_hand_that_was_taken(desk):
    order = desk.drafted(kind="emergency", targets=[{"account": "eip155:1:0x" + "e1" * 20}])
    first, second = desk.signed("kr", order, "propose").splitlines()
    assert first == "taken; the order is in force"
    assert second.startswith("lapses, if nobody concurs, 20")
    assert desk.signed("jp", order, "concur") == "taken; the order is in force"
    for who in ("kr", "kr2"):
        assert desk.signed(who, order, "release", "--reason", "x") == first
    account = f"  eip155:1:0x{'e1' * 20}: "
    hands = f"\nbeing released\n{account}2 of 2 people of mem-fiu, 0 of 1 other members; "
    assert f"{hands}more hands are needed\n" in desk.say("upbeat", "order", "show", order)
    last = desk.signed("jp", order, "release", "--reason", "x").splitlines()
    assert last[1].startswith("released, if nobody takes it back, 20")
    (release,) = desk.data("kr", "order", "show", order)["releases"]
    assert (release["own"], release["others"]) == (2, 1)
    assert f"1 of 1 other members; takes effect {release['due'][:19]}Z\n" in desk.say(
        "kr", "order", "show", order
    )
    again = desk.say("kr", "order", "send", order, desk.folder / "kr-propose.jws")
    assert again.splitlines() == last  # what was taken before changes nothing
    assert desk.signed("jp", order, "refuse", "--reason", "y") == first
    assert desk.data("kr", "order", "show", order)["releases"] == []
    assert "being released" not in desk.say("kr", "order", "show", order)


def test_a_hand_at_the_wrong_time_is_refused_in_a_line(desk, order):
    with pytest.raises(AssertionError, match="cannot be concurred"):
        desk.signed("jp", order, "concur")
    statement = desk.folder / "jp-concur.jws"
    why = "an order that is draft cannot be concurred with"
    assert desk.refused("jp", "order", "send", order, statement) == why


def test_a_draft_is_for_its_own_house(desk, order):
    for verb in ("show", "deliveries", "replies", "times", "effects", "outcomes"):
        assert desk.refused("upbeat", "order", verb, order) == f"no order {order}"
    for verb in ("document", "bundle"):
        out = desk.folder / "out"
        assert desk.refused("upbeat", "order", verb, order, "--out", out) == f"no order {order}"
        assert not out.exists()
    assert order not in desk.say("upbeat", "order", "list", "--json")


def test_who_may_not_draft(desk, order):
    assert order
    why = desk.refused("upbeat", "order", "draft", desk.folder / "draft.json")
    assert "founding" in why


def test_what_is_no_draft(desk):
    file = desk.folder / "draft.json"
    for text in ("{", "{}"):
        file.write_text(text)
        assert desk.refused("kr", "order", "draft", file)
        assert desk.refused("kr", "order", "redraft", "ord-0123456789abcdef", file)
    assert "cannot be read" in desk.refused("kr", "order", "draft", desk.folder / "none.json")


def test_an_order_is_shown_by_a_desk_that_says_too_little(desk, order, monkeypatch):
    """A desk of another version leaves fields out: that is a line, and no traceback."""
    document, bundle = desk.folder / "order.json", desk.folder / "bundle.json"
    desk.say("kr", "order", "document", order, "--out", document)
    desk.say("kr", "order", "bundle", order, "--out", bundle)

    def answer(request):
        last = request.path.rpartition("/")[2]
        if last == "document":
            return Answer(document.read_bytes())
        return Answer(bundle.read_bytes() if last == "bundle" else {"id": order, "items": []})

    with answering(answer) as server:
        monkeypatch.setattr(desk.world.desk, "url", server.url)
        why = desk.refused("kr", "order", "show", order)
    assert "the desk's answer lacks what orders have" in why


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
