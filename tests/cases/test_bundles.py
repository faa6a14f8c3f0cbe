"""What of a case may go to another member as evidence, and what the log says of it."""

import hashlib

import pytest

from stanch.app.desk import evidence
from stanch.app.desk.desk import Desk
from stanch.cases import bundles, cases, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.errors import (
    ForbiddenError,
    NotFoundError,
    RefusedError,
    SignatureError,
    UsageError,
)
from stanch.formats.evidence.custody import CUSTODY, Act, Entry, sign_entry
from stanch.formats.evidence.stamp import stamped
from stanch.formats.evidence.statement import Evidence, sign_evidence
from stanch.formats.signed import jws
from stanch.formats.signed.canonical import digest
from stanch.members import directory
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Role
from stanch.store.desk.erasure import forget
from stanch.store.desk.transaction import moment
from tests.desk_world import JP, KR, NORTH, US, World, world


@pytest.fixture
def desk(database, desk_key) -> World:
    return world(database, desk_key)


def note(desk, by, text, marking, *to) -> str:
    with desk.database.write() as tx:
        new = NewItem(desk.case, "note", {"text": text}, Shared(marking, to))
        return items.add(tx, desk.analyst(by), new)


def material(desk, by, to, case=None):
    with desk.database.read() as connection:
        return bundles.material(connection, desk.analyst(by), case or desk.case, to)


def test_own_things_go_and_of_others_what_the_receiver_may_see_and_nothing_in_red(desk):
    """Korea's case, which Japan and the United States see; evidence for Japan."""
    goes = {
        note(desk, KR, "ours alone", Marking.AMBER),
        note(desk, KR, "ours to all", Marking.GREEN),
        note(desk, US, "theirs to all", Marking.GREEN),
        note(desk, US, "theirs to us and Japan", Marking.STRICT, KR, JP),
        note(desk, JP, "Japan's own, that we see", Marking.AMBER, KR),
    }
    stays = {
        note(desk, KR, "ours in red", Marking.RED),
        note(desk, US, "theirs to us", Marking.AMBER, KR),
    }
    note(desk, US, "theirs alone", Marking.AMBER)
    with desk.database.write() as tx:
        for actor, shared in (("A", Shared()), ("B", Shared(Marking.RED))):
            new = NewJudgement(desk.case, actor, "low", ["a report"], shared)
            judgements.judge(tx, desk.analyst(KR), new)
    found = material(desk, KR, JP)
    assert {each["id"] for each in found.items} == goes
    assert [each["actor"] for each in found.judgements] == ["A"]
    assert found.left_out == len(stays) + 1
    assert "release" not in found.case
    assert {each["row"]["subject"] for each in found.entries} == goes
    for each in found.entries:
        opening, sealed = each["opening"], each["row"]["said"]["body"]
        made = hashlib.sha256(bytes.fromhex(opening["salt"]) + opening["text"].encode())
        assert sealed == f"sha256:{made.hexdigest()}"
    with desk.database.write() as tx:  # what was erased goes without what would open it
        forget(tx.connection, [each["id"] for each in found.items])
    assert {each["opening"] is None for each in material(desk, KR, JP).entries} == {True}


def test_a_case_of_another_goes_to_whom_it_shows_it_alone(desk):
    assert material(desk, JP, US).case["id"] == desk.case
    with pytest.raises(RefusedError, match="mem-north may not see"):
        material(desk, JP, NORTH)
    assert material(desk, KR, NORTH).case["id"] == desk.case  # its owner hands over what is its own
    with pytest.raises(NotFoundError):
        material(desk, NORTH, JP)
    with pytest.raises(UsageError, match="no member"):
        material(desk, KR, "mem-nobody")
    with pytest.raises(ForbiddenError), desk.database.read() as connection:
        bundles.material(connection, desk.people[KR, Role.ADMINISTRATOR], desk.case, JP)


def evidence_of(desk, /, **changed) -> str:
    with desk.database.read() as connection:
        known = directory.current(connection)
    at = f"{moment(desk.database.now()):%Y-%m-%dT%H:%M:%SZ}"
    plain = {"desk": desk.desk, "case": desk.case, "member": KR, "person": "",
             "directory": known.hash, "at": at, "files": ()}  # fmt: skip
    return sign_evidence(changed.pop("key", desk.offline[KR]), Evidence(**plain | changed))


def stamp(desk, by, text):
    return evidence.stamp(Desk(desk.desk, "", None, None, desk.database), desk.analyst(by), text)


def test_the_log_says_once_that_evidence_was_signed(desk, desk_key):
    text = evidence_of(desk)
    made = stamp(desk, KR, text)
    logged = stamped(made, {desk_key.kid: desk_key.public})
    assert (logged.verb, logged.subject) == ("evidence.signed", digest(text.encode()))
    note(desk, KR, "meanwhile", Marking.AMBER)
    again = stamped(stamp(desk, KR, text), {desk_key.kid: desk_key.public})
    assert again.n == logged.n
    at = f"{moment(desk.database.now()):%Y-%m-%dT%H:%M:%SZ}"
    _refused(desk)
    for act, by, verb in ((Act.HANDED, KR, "handed"), (Act.RECEIVED, JP, "received")):
        entry = Entry(logged.subject, 1, None, act, KR, JP, desk.desk, "", at, None)
        made = stamp(desk, by, sign_entry(desk.offline[by], entry))
        assert stamped(made, {desk_key.kid: desk_key.public}).verb == f"evidence.{verb}"


def _refused(desk):
    """Only a member's own signature at this desk is logged."""
    with pytest.raises(SignatureError, match="each hands in its own"):
        stamp(desk, JP, evidence_of(desk))
    with pytest.raises(SignatureError, match="another desk"):
        stamp(desk, KR, evidence_of(desk, desk="desk-other"))
    with pytest.raises(SignatureError, match="signed for mem-jp"):
        stamp(desk, KR, evidence_of(desk, key=desk.offline[JP]))
    with desk.database.write() as tx:
        hidden = cases.open_case(tx, desk.analyst(US), "Hidden", Shared())
    with pytest.raises(NotFoundError):
        stamp(desk, KR, evidence_of(desk, case=hidden))
    for text in ("a.b.c", jws.sign(desk.offline[KR], CUSTODY, {"a": 1}),
                 jws.sign(desk.offline[KR], "stanch-head@1", {"a": 1})):  # fmt: skip
        with pytest.raises(SignatureError):
            stamp(desk, KR, text)
