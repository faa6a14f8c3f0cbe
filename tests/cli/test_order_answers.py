"""`stanch order reply --proof`, and what `stanch order show` says of each target."""

import json

import pytest

from stanch.errors import UsageError
from tests.cli.test_key import run
from tests.client.answering import Answer, answering
from tests.formats.test_freeze_event import LOG, TETHER, USDT

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
TOKEN = f"eip155:1/erc20:{USDT}"
HELD = ("order", "reply", "ord-1", "--answer", "held", "--asset", TOKEN, "--amount", "5")
PROOF = {**TETHER.body(), "event": "AddedBlackList(address)", "reply": "reply-1",
         "member": "mem-coin", "created": "2026-11-26T12:00:00.000000Z"}  # fmt: skip
TARGETS = {
    "items": [
        {"account": ACCOUNT, "asset": TOKEN, "amount": "9", "held": {TOKEN: "5"}, "proof": PROOF},
        {"account": ACCOUNT, "asset": None, "amount": None, "held": {}, "proof": None},
    ],
    "held": {TOKEN: "5"},
    "closed": False,
    "next": None,
}


@pytest.fixture
def asked(monkeypatch):
    """A desk that has one order, and what it was asked."""

    def answer(request):
        if request.path.endswith("/targets"):
            return Answer(TARGETS)
        return Answer({"id": "ord-1", "state": "in_force"})

    monkeypatch.setenv("STANCH_API_KEY", "stk_" + "k" * 43)
    with answering(answer) as server:
        monkeypatch.setenv("STANCH_SERVER", server.url)
        yield server.asked


@pytest.fixture
def log(tmp_path):
    """The file that a node's log is in."""

    def written(said):
        (tmp_path / "log.json").write_text(json.dumps(said))
        return tmp_path / "log.json"

    return written


def test_a_nodes_log_is_sent_as_the_proof(asked, log):
    assert run(*HELD, "--account", ACCOUNT, "--proof", log(LOG)).output == "ord-1\n"
    assert run(*HELD, "--proof", log({**LOG, "chain": "eip155:1"})).exit_code == 0
    sent = [json.loads(each.body) for each in asked]
    assert [each["proof"] for each in sent] == [TETHER.body()] * 2
    assert sent[0]["account"] == ACCOUNT


def test_what_is_said_again_names_what_it_replaces(asked):
    run(*HELD, "--replaces", "reply-2")
    assert json.loads(asked[0].body)["replaces"] == "reply-2"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ([LOG], "is no log"),
        (LOG, "on which chain"),
        ({**LOG, "chain": 5}, "on which chain"),
        ({**LOG, "chain": "eip155:1", "removed": True}, "removed"),
        ({"chain": "eip155:1"}, "lacks address"),
        ({**LOG, "chain": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"}, "cannot be read"),
    ],
)
def test_what_is_no_proof_is_not_sent(asked, log, said, why):
    done = run(*HELD, "--proof", log(said))
    assert isinstance(done.exception, UsageError)
    assert why in str(done.exception)
    assert asked == []


def test_an_order_is_shown_with_what_its_targets_came_to(asked):
    assert run("order", "show", "ord-1").output.splitlines() == [
        "id: ord-1",
        "state: in_force",
        "not closed: 1 of 2 targets proved frozen",
        f"target: {ACCOUNT}",
        f"  asked: 9 of {TOKEN}",
        f"  held: 5 of {TOKEN}",
        f"  proved by AddedBlackList(address): transaction {TETHER.transaction}, block 21270000, "
        "as mem-coin answered",
        f"target: {ACCOUNT}",
        "  asked: all of any asset",
        "  held: nothing",
        "  not proved",
    ]
    found = json.loads(run("order", "show", "ord-1", "--json").output)
    assert (found["targets"], found["closed"]) == (TARGETS["items"], False)
