"""Why a name matched: the points of a match taken apart again, word by word, syllable by syllable.

The search only adds up; what it added is worked out here for the few hits that somebody will read.
The sum of the evidence is the hit's points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.model.hits import Evidence
from stanch.model.listed import WEAK, ListedName
from stanch.screening.index.build import WEAK_COST
from stanch.screening.index.search import CROSSED, REVERSED, Match, NameSearch
from stanch.screening.kernels import align, score
from stanch.screening.kernels.edit import room
from stanch.screening.names import lexicon
from stanch.screening.names.analysis import Analysis
from stanch.screening.names.korean.parse import KoreanReading
from stanch.screening.names.korean.syllables import Written, stands_for
from stanch.screening.names.sound import sounded

Array = npt.NDArray[Any]

_SHARED: Final = {align.GENERIC, align.PLACE, align.LEGAL, align.PARTICLE, align.TITLE}
_MOST_MEANT: Final = 2  # Hangul syllables that are named as what two spellings have in common


def name_evidence(search: NameSearch, match: Match, listed: ListedName) -> list[Evidence]:
    """What the two names say for each other; without what the whole search adds (chance, facts)."""
    name, crossed = match.query, False
    weak = WEAK_COST if listed.kind == WEAK else 0.0
    if match.korean:
        reading = name.korean[match.sequence]
        crossed = search.crosses(reading, match.row)
        found = list(_syllables(search, reading, match, weak + CROSSED * crossed))
    else:
        found = list(_words(search, name, match, weak))
    if crossed or name.bridge:
        words = " ".join(name.folded.words)
        found.append(Evidence("name.bridge", -CROSSED * crossed, words, listed.text, name.bridge))
    if weak:
        found.append(Evidence("name.weak_alias", -weak, "", listed.text))
    if name.folded.hidden:
        codes = " ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(name.folded.hidden))
        found.append(Evidence("name.hidden_characters", 0.0, codes))
    if name.folded.lookalikes:
        words = " ".join(name.folded.words)
        found.append(Evidence("name.homoglyph", 0.0, name.folded.lookalikes, "", words))
    return found


def _syllables(
    search: NameSearch, reading: KoreanReading, match: Match, told: float
) -> Iterator[Evidence]:
    """Surname and syllables; `told` is what is told apart and was taken off as well."""
    arrays, columns = search.arrays, search.columns
    surname = int(np.searchsorted(arrays["korean_start"], match.row, "right")) - 1
    listed = columns.spellings["surname"][surname]
    points = float(columns.column(reading.surname)[surname])
    yield Evidence(
        "name.surname",
        points,
        reading.surname.spelling,
        listed.spelling,
        _meant(reading.surname, listed),
    )
    theirs = arrays["korean_syllable"][match.row, : arrays["korean_count"][match.row]]
    left = match.points + told - points
    for mine, other in _laid(reading.given, [int(number) for number in theirs], search):
        points = float(columns.column(mine)[other])
        left -= points
        spelled = columns.spellings["given"][other]
        yield Evidence(
            "name.syllables", points, mine.spelling, spelled.spelling, _meant(mine, spelled)
        )
    if bool(arrays["korean_first"][match.row]) != reading.first:
        left += REVERSED
        yield Evidence("name.order", -REVERSED)
    if abs(left) > 0.005:
        missing = len(reading.given) != len(theirs)
        yield Evidence(
            "name.missing.syllable" if missing else "name.cut", left, _spelled(reading.given)
        )


def _laid(
    given: Sequence[Written], theirs: Sequence[int], search: NameSearch
) -> list[tuple[Written, int]]:
    """The pairs of syllables that the kernel counted: the best shift of the shorter name."""
    short, long = min(len(given), len(theirs)), max(len(given), len(theirs))
    ways = []
    for shift in range(long - short + 1):
        mine = given[shift : shift + short] if len(given) > short else given
        other = theirs[shift : shift + short] if len(theirs) > short else theirs
        ways.append(list(zip(mine, other, strict=True)))
    return max(ways, key=lambda way: sum(search.columns.column(m)[o] for m, o in way))


def _meant(one: Written, two: Written) -> str:
    """The Hangul that both spellings stand for, the likeliest first."""
    theirs = dict(stands_for(two))
    both = [
        (weight * theirs[syllable], syllable)
        for syllable, weight in stands_for(one)
        if syllable in theirs
    ]
    both.sort(reverse=True)
    return " ".join(syllable for _, syllable in both[:_MOST_MEANT])


def _spelled(given: Sequence[Written]) -> str:
    return "-".join(part.spelling for part in given)


def _words(search: NameSearch, name: Analysis, match: Match, told: float) -> Iterator[Evidence]:
    """Word by word; `told` is what is told apart and was taken off as well."""
    words, plain = name.sequences[match.sequence][: align.MOST], name.plain[match.sequence]
    row = search.row_words(match.row)
    side, gain = search.words.side(words), search.words.gains(words, row)
    listed = score.side_of(match.row, search.vocabulary, search.listed, score.space())
    theirs = [search.words.text(word) for word in row]
    pair, taken = np.empty(len(words), np.int8), np.zeros(len(theirs), np.uint8)
    points, counted, _ = align.align(gain, side, listed, pair, taken, room())
    cost = float(search.arrays["row_cost"][match.row])
    if cost > told:
        yield Evidence("name.acronym", told - cost, " ".join(plain))
    if match.points + cost - points > 0.005:
        both = " ".join(plain), " ".join(map(_shown, theirs))
        yield Evidence("name.joined", match.points + cost, *both)
        return
    agreed = 0.0
    for one, mine in enumerate(words):
        if (two := int(pair[one])) >= 0:
            each = _pair(mine, theirs[two], float(gain[one, two]), int(side[1][one]))
            agreed += each.points
            yield each
    odd = [word for word, two in zip(words, pair, strict=True) if two < -1]
    if odd:  # initials and runs: the kernel tells what they say together
        code = "name.joined" if (pair == -3).any() else "name.initial"
        yield Evidence(code, counted - agreed, " ".join(odd), " ".join(map(_shown, theirs)))
    sides = _Sides(words, theirs, side, listed, pair == -1, taken == 0)
    yield from _rest(sides, counted)


def _pair(mine: str, theirs: str, points: float, kind: int) -> Evidence:
    one, two = _shown(mine), _shown(theirs)
    if kind == align.NUMBER:
        return Evidence("name.number", points, one, two)
    if mine == theirs:
        return Evidence("name.generic" if kind in _SHARED else "name.part.same", points, one, two)
    if theirs.startswith(lexicon.MARK):
        return Evidence("name.generic", points, one, two)
    if lexicon.given_cost(mine, theirs) is not None:
        return Evidence("name.part.equivalent", points, one, two)
    heard = sounded(mine) == sounded(theirs)
    return Evidence("name.part.spelling" if heard else "name.part.similar", points, one, two)


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both names of a match, word by word, and which words are left over on each side."""

    mine: Sequence[str]
    theirs: Sequence[str]
    query: Any
    listed: Any
    left: Array
    listed_left: Array


def _rest(sides: _Sides, agreed: float) -> Iterator[Evidence]:
    """What words left over cost and what none left over gains, as kernels.align has it."""
    here, mine, odd = align.weight_left(sides.query, sides.left, True)
    there, theirs, listed_odd = align.weight_left(sides.listed, sides.listed_left, True)
    one = " ".join(_shown(word) for word, left in zip(sides.mine, sides.left, strict=True) if left)
    two = " ".join(
        _shown(word) for word, left in zip(sides.theirs, sides.listed_left, strict=True) if left
    )
    if here:
        yield Evidence("name.missing.listed", -align.MISSING * here, one)
    if there and (missing := align.forgiven(sides.query[1], there)):
        yield Evidence("name.missing.subject", -align.MISSING * missing, "", two)
    if (against := min(mine, theirs)) > 0.0:
        more = max(0.0, agreed - align.AGREED) if against > align.TRIFLE else 0.0
        yield Evidence("name.contradicts", -align.CONTRADICTS * against - more, one, two)
    if odd[0] and listed_odd[0]:
        yield Evidence("name.number", -align.NUMBER_DIFFERS, one, two)
    if odd[1] and listed_odd[1]:
        yield Evidence("name.legal_form", -align.LEGAL_DIFFERS, one, two)
    elif here <= align.TRIFLE and there <= align.TRIFLE:
        identical = agreed > float(sides.listed[0].sum()) - align.TRIFLE + 0.01
        points = align.COMPLETE + (align.IDENTICAL if identical else 0.0)
        whole = (" ".join(map(_shown, each)) for each in (sides.mine, sides.theirs))
        yield Evidence("name.exact" if identical else "name.complete", points, *whole)


def _shown(word: str) -> str:
    """A word as people read it; of a concept the word that it is called by."""
    return word.rpartition(":")[2].replace("_", " ") if word.startswith(lexicon.MARK) else word
