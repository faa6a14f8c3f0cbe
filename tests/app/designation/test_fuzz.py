"""Whatever stands in the file, the linter names faults and never ends in a traceback."""

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as some

from stanch.app.designation import rules
from stanch.formats.designation import ftm
from stanch.formats.designation.keys import Faults
from stanch.formats.designation.reading import read
from stanch.formats.stix import designation as stix
from stanch.model.designation import copy_for
from stanch.model.desk.marking import Marking
from stanch.registry.registry import load
from stanch.reports.designation.page import render
from tests.app.designation.sample import TEXT

LINES = TEXT.splitlines()
INCIDENTS = load().incidents
VALUE = some.one_of(
    some.text(max_size=12),
    some.sampled_from(
        ["", "TLP:RED", "TLP:CLEAR", "han", "w1", "report", "2026", "9999-99", "eip155:1", "\u202e",
         "KP", "primary", "ronin-2022", "passport", "imo", "٣", "ﷺ", "\x00", "eip155:1:0x"]
    ),
)  # fmt: skip
SCALAR = some.one_of(
    VALUE.map(lambda text: '"' + text.encode("unicode_escape").decode().replace('"', "") + '"'),
    some.sampled_from(["1", "true", "2026-01-01", "[]", "{}", "[[]]", "nan", "[{}, 1, 'a']"]),
)


@given(some.data())
@settings(max_examples=300, deadline=None)
def test_values(data):
    lines = list(LINES)
    for _ in range(data.draw(some.integers(1, 3))):
        place = data.draw(some.integers(0, len(lines) - 1))
        key, equals, _ = lines[place].partition(" = ")
        lines[place] = f"{key} = {data.draw(SCALAR)}" if equals else ""
    check("\n".join(lines).encode())


@given(some.integers(0, len(TEXT)), some.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_bytes(place, put_in):
    whole = TEXT.encode()
    check(whole[:place] + put_in + whole[place + len(put_in) :])


def test_deep_nesting_and_long_numbers():
    check(b"a = " + b"[" * 100_000)
    check(b"a = " + b"9" * 10_000)
    check(b"\xff")
    check(b"x" * (5 << 20))


def check(data):
    got = read("f.toml", data)
    faults = Faults("f.toml", list(got.faults))
    if got.designation is not None:
        tomllib.loads(data.decode("utf-8-sig"))
        rules.check(got.designation, INCIDENTS, faults)
    else:
        assert got.faults
    for each in faults.found:
        assert "\n" not in str(each)
        assert str(each).startswith("f.toml")
        assert str(each).isprintable() or each.rule == "value"
    if got.designation is None or any(not each.notice for each in faults.found):
        return
    for level in Marking:
        try:
            copy = copy_for(got.designation, level)
        except ValueError:
            continue
        ftm.write(copy)
        stix.write(copy)
        render(copy, None, {}, level)
