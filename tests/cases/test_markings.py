"""Each marking, from every side: what somebody may not see does not exist for them."""

import pytest

from stanch.cases import cases, deconfliction, files, intake, items, judgements
from stanch.cases.cases import Shared
from stanch.cases.intake import NewReport
from stanch.cases.items import NewItem
from stanch.cases.judgements import NewJudgement
from stanch.errors import NotFoundError, RefusedError, UsageError
from stanch.model.desk.marking import Marking
from stanch.store.desk.page import Asked
from tests.cases.conftest import ACCOUNT, World

EVERYBODY = {"ben", "cho", "dee", "eve"}
# Shared with Cho's house, or with Cho where it is red: who beside Ann may see it.
MAY = {
    Marking.CLEAR: EVERYBODY,
    Marking.GREEN: EVERYBODY,
    Marking.AMBER: {"ben", "cho"},
    Marking.STRICT: {"ben", "cho"},
    Marking.RED: {"cho"},
}
MARKINGS = pytest.mark.parametrize("marking", list(Marking))


def to_cho(world: World, marking: Marking) -> tuple[str, ...]:
    if marking in (Marking.CLEAR, Marking.GREEN):
        return ()
    return (world.cho.person if marking == Marking.RED else world.cho.member.id,)


def ids(page) -> list[str]:
    return [row["id"] for row in page.rows]


def refusal(call, *args) -> str:
    with pytest.raises(NotFoundError) as caught:
        call(*args)
    return str(caught.value)


@MARKINGS
def test_a_case_is_seen_by_whom_it_is_for(world: World, marking: Marking):
    id = world.case(marking, *to_cho(world, marking))
    with world.database.read() as connection:
        assert cases.one(connection, world.ann, id)["title"] == "Theft"
        for name, caller in world.others.items():
            if name in MAY[marking]:
                assert cases.one(connection, caller, id)["marking"] == marking
                assert ids(cases.listed(connection, caller, Asked())) == [id]
            else:
                never = id[:-4] + "0000"
                said = refusal(cases.one, connection, caller, id)
                assert said.replace(id, never) == refusal(cases.one, connection, caller, never)
                for filters in ({}, {"owner": "mem-korea"}, {"marking": marking}):
                    found = cases.listed(connection, caller, Asked(filters=filters))
                    assert not found.rows
                    assert found.next is None


@MARKINGS
def test_the_release_list_is_for_the_owner(world: World, marking: Marking):
    id = world.case(marking, *to_cho(world, marking))
    with world.database.read() as connection:
        assert "release" in cases.one(connection, world.ann, id)
        assert "release" not in cases.one(connection, world.cho, id)


@MARKINGS
def test_hidden_rows_move_no_page(world: World, marking: Marking):
    """Between two open cases lies one that is not for Dee: pages of one row, both directions."""
    first = world.case()
    hidden = world.case(marking, *to_cho(world, marking), title="Secret")
    last = world.case()
    for name, caller in world.others.items():
        wanted = {first, last} | ({hidden} if name in MAY[marking] else set())
        for sort in ("title", "-title", "created"):
            seen, after = [], None
            with world.database.read() as connection:
                while True:
                    page = cases.listed(connection, caller, Asked(1, sort, after))
                    seen += ids(page)
                    after = page.next
                    if after is None:
                        break
            assert sorted(seen) == sorted(wanted)


@MARKINGS
def test_nobody_acts_on_what_they_may_not_see(world: World, marking: Marking):
    id = world.case(marking, *to_cho(world, marking))
    shared = Shared(Marking.GREEN)
    acts = {
        "close": lambda tx, by: cases.close(tx, by, id, "done"),
        "reshare": lambda tx, by: cases.reshare(tx, by, id, shared),
        "add": lambda tx, by: items.add(tx, by, NewItem(id, "note", {"text": "x"}, shared)),
        "keep": lambda tx, by: files.keep(tx, by, NewItem(id, "file", {}, shared), "a", b"x"),
        "judge": lambda tx, by: judgements.judge(
            tx, by, NewJudgement(id, "Lazarus", "high", ["s"], shared)
        ),
    }
    for name in EVERYBODY - MAY[marking]:
        for act in acts.values():
            with pytest.raises(NotFoundError), world.database.write() as tx:
                act(tx, world.others[name])
    for act in ("close", "reshare"):
        with pytest.raises(RefusedError), world.database.write() as tx:
            acts[act](tx, world.cho)
    with world.database.read() as connection:
        assert not items.listed(connection, world.ann, id, Asked()).rows
        assert cases.one(connection, world.ann, id)["marking"] == marking


@MARKINGS
def test_an_item_has_a_marking_of_its_own(world: World, marking: Marking):
    case = world.case()
    id = world.item(case, marking, *to_cho(world, marking))
    with world.database.read() as connection:
        for name, caller in world.others.items():
            found = items.listed(connection, caller, case, Asked())
            by_account = items.listed(connection, caller, case, Asked(filters={"account": ACCOUNT}))
            assert ids(found) == ids(by_account) == ([id] if name in MAY[marking] else [])
            if name in MAY[marking]:
                assert items.read(connection, caller, id)["body"] == {"account": ACCOUNT}
            else:
                assert refusal(items.read, connection, caller, id) == f"no item {id}"


@MARKINGS
def test_an_open_item_in_a_closed_case_is_not_seen(world: World, marking: Marking):
    case = world.case(marking, *to_cho(world, marking))
    id = world.item(case, Marking.CLEAR)
    with world.database.read() as connection:
        for name in EVERYBODY - MAY[marking]:
            refusal(items.read, connection, world.others[name], id)
            refusal(items.listed, connection, world.others[name], case, Asked())


@MARKINGS
def test_a_file_has_the_marking_of_its_item(world: World, marking: Marking):
    case = world.case()
    new = NewItem(case, "file", {}, Shared(marking, to_cho(world, marking)))
    with world.database.write() as tx:
        id = files.keep(tx, world.ann, new, "order.pdf", b"evidence")
    with world.database.read() as connection:
        for name, caller in world.others.items():
            if name in MAY[marking]:
                assert files.read(connection, caller, id) == ("order.pdf", b"evidence")
            else:
                assert refusal(files.read, connection, caller, id) == f"no file {id}"


@MARKINGS
def test_a_judgement_has_a_marking_of_its_own(world: World, marking: Marking):
    case = world.case()
    shared = Shared(marking, to_cho(world, marking))
    with world.database.write() as tx:
        new = NewJudgement(case, "Lazarus", "high", ["a source"], shared)
        id = judgements.judge(tx, world.ann, new)
    with world.database.read() as connection:
        for name, caller in world.others.items():
            for filters in ({}, {"actor": "Lazarus"}, {"country": "KR"}):
                found = judgements.listed(connection, caller, case, Asked(filters=filters))
                assert ids(found) == ([id] if name in MAY[marking] else [])


@MARKINGS
def test_a_report_and_its_repeats(world: World, marking: Marking):
    """Dee hands in what Ann has already: Dee hears of it only where she may."""

    def report(by, shared):
        new = NewReport("victim", "kim@example.org", "My coins", [ACCOUNT], [], shared)
        with world.database.write() as tx:
            return intake.receive(tx, by, new)

    first = report(world.ann, Shared(marking, to_cho(world, marking)))
    for name, caller in world.others.items():
        second = report(caller, Shared(Marking.RED))
        sees = name in MAY[marking]
        assert second["repeats"] == ([first["id"]] if sees else [])
        with world.database.read() as connection:
            assert (first["id"] in ids(intake.listed(connection, caller, Asked()))) == sees
            found = intake.one(connection, caller, second["id"])
            assert found["repeats"] == second["repeats"]
            digest = Asked(filters={"digest": found["digest"]})
            assert (first["id"] in ids(intake.listed(connection, caller, digest))) == sees
            if not sees:
                refusal(intake.one, connection, caller, first["id"])


@MARKINGS
def test_overlaps_tell_what_may_be_told(world: World, marking: Marking):
    theirs = world.item(world.case(), marking, *to_cho(world, marking))
    for caller in (world.cho, world.dee, world.eve):
        world.item(world.case(), Marking.RED, by=caller)
    with world.database.read() as connection:
        for name in ("cho", "dee", "eve"):
            found = deconfliction.overlaps(connection, world.others[name], Asked())
            assert ids(found) == ([theirs] if name in MAY[marking] else [])
            both = deconfliction.both_sides(connection, world.others[name])
            sides = {row["owner"] for row in both}
            if name in MAY[marking]:  # their own side too, and of a third member's nothing
                assert theirs in {row["id"] for row in both}
                assert sides == {world.ann.member.id, world.others[name].member.id}
            else:
                assert both == []
        # Ann is told of none: all three keep theirs to themselves.
        assert not deconfliction.overlaps(connection, world.ann, Asked()).rows
        assert not deconfliction.both_sides(connection, world.ann)
        # Ben works on nothing of his own that he may see, where Ann's is red.
        assert not deconfliction.overlaps(connection, world.ben, Asked()).rows
        assert not deconfliction.both_sides(connection, world.ben)


def test_another_of_the_house_learns_no_red_overlap(world: World):
    world.item(world.case(), Marking.RED)
    world.item(world.case(), Marking.GREEN, by=world.cho)
    with world.database.read() as connection:
        assert not deconfliction.overlaps(connection, world.ben, Asked()).rows
        assert len(deconfliction.overlaps(connection, world.ann, Asked()).rows) == 1


def test_narrowing_a_case_takes_it_away_at_once(world: World):
    case = world.case(Marking.AMBER, world.cho.member.id)
    world.item(case, Marking.GREEN)
    with world.database.write() as tx:
        cases.reshare(tx, world.ann, case, Shared(Marking.RED))
    with world.database.read() as connection:
        for caller in world.others.values():
            refusal(items.listed, connection, caller, case, Asked())
        assert len(items.listed(connection, world.ann, case, Asked()).rows) == 1


def test_a_list_names_who_can_be_on_it(world: World):
    for marking, to in (
        (Marking.AMBER, world.cho.person),
        (Marking.RED, world.cho.member.id),
        (Marking.GREEN, world.cho.member.id),
        (Marking.AMBER, "mem-nobody"),
        (Marking.AMBER, "x\0"),
        (Marking.RED, "' or 1=1 --"),
    ):
        with pytest.raises(UsageError, match="release"):
            world.case(marking, to)


def test_a_settled_report_does_not_name_what_the_reader_may_not_see(world: World):
    hidden = world.case(Marking.RED)

    def report(text, marking):
        new = NewReport("victim", "kim@example.org", text, [], [], Shared(marking))
        with world.database.write() as tx:
            return intake.receive(tx, world.ann, new)["id"]

    secret, open_one = report("one", Marking.RED), report("two", Marking.GREEN)
    triage = intake.Triage("duplicate", "the same", case=hidden, same_as=secret)
    with world.database.write() as tx:
        intake.settle(tx, world.ann, open_one, triage)
    with world.database.read() as connection:
        mine = intake.one(connection, world.ann, open_one)
        assert (mine["case"], mine["same_as"]) == (hidden, secret)
        theirs = intake.one(connection, world.cho, open_one)
        assert (theirs["case"], theirs["same_as"]) == (None, None)
        by_case = Asked(filters={"case": hidden})
        assert ids(intake.listed(connection, world.ann, by_case)) == [open_one]
        assert not intake.listed(connection, world.cho, by_case).rows
        assert ids(intake.listed(connection, world.cho, Asked())) == [open_one]


def test_a_record_counts_what_its_reader_may_see(world: World):
    for marking in (Marking.RED, Marking.AMBER, Marking.GREEN):
        new = NewReport("bounty", "x@example.org", str(marking), [], [], Shared(marking))
        with world.database.write() as tx:
            id = intake.receive(tx, world.ann, new)["id"]
            intake.settle(tx, world.ann, id, intake.Triage("valid", "seen on the chain"))
    with world.database.read() as connection:
        valid = {
            name: intake.one(connection, caller, id)["record"]["valid"]
            for name, caller in {"ann": world.ann, **world.others}.items()
        }
        listed = {
            name: {
                row["record"]["valid"] for row in intake.listed(connection, caller, Asked()).rows
            }
            for name, caller in {"ann": world.ann, **world.others}.items()
        }
    assert valid == {"ann": 3, "ben": 2, "cho": 1, "dee": 1, "eve": 1}
    assert listed == {name: {many} for name, many in valid.items()}


def test_own_files_are_those_that_one_could_lay(world):
    named = {}
    for by, marking, to in (
        (world.ann, Marking.AMBER, ()),
        (world.ann, Marking.RED, ()),
        (world.cho, Marking.AMBER, ("mem-korea",)),
    ):
        case = world.case(Marking.GREEN)
        with world.database.write() as tx:
            new = NewItem(case, "file", {}, Shared(marking, to))
            id = files.keep(tx, by, new, f"{marking[4:].lower()}.toml", b"x")
        named[id] = (by, marking)
    with world.database.read() as connection:
        seen = {
            who.person: {each["id"] for each in files.own(connection, who, 10)}
            for who in (world.ann, world.ben, world.cho, world.eve)
        }
        assert len(files.own(connection, world.ann, 1)) == 1
    ours = {id for id, (by, _) in named.items() if by is world.ann}
    amber = {id for id in ours if named[id][1] is Marking.AMBER}
    assert seen[world.ann.person] == ours
    assert seen[world.ben.person] == amber
    assert seen[world.cho.person] == named.keys() - ours
    assert seen[world.eve.person] == set()
