"""Commitments: hidden, kept, revealed, erased; and never taken for another text."""

import hashlib

import pytest
from sqlalchemy import select, update

from stanch.errors import SignatureError
from stanch.store.desk import log
from stanch.store.desk.tables import erasable
from tests.store.desk.desk_log import Desk


@pytest.fixture
def connection():
    with Desk().engine.begin() as connection:
        yield connection


def test_a_commitment_is_the_hash_of_salt_and_text(connection):
    made = log.commit_to(connection, "Kim \u00e9")
    row = connection.execute(select(erasable)).one()
    salt = bytes.fromhex(row.salt)
    assert len(salt) == 32
    assert made == "sha256:" + hashlib.sha256(salt + "Kim \u00e9".encode()).hexdigest()
    assert log.reveal(connection, made) == "Kim \u00e9"


def test_one_text_twice_is_not_seen_to_be_the_same(connection):
    assert log.commit_to(connection, "Kim") != log.commit_to(connection, "Kim")


def test_what_is_erased_is_gone_with_its_salt(connection):
    made, other = log.commit_to(connection, "Kim"), log.commit_to(connection, "Lee")
    assert log.erase(connection, made)
    assert not log.erase(connection, made)
    assert log.reveal(connection, made) is None
    assert log.reveal(connection, other) == "Lee"
    assert connection.execute(select(erasable.c.commitment)).scalars().all() == [other]


def test_what_was_never_committed_to_reveals_nothing(connection):
    assert log.reveal(connection, "sha256:" + "0" * 64) is None


@pytest.mark.parametrize(
    "change", [{"text": "Lee"}, {"text": ""}, {"salt": "00" * 32}, {"salt": ""}, {"salt": "zz"}]
)
def test_another_text_is_never_revealed(connection, change):
    made = log.commit_to(connection, "Kim")
    connection.execute(update(erasable).values(change))
    with pytest.raises(SignatureError, match=made):
        log.reveal(connection, made)


def test_a_letter_cannot_move_from_the_text_to_the_salt(connection):
    made = log.commit_to(connection, "Kim")
    salt = connection.execute(select(erasable.c.salt)).scalar_one()
    connection.execute(update(erasable).values(salt=salt + "4b", text="im"))
    with pytest.raises(SignatureError):
        log.reveal(connection, made)
