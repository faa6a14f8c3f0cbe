"""The log is read by auditors who may see no case: it says nothing of what a case holds."""

import hashlib
import json

from sqlalchemy import select, update

from stanch.cases import cases, files, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport, Triage
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.model.desk.marking import Marking
from stanch.store.desk import log
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import desk, reporter
from tests.cases.conftest import ACCOUNT, World

RED = Shared(Marking.RED)
SECRETS = ("Sesame", "sesame@example.org", ACCOUNT, hashlib.sha256(b"Sesame").hexdigest())


def fill(world: World) -> str:
    with world.database.write() as tx:
        id = cases.open_case(tx, world.ann, "Sesame theft", RED)
        items.add(tx, world.ann, NewItem(id, "note", {"text": "Sesame did it"}, RED))
        items.add(tx, world.ann, NewItem(id, "account", {"account": ACCOUNT}, RED))
        files.keep(tx, world.ann, NewItem(id, "file", {}, RED), "Sesame.pdf", b"Sesame")
        judgements.judge(tx, world.ann, NewJudgement(id, "Sesame", "high", ["Sesame"], RED))
        new = NewReport("victim", "sesame@example.org", "Sesame", [ACCOUNT], [], RED)
        got = intake.receive(tx, world.ann, new)
        intake.settle(tx, world.ann, got["id"], Triage("valid", "Sesame again", case=id))
        cases.close(tx, world.ann, id, "Sesame is caught")
    return id


def test_the_log_tells_nothing_of_what_a_case_holds(world: World):
    fill(world)
    with world.database.read() as connection:
        said = " ".join(row.said for row in log.entries(connection))
        verbs = {row.verb for row in log.entries(connection)}
    assert {"case.opened", "item.added", "case.judged", "report.settled", "case.closed"} <= verbs
    for secret in SECRETS:
        assert secret.casefold() not in said.casefold()


def test_what_was_said_can_be_proved_as_long_as_it_is_kept(world: World):
    with world.database.write() as tx:
        id = cases.open_case(tx, world.ann, "Sesame theft", RED)
    with world.database.read() as connection:
        (entry,) = (row for row in log.entries(connection) if row.subject == id)
        made = json.loads(entry.said)["title"]
        assert log.reveal(connection, made) == "Sesame theft"


def test_a_contacts_digest_is_under_the_desks_own_secret(world: World):
    fill(world)
    with world.database.read() as connection:
        kept = connection.execute(select(reporter.c.contact)).scalar_one()
        pepper = connection.execute(select(desk.c.pepper)).scalar_one()
    assert len(bytes.fromhex(pepper)) == 32
    for text in ("sesame@example.org", "reporter\0sesame@example.org"):
        assert hashlib.sha256(text.encode()).hexdigest() not in kept


def test_one_contact_has_one_record_and_two_desks_know_it_by_two_digests(world: World):
    def report(text: str, contact: str) -> str:
        new = NewReport("victim", contact, text, [], [], RED)
        with world.database.write() as tx:
            return intake.receive(tx, world.ann, new)["record"]["reporter"]

    first = report("a", "sesame@example.org")
    assert report("b", " Sesame@Example.org ") == first
    with world.database.writer.begin() as connection:
        connection.execute(update(desk).values(pepper="00" * 32))
    assert report("c", "sesame@example.org") != first


def test_judgements_stand_side_by_side(world: World):
    case = world.case()
    said = [
        (world.ann, "Lazarus", "high"),
        (world.cho, "Other", "low"),
        (world.ann, "Third", "low"),
    ]
    for by, actor, confidence in said:
        with world.database.write() as tx:
            new = NewJudgement(case, actor, confidence, ["s"], Shared(Marking.GREEN))
            judgements.judge(tx, by, new)
    with world.database.read() as connection:
        found = judgements.listed(connection, world.dee, case, Asked(sort="created"))
    told = {(row["country"], row["actor"], row["confidence"]) for row in found.rows}
    assert told == {("KR", "Lazarus", "high"), ("JP", "Other", "low"), ("KR", "Third", "low")}


def test_nobody_learns_from_the_logs_length_that_somebody_reported_before(world: World):
    """Its length is in every head, and heads are for every member."""
    grown = []
    for by in (world.ann, world.eve, world.eve):
        with world.database.write() as tx:
            before = log.size(tx.connection)
            intake.receive(tx, by, NewReport("victim", "a@example.org", "Stolen", [], [], RED))
            grown.append(log.size(tx.connection) - before)
    assert len(set(grown)) == 1
