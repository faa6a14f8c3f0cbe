"""Resumes: lines of one's own, lines copied and reworded, templates and large employers.

A line is what it says (a verb, an object, tools, figures) and how. What it says follows from
whose line it is; how, from that too, unless the application rewords it: then each part is said
another way with a chance of its own, tools change places and figures move a little.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.sources.personas_scenario import words
from stanch.sources.personas_scenario.chance import U64, Chance, Int
from stanch.sources.personas_scenario.columns import chosen, joined, numbers
from stanch.sources.personas_scenario.records import Records

_FEWEST: Final = 8
_MORE: Final = 7  # up to so many lines more, less one
_EMPLOYERS: Final = 3
_TEMPLATE: Final = 0.4  # begin with a sentence that thousands begin with
_LARGE: Final = 0.3  # employers that thousands have had
_TEAM_LINES: Final = 2
_TEAM_REWORDED: Final = 0.25
_PLACES: Final = 64  # more than the lines of a resume
_CLOSING: Final = _PLACES - 1


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of many resumes: whose each is (a word), its number there, and who writes it here."""

    row: Int
    place: Int
    owner: U64
    number: Int
    writer: Int
    reworded: np.ndarray[tuple[int], np.dtype[np.float64]]


def resumes(chance: Chance, records: Records, writers: Int) -> pa.StringArray:
    """The resume of each of `records`; `writers` are numbers of the applications."""
    bullets = _bullets(chance, records, writers)
    parts = [
        _summaries(chance, records, writers),
        *_employers(chance, records, writers),
        (bullets.row, bullets.place, _said(chance, bullets)),
        _closings(chance, writers),
    ]
    key = np.concatenate([row * _PLACES + place for row, place, _ in parts])
    order = np.argsort(key, kind="stable")
    text = pa.concat_arrays([each for _, _, each in parts]).take(pa.array(order))
    per_record = np.bincount(key // _PLACES, minlength=len(records))
    offsets = np.concatenate([[0], np.cumsum(per_record)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), text), "\n")


_Part = tuple[Int, Int, pa.StringArray]


def _whose(chance: Chance, what: str, records: Records, writers: Int, place: Int) -> U64:
    """Whose line stands at each place: the stock that is copied from, or the writer's own."""
    copies = chance.happens(f"copies:{what}", records.copied, writers, place)
    return np.where(copies, records.lines, chance.words("own-line", writers))


def _bullets(chance: Chance, records: Records, writers: Int) -> _Lines:
    count = _FEWEST + chance.below("lines", _MORE, records.lines)
    row = np.repeat(np.arange(len(records)), count)
    number = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    flat = records.at(row)
    owner = _whose(chance, "line", flat, writers[row], number)
    team = (flat.team != 0) & (number < _TEAM_LINES)
    team &= chance.happens("team-line", 0.7, writers[row], number)
    return _Lines(
        row=row,
        place=number + 1 + _EMPLOYERS,
        owner=np.where(team, flat.team, owner),
        number=number,
        writer=writers[row],
        reworded=np.where(team, np.maximum(flat.reworded, _TEAM_REWORDED), flat.reworded),
    )


class _Slots:
    """What each line says, and how."""

    def __init__(self, chance: Chance, lines: _Lines) -> None:
        self._chance = chance
        self._lines = lines

    def again(self, what: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whether each line rewords this part of it."""
        lines = self._lines
        return self._chance.happens(f"rewords:{what}", lines.reworded, lines.writer, lines.number)

    def number(self, what: str, count: int) -> Int:
        """A number that belongs to what the line says."""
        return self._chance.below(what, count, self._lines.owner, self._lines.number)

    def way(self, what: str, count: Int | int) -> Int:
        """Which way it is said: the owner's, or the writer's own."""
        lines = self._lines
        usual = self._chance.below(f"way:{what}", count, lines.owner, lines.number)
        new = self._chance.below(f"new:{what}", count, lines.writer, lines.number)
        return np.where(self.again(what), new, usual)

    def said(self, what: str, choice: words.Choice, column: str = "") -> pa.StringArray:
        """A thing of `choice`, said one way. `column` tells two things of one choice apart."""
        thing = self.number(what + column, choice.things)
        return chosen(
            choice.texts, choice.start[thing] + self.way(what + column, choice.count[thing])
        )


def _said(chance: Chance, lines: _Lines) -> pa.StringArray:
    """The text of each line, in one of four frames."""
    slots = _Slots(chance, lines)
    swapped = slots.again("order")
    one = slots.number("tool", words.TOOLS.things)
    two = (one + 1 + slots.number("tool2", words.TOOLS.things - 1)) % words.TOOLS.things
    first = chosen(words.TOOLS.texts, np.where(swapped, two, one))
    second = chosen(words.TOOLS.texts, np.where(swapped, one, two))
    moved = np.where(slots.again("figure"), chance.below("moves", 7, lines.writer, lines.number), 3)
    percent = numbers(np.maximum(1, slots.number("percent", 90) + moved))
    months = numbers(2 + slots.number("months", 34))
    people = numbers(2 + slots.number("people", 18))
    verb, thing = slots.said("verb", words.VERBS), slots.said("object", words.OBJECTS)
    domain, effect = slots.said("domain", words.DOMAINS), slots.said("effect", words.EFFECTS)
    pieces = (
        ("- ", verb, " ", thing, " for ", domain, " in ", first, " and ", second, ", ", effect, " ",
         percent, "% over ", months, " months with ", people, " people"),
        ("- ", verb, " ", thing, " with ", first, " and ", second, " for a client in ", domain,
         "; ", effect, " ", percent, "% in ", months, " months (team of ", people, ")"),
        ("- In a team of ", people, ": ", verb, " ", thing, " (", first, ", ", second, "), ",
         effect, " ", percent, "% for ", domain, " in ", months, " months"),
        ("- ", verb, " ", thing, ", ", effect, " ", percent, "% for customers in ", domain,
         ". Stack: ", first, ", ", second, ". ", months, " months, ", people, " colleagues"),
    )  # fmt: skip
    frame = slots.way("frame", len(pieces))
    return _framed(frame, pieces)


def _framed(frame: Int, pieces: tuple[tuple[pa.StringArray | str, ...], ...]) -> pa.StringArray:
    """Each line in its frame; only the lines of a frame are put together in it."""
    done, rows = [], []
    for number, each in enumerate(pieces):
        at = np.flatnonzero(frame == number)
        where = pa.array(at)
        done.append(joined(*(part if isinstance(part, str) else part.take(where) for part in each)))
        rows.append(at)
    back = np.argsort(np.concatenate(rows), kind="stable")
    return pa.concat_arrays(done).take(pa.array(back))


def _summaries(chance: Chance, records: Records, writers: Int) -> _Part:
    row = np.arange(len(records))
    place = np.zeros(len(records), np.int64)
    owner = _whose(chance, "summary", records, writers, place)
    slots = _Slots(chance, _Lines(row, place, owner, place, writers, records.reworded))
    years, tool = numbers(3 + slots.number("years", 15)), slots.said("stack", words.TOOLS)
    own = joined(slots.said("role", words.ROLES), ", ", years, " years, mostly ", tool, " for ",
                 slots.said("field", words.DOMAINS))  # fmt: skip
    usual = chosen(words.SUMMARIES, slots.number("template", len(words.SUMMARIES)))
    template = chance.happens("from-template", _TEMPLATE, owner)
    return row, place, pc.if_else(pa.array(template), usual, own)


def _employers(chance: Chance, records: Records, writers: Int) -> list[_Part]:
    """Employers, one a line. Some have had only two."""
    parts: list[_Part] = []
    for number in range(_EMPLOYERS):
        has = np.ones(len(records), bool)
        if number == _EMPLOYERS - 1:
            has = chance.happens("third-employer", 0.7, records.lines)
        row = np.flatnonzero(has)
        at = np.full(len(row), number)
        owner = _whose(chance, "employer", records.at(row), writers[row], at)
        kind = chance.below("firm-kind", len(words.FIRM_KINDS), owner, at)
        name = chance.below("firm", len(words.FIRMS), owner, at)
        second = chance.below("firm-second", len(words.FIRMS), owner, at)
        small = joined(chosen(words.FIRMS, name), chosen(words.FIRMS, second), " ",
                       chosen(words.FIRM_KINDS, kind))  # fmt: skip
        which = chance.below("large-firm", len(words.LARGE_EMPLOYERS), owner, at)
        large = chance.happens("large?", _LARGE, owner, at)
        text = pc.if_else(pa.array(large), chosen(words.LARGE_EMPLOYERS, which), small)
        parts.append((row, at + 1, text))
    return parts


def _closings(chance: Chance, writers: Int) -> _Part:
    row = np.flatnonzero(chance.happens("closes", 0.5, writers))
    which = chance.below("closing", len(words.CLOSINGS), writers[row])
    return row, np.full(len(row), _CLOSING), chosen(words.CLOSINGS, which)
