"""What of a line survives when somebody, or a language model, says it in other words.

Whoever rewords a resume changes verbs, units and the order of clauses. Numbers and names of
products stay, and most of the things that the work was on. So a line becomes three keys, each of
which leaves one of these out:

* numbers and names: the words about them may all change;
* numbers and things: a product was put for another;
* names and things: a number was changed.

Order and repeats do not count. A line with too little of a kind has fewer keys, most lines of
prose none: what is left of them says nothing of who wrote them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

LEAST: Final = 3  # parts that a key needs: fewer are shared by chance

_WORD = re.compile(r"[.]?\w+(?:[.+#'’]\w+)*[+#]*")
_LATIN = re.compile(r"[A-Za-z]")
_STOPS: Final = ".!?:;•·*–—-"
_NUMBER, _NAME, _THING, _NOTHING = range(4)
# Words of grammar and of resumes that say how, how long and with how many; they change first.
_WORDS: Final = """a about across after all also an and any are as at be before between by during
each for from had has have i if in into is it its me more most my of off on one onto or our out over
per she he so than that the their them then they this through to under until up upon using via
was we were when which while who with within without
year years yr yrs month months mo mos week weeks day days hour hours
people person persons engineer engineers developer developers dev devs member members
colleague colleagues staff team teams headcount percent pct"""
_PLAIN: Final = frozenset(_WORDS.split())
_VERBAL = ("ing", "ed")


def passages(line: str) -> tuple[str, ...]:
    """The keys of one line of a resume, at most three, each once; none where it says too little.

    >>> passages("- Scaled the indexer in Hardhat and Go, raising throughput by 34% over 4 months")
    ('34 4 go hardhat', '34 4 indexer throughput', 'go hardhat indexer throughput')
    >>> passages("over 4 mo - Scaled the indexer in Go and Hardhat, lifting throughput by 34 %")
    ('34 4 go hardhat', '34 4 indexer throughput', 'go hardhat indexer throughput')
    >>> passages("Team player with a passion for quality")
    ()
    """
    numbers, names, things = _parts(unicodedata.normalize("NFKC", line))
    found: dict[str, None] = {}
    for first, second in ((numbers, names), (numbers, things), (names, things)):
        if first and second and len(first) + len(second) >= LEAST:
            found[" ".join((*sorted(first), *sorted(second)))] = None
    return tuple(found)


def _parts(line: str) -> tuple[set[str], set[str], set[str]]:
    """The numbers, names and things that a line speaks of."""
    found: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    foreign = not line.isascii() and _foreign(line)
    for match in _WORD.finditer(line):
        part, folded, capital, latin = _word(match[0])
        # Where a script has no capitals, a Latin word in it is a name.
        if part != _NUMBER and (latin if foreign else capital and not _begins(line, match.start())):
            part = _NAME
        if part != _NOTHING:
            found[part].add(folded)
    return found


def _foreign(line: str) -> bool:
    """Whether most letters of a line are not Latin."""
    latin = sum(map(len, _LATIN.findall(line)))
    return latin * 2 < sum(map(str.isalpha, line))


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> tuple[int, str, bool, bool]:
    """Which part a word is wherever it stands, how it is compared, whether it begins with a
    capital, and with a Latin letter.
    """
    folded = word.casefold()
    capital, latin = word[0].isupper(), _LATIN.match(word) is not None
    if folded.isdecimal():
        return _NUMBER, str(int(folded)), capital, latin
    if _is_name(word):
        return _NAME, folded, capital, latin
    thing = folded not in _PLAIN and not folded.endswith(_VERBAL) and len(folded) > 1
    return _THING if thing else _NOTHING, folded, capital, latin


def _is_name(word: str) -> bool:
    """Whether a word is spelled as no common word is: C++, Node.js, .NET, API, OAuth2, iOS."""
    inner = word[1:]
    return any(letter in ".+#" or letter.isdecimal() for letter in word) or inner != inner.lower()


def _begins(line: str, at: int) -> bool:
    """Whether a sentence or an item begins there, so that a capital says nothing."""
    before = line[:at].rstrip()
    return not before or before[-1] in _STOPS
