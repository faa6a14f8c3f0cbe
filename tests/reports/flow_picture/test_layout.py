import itertools
from collections import defaultdict

import pytest

from stanch.reports.flow_picture.bands import columns
from stanch.reports.flow_picture.fold import Limits, fold
from stanch.reports.flow_picture.graph import graph
from stanch.reports.flow_picture.layout import COLUMN_BOXES, TOP, layout
from stanch.reports.flow_picture.order import order
from stanch.reports.flow_picture.picture import story
from stanch.reports.flow_picture.place import Field, place
from stanch.reports.material import gather
from stanch.reports.trace_view import load
from tests.reports.trace_folder import account, flow, write


def whole(view):
    (found,) = gather(view, view.incidents())
    return graph(story(found))


@pytest.fixture(params=["small_case", "large_case"])
def picture(request):
    view = request.getfixturevalue(request.param)
    return layout(fold(whole(view), Limits()))


def test_boxes_of_a_column_stand_apart(picture):
    stacks = defaultdict(list)
    for box in picture.boxes:
        stacks[box.x].append(box)
    assert max(len(stack) for stack in stacks.values()) <= COLUMN_BOXES
    for stack in stacks.values():
        stack.sort(key=lambda box: box.y)
        for upper, lower in itertools.pairwise(stack):
            middles = lower.y + lower.height / 2 - upper.y - upper.height / 2
            assert lower.y >= upper.y + upper.height
            assert middles > 27, "two lines of text must fit"


def test_everything_is_inside_the_frame(picture):
    for box in picture.boxes:
        assert box.y >= TOP - 1
        assert box.y + box.height <= picture.height
        assert 0 <= box.x < picture.width


def test_services_stand_at_the_right_edge(picture):
    right = max(box.x for box in picture.boxes)
    services = {box.x for box in picture.boxes if box.node.kind == "service"}
    others = {box.x for box in picture.boxes if box.node.kind != "service"}
    assert services == {right}
    assert max(others) < right


def test_ribbons_dock_on_their_boxes(picture):
    boxes = {box.node.key: box for box in picture.boxes}
    for ribbon in picture.ribbons:
        if ribbon.src:
            box = boxes[ribbon.src]
            assert box.y - 0.1 <= ribbon.y0 <= box.y + box.height + 0.1


def test_time_runs_to_the_right(small_case):
    found = fold(whole(small_case), Limits())
    placed = columns(found, 11)
    for earlier, later in zip(placed.bands, placed.bands[1:], strict=False):
        assert earlier.right < later.left
        assert earlier.last < later.first
    for key, node in found.nodes.items():
        if node.kind not in ("service", "rest"):
            (band,) = (b for b in placed.bands if b.left <= placed.of[key] <= b.right)
            assert band.first <= node.first <= band.last


def test_a_loop_is_drawn_once_forward_and_once_back(tmp_path):
    a, b = account(1), account(2)
    view = load(write(tmp_path, {"flows": [flow(1, (a, b), 9), flow(2, (b, a), 9)]}))
    found = layout(whole(view))
    assert [(r.src, r.back) for r in found.ribbons] == [(a, False), (b, True)]


def test_crossings_are_undone():
    links = [("a", "y", 5), ("b", "x", 5)]
    assert order([["a", "b"], ["x", "y"]], links) in ([["a", "b"], ["y", "x"]],)


def test_boxes_keep_order_and_room():
    field = Field([["a"], ["x", "y", "z"]], {"a": 10, "x": 30, "y": 30, "z": 30}, 120)
    middle = place(field, [("a", "x", 1), ("a", "y", 1), ("a", "z", 1)])
    assert middle["y"] - middle["x"] >= 30 - 1e-9
    assert middle["z"] - middle["y"] >= 30 - 1e-9
    assert abs(middle["a"] - middle["y"]) < 1
