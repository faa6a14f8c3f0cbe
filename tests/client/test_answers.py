"""What an exchange answers, and what of its customers leaves the house."""

import pytest

from stanch.client import Answer, Reply, hashed, proof_in
from stanch.errors import UsageError
from tests.formats.test_freeze_event import LOG, TETHER, USDT


def test_what_is_not_said_is_not_sent():
    assert Reply(Answer.NOTHING).body() == {"answer": "nothing_found"}


def test_the_same_answer_has_the_same_key_and_no_other():
    said = Reply(Answer.HELD, "a", "b", 5)
    assert said.once() == Reply(Answer.HELD, "a", "b", 5).once()
    others = (
        Reply(Answer.HELD, "a", "b", 6),
        Reply(Answer.HELD, "b", "b", 5),
        Reply(Answer.NOTHING),
    )
    assert said.once() not in {each.once() for each in others}


def test_amounts_are_texts_and_exact():
    assert Reply(Answer.HELD, "a", "b", 10**60 + 1).body()["amount"] == str(10**60 + 1)


@pytest.mark.parametrize("amount", [0, -1, 10**80])
def test_what_is_no_amount(amount):
    with pytest.raises(UsageError):
        Reply(Answer.HELD, asset="b", amount=amount).body()


def test_references_cannot_be_guessed_without_the_salt():
    one, other = hashed("acct-1", b"s" * 16), hashed("acct-1", b"t" * 16)
    assert one == hashed("acct-1", b"s" * 16)
    assert one != other
    assert one.startswith("sha256:")
    with pytest.raises(UsageError):
        hashed("acct-1", b"short")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(Answer.HELD, "a"),
        Reply(Answer.HELD, "a", amount=1),
        Reply(Answer.GONE, "a"),
        Reply(Answer.REFUSED, "a"),
    ],
)
def test_an_answer_says_what_it_must(reply):
    with pytest.raises(UsageError, match="is missing"):
        reply.body()


def test_an_issuer_says_by_which_event():
    event = proof_in("eip155:1", LOG)
    said = Reply(Answer.HELD, "a", "b", 5, proof=event)
    assert event == TETHER
    assert said.body()["proof"] == {
        "chain": "eip155:1", "contract": USDT, "transaction": TETHER.transaction,
        "block": 21_270_000, "index": 117, "topics": list(TETHER.topics), "data": TETHER.data,
    }  # fmt: skip
    assert said.once() != Reply(Answer.HELD, "a", "b", 5).once()
    for chain, log in (("solana:x", LOG), ("eip155:1", {}), ("eip155:1", {**LOG, "removed": True})):
        with pytest.raises(UsageError, match="proof"):
            proof_in(chain, log)


def test_what_is_said_again_later_has_a_key_of_its_own():
    said = Reply(Answer.HELD, "a", "b", 5)
    again = Reply(Answer.HELD, "a", "b", 5, replaces="reply-2")
    assert again.body()["replaces"] == "reply-2"
    assert again.once() != said.once()
