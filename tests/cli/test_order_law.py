"""An order in the law of each country, and what follows the hold, by the command line."""

import pytest

from tests.cli.at_desk import ETHER


@pytest.fixture
def order(desk):
    return desk.in_force()


def test_an_effect_goes_its_way_and_no_other(desk, order):
    change = ("order", "effect", order, "--to")
    assert [each["state"] for each in desk.data("kr", "order", "effects", order)] == ["requested"]
    assert desk.refused("kr", *change, "lifted") == (
        "requested cannot become lifted; it can become: binding, refused, voluntary"
    )
    assert desk.refused("kr", *change, "binding") == "KR: binding needs a reference to the decision"
    paper = ("--reference", "Seoul Central District Court 2026-1")
    assert desk.say("kr", *change, "binding", *paper) == "binding in your country"
    assert desk.say("jp", *change, "requested") == "requested in your country"
    changed = desk.data("jp", *change, "voluntary")
    assert [(each["jurisdiction"], each["state"]) for each in changed] == [
        ("JP", "voluntary"), ("KR", "binding"),
    ]  # fmt: skip
    found = desk.data("upbeat", "order", "effects", order)
    assert [(each["jurisdiction"], each["state"], each["reference"]) for each in found] == [
        ("JP", "voluntary", None), ("KR", "binding", paper[1]),
    ]  # fmt: skip
    head, japan, korea = desk.say("kr", "order", "effects", order).splitlines()
    assert head.split() == ["jurisdiction", "state", "changed", "reference"]
    assert japan.split()[:2] == ["JP", "voluntary"]
    assert korea.endswith(paper[1])
    assert f"  KR: binding since {found[1]['changed'][:19]}Z, {paper[1]!r}" in desk.say(
        "jp", "order", "show", order
    )


def test_who_speaks_for_no_law_here(desk, order):
    change = ("order", "effect", order, "--to")
    assert desk.refused("upbeat", *change, "binding") == f"no order {order}"
    said = "requested, binding, voluntary, refused, lifted"
    assert desk.refused("kr", *change, "none") == f"--to is one of {said}"
    draft = desk.drafted()
    why = "KR: the order is draft, and has no effect to get"
    assert desk.refused("kr", "order", "effect", draft, "--to", "requested") == why
    assert desk.say("kr", "order", "effects", draft) == "it has no effect in any country"


STAGES = (
    ("seizure", "2026-03-01T09:00:00Z", "--court", "Seoul Central District Court"),
    ("assistance", "2026-02-01T09:00:00Z", "--reference", "MLA 2026-7"),
    ("forfeiture", "2026-05-01T09:00:00Z", "--note", "final"),
    ("return", "2026-06-01T09:00:00Z"),
)


def test_what_follows_the_hold_is_added_and_told_in_its_order(desk, order):
    assert desk.say("kr", "order", "outcomes", order) == "nothing followed yet"
    worth = ("--asset", ETHER, "--amount", "5")
    made = [
        desk.say("kr", "order", "outcome", order, "--stage", stage, "--happened", at, *more, *worth)
        for stage, at, *more in STAGES
    ]
    found = desk.data("kr", "order", "outcomes", order)
    assert [each["id"] for each in found] == [made[1], made[0], made[2], made[3]]
    assert found[1]["body"] == {"court": "Seoul Central District Court"}
    assert {(each["asset"], each["amount"]) for each in found} == {(ETHER, "5")}
    head, *rows = desk.say("kr", "order", "outcomes", order).splitlines()
    assert head.split() == ["id", "happened", "stage", "amount", "asset", "owner", "body"]
    assert [row.split()[2] for row in rows] == ["assistance", "seizure", "forfeiture", "return"]
    shown = desk.say("kr", "order", "show", order)
    assert (
        f"after the hold\n  assistance at 2026-02-01T09:00:00Z, 5 of {ETHER}, "
        "reference 'MLA 2026-7', as mem-fiu says\n"
    ) in shown


def test_an_outcome_is_for_whom_it_is_released_to(desk, order):
    add = ("order", "outcome", order, "--stage", "return", "--happened", "2026-06-01T09:00:00Z")
    own = desk.say("kr", *add)
    shared = desk.say("kr", *add, "--release", "mem-japan")
    assert [each["id"] for each in desk.data("jp", "order", "outcomes", order)] == [shared]
    open_ = desk.data("kr", *add, "--marking", "TLP:GREEN")["id"]
    assert [each["id"] for each in desk.data("upbeat", "order", "outcomes", order)] == [open_]
    assert len({own, shared, open_}) == len(desk.data("kr", "order", "outcomes", order)) == 3


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--stage", "sale"), "'seizure', 'assistance', 'forfeiture' or 'return'"),
        (("--happened", "2026-06-01"), "'2026-06-01' is no time with a zone"),
        (("--happened", "2099-01-01T00:00:00Z"), "happened: is yet to come"),
        (("--amount", "5"), "amount: of which asset?"),
        (("--amount", "1.5", "--asset", ETHER), "--amount is an integer above 0"),
        (("--amount", "0", "--asset", ETHER), "--amount is an integer above 0"),
        (("--amount", "5", "--asset", "ether"), "asset: 'ether' is no CAIP-19 id"),
    ],
)
def test_what_is_no_outcome(desk, order, more, why):
    add = ("order", "outcome", order, "--stage", "seizure", "--happened", "2026-06-01T09:00:00Z")
    assert why in desk.refused("kr", *add, *more)
    assert desk.data("kr", "order", "outcomes", order) == []
