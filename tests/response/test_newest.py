"""Who lost their say does not get it back by naming an older version of the directory."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from stanch.errors import SignatureError
from stanch.formats.signed import jws
from stanch.formats.signed.certificate import approver_certificate
from stanch.formats.signed.directory import directory_hash
from stanch.formats.signed.members import certified
from stanch.formats.signed.statement import sign_statement, statement_from
from stanch.members import directory
from stanch.model.desk.directory import Directory
from stanch.model.desk.orders import Said
from stanch.model.desk.people import Role
from stanch.store.desk.tables import order
from tests.desk_world import JP, KR, US
from tests.members.signing import following


def known(world) -> Directory:
    with world.database.read() as connection:
        return directory.current(connection).read().directory


def state(world, id):
    with world.database.read() as connection:
        return connection.execute(select(order.c.state).where(order.c.id == id)).scalar_one()


def without(before: Directory, *members: str) -> Directory:
    """The next version, in which these found no more."""
    left = tuple(
        replace(each, founding=False) if each.id in members else each for each in before.members
    )
    return replace(following(before), members=left)


def narrowed(world, before: Directory, person: str, **changes) -> Directory:
    """The next version, in which a person has the same key and another certificate."""
    (old,) = (each for each in certified(before).values() if each.person == person)
    text = approver_certificate(world.offline[old.member], replace(old, **changes))
    approvers = tuple(
        replace(each, certificate=text) if each.person == person else each
        for each in before.approvers
    )
    return replace(following(before), approvers=approvers)


def accepted(world, clock, make):
    """Take the next version a while later; the hash of the one before."""
    before = known(world)
    clock.move(minutes=5)
    world.accept(replace(make(before), created=world.database.now()[:19] + "Z"))
    return directory_hash(before)


def under(world, named, id, said, signer, **more):
    """A statement that names an older version than the newest."""
    plain = statement_from(jws.read(world.signed(id, said, signer, **more)).payload)
    return sign_statement(signer.key, replace(plain, directory=named))


def test_a_member_that_founds_no_more_gives_no_hand(world, clock):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    old = accepted(world, clock, lambda before: without(before, JP))
    text = under(world, old, id, Said.CONCUR, world.signers[JP][0])
    with pytest.raises(SignatureError, match=r"founding member any more|counts no more"):
        world.hand_in(id, text)
    assert state(world, id) == "proposed"
    world.hand_in(id, under(world, old, id, Said.CONCUR, world.signers[US][0]))
    assert state(world, id) == "in_force"


def test_nobody_brings_into_force_what_a_member_asked_that_founds_no_more(world, clock):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    old = accepted(world, clock, lambda before: without(before, KR))
    text = under(world, old, id, Said.CONCUR, world.signers[JP][0])
    with pytest.raises(SignatureError, match="mem-kr, whose order it is"):
        world.hand_in(id, text, JP)
    assert state(world, id) == "proposed"


def test_an_authority_that_founds_no_more_still_lets_go(world, clock):
    id = world.in_force()
    old = accepted(world, clock, lambda before: without(before, KR))
    for member, which in ((KR, 0), (KR, 1), (US, 0)):
        signer = world.signers[member][which]
        text = under(world, old, id, Said.RELEASE, signer, reason="returned")
        told = world.hand_in(id, text, US)
    assert [type(one).__name__ for one in told] == ["ReleaseProposed", "ReleaseDue"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"roles": frozenset({Role.READER})}, "counts no more"),
        ({"until": "2026-11-26T12:01:00Z"}, "counts no more"),
    ],
)
def test_a_certificate_that_was_narrowed_counts_as_it_is_now(world, clock, changes, says):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    signer = world.signers[JP][0]
    old = accepted(world, clock, lambda before: narrowed(world, before, signer.person, **changes))
    text = under(world, old, id, Said.CONCUR, signer)
    with pytest.raises(SignatureError, match=says):
        world.hand_in(id, text, JP)
    assert state(world, id) == "proposed"


def test_the_hand_of_who_is_no_approver_any_more_falls(world, clock):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    person = world.signers[KR][0].person
    reads = {"roles": frozenset({Role.READER})}
    accepted(world, clock, lambda before: narrowed(world, before, person, **reads))
    world.say(id, Said.CONCUR, JP)
    assert state(world, id) == "proposed"
    world.say(id, Said.CONCUR, KR, 1)
    assert state(world, id) == "in_force"


def test_a_hand_for_a_release_falls_with_its_member(world, clock):
    id = world.in_force()
    world.say(id, Said.RELEASE, JP, reason="returned")
    accepted(world, clock, lambda before: without(before, JP))
    clock.move(minutes=1)
    world.say(id, Said.RELEASE, KR, 0, reason="returned")
    told = world.say(id, Said.RELEASE, KR, 1, reason="returned")
    assert [type(one).__name__ for one in told] == ["ReleaseProposed"]


def test_and_the_authoritys_do_not(world, clock):
    id = world.in_force()
    for which in (0, 1):
        world.say(id, Said.RELEASE, KR, which, reason="returned")
    old = accepted(world, clock, lambda before: without(before, KR))
    text = under(world, old, id, Said.RELEASE, world.signers[US][0], reason="returned")
    told = world.hand_in(id, text, US)
    assert [type(one).__name__ for one in told] == ["ReleaseProposed", "ReleaseDue"]


def test_a_certificate_that_ran_out_on_the_way_does_not_count_by_an_old_date(world, clock):
    id = world.draft()
    world.say(id, Said.PROPOSE, KR)
    signer = world.signers[JP][0]
    accepted(world, clock, lambda before: narrowed(world, before, signer.person,
                                                   until="2026-11-26T13:00:00Z"))  # fmt: skip
    text = world.signed(id, Said.CONCUR, signer)
    clock.move(hours=2)
    with pytest.raises(SignatureError, match="counts from"):
        world.hand_in(id, text, JP)
    assert state(world, id) == "proposed"
