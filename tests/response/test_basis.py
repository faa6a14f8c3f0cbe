"""An order is proposed on what its authority can open: a case, a trace in it, rows of its files."""

import hashlib
from contextlib import nullcontext
from dataclasses import replace

import pytest
from sqlalchemy import event

from stanch.cases import cases, files, traces
from stanch.cases.cases import Shared
from stanch.cases.items import NewItem
from stanch.errors import RefusedError
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Addressees, Evidence, OrderKind, Said, Target
from stanch.response import orders, statements
from stanch.response.orders import NewOrder
from tests.desk_world import ACCOUNT, JP, KR, NORTH, US

MANIFEST = "sha256:" + "7" * 64
CSV = b'from,to\na,"b\nc"\nd,e\n'
ALL = Shared(Marking.AMBER, (JP, US))


def write(world, do, *said):
    with world.database.write() as tx:
        return do(tx, *said)


def attach(world, member=KR, shared=ALL, case=None):
    new = NewItem(case or world.case, "trace", {"manifest": MANIFEST}, shared)
    return write(world, traces.attach, world.analyst(member), new, [])


def keep(world, name="flows.csv", content=CSV, member=KR, shared=ALL):
    new = NewItem(world.case, "file", {}, shared)
    write(world, files.keep, world.analyst(member), new, name, content)
    return hashlib.sha256(content).hexdigest()


def draft(world, by=KR, **more):
    others = tuple(sorted({KR, JP, US} - {by}))
    new = NewOrder(
        world.case, OrderKind.HOLD, (Target(ACCOUNT),), "Court order 2026-1",
        "2027-06-01T00:00:00Z", Addressees((NORTH,)), Shared(Marking.AMBER, others),
    )  # fmt: skip
    return write(world, orders.draft, world.analyst(by), replace(new, **more))


def missing(world, id, by=KR):
    with world.database.read() as connection:
        return orders.one(connection, world.analyst(by), id).get("missing")


def refused(world, id, by=KR):
    """The one line in which the desk refuses the proposal; the order stays a draft."""
    with pytest.raises(RefusedError) as end:
        world.say(id, Said.PROPOSE, by)
    with world.database.read() as connection:
        assert orders.one(connection, world.analyst(by), id)["state"] == "draft"
    return str(end.value)


def test_a_trace_that_stands_in_no_case_is_none_to_propose_on(world):
    id = draft(world, trace=MANIFEST)
    line = f"the order rests on the trace {MANIFEST}, and none that {KR} may see is in {world.case}"
    assert missing(world, id) == [line]
    assert refused(world, id) == line
    elsewhere = write(world, cases.open_case, world.analyst(KR), "Another", ALL)
    attach(world, case=elsewhere)
    assert refused(world, id) == line
    attach(world)
    assert missing(world, id) == []
    world.say(id, Said.PROPOSE, KR)
    world.say(id, Said.CONCUR, JP)


def test_what_is_missing_is_told_to_the_authority_alone_and_of_drafts_alone(world):
    id = draft(world, trace=MANIFEST)
    assert missing(world, id, JP) is None
    assert missing(world, draft(world)) == []  # a court's request rests on no trace
    assert missing(world, world.in_force()) is None


def test_what_the_authority_may_not_see_is_not_there(world):
    attach(world, JP, Shared(Marking.AMBER, (US,)))
    attach(world, JP, Shared(Marking.RED))
    sha = keep(world, member=JP, shared=Shared(Marking.AMBER))
    by = draft(world, trace=MANIFEST)
    assert "may see" in refused(world, by)
    held = draft(world, evidence=(Evidence("flows.csv", sha, (1,)),))
    none = draft(world, evidence=(Evidence("flows.csv", "0" * 64, (1,)),))
    assert refused(world, held).replace(sha, "0" * 64) == refused(world, none)
    world.say(draft(world, JP, trace=MANIFEST), Said.PROPOSE, JP)  # its own
    world.say(draft(world, US, trace=MANIFEST), Said.PROPOSE, US)  # released to it


def test_in_red_it_is_there_for_who_hands_it_in_and_is_on_the_list(world):
    attach(world, shared=Shared(Marking.RED))
    id = draft(world, trace=MANIFEST)
    text = world.signed(id, Said.PROPOSE, world.signers[KR][0])
    with pytest.raises(RefusedError, match="the trace"):
        world.hand_in(id, text, JP)
    world.hand_in(id, text, KR)


def test_a_case_that_was_taken_from_the_authority_is_none_to_propose_in(world):
    case = write(world, cases.open_case, world.analyst(JP), "Lent", Shared(Marking.AMBER, (KR,)))
    id = draft(world, case=case)
    write(world, cases.reshare, world.analyst(JP), case, Shared(Marking.AMBER))
    assert refused(world, id) == f"the order names {case}, and {KR} may see no such case"


@pytest.mark.parametrize(
    ("name", "content", "last"),
    [
        ("flows.csv", CSV, 3),  # a row may stand on two lines
        ("a.jsonl", b"{}\n{}", 2),
        ("scan.pdf", b"%PDF", 999),  # of which nobody knows what a row is
    ],
)
def test_the_rows_are_rows_of_a_file_in_the_case(world, name, content, last):
    sha = hashlib.sha256(content).hexdigest()
    rests = Evidence(name, sha, (1, last))
    id = draft(world, evidence=(rests,))
    assert refused(world, id) == (
        f"the order rests on the file {name} (sha256 {sha}), and none that {KR} may see is in "
        f"{world.case}"
    )
    keep(world, name, content)
    beyond = draft(world, evidence=(rests, replace(rests, rows=(last + 1,))))
    if name != "scan.pdf":
        line = f"the order rests on row {last + 1} of {name}, which has {last} rows"
        assert missing(world, beyond) == [line]
        assert refused(world, beyond) == line
    world.say(id, Said.PROPOSE, KR)


def test_rows_are_counted_before_anybody_has_to_wait(world):
    """A file that was counted is not read again while others wait to write."""
    sha = keep(world)
    for last, why in ((3, None), (4, "row 4 of flows.csv, which has 3 rows")):
        id = draft(world, evidence=(Evidence("flows.csv", sha, (1, last)),))
        with world.database.read() as connection:
            counts = statements.counted(connection, world.analyst(KR), id)
        text, asked = world.signed(id, Said.PROPOSE, world.signers[KR][0]), []
        engine = world.database.writer

        def heard(*said, asked=asked):
            asked.append(said[2])

        event.listen(engine, "before_cursor_execute", heard)
        try:
            with nullcontext() if why is None else pytest.raises(RefusedError, match=why):
                write(world, statements.take, world.analyst(KR), id, text, counts)
        finally:
            event.remove(engine, "before_cursor_execute", heard)
        assert asked
        assert not [each for each in asked if "content" in each]
