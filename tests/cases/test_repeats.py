"""What came in before is found by an index, and is what a walk over all reports finds."""

import random

import pytest
from sqlalchemy import delete, event, insert, select, text

from stanch.cases import erasure, evidence, intake, repeats
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.errors import NotFoundError
from stanch.model.desk.marking import Marking
from stanch.store.desk.tables import intake as reports
from stanch.store.desk.tables import intake_account
from tests.cases.conftest import ACCOUNT, OTHER, World
from tests.cases.test_markings import to_cho
from tests.reference.repeats import PlainIntake, PlainReport

ACCOUNTS = [f"0x{n:040x}" for n in range(0xA0, 0xAC)]
SPELLINGS = (str.upper, str.title, "  {}\n".format, str.lower, "{}\n\n ".format)
NAMES = ("ann", "ben", "cho", "dee", "eve")
GREEN = Shared(Marking.GREEN)


def receive(world: World, by: str, new: NewReport) -> dict:
    with world.database.write() as tx:
        return intake.receive(tx, getattr(world, by), new)


def sees(owner: str, marking: Marking) -> frozenset[str]:
    """Who of the five may see a report of `owner` that is for Cho, too."""
    if marking in (Marking.CLEAR, Marking.GREEN):
        return frozenset(NAMES)
    house = {"ann", "ben"} if owner in ("ann", "ben") else {owner}
    return frozenset({owner, "cho"} if marking == Marking.RED else {*house, "cho"})


def filled(world: World, clock, seed: int) -> tuple[PlainIntake, list[tuple[str, str]]]:
    """Reports of all five, some at one moment, each told to the twin too; and of each in its turn
    who took it in and whose it was.
    """
    chance, plain, came = random.Random(seed), PlainIntake(), []
    for n in range(70):
        owner, marking, contact = (
            chance.choice(of) for of in (NAMES, list(Marking), ("kim", "lee", "han"))
        )
        which = chance.sample(range(len(ACCOUNTS)), chance.choice((0, 0, 1, 1, 2, 3)))
        words = chance.choice(("my coins are gone", "they took all", f"once {n}"))
        accounts = [f"eip155:1:{chance.choice((ACCOUNTS[k], ACCOUNTS[k].upper()))}" for k in which]
        accounts = [each.replace("0X", "0x") for each in accounts]
        shared = Shared(marking, to_cho(world, marking))
        said = chance.choice(SPELLINGS)(words)
        got = receive(world, owner, NewReport("victim", contact, said, accounts, [], shared))
        at, seen = int(clock.at.timestamp()), sees(owner, marking)
        plain.reports.append(PlainReport(got["id"], words, frozenset(which), at, seen))
        assert got["repeats"] == plain.repeats(owner, got["id"])
        came.append((owner, contact))
        clock.move(seconds=chance.choice((0, 1)))
    return plain, came


def compared(world: World, plain: PlainIntake) -> int:
    """Hold what each is told of each report against the twin; gives how many repeats there were."""
    told = 0
    with world.database.read() as connection:
        for name in NAMES:
            for each in plain.reports:
                if name in each.sees:
                    found = intake.one(connection, getattr(world, name), each.id)["repeats"]
                    assert found == plain.repeats(name, each.id)
                    told += len(found)
                else:
                    with pytest.raises(NotFoundError):
                        intake.one(connection, getattr(world, name), each.id)
    return told


@pytest.mark.parametrize("seed", range(3))
def test_all_are_told_what_the_plain_twin_finds(world: World, clock, seed: int):
    """Also once the desk erased one reporter, and Korea what another said to Korea."""
    plain, came = filled(world, clock, seed)
    before = compared(world, plain)
    with world.database.write() as tx:
        erasure.erase_reporter(tx, None, reporter_of(world, plain, came, "kim"))
        erasure.erase_reporter(tx, world.house.chief, reporter_of(world, plain, came, "lee"))
    for each, (owner, contact) in zip(plain.reports, came, strict=True):
        each.erased = contact == "kim" or (contact == "lee" and owner in ("ann", "ben"))
    assert 0 < compared(world, plain) < before


def reporter_of(world: World, plain: PlainIntake, came: list, contact: str) -> str:
    ids = [each.id for each, (_, who) in zip(plain.reports, came, strict=True) if who == contact]
    with world.database.read() as connection:
        query = select(reports.c.reporter).where(reports.c.id.in_(ids)).distinct()
        return connection.execute(query).scalar_one()


def test_it_is_looked_up_and_no_report_is_walked_over(world: World):
    """Which indexes the engine would use, with 3,000 reports that have nothing to do with it."""
    first = receive(world, "ann", NewReport("victim", "kim", "one", [ACCOUNT], [], GREEN))["id"]
    crowd(world, 3000)
    with world.database.read() as connection:
        row = connection.execute(select(reports).where(reports.c.id == first)).mappings().one()
        how = "explain query plan" if connection.dialect.name == "sqlite" else "explain"
        asked = []
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2:4]))
        assert repeats.repeats(connection, world.ann, row) == []
        ((query, values),) = asked
        plan = "\n".join(map(str, connection.exec_driver_sql(f"{how} {query}", values)))
    assert "ix_intake_account_account" in plan, plan
    assert "SCAN intake" not in plan, plan
    assert "Seq Scan on intake" not in plan, plan


def crowd(world: World, many: int) -> None:
    """Copies of the one report that is there, each of other words and an account of its own."""
    with world.database.writer.begin() as connection:
        row = dict(connection.execute(select(reports)).mappings().one())
        ids = [f"rep-{n:016x}" for n in range(many)]
        connection.execute(insert(reports), [{**row, "id": id, "digest": f"of {id}"} for id in ids])
        accounts = [{"report": id, "account": f"eip155:1:{id}", "open_to": "*"} for id in ids]
        connection.execute(insert(intake_account), accounts)
        if connection.dialect.name == "postgresql":
            connection.execute(text("analyze intake"))
            connection.execute(text("analyze intake_account"))


def test_a_report_looked_up_under_other_accounts_is_found(world: World):
    ids = [
        receive(world, "ann", NewReport("victim", "kim", said, accounts, [], GREEN))["id"]
        for said, accounts in (("one", [ACCOUNT]), ("two", [ACCOUNT, OTHER]), ("three", []))
    ]
    assert faults(world) == []
    with world.database.writer.begin() as connection:
        gone = delete(intake_account).where(intake_account.c.report == ids[1])
        connection.execute(gone.where(intake_account.c.account == OTHER))
    assert faults(world) == [f"{ids[1]} is looked up under other accounts than it names"]
    with world.database.writer.begin() as connection:
        connection.execute(insert(intake_account).values(report=ids[2], account=OTHER, open_to=""))
    assert {each.split()[0] for each in faults(world)} == set(ids[1:])


def faults(world: World) -> list[str]:
    with world.database.read() as connection:
        return [each.says for each in evidence.check(connection)]
