"""Heads of the log: a desk that takes something back cannot prove the next one."""

import pytest

from stanch.client.heads import later, same_log
from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.head import Head, hashes, head_of
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk import merkle

DESK, STRANGER = PrivateKey.from_seed(b"d" * 32), PrivateKey.from_seed(b"s" * 32)


class Log:
    """A log kept whole in memory."""

    def __init__(self, *entries: bytes) -> None:
        self.leaves = [merkle.leaf_hash(each) for each in entries]

    def lookup(self, level: int, place: int) -> bytes:
        if level == 0:
            return self.leaves[place]
        return merkle.node_hash(
            self.lookup(level - 1, 2 * place), self.lookup(level - 1, 2 * place + 1)
        )

    def head(self, key: PrivateKey = DESK, **changed) -> str:
        root = merkle.root(0, len(self.leaves), self.lookup).hex()
        said = {"desk": "desk", "size": len(self.leaves), "root": f"sha256:{root}"}
        return jws.sign(key, jws.HEAD, {**said, "at": "2026-11-26T12:00:00Z", **changed})

    def since(self, first: int) -> list[bytes]:
        return merkle.consistency_proof(first, len(self.leaves), self.lookup)


ENTRIES = [bytes([each]) for each in range(11)]


def read(text: str) -> Head:
    return head_of(text, DESK.public, "desk")


def test_every_log_that_only_grew_proves_it():
    known = None
    for size in range(len(ENTRIES) + 1):
        log = Log(*ENTRIES[:size])
        known = later(known, read(log.head()), log.since(known.size if known else 0))
    assert known is not None
    assert known.size == len(ENTRIES)


@pytest.mark.parametrize("size", range(1, len(ENTRIES)))
def test_a_log_with_one_entry_changed_proves_nothing(size):
    known = read(Log(*ENTRIES[:size]).head())
    other = Log(b"other", *ENTRIES[1:])
    with pytest.raises(SignatureError, match="does not begin"):
        later(known, read(other.head()), other.since(size))


def test_a_log_that_was_rolled_back():
    known = read(Log(*ENTRIES).head())
    with pytest.raises(SignatureError, match="rolled back"):
        later(known, read(Log(*ENTRIES[:5]).head()), [])


def test_two_logs_of_one_size():
    known, other = read(Log(*ENTRIES).head()), read(Log(*ENTRIES[::-1]).head())
    same_log(known, known)
    with pytest.raises(SignatureError, match="two logs"):
        same_log(known, other)
    with pytest.raises(SignatureError):
        later(known, other, [])


@pytest.mark.parametrize(
    "text",
    [
        Log(*ENTRIES).head(STRANGER),
        Log(*ENTRIES).head(desk="other"),
        Log(*ENTRIES).head(size=-1),
        Log(*ENTRIES).head(root="sha256:0"),
        Log(*ENTRIES).head(more=1),
        Log(*ENTRIES).head()[:-8] + "AAAAAAAA",
        "",
    ],
)
def test_what_is_no_head_of_this_desk(text):
    with pytest.raises(SignatureError):
        read(text)


@pytest.mark.parametrize("value", [None, {}, [1], ["ab"], ["sha256:" + "g" * 64], ["0" * 64] * 129])
def test_what_is_no_proof(value):
    with pytest.raises(SignatureError):
        hashes(value)
