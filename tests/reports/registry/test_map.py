"""The map puts each country at its place, and says in words what is on none."""

from itertools import pairwise

import pytest
from defusedxml import ElementTree

from stanch.reports.registry.frame import NARROW, WIDTH, Frame
from stanch.reports.registry.map import LARGEST, Spot, draw
from stanch.reports.registry.where import place_of

SVG = "{http://www.w3.org/2000/svg}"
SPOTS = [
    Spot("JP", "Japan", 400, "one two"),
    Spot("KR", "Korea <South>", 100, "three"),
    Spot("US", "United States", 25, "four"),
    Spot("", "not known", 7, "five"),
    Spot("VN", "Vietnam", 0, "six"),
]


def test_places():
    assert place_of("JP") == (139.73, 35.65)
    assert place_of("AU")[1] < 0
    assert place_of("US")[0] < 0
    assert place_of("XX") is None


def test_areas_are_sums_and_everything_is_said():
    text = draw(SPOTS)
    root = ElementTree.fromstring(text)
    discs = [float(each.get("r")) for each in root.iter(f"{SVG}circle")]
    assert discs == [LARGEST, LARGEST / 2, LARGEST / 4]
    titles = [each.text for each in root.iter(f"{SVG}title")]
    assert titles[:2] == ["Japan: USD 400; one two", "Korea <South>: USD 100; three"]
    assert "Not on the map: not known 7; Vietnam 0" in text
    assert text == draw(SPOTS[::-1][::-1])


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_labels_of_neighbours_do_not_meet(width):
    root = ElementTree.fromstring(draw(SPOTS, Frame(width)))
    assert root.get("viewBox").split()[2] == str(width)
    at = [
        (float(each.get("x")), float(each.get("y")), 6 * len("".join(each.itertext())))
        for each in root.iter(f"{SVG}text")
    ][:3]
    for place, (x, y, long) in enumerate(at):
        assert 0 <= x < x + long <= width
        for left, other, its in at[:place]:
            assert abs(y - other) >= 13 or x + long < left or left + its < x


def test_what_is_on_no_map_stands_in_lines_that_fit():
    rest = [Spot("", f"nowhere {place}", 10**9 + place, "") for place in range(9)]
    root = ElementTree.fromstring(draw(rest, Frame(NARROW, "TLP:AMBER")))
    *lines, note = root.iter(f"{SVG}text")
    assert len(lines) > 3
    assert max(len(each.text) for each in lines) * 6 <= NARROW
    heights = [float(each.get("y")) for each in (*lines, note)]
    assert all(later - above >= 13 for above, later in pairwise(heights))
    assert heights[-1] < float(root.get("height"))


def test_nothing_is_drawn_of_nothing():
    assert "circle" not in draw([])


def test_a_disc_its_label_and_what_is_on_no_map_open_their_rows():
    japan, nowhere = "/rows?key=JP", "/rows?key=-"
    spots = [Spot("JP", "Japan", 4, "one", japan), Spot("", "nowhere", 1, "", nowhere)]
    root = ElementTree.fromstring(draw(spots, Frame(note="TLP:AMBER")))
    assert [each.get("href") for each in root.iter(f"{SVG}a")] == [japan, japan, nowhere]
    assert [each.text for each in root.iter(f"{SVG}text")][-1] == "TLP:AMBER"
