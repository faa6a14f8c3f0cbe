"""Addressees by the command line: seen, answered, proved; and how far an order has come at each."""

import json

import pytest

from stanch.errors import UsageError
from tests.cli.at_desk import ETHER, MULE, THIEF
from tests.cli.test_key import run
from tests.client.answering import Answer, answering
from tests.formats.test_freeze_event import LOG, TETHER, USDT

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
TOKEN = f"eip155:1/erc20:{USDT}"
HELD = ("order", "reply", "ord-1", "--answer", "held", "--asset", TOKEN, "--amount", "5")


@pytest.fixture
def asked(monkeypatch):
    """A desk that takes every answer, and what it was asked."""
    monkeypatch.setenv("STANCH_API_KEY", "stk_" + "k" * 43)
    with answering(lambda _: Answer({"id": "ord-1"})) as server:
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


@pytest.fixture
def order(desk):
    """An order for two exchanges, about two accounts."""
    targets = [{"account": THIEF}, {"account": MULE, "asset": ETHER, "amount": "9"}]
    return desk.in_force(targets=targets, addressees={"members": ["mem-upbeat", "mem-coinwon"]})


def test_how_far_an_order_has_come_at_each_addressee(desk, order):
    def states(who):
        return {
            each["member"]: each["state"] for each in desk.data(who, "order", "deliveries", order)
        }

    assert states("kr") == {"mem-upbeat": "queued", "mem-coinwon": "queued"}
    assert states("upbeat") == {"mem-upbeat": "queued"}
    (slip,) = desk.data("upbeat", "order", "acknowledge", order)
    assert (slip["member"], slip["state"]) == ("mem-upbeat", "acknowledged")
    desk.say("coinwon", "order", "reply", order, "--answer", "nothing_found")
    assert states("kr") == {"mem-upbeat": "acknowledged", "mem-coinwon": "answered"}
    head, first, second = desk.say("kr", "order", "deliveries", order).splitlines()
    assert head.split()[:3] == ["member", "state", "late"]
    assert first.split()[:3] == ["mem-coinwon", "answered", "false"]
    assert second.split()[:3] == ["mem-upbeat", "acknowledged", "false"]
    assert desk.say("kr", "order", "deliveries", desk.drafted()) == "it went to nobody"
    assert desk.refused("kr", "order", "acknowledge", order) == f"no order {order}"


def test_answers_are_listed_with_what_replaced_them(desk, order):
    assert desk.say("kr", "order", "replies", order) == "nobody has answered"
    held = ("order", "reply", order, "--answer", "held", "--account", MULE, "--asset", ETHER)
    first = desk.say("upbeat", *held, "--amount", "5")
    second = desk.say("upbeat", *held, "--amount", "7")
    gone = ("--answer", "already_gone", "--account", THIEF, "--gone-to", MULE)
    third = desk.say("coinwon", "order", "reply", order, *gone)
    found = desk.data("kr", "order", "replies", order)
    assert [(each["id"], each["counts"], each["amount"]) for each in found] == [
        (first, False, "5"), (second, True, "7"), (third, True, None),
    ]  # fmt: skip
    assert [each["id"] for each in desk.data("coinwon", "order", "replies", order)] == [third]
    rows = [line.split() for line in desk.say("kr", "order", "replies", order).splitlines()]
    assert rows[0][:6] == ["id", "created", "member", "answer", "counts", "amount"]
    assert rows[1][0] == first
    assert rows[1][2:6] == ["mem-upbeat", "held", "false", "5"]
    shown = desk.say("kr", "order", "show", order)
    assert f"  {MULE}: asked 9 of {ETHER}; held 7 of {ETHER}\n" in shown
    assert f"  {THIEF}: asked all of any asset; held nothing\n" in shown
    assert f"    {first}: held 5 of {ETHER}, {MULE}; replaced since\n" in shown
    assert f"    {third}: already gone, {THIEF}, gone to {MULE}\n" in shown
    assert third not in desk.say("upbeat", "order", "show", order)


def test_how_long_an_order_took(desk, order):
    desk.say("upbeat", "order", "acknowledge", order)
    held = ("--answer", "held", "--account", MULE, "--asset", ETHER, "--amount", "5")
    desk.say("upbeat", "order", "reply", order, *held)
    found = desk.data("kr", "order", "times", order)
    assert found["order"] == found["addressees"]["mem-upbeat"]
    assert all(0 < each < 300 for each in found["order"].values())
    assert found["addressees"]["mem-coinwon"]["order_to_hold"] is None
    head, *rows = desk.say("kr", "order", "times", order).splitlines()
    assert head.split("  ")[-3:] == ["report to order", "order to acknowledgement", "order to hold"]
    assert [row.split()[0] for row in rows] == ["the", "mem-coinwon", "mem-upbeat"]
    assert rows[1].split()[-2:] == ["-", "-"]
    assert rows[2].endswith(" s")
    assert "mem-coinwon" not in desk.say("upbeat", "order", "times", order)


def test_an_order_is_delivered_once_the_feed_was_read_past_it(desk, order):
    world = desk.world
    trust = ("--pin", world.pin, "--desk-key", world.desk.key, "--member", "mem-coinwon")
    feed = ("feed", *trust, "--cursor", desk.folder / "state")
    told = [json.loads(line) for line in desk.say("coinwon", *feed).splitlines()]
    assert (told[-1]["kind"], told[-1]["subject"]) == ("order.in_force", order)
    states = {
        each["member"]: each["state"] for each in desk.data("kr", "order", "deliveries", order)
    }
    assert states == {"mem-upbeat": "queued", "mem-coinwon": "delivered"}


LEDGER = """tx,time,from,to,amount
0x01,2026-11-01T10:00:00Z,{thief},{exchange},70
0x02,2026-11-01T11:00:00Z,{exchange},{gone},40
0x03,2026-11-01T12:00:00Z,{other},{gone},9
0x04,2026-11-01T13:00:00Z,{gone},{last},40
"""


def test_where_money_had_gone_a_trace_goes_on(desk, order):
    """An exchange paid 40 out before it was asked; 9 of others came to the same account."""
    thief, exchange, gone, other, last = (f"0x{n:040x}" for n in range(1, 6))
    (desk.folder / "transfers.csv").write_text(LEDGER.format(
        thief=thief, exchange=exchange, gone=gone, other=other, last=last
    ))  # fmt: skip
    away = ("order", "reply", order, "--answer", "already_gone")
    where = ("--account", MULE, "--gone-to", f"eip155:1:{gone}", "--asset", ETHER, "--amount", "40")
    first = desk.say("upbeat", *away, *where)
    out, ledger = desk.folder / "seeds.csv", desk.folder / "ledger"
    assert desk.say("kr", "order", "seeds", order, "--out", out) == (
        f"{first}: names no transaction: give the seed a tx or a time, or all counts that ever "
        f"came\n1 seed, written to {out}"
    )
    desk.say("upbeat", *away, *where, "--transaction", "0x02")
    assert desk.say("kr", "order", "seeds", order, "--out", out) == f"1 seed, written to {out}"
    case = desk.data("kr", "order", "show", order)["case"]
    assert out.read_text().splitlines() == [
        "account,tx,time,asset,amount,incident", f"eip155:1:{gone},0x02,,{ETHER},40,{case}",
    ]  # fmt: skip
    desk.say(
        "kr", "ledger", "build", "--from", "csv", desk.folder / "transfers.csv", "--asset", ETHER,
        "--decimals", "18", "--chain", "eip155:1", "--out", ledger,
    )  # fmt: skip
    desk.say("kr", "trace", "--ledger", ledger, "--seeds", out, "--out", desk.folder / "trace")
    ends = (desk.folder / "trace" / "endpoints.csv").read_text().splitlines()
    assert [line.split(",")[:5] for line in ends[1:]] == [
        [case, f"eip155:1:{last}", ETHER, "held", "40"],
    ]  # fmt: skip


def test_where_nothing_had_gone_no_trace_goes_on(desk, order):
    out = desk.folder / "seeds.csv"
    why = "no addressee says that money had gone"
    assert desk.refused("kr", "order", "seeds", order, "--out", out) == why
    assert not out.exists()
    gone = ("--answer", "already_gone", "--account", THIEF, "--gone-to")
    other = "bip122:000000000019d6689c085ae165831e93:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    odd = ("--asset", ETHER, "--amount", "5", "--transaction", "=1+1")
    desk.say("coinwon", "order", "reply", order, *gone, other, *odd)
    assert desk.say("kr", "order", "seeds", order, "--out", out).endswith(f"written to {out}")
    row = out.read_text().splitlines()[1].split(",")
    assert row[:5] == [other, "", "", "", ""]  # another chain's asset; and that is no transaction
