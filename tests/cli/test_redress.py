"""`stanch redress`: who says that they were blocked wrongly is heard, and answered with reasons."""

import json
from datetime import datetime, timedelta

import pytest


@pytest.fixture
def order(desk):
    return desk.in_force()


@pytest.fixture
def ask(order):
    return ("redress", "ask", order, "--requester", "Kim, by counsel", "--says", "A baker's.")


def test_a_review_is_asked_for_and_answered_with_a_reason(desk, order, ask):
    before = desk.data("kr", "redress", "counts")
    review = desk.say("upbeat", *ask)
    found = desk.data("kr", "redress", "show", review)
    assert (found["requester"], found["says"]) == ("Kim, by counsel", "A baker's.")
    week = datetime.fromisoformat(found["due"]) - datetime.fromisoformat(found["created"])
    assert week == timedelta(days=7)
    shown = desk.say("kr", "redress", "show", review).splitlines()
    assert shown[0].startswith(f"{review}: asked for by mem-upbeat at 20")
    assert f"; to be answered by {found['due'][:19]}Z" in shown[0]
    assert shown[1:] == [
        f"of order {order}, for mem-fiu to answer",
        "  requester: Kim, by counsel",
        "  says: A baker's.",
    ]  # fmt: skip
    assert f"a review to be answered by {found['due'][:19]}Z" in desk.say(
        "kr", "order", "show", order
    )
    answer = ("redress", "answer", review, "--not-upheld", "--reason", "It is on the chain.")
    assert desk.refused("upbeat", *answer) == f"{review} is for mem-fiu to answer"
    assert desk.say("kr", *answer) == "not upheld"
    assert desk.refused("kr", *answer).startswith(f"{review} was answered at 20")
    told = desk.say("upbeat", "redress", "show", review)
    assert "; not upheld at 20" in told
    assert told.endswith("\n  answer: It is on the chain.")
    now = desk.data("kr", "redress", "counts")
    assert {name: now[name] - before[name] for name in now} == {
        "asked": 1, "answered": 1, "upheld": 0, "overdue": 0,
    }  # fmt: skip
    counted = [line.split() for line in desk.say("kr", "redress", "counts").splitlines()]
    assert counted[:2] == [["reviews", "number"], ["asked", str(now["asked"])]]


def test_to_uphold_it_releases_nothing_by_itself(desk, order, ask):
    review = desk.data("upbeat", *ask)["id"]
    answer = ("--upheld", "--reason", "A baker's indeed.")
    said = desk.say("kr", "redress", "answer", review, *answer)
    assert said.startswith("upheld; the order still holds: sign its release")
    other = desk.say("upbeat", *ask)
    now = desk.data("kr", "redress", "answer", other, *answer)
    assert (now["id"], now["upheld"], now["answer"]) == (other, True, answer[2])
    assert desk.data("kr", "order", "show", order)["state"] == "in_force"
    assert f"\n  {review}: asked for by mem-upbeat at 20" in desk.say("kr", "order", "show", order)


def test_reviews_are_for_who_asked_and_who_answers(desk, order, ask):
    review = desk.say("upbeat", *ask)
    for who in ("kr", "upbeat"):
        assert [each["id"] for each in desk.data(who, "redress", "list", order)] == [review]
    assert desk.say("jp", "redress", "list", order) == "nobody asked for a review of it"
    assert desk.refused("jp", "redress", "show", review) == f"no review {review}"
    assert desk.refused("coinwon", "redress", "list", order) == f"no order {order}"
    head, row = desk.say("kr", "redress", "list", order).splitlines()
    assert head.split() == ["id", "created", "asked_by", "due", "answered", "upheld"]
    assert row.split()[0::2] == [review, "mem-upbeat", "-"]


def test_who_asks_does_not_answer(desk, ask):
    review = desk.say("kr", *ask)
    answer = ("redress", "answer", review, "--upheld", "--reason", "We were wrong.")
    assert desk.refused("kr", *answer) == "another person answers than the one who asked"


def test_an_order_that_never_held_blocked_nobody(desk):
    asked = ("redress", "ask", desk.drafted(), "--requester", "Kim", "--says", "Why?")
    assert desk.refused("kr", *asked) == "an order that is draft blocks nobody"


def test_a_name_need_not_stand_on_the_command_line(desk, order):
    file = desk.folder / "review.json"
    file.write_text(json.dumps({"requester": "Kim", "says": "A baker's."}))
    review = desk.say("upbeat", "redress", "ask", order, "--body", file)
    assert desk.data("kr", "redress", "show", review)["requester"] == "Kim"
    ask = ("redress", "ask", order)
    both = desk.refused("upbeat", *ask, "--body", file, "--says", "x")
    assert both == "--body has both --requester and --says: give it alone"
    half = desk.refused("upbeat", *ask, "--says", "x")
    assert half == "--requester and --says, or --body: give them"
    file.write_text(json.dumps({"requester": "Kim"}))
    assert desk.refused("upbeat", *ask, "--body", file) == "body/says: Field required"
