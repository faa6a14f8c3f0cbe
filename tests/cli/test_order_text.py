"""What is told of an order, line by line."""

import pytest

from stanch.cli.order_text import lasted, outcome_line, review_line, told
from tests.formats.test_freeze_event import TETHER, USDT

ACCOUNT = "eip155:1:0x28c6c06298d514db089934071355e5743bf21d60"
TOKEN = f"eip155:1/erc20:{USDT}"
AT = "2026-11-26T12:00:00.123456Z"
PROOF = {**TETHER.body(), "event": "AddedBlackList(address)", "reply": "reply-1",
         "member": "mem-coin", "created": AT}  # fmt: skip
TARGETS = [
    {"account": ACCOUNT, "asset": TOKEN, "amount": "9", "ended": None, "held": {TOKEN: "5"},
     "proof": PROOF},
    {"account": ACCOUNT, "asset": None, "amount": None, "ended": AT, "held": {}, "proof": None},
]  # fmt: skip


def test_an_issuers_targets_are_told_with_what_proves_them():
    assert list(told({"targets": TARGETS, "closed": False})) == [
        "not closed: 1 of 2 targets proved frozen",
        f"{ACCOUNT}: asked 9 of {TOKEN}; held 5 of {TOKEN}",
        f"  proved by AddedBlackList(address): transaction {TETHER.transaction}, block 21270000, "
        "as mem-coin answered",
        f"{ACCOUNT}: asked all of any asset; held nothing",
        "  no more since 2026-11-26T12:00:00Z",
        "  not proved",
    ]


def test_of_other_orders_nothing_is_proved_or_closed():
    lines = list(told({"targets": TARGETS, "closed": None}))
    assert [line.partition(":")[0] for line in lines] == ["eip155", "eip155", "  no more since "
                                                          "2026-11-26T12"]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "-"),
        (0.0, "0.0 s"),
        (44.76, "44.8 s"),
        (60.0, "1 min 0 s"),
        (7500.9, "2 h 5 min"),
        (3 * 86400.0, "3 d 0 h"),
    ],
)
def test_how_long_it_took(seconds, said):
    assert lasted(seconds) == said


def test_what_others_wrote_moves_no_cursor():
    said = {"stage": "return", "happened": AT, "amount": None, "asset": None, "owner": "mem-korea",
            "body": {"note": "\x1b[2J"}}  # fmt: skip
    assert "\x1b" not in outcome_line(said)
    asked = {"id": "rev-1", "asked_by": "\x1b[2J", "created": AT, "answered": None, "due": AT}
    assert "\x1b" not in review_line(asked)
