"""The picture is SVG that can be read without colours, and says all of its numbers."""

import pytest
from defusedxml import ElementTree

from stanch.reports.registry.frame import NARROW, WIDTH, Frame
from stanch.reports.registry.small_multiples import Bars, Panel, draw, short

SVG = "{http://www.w3.org/2000/svg}"


def test_bars_share_one_scale_and_say_their_numbers():
    text = draw([
        Panel("A & B", (Bars("<2019>", 200, "one two"), Bars("2020", 100, "three"))),
        Panel("C", (Bars("2019", 0, "four"),)),
    ])  # fmt: skip
    root = ElementTree.fromstring(text)
    bars = [
        float(each.get("width")) for each in root.iter(f"{SVG}rect") if each.get("class") == "b"
    ]
    assert bars[0] == 2 * bars[1] > 0 == bars[2]
    said = [each.text for each in root.iter(f"{SVG}text")]
    assert {"A & B", "<2019>", "200", "100", "0"} <= set(said)
    assert "2020: USD 100; three" in [each.text for each in root.iter(f"{SVG}title")]
    assert text == draw([
        Panel("A & B", (Bars("<2019>", 200, "one two"), Bars("2020", 100, "three"))),
        Panel("C", (Bars("2019", 0, "four"),)),
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("usd", "said"),
    [(0, "0"), (999, "999"), (999_499, "999k"), (999_500, "1m"), (999_999_999, "1bn"),
     (999_600_000_000, "1,000bn"), (1_234_567_890_123, "1,235bn")],
)  # fmt: skip
def test_no_figure_is_written_as_a_power_of_ten(usd, said):
    assert short(usd) == said


@pytest.mark.parametrize("said", ["1.46bn", "1.46 billion", "14億6000万ドル"])
def test_a_figure_has_room_beside_the_longest_bar(said):
    text = draw([Panel("A", (Bars("2026", 9, ""),)), Panel("B", ())], beside=lambda _: said)
    (figure,) = (each for each in ElementTree.fromstring(text).iter(f"{SVG}text")
                 if each.get("class") == "f")  # fmt: skip
    wide = sum(12 if ord(letter) > 0x2FFF else 6.8 for letter in said)  # of 12 px
    assert float(figure.get("x")) + wide <= (WIDTH - 28) / 2


def test_nothing_is_drawn_of_nothing():
    assert "<text" not in draw([])
    assert short(0) == "0"


def test_a_bar_is_a_link_to_its_rows_and_a_note_stands_below():
    panels = [
        Panel("A", (Bars("2019", 2, "one", "/rows?by=year&key=2019"), Bars("2020", 1, "two"))),
        Panel("B", (Bars("2019", 1, "one", "#C1"),)),
    ]
    root = ElementTree.fromstring(draw(panels, frame=Frame(NARROW, "TLP:AMBER\n<others>")))
    links = [
        (each.get("href"), len(list(each.iter(f"{SVG}rect")))) for each in root.iter(f"{SVG}a")
    ]
    assert links == [("/rows?by=year&key=2019", 1), ("#C1", 1)]
    assert [each.text for each in root.iter(f"{SVG}text")][-2:] == ["TLP:AMBER", "<others>"]
    lowest = max(float(each.get("y")) for each in root.iter(f"{SVG}text"))
    assert (root.get("width"), root.get("role")) == ("400", "group")
    assert lowest < float(root.get("height"))
