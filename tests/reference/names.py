"""The twin of name@1: every name against every name and every word against every word, no index.

It takes the analysis of single names (names/) and the published weights, and shares no code with
the kernels and the search. `Twin(entries)` compares everything with everything; with `keyed` it
leaves out what the index's keys do not lead to, and must then give what the index gives. Without
`joins` no words are run together.
"""

import itertools
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stanch.model.listed import WEAK, Entry
from stanch.screening.index import vocabulary as worths
from stanch.screening.index.build import ACRONYM_COST, WEAK_COST
from stanch.screening.index.search import COMMON, CROSSED, REVERSED
from stanch.screening.kernels.similar import (
    ANOTHER_NAME,
    LEAST_GAIN,
    LIMITS,
    PINYIN_COST,
    RUN_LIMIT,
    SHARES,
)
from stanch.screening.kernels.syllables import MISSING_SYLLABLE, SURNAME_LEAST
from stanch.screening.names import lexicon
from stanch.screening.names.analysis import Analysis, analyse, family, parted
from stanch.screening.names.han.pinyin import is_pinyin
from stanch.screening.names.korean.parse import KoreanReading
from stanch.screening.names.korean.syllables import evidence
from tests.reference.name_edits import LIMIT, cut, reached, word_cost
from tests.reference.name_pairs import (
    CORE,
    GENERIC,
    JOINED,
    LEGAL,
    PARTICLE,
    PLACE,
    TITLE,
    Pairing,
    Word,
    as_a_whole,
)

MOST_WORDS = 24
MOST_LETTERS = 80


@dataclass(frozen=True)
class Line:
    """One way to read a listed name as words."""

    entry: int
    words: tuple[str, ...]
    plain: tuple[str, ...]
    may_be_korean: bool
    cost: float


@dataclass(frozen=True)
class Known:
    """A word of the list, what it is worth, and the word that it means."""

    word: Word
    means: str


class Twin:
    def __init__(self, entries: list[Entry], keyed: bool = False, joins: bool = True) -> None:
        self.keyed, self.joins = keyed, joins
        self.families = [family(entry.schema) for entry in entries]
        self.lines: list[Line] = []
        self.koreans: list[tuple[int, KoreanReading, float]] = []
        for number, entry in enumerate(entries):
            for name in entry.names:
                for text in parted(name.text, self.families[number]):
                    analysed = analyse(text, self.families[number])
                    self._add(analysed, number, WEAK_COST if name.kind == WEAK else 0.0)
        self.counts = Counter(word for line in self.lines for word in line.words)
        self.holders = Counter(word for line in self.lines for word in set(line.words))
        self.listed = {
            text: Word(text, lexicon.kind(text), self._worth(text)) for text in self.counts
        }
        self.known = self._vocabulary()

    def _add(self, name: Analysis, entry: int, cost: float) -> None:
        korean = bool(name.korean)
        for words, plain in zip(name.sequences, name.plain, strict=True):
            self.lines.append(Line(entry, words, plain, korean, cost))
            if letters := acronym(words, plain):
                own = (letters,)
                self.lines.append(Line(entry, own, own, korean, cost + ACRONYM_COST))
        self.koreans += [(entry, reading, cost) for reading in name.korean]

    def _vocabulary(self) -> list[Known]:
        """The listed words, and one-word forms of the concepts among them."""
        known = [Known(word, text) for text, word in self.listed.items()]
        for form, concept in lexicon.single_forms():
            means = lexicon.MARK + concept
            if meant := self.listed.get(means):
                known.append(Known(Word(form, meant.kind, meant.worth), means))
        return known

    def _worth(self, text: str) -> float:
        kind = lexicon.kind(text)
        if kind in worths.WORTH:
            return worths.WORTH[kind]
        names = max(len(self.lines), worths.POPULATION)
        rarity = 10.0 * worths.SHARE * math.log10(names / self.counts[text])
        if kind in (GENERIC, PLACE):
            share, least, most = worths.SHARED
            return min(most, max(least, share * rarity))
        most = worths.COMMON_GIVEN if lexicon.families(text) else worths.MOST_WORTH
        return min(most, max(worths.LEAST_WORTH, rarity))

    def search(self, text: str, schema: str) -> dict[int, float]:
        """The points of every entry that is found, by its number."""
        asked, found = family(schema), {}
        for part in parted(text, asked):
            name = analyse(part, asked)
            for entry, points in [*self._by_words(name), *self._by_syllables(name)]:
                if self.families[entry] & asked and points > found.get(entry, -math.inf):
                    found[entry] = points
        return found

    def _by_words(self, name: Analysis) -> list[tuple[int, float]]:
        found = []
        for words, plain in zip(name.sequences, name.plain, strict=True):
            gains = [self.gains(word) for word in words[:MOST_WORDS]]
            mine = [self._asked(word) for word in words[:MOST_WORDS]]
            leads = self._leads(words, plain)
            for line in self.lines:
                if name.is_korean and line.may_be_korean:
                    continue
                if not self.keyed or leads(line):
                    found.append((line.entry, self._points(mine, gains, line, plain)))
        return found

    def _points(
        self, mine: list[Word], gains: list[dict[str, float]], line: Line, plain: Sequence[str]
    ) -> float:
        theirs = [self.listed[text] for text in line.words[:MOST_WORDS]]
        gain = [[each.get(word.text, 0.0) for word in theirs] for each in gains]
        points, complete = Pairing(mine, theirs, gain).points(self.joins)
        if self.joins and not complete:
            worth = sum(word.worth for word in theirs)
            points = max(points, as_a_whole(whole(plain), whole(line.plain), worth))
        return points - line.cost

    def gains(self, word: str, run: bool = False) -> dict[str, float]:
        """What `word` says for each listed word that it may be, by comparing it with all."""
        found: dict[str, float] = {}
        for known in self.known:
            cost = self.cost(word, known.word, run)
            if cost is not None:
                share = float(SHARES[known.word.kind])
                gain = known.word.worth * (1.0 - share * cost / LIMIT)
                if known.word.kind != CORE or gain >= LEAST_GAIN:
                    found[known.means] = max(gain, found.get(known.means, 0.0))
        return found

    def cost(self, word: str, listed: Word, run: bool = False) -> float | None:
        """The decibans by which `listed` is further away than the same word; None: another word.

        A `run` is several words of the query run together, as are listed ones of kind JOINED.
        """
        cost, text = word_cost(word, listed.text), listed.text
        one_word = not run and listed.kind != JOINED
        if cost >= LIMIT or (self.keyed and not reached(word, text, run)):
            cost = math.inf
        if cost > 0.0 and one_word:
            if is_pinyin(word) and is_pinyin(text):
                cost += PINYIN_COST
            if self._given(word) and self._given(text):
                cost += ANOTHER_NAME
        limit = min(LIMITS[listed.kind], RUN_LIMIT if run else LIMIT)
        if cost > 0.0 and not ((run or lexicon.kind(word) == CORE) and cost < limit):
            cost = math.inf
        if text in self.counts and one_word and self._given(word) and self._given(text):
            kin = lexicon.given_cost(word, cut(text))
            cost = min(cost, math.inf if kin is None else kin)
        return cost if cost < LIMIT else None

    @staticmethod
    def _given(word: str) -> bool:
        """Whether a word is a given name, and not a title or a particle that is one elsewhere."""
        return lexicon.kind(word) == CORE and bool(lexicon.families(word))

    def _asked(self, text: str) -> Word:
        """A word of the query: worth what the list's same word is worth."""
        kind = lexicon.kind(text)
        same = [each.word.worth for each in self.known if self.cost(text, each.word) == 0.0]
        unseen = worths.COMMON_GIVEN if lexicon.families(text) else worths.UNSEEN_WORTH
        shared = worths.SHARED[2] if kind in (GENERIC, PLACE) else unseen
        return Word(text, kind, max(same, default=worths.WORTH.get(kind, shared)))

    def _leads(self, words: Sequence[str], plain: Sequence[str]) -> Callable[[Line], bool]:
        """Which lines the index comes to: by a word that leads somewhere, or by a run of words."""
        asked = _asked(words, plain)
        strong = {text for each in asked for text in self.gains(*each) if self._leading(text)}
        by_run = {line for line in self.lines if self._run_reached(asked, line)}
        least = strong if strong or by_run else {t for w in words for t in self.gains(w)}
        return lambda line: line in by_run or not least.isdisjoint(line.words)

    def _leading(self, text: str) -> bool:
        kind = self.listed[text].kind
        return kind not in (LEGAL, PARTICLE, TITLE) and self.holders[text] <= COMMON

    def _run_reached(self, asked: set[tuple[str, bool]], line: Line) -> bool:
        return any(
            self.cost(one, Word(two, JOINED, worths.MOST_WORTH), run) is not None
            for one, run in asked
            for two in runs(line.plain)
        )

    def out_of_reach(self, text: str, schema: str, entry: int) -> bool:
        """Whether some word that `text` may mean is not led to by keys, or a line shares none."""
        for part in parted(text, family(schema)):
            name = analyse(part, family(schema))
            for words, plain in zip(name.sequences, name.plain, strict=True):
                asked = _asked(words, plain)
                if any(self._near(*each) - self._near(*each, keyed=True) for each in asked):
                    return True
                leads = self._leads(words, plain)
                if not all(leads(line) for line in self.lines if line.entry == entry):
                    return True
        return False

    def _near(self, word: str, run: bool, keyed: bool = False) -> set[str]:
        """Words and runs of the list that `word` may be."""
        listed = [known.word for known in self.known]
        listed += [
            Word(run, JOINED, worths.MOST_WORTH) for line in self.lines for run in runs(line.plain)
        ]
        return {
            each.text
            for each in listed
            if self.cost(word, each, run) is not None
            and not (keyed and not reached(word, each.text, run))
        }

    def _by_syllables(self, name: Analysis) -> list[tuple[int, float]]:
        found = []
        for mine in name.korean:
            for entry, theirs, cost in self.koreans:
                surname = evidence(mine.surname, theirs.surname)
                if surname > SURNAME_LEAST:
                    points = surname + laid(mine, theirs) - mine.doubt - theirs.doubt - cost
                    points -= REVERSED * (mine.first != theirs.first)
                    points -= CROSSED * (mine.surname.script != theirs.surname.script)
                    found.append((entry, points))
        return found


def _asked(words: Sequence[str], plain: Sequence[str]) -> set[tuple[str, bool]]:
    """The words and runs that are looked up, and which are runs."""
    return {(word, False) for word in words[:MOST_WORDS]} | {(run, True) for run in runs(plain)}


def laid(mine: KoreanReading, theirs: KoreanReading) -> float:
    """The given syllables side by side in order; of a longer name the first or last are missing."""
    short, long = sorted((mine.given, theirs.given), key=len)
    odd = len(long) - len(short)
    ways = (
        sum(evidence(*pair) for pair in zip(short, long[at:], strict=False))
        for at in range(odd + 1)
    )
    return max(ways) - MISSING_SYLLABLE * odd


def whole(plain: Sequence[str]) -> str:
    return "".join(plain).encode("ascii", "replace").decode()[:MOST_LETTERS]


def runs(words: Sequence[str]) -> set[str]:
    """A name of two to five words as one, and each pair of neighbours."""
    found = {cut("".join(words))} if 2 <= len(words) <= 5 else set()
    for one, two in itertools.pairwise(words):
        if len(one + two) > 4:
            found.add(cut(one + two))
    return found


def acronym(words: Sequence[str], plain: Sequence[str]) -> str:
    """Three to six initials of a name that has a common word; of, the and Ltd lend none."""
    if not {lexicon.kind(word) for word in words} & {GENERIC, PLACE}:
        return ""
    letters = ""
    for word in plain:
        (meant,) = lexicon.with_concepts((word,))
        if lexicon.kind(meant) not in (LEGAL, PARTICLE, TITLE):
            letters += word[0]
    return letters if 3 <= len(letters) <= 6 and letters.isalpha() else ""
