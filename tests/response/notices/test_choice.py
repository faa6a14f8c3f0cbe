"""Nobody is told who did not choose it, and at no address that was not proved to be theirs."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, func, select

from stanch.app.desk import audit, erase
from stanch.errors import ForbiddenError, TooManyError, UsageError
from stanch.members import people
from stanch.model.desk.people import Role
from stanch.response.notices import choice, outbox
from stanch.response.notices.choice import Choice
from stanch.store.desk.copy import TABLES
from stanch.store.desk.tables import erasable, mail, notice
from tests.desk_world import KR, NORTH, World
from tests.response.notices.conftest import LEASE, QUIET, claimed, told

HERS, HIS = "kim@north.example", "kim@elsewhere.example"


def asked(world: World, address: str = HERS) -> str:
    """The analyst of the exchange chooses; the code that leaves."""
    with world.database.write() as tx:
        choice.choose(tx, world.analyst(NORTH), address, on=True)
    sent = claimed(world)
    assert sent is not None
    with world.database.write() as tx:
        outbox.sent(tx, sent)
    return sent.code


def confirmed(world: World, code: str) -> bool:
    with world.database.write() as tx:
        return choice.confirm(tx, world.analyst(NORTH), code)


def chosen(world: World) -> Choice:
    with world.database.read() as connection:
        return choice.of(connection, world.analyst(NORTH))


def everything(connection: Connection) -> str:
    return " ".join(
        str(tuple(row)) for table in TABLES for row in connection.execute(select(table))
    )


def text_of(world: World) -> str:
    with world.database.read() as connection:
        return everything(connection)


def test_the_code_that_came_verifies_the_address(world: World) -> None:
    assert chosen(world) == Choice()
    code = asked(world)
    assert chosen(world) == Choice(HERS, True, False)
    assert confirmed(world, f" {code.replace('-', '').lower()} ")  # as people copy it
    assert chosen(world) == Choice(HERS, True, True)
    assert not confirmed(world, code)  # used up


def test_the_code_is_stored_as_a_hash_alone(world: World) -> None:
    code = asked(world)
    text = text_of(world)
    assert code not in text
    assert code.replace("-", "") not in text


def test_five_wrong_codes_and_the_right_one_holds_no_more(world: World) -> None:
    code = asked(world)
    for _ in range(choice.MOST_TRIES):
        assert not confirmed(world, "AAAA-AAAA-AAAA")
    assert not confirmed(world, code)
    assert not chosen(world).verified
    assert confirmed(world, asked(world))  # a new one does


def test_a_code_is_over_after_half_an_hour(world: World, clock) -> None:
    code = asked(world)
    clock.move(minutes=30)
    assert not confirmed(world, code)


def test_a_code_is_one_persons(world: World) -> None:
    code = asked(world)
    with world.database.write() as tx:
        choice.choose(tx, world.analyst(KR), HIS, on=True)
        assert not choice.confirm(tx, world.analyst(KR), code)
    claimed(world)
    with world.database.write() as tx:
        assert not choice.confirm(tx, world.analyst(KR), code)


def test_a_code_for_one_address_verifies_no_other(world: World) -> None:
    code = asked(world)
    with world.database.write() as tx:
        choice.choose(tx, world.analyst(NORTH), HIS, on=True)
    assert not confirmed(world, code)
    assert chosen(world) == Choice(HIS, True, False)


def test_another_address_is_to_be_verified_anew(world: World) -> None:
    told(world, world.analyst(NORTH), HERS)
    world.in_force()
    asked(world, HIS)
    assert chosen(world) == Choice(HIS, True, False)
    world.in_force()
    assert claimed(world) is None
    asked(world, HERS)  # back again is anew too
    assert not chosen(world).verified


def test_nobodys_mailbox_is_filled_with_codes(world: World, clock) -> None:
    for n in range(choice.MOST_CODES):
        asked(world, f"victim{n}@elsewhere.example")
    with pytest.raises(TooManyError) as caught, world.database.write() as tx:
        choice.choose(tx, world.analyst(NORTH), HIS, on=True)
    assert 0 < caught.value.wait <= 24 * 3600 + 1
    with world.database.write() as tx:  # nor by beginning anew
        choice.forget(tx, world.analyst(NORTH))
    with pytest.raises(TooManyError), world.database.write() as tx:
        choice.choose(tx, world.analyst(NORTH), HIS, on=True)
    clock.move(hours=24)
    asked(world, HIS)


def test_a_key_changes_and_reads_no_address(world: World) -> None:
    told(world, world.analyst(NORTH), HERS)
    program = replace(world.analyst(NORTH), scopes=frozenset({"read", "admin", "replies"}))
    for act in (
        lambda tx: choice.choose(tx, program, HIS, on=True),
        lambda tx: choice.choose(tx, program, HERS, on=False),
        lambda tx: choice.confirm(tx, program, "AAAA-AAAA-AAAA"),
        lambda tx: choice.forget(tx, program),
        lambda tx: choice.of(tx.connection, program),
    ):
        with pytest.raises(ForbiddenError), world.database.write() as tx:
            act(tx)
    assert chosen(world) == Choice(HERS, True, True)


def test_what_is_no_address_is_refused(world: World) -> None:
    for text in ("kim", "kim@a.example\r\nBcc: eve@b.example", "kim@a.example,eve@b.example"):
        with pytest.raises(UsageError), world.database.write() as tx:
            choice.choose(tx, world.analyst(NORTH), text, on=True)
    assert chosen(world) == Choice()


def test_off_is_off_and_on_again_begins_anew(world: World, clock) -> None:
    told(world, world.analyst(NORTH), HERS)
    world.in_force()
    with world.database.write() as tx:
        assert not choice.choose(tx, world.analyst(NORTH), HERS, on=False).on
    clock.move(hours=1)
    assert claimed(world) is None
    with world.database.write() as tx:
        again = choice.choose(tx, world.analyst(NORTH), HERS, on=True)
    assert again == Choice(HERS, True, True)  # proved once, and the same
    clock.move(hours=1)
    assert claimed(world) is None  # what came before was not asked for


def test_the_log_has_commitments_and_forgets_what_it_must(world: World, desk_key) -> None:
    told(world, world.analyst(NORTH), HERS)
    with world.database.read() as connection:
        before = connection.execute(select(func.count()).select_from(erasable)).scalar_one()
        (kept,) = connection.execute(
            select(erasable.c.text).where(erasable.c.text == HERS)
        ).scalars()
    assert kept == HERS
    told(world, world.analyst(NORTH), HIS)
    assert HERS not in text_of(world)  # the one before, behind the log too
    with world.database.write() as tx:
        choice.forget(tx, world.analyst(NORTH))
    assert HIS not in text_of(world)
    with world.database.read() as connection:
        after = connection.execute(select(func.count()).select_from(erasable)).scalar_one()
    assert after == before - 1
    assert chosen(world) == Choice()
    assert audit.verify(world.database, desk_key.public) == []


def test_erasing_a_person_erases_it_all(world: World, desk_key, clock) -> None:
    analyst = world.analyst(NORTH)
    told(world, analyst, HERS)
    world.in_force()
    clock.move(minutes=10)
    assert claimed(world) is not None  # one is on its way
    chief = world.people[NORTH, Role.ADMINISTRATOR]
    with world.database.write() as tx:
        people.deactivate(tx, chief, analyst.person)
    clock.move(seconds=LEASE + 1)
    assert claimed(world) is None
    erase.person(world.database, chief, analyst.person)
    assert HERS not in text_of(world)
    with world.database.read() as connection:
        assert not outbox.waiting(connection, world.database.now(), QUIET)
        for table in (mail, notice):
            assert connection.execute(select(table.c.person)).all() == []
    assert audit.verify(world.database, desk_key.public) == []
