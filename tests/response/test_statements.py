"""Orders come into force by the hands that the rule asks for, and by no others."""

import runpy
import threading
from dataclasses import replace
from hashlib import sha512

import pytest
from sqlalchemy import func, select

from stanch.errors import NotFoundError, RefusedError, SignatureError
from stanch.formats.signed import base64url
from stanch.formats.signed.bundle import bundle_document, bundle_from, verify_bundle
from stanch.formats.signed.canonical import canonical, parse
from stanch.formats.signed.log_proof import logged
from stanch.members import directory, people
from stanch.model.desk.directory import Revoked
from stanch.model.desk.orders import Addressees, OrderKind, Said
from stanch.model.desk.people import Role
from stanch.response import deliveries, feed, orders, statements, watched
from stanch.store.desk.page import Asked
from stanch.store.desk.tables import delivery, order, statement
from tests.desk_world import ACCOUNT, COIN, EAST, JP, KR, NORTH, SOUTH, US, Signer
from tests.members.signing import following


def state(world, id):
    with world.database.read() as connection:
        return connection.execute(select(order.c.state).where(order.c.id == id)).scalar_one()


def told(world, member):
    with world.database.read() as connection:
        return [each["kind"] for each in feed.since(connection, world.analyst(member), 0, 100)]


def test_two_founding_members_bring_a_hold_into_force(world):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    assert state(world, id) == "proposed"
    assert told(world, NORTH) == []
    world.say(id, Said.CONCUR, JP)
    assert state(world, id) == "in_force"
    assert told(world, NORTH) == told(world, SOUTH) == ["order.in_force"]
    assert told(world, EAST) == []
    with world.database.read() as connection:
        (held,) = watched.targets_in_force(connection)
    assert held.account == ACCOUNT
    assert held.audience == {KR, JP, US, NORTH, SOUTH}


def test_an_emergency_hold_is_in_force_at_once_and_lapses(world, clock):
    id = world.draft(OrderKind.EMERGENCY)
    world.say(id, Said.PROPOSE, KR)
    assert state(world, id) == "in_force"
    clock.move(hours=72, seconds=1)
    with world.database.write() as tx:
        assert statements.pass_time(tx) >= 1
    assert state(world, id) == "expired"
    assert told(world, NORTH) == ["order.in_force", "order.lapsed"]
    again = world.draft(OrderKind.EMERGENCY)
    with pytest.raises(RefusedError, match="no concurrence"):
        world.say(again, Said.PROPOSE, KR)


def test_a_release_takes_three_hands_and_a_cooling_time(world, clock):
    id = world.in_force()
    said = {"reason": "the court lifted it"}
    world.say(id, Said.RELEASE, KR, 0, **said)
    with pytest.raises(RefusedError):
        world.say(id, Said.RELEASE, KR, 0, **{**said, "reason": "again"})
    world.say(id, Said.RELEASE, KR, 1, **said)
    assert state(world, id) == "in_force"
    world.say(id, Said.RELEASE, JP, 0, **said)
    clock.move(hours=23)
    with world.database.write() as tx:
        statements.pass_time(tx)
    assert state(world, id) == "in_force"
    clock.move(hours=2)
    with world.database.write() as tx:
        statements.pass_time(tx)
    assert state(world, id) == "released"
    assert told(world, SOUTH)[-1] == "order.released"
    with world.database.read() as connection:
        assert not list(watched.targets_in_force(connection))


def test_the_same_statement_twice_is_one(world):
    id = world.draft()
    text = world.signed(id, Said.PROPOSE, world.signers[KR][0])
    assert world.hand_in(id, text)
    assert world.hand_in(id, text) == ()
    with world.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(statement)).scalar() == 1


def test_the_same_words_under_another_signature_are_one_statement(world):
    """Ed25519 lets a signer choose; the books must not put a second one down, to anybody."""
    id = world.draft()
    signer = world.signers[KR][0]
    text = world.signed(id, Said.PROPOSE, signer)
    other = signed_otherwise(text, signer.key)
    assert other != text
    assert world.hand_in(id, text)
    world.say(id, Said.CONCUR, JP)
    assert world.hand_in(id, other) == ()
    with world.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(statement)).scalar() == 2


def signed_otherwise(text, key):
    """A second signature of the same words, which holds: its r is another than RFC 8032 takes."""
    ed = runpy.run_path("docs/verify_log.py")
    header, payload, _ = text.split(".")
    message = f"{header}.{payload}".encode()
    half = bytearray(sha512(key._key.private_bytes_raw()).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 63 | 64
    x, y, z, _ = ed["times"](12345, ed["BASE"])
    x, y = (each * pow(z, -1, ed["P"]) % ed["P"] for each in (x, y))
    r = (y | (x & 1) << 255).to_bytes(32, "little")
    k = int.from_bytes(sha512(r + key.public.raw + message).digest(), "little")
    s = (12345 + k * int.from_bytes(half, "little")) % ed["ORDER"]
    return f"{header}.{payload}.{base64url.encode(r + s.to_bytes(32, 'little'))}"


def proved(world, id, key):
    """The accounts that the desk holds, and those that its bundle proves, at the desk's time."""
    with world.database.write() as tx:
        statements.pass_time(tx)
    with world.database.read() as connection:
        there = bundle_from(bundle_document(statements.bundle(connection, world.analyst(KR), id)))
        pin = directory.since(connection)[0].hash
        held = {each.account for each in watched.targets_in_force(connection)}
    found = verify_bundle(there, pin, logged(there, key)[1])
    return held, {ACCOUNT} if found.holds(ACCOUNT, world.database.now()) else set()


def test_who_verifies_offline_knows_that_a_release_was_taken_back(world, clock, desk_key):
    id = world.in_force()
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        world.say(id, Said.RELEASE, member, which, reason="an error")
    clock.move(hours=1)
    world.say(id, Said.REFUSE, JP, 0, reason="my key was stolen")
    clock.move(hours=48)
    assert proved(world, id, desk_key.public) == ({ACCOUNT}, {ACCOUNT})


def test_and_that_a_key_was_revoked_while_a_release_cooled(world, clock, desk_key):
    id = world.in_force()
    for member, which in ((KR, 0), (KR, 1), (JP, 0)):
        world.say(id, Said.RELEASE, member, which, reason="an error")
    with world.database.read() as connection:
        known = directory.current(connection).read().directory
    clock.move(hours=20)
    at = world.database.now()[:19] + "Z"
    left = tuple(each for each in known.approvers if each.person != world.signers[KR][1].person)
    clock.move(hours=3)  # it takes a while until enough have signed the directory
    assert proved(world, id, desk_key.public) == ({ACCOUNT}, {ACCOUNT})
    world.accept(replace(following(known), approvers=left, created=at))
    clock.move(hours=48)
    assert proved(world, id, desk_key.public) == ({ACCOUNT}, {ACCOUNT})


def test_a_key_that_was_dropped_in_the_usual_course_takes_no_order_back(world, clock, desk_key):
    """Its hand was given between the making of the directory that dropped it and its acceptance."""
    id = world.draft()
    with world.database.read() as connection:
        known = directory.current(connection).read().directory
    at = world.database.now()[:19] + "Z"
    clock.move(hours=3)
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)
    left = tuple(each for each in known.approvers if each.person != world.signers[KR][0].person)
    clock.move(hours=1)
    world.accept(replace(following(known), approvers=left, created=at))
    assert proved(world, id, desk_key.public) == ({ACCOUNT}, {ACCOUNT})


def test_a_statement_about_another_order_or_altered_is_refused(world):
    one, other = world.draft(), world.draft()
    text = world.signed(one, Said.PROPOSE, world.signers[KR][0])
    with pytest.raises(SignatureError):
        world.hand_in(other, text)
    head, _, signature = text.split(".")
    forged = world.signed(one, Said.RELEASE, world.signers[KR][0], reason="x").split(".")[1]
    with pytest.raises(SignatureError):
        world.hand_in(one, f"{head}.{forged}.{signature}")


def test_a_statement_that_was_taken_for_one_order_is_refused_for_another(world):
    one, other = world.draft(), world.draft()
    text = world.signed(one, Said.PROPOSE, world.signers[KR][0])
    world.hand_in(one, text)
    for by in (KR, JP):
        with pytest.raises(SignatureError):
            world.hand_in(other, text, by)
    assert [state(world, id) for id in (one, other)] == ["proposed", "draft"]
    assert world.hand_in(one, text) == ()


def test_a_key_of_ones_own_making_signs_for_nobody(world):
    id = world.draft()
    thief = Signer(world.signers[KR][0].person, KR)
    with pytest.raises(SignatureError):
        world.hand_in(id, world.signed(id, Said.PROPOSE, thief))


def test_who_was_let_go_here_signs_no_more(world):
    id = world.draft()
    signer = world.signers[KR][0]
    with world.database.write() as tx:
        people.deactivate(tx, world.people[KR, Role.ADMINISTRATOR], signer.person)
    with pytest.raises(SignatureError, match="no active person"):
        world.hand_in(id, world.signed(id, Said.PROPOSE, signer))


def test_hands_of_a_revoked_key_fall(world, clock):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    stolen = world.signers[KR][0]
    with world.database.read() as connection:
        known = directory.current(connection).read().directory
    clock.move(minutes=1)
    left = tuple(each for each in known.approvers if each.person != stolen.person)
    at = world.database.now()[:19] + "Z"
    gone = (Revoked(stolen.key.kid, at, "stolen"),)
    version = following(known)
    world.accept(replace(version, approvers=left, revoked=gone, created=at))
    with pytest.raises(SignatureError):
        world.say(id, Said.RELEASE, KR, 0, reason="mine")
    world.say(id, Said.CONCUR, JP)
    assert state(world, id) == "proposed"


def test_one_stolen_account_releases_nothing(world, clock):
    id = world.in_force()
    for _ in range(3):
        try:
            world.say(id, Said.RELEASE, KR, 0, reason="please")
        except RefusedError:
            clock.move(hours=30)
    with world.database.write() as tx:
        statements.pass_time(tx)
    assert state(world, id) == "in_force"


def test_concurrences_at_the_same_moment_bring_it_into_force_once(world):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    texts = [(member, world.signed(id, Said.CONCUR, world.signers[member][0]))
             for member in (JP, US)]  # fmt: skip
    threads = [threading.Thread(target=world.hand_in, args=(id, text, by)) for by, text in texts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with world.database.read() as connection:
        query = select(delivery.c.member).where(delivery.c.order == id)
        assert sorted(connection.execute(query).scalars()) == [NORTH, SOUTH]
    assert told(world, NORTH).count("order.in_force") == 1


def test_nobody_else_sees_an_order(world):
    id = world.in_force()
    with world.database.read() as connection:
        for member in (EAST, COIN):
            caller = world.analyst(member)
            with pytest.raises(NotFoundError, match=f"no order {id}"):
                orders.one(connection, caller, id)
            assert orders.listed(connection, caller, Asked()).rows == []
            assert orders.counted(connection, caller) == {}
            with pytest.raises(NotFoundError):
                statements.bundle(connection, caller, id)
        assert orders.one(connection, world.analyst(NORTH), id)["state"] == "in_force"


def test_who_holds_the_pin_verifies_an_order_offline(world, desk_key):
    id = world.in_force()
    with world.database.read() as connection:
        carried = statements.bundle(connection, world.analyst(NORTH), id)
        pin = directory.one(connection, 1).hash
    there = bundle_from(parse(canonical(bundle_document(carried)), 1 << 22))
    _, times = logged(there, desk_key.public)
    assert len(times) == 2
    assert verify_bundle(there, pin, times).holds(ACCOUNT, world.database.now())


def test_acknowledged_twice_is_once_and_by_addressees_only(world, clock):
    id = world.in_force()
    for _ in range(2):
        with world.database.write() as tx:
            deliveries.acknowledge(tx, world.analyst(NORTH), id)
        clock.move(minutes=5)
    with world.database.read() as connection:
        rows = {each["member"]: each for each in deliveries.listed(connection, id)}
    assert rows[NORTH]["state"] == "acknowledged"
    with pytest.raises(NotFoundError), world.database.write() as tx:
        deliveries.acknowledge(tx, world.analyst(EAST), id)


def test_who_is_silent_is_late_and_the_authority_is_told(world, clock):
    world.in_force(to=Addressees((NORTH,)))
    clock.move(hours=5)
    with world.database.write() as tx:
        statements.pass_time(tx)
        assert statements.pass_time(tx) == 0
    assert told(world, KR)[-1] == "delivery.late"
