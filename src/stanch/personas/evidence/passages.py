"""Lines of two resumes that say the same in other words (indicators 10 and 11).

Reads what is left of a line when its wording changes (`normal.passage`), of lines that are not the
same word for word, and of which at most `MOST` records hold that. A line leaves up to three traces.
`passages` are lines of which two traces meet: numbers as well as what they are about. `topics` are
lines of which one does: statements of the same products, or the same numbers of one thing. What
counts is how many lines meet, each of either side once; weights as for `rare_lines`, each from its
own rate among strangers.

False positives: statements with few numbers about common products; what a language model says of
everybody. They meet once in many pairs, and that is where this intake's weight of one line is from.
"""

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from stanch.model.personas import kinds
from stanch.personas.evidence.indicator import OPERATOR, TEXT, Counts, Found, Indicator, Records
from stanch.personas.evidence.rare_lines import COUNTED
from stanch.personas.evidence.shared import distinct, meetings
from stanch.personas.evidence.sight import Keys, Sight

INDICATOR: Final = Indicator("passages@1", TEXT, OPERATOR, stated=16)
TOPICS: Final = Indicator("topics@1", TEXT, OPERATOR, stated=10)
TRACES: Final = 2  # of a line, that make a passage of it
MOST: Final = 12  # holders


class _Meetings(NamedTuple):
    """Two records, a line of each, and how many records hold what the lines have in common."""

    a: Records
    b: Records
    line: Records
    other: Records
    holders: Counts

    def at(self, rows: npt.NDArray[Any]) -> "_Meetings":
        """Some of them: places, or a mark for each."""
        return _Meetings(
            self.a[rows], self.b[rows], self.line[rows], self.other[rows], self.holders[rows]
        )


def find(sight: Sight) -> tuple[Found, Found]:
    """Pairs that share passages, and topics; `tier` is how many lines, at most COUNTED."""
    keys = sight.keys(kinds.PASSAGE).once()
    left, right, holders = meetings(keys, MOST)
    met = _Meetings(
        keys.record[left], keys.record[right], keys.place[left], keys.place[right], holders
    )
    met = _reworded(met, sight.keys(kinds.LINE))
    met, traces = _lines(met)
    return (
        _found(INDICATOR, met.at(traces >= TRACES)),
        _found(TOPICS, met.at(traces < TRACES)),
    )


def _found(indicator: Indicator, met: _Meetings) -> Found:
    met = _once(met, met.line)
    met = _once(met, met.other)
    pair, first, n = distinct(met.a, met.b, met.holders)
    return Found(indicator, *pair, n, met.holders[first], np.minimum(n, COUNTED))


def _lines(met: _Meetings) -> tuple[_Meetings, Counts]:
    """Each two lines once, with the holders of their rarest trace, and how many they share."""
    order = np.lexsort((met.holders, met.other, met.line, met.b, met.a))
    met = met.at(order)
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.any([each[1:] != each[:-1] for each in met[:4]], axis=0)
    start = np.flatnonzero(new)
    return met.at(start), np.diff(np.r_[start, len(order)])


def _once(met: _Meetings, line: Records) -> _Meetings:
    """Of several meetings of one line in one pair, the rarest."""
    order = np.lexsort((met.holders, line, met.b, met.a))
    columns = (met.a[order], met.b[order], line[order])
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.any([each[1:] != each[:-1] for each in columns], axis=0)
    kept = order[new]
    return met.at(kept)


def _reworded(met: _Meetings, lines: Keys) -> _Meetings:
    """Without lines that are the same word for word: `rare_lines` counts those."""
    if not len(lines.key) or not len(met.a):
        return met
    at = _place(lines.record, lines.place)
    order = np.argsort(at)
    at, key = at[order], lines.key[order]
    said = [
        key[np.minimum(np.searchsorted(at, _place(*each)), len(at) - 1)]
        for each in ((met.a, met.line), (met.b, met.other))
    ]
    return met.at(said[0] != said[1])


def _place(record: Records, line: Records) -> Counts:
    return (record.astype(np.int64) << 16) | line
