"""Keys follow what members signed, whatever the server's administrator would like."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

import stanch
from stanch.errors import ForbiddenError, NotFoundError, RefusedError, SignatureError
from stanch.formats.signed.keys import PrivateKey
from stanch.members import directory as kept
from stanch.members import organisations
from stanch.members.organisations import NewMember
from stanch.model.desk.directory import Directory, Revoked
from stanch.model.desk.people import MemberKind
from stanch.store.desk.tables import approver_key, directory, member
from tests.members.house import KOREA, UPBEAT, House
from tests.members.signing import AT, Offline, following, hand_in


def keys(house: House) -> dict[str, str | None]:
    with house.database.read() as connection:
        rows = connection.execute(select(member.c.id, member.c.key))
        return {row.id: row.key for row in rows}


def revoked(house: House) -> dict[str, bool]:
    with house.database.read() as connection:
        rows = connection.execute(select(approver_key.c.kid, approver_key.c.revoked))
        return {kid: at is not None for kid, at in rows}


@pytest.fixture
def offline(house: House) -> Offline:
    return Offline(house.desk)


@pytest.fixture
def first(house: House, offline: Offline) -> Directory:
    """The first version, accepted."""
    said = offline.first()
    hand_in(house, house.chief, said, offline.korea)
    return said


def test_members_keys_are_those_of_the_directory(house: House, offline: Offline):
    assert keys(house) == {KOREA: None, UPBEAT: None}
    hand_in(house, house.chief, offline.first(), offline.korea)
    assert keys(house) == {KOREA: offline.korea.kid, UPBEAT: offline.upbeat.kid}


def test_an_approvers_key_comes_and_goes(house: House, offline: Offline):
    key, other = PrivateKey.generate(), PrivateKey.generate()
    to = house.person(house.chief, "approver")
    said = offline.first(offline.approver(to, key), offline.approver(to, other))
    hand_in(house, house.chief, said, offline.korea)
    assert revoked(house) == {key.kid: False, other.kid: False}
    said = replace(
        following(said),
        approvers=said.approvers[1:],
        revoked=(Revoked(key.kid, AT, "lost"),),
    )
    hand_in(house, house.chief, said, offline.korea)
    assert revoked(house) == {key.kid: True, other.kid: False}


def test_every_version_can_be_read_and_walked(house: House, offline: Offline, first: Directory):
    second = hand_in(house, house.chief, following(first), offline.korea)
    with house.database.read() as connection:
        assert kept.current(connection) == second
        assert kept.one(connection, 1).read().directory == first
        assert [each.version for each in kept.since(connection)] == [1, 2]
        assert [each.version for each in kept.since(connection, 1)] == [2]
        chain = kept.chain(connection)
        with pytest.raises(NotFoundError):
            kept.one(connection, 3)
    assert chain is not None
    assert chain.hashes[-1] == second.hash


def test_a_first_directory_needs_its_founders(house: House, offline: Offline):
    said = offline.first()
    for signers in ((), (offline.upbeat,), (PrivateKey.generate(),)):
        with pytest.raises(SignatureError):
            hand_in(house, house.chief, said, *signers)
    assert keys(house) == {KOREA: None, UPBEAT: None}


def test_a_first_directory_names_all_who_found(house: House, offline: Offline):
    with house.database.write() as tx:
        organisations.add(tx, house.chief, NewMember("Japan", "government", "JP", founding=True))
    with pytest.raises(RefusedError, match="mem-japan"):
        hand_in(house, house.chief, offline.first(), offline.korea)


def test_an_administrator_cannot_forge_the_next(house: House, offline: Offline, first: Directory):
    own = PrivateKey.generate()
    changed = offline.new_key(first, own, own)
    for said, signers in (
        (following(first), ()),
        (following(first), (own,)),
        (following(first), (offline.upbeat,)),  # a member, but none that founds
        (changed, (offline.korea,)),  # neither the old key nor two others said so
        (offline.new_key(first, offline.korea, own), (offline.korea,)),  # one other is not two
        (replace(offline.first(), desk="desk-other"), (offline.korea,)),
        (replace(following(first), desk="desk-other"), (offline.korea,)),
        (replace(following(first), version=3), (offline.korea,)),
        (first, (offline.korea,)),  # once more
    ):
        with pytest.raises(SignatureError):
            hand_in(house, house.chief, said, *signers)
    assert keys(house) == {KOREA: offline.korea.kid, UPBEAT: offline.upbeat.kid}


def test_the_old_key_names_the_new(house: House, offline: Offline, first: Directory):
    new = PrivateKey.generate()
    hand_in(house, house.chief, offline.new_key(first, offline.upbeat, new), offline.korea)
    assert keys(house)[UPBEAT] == new.kid


def test_an_altered_document_is_refused(house: House, offline: Offline, first: Directory):
    taken = hand_in(house, house.chief, following(first), offline.korea)
    for document in (b"", b"{}", b"\xff", taken.document + b" ", b"[" * 100_000):
        with pytest.raises(SignatureError), house.database.write() as tx:
            kept.accept(tx, house.chief, document, taken.signatures)


def test_a_version_written_into_the_table_ends_the_chain(
    house: House, offline: Offline, first: Directory
):
    hand_in(house, house.chief, following(first), offline.korea)
    with house.database.write() as tx:
        forged = update(directory).where(directory.c.version == 2).values(signatures="[]")
        tx.connection.execute(forged)
    last = following(following(first))
    with pytest.raises(SignatureError, match="version 2 is signed by 0"):
        hand_in(house, house.chief, last, offline.korea)


def test_whom_the_desk_does_not_know_is_refused(house: House, offline: Offline):
    key = PrivateKey.generate()
    with pytest.raises(RefusedError, match="per-nobody"):
        hand_in(
            house, house.chief, offline.first(offline.approver("per-nobody", key)), offline.korea
        )
    theirs = offline.approver(house.exchange.person, key)  # of another member
    with pytest.raises(RefusedError, match=house.exchange.person):
        hand_in(house, house.chief, offline.first(theirs), offline.korea)
    assert revoked(house) == {}


def test_only_a_founding_administrator_hands_in(house: House, offline: Offline):
    for by in (house.exchange, house.caller(house.chief, "analyst", "approver", "auditor")):
        with pytest.raises(ForbiddenError):
            hand_in(house, by, offline.first(), offline.korea)


def test_who_founds_is_said_by_the_directory_once_there_is_one(house: House, first: Directory):
    new = NewMember("Japan", MemberKind.GOVERNMENT, "JP", founding=True)
    with pytest.raises(RefusedError), house.database.write() as tx:
        organisations.add(tx, house.chief, new)


def test_nothing_else_writes_keys():
    """Of all of Stanch one file writes approvers, and changes a member's row at all."""
    for words in (("insert(approver_key", "update(approver_key"), ("update(member",)):
        writers = {
            file.name
            for file in Path(stanch.__file__).parent.rglob("*.py")
            if any(word in file.read_text("utf-8") for word in words)
        }
        assert writers == {"notebook.py"}
