"""Four eyes on a match: what holds after the words that people have said about it.

A match is one subject against one listed entry, as both stood (`fingerprint.match_id`). Each
word is a `Decision`: a verdict with its reason, by one person. Words are only ever added.

* What holds is what two different people last agreed on; at first nothing does.
* After an agreement a new round begins. In it the latest word of each person counts.
* A round in which all say the same, and two say it, is an agreement.
* A round in which people differ is a dispute. It lasts until one of them says otherwise; a
  third voice does not outvote anyone. Meanwhile what was agreed before still holds.
* Taking everything back in a round ends it as if it had not been.

A verdict is withdrawn by the agreement of two that the match is `open`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

SAME: Final = "same"
DIFFERENT: Final = "different"
OPEN: Final = "open"
VERDICTS: Final = (SAME, DIFFERENT, OPEN)

PROPOSED: Final = "proposed"
CONFIRMED: Final = "confirmed"
DISPUTED: Final = "disputed"
STATES: Final = (OPEN, PROPOSED, CONFIRMED, DISPUTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's word. `at` is when it was said (ISO 8601, UTC)."""

    match: str
    verdict: str
    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a match stands: the verdict that holds, the words that made it, and the round since.

    `verdict` is OPEN until two people have agreed on another. `round` has one word a person.
    """

    verdict: str = OPEN
    agreed: tuple[Decision, ...] = ()
    round: tuple[Decision, ...] = ()

    @property
    def state(self) -> str:
        """One of STATES. A verdict that holds while it is being questioned is not `confirmed`."""
        if not self.round:
            return OPEN if self.verdict == OPEN else CONFIRMED
        return PROPOSED if len({word.verdict for word in self.round}) == 1 else DISPUTED


def person(name: str) -> str:
    """By what two names are told apart: not by case, width, blanks, accents or invisible signs.

    There are no accounts behind names yet; this only keeps one name from counting as two.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(filter(_letter, plain))


def _letter(char: str) -> bool:
    """In the scripts of India vowels are marks, not letters; accents are marks that may go."""
    return char.isalnum() or "VOWEL SIGN" in unicodedata.name(char, "")


def standing(decisions: Iterable[Decision]) -> Standing:
    """Where a match stands after these words, in the order in which they were said."""
    return reduce(_after, decisions, Standing())


def refusal(now: Standing, word: Decision) -> str | None:
    """Why a word cannot be added, in plain words; None where it can."""
    if word.verdict not in VERDICTS:
        return f"the verdict is {word.verdict!r}; it can be {', '.join(VERDICTS)}"
    if not person(word.who):
        return "a decision needs the name of a person"
    if not word.reason.strip():
        return "a decision needs a reason"
    own = [said for said in now.round if person(said.who) == person(word.who)]
    if own and own[0].verdict == word.verdict:
        return "this person has said so already; somebody else has to confirm or dispute it"
    if not now.round and word.verdict == now.verdict:
        return f"the match is {now.verdict} already, and nobody questions it"
    return None


def _after(now: Standing, word: Decision) -> Standing:
    others = tuple(said for said in now.round if person(said.who) != person(word.who))
    words = (*others, word)
    verdicts = {said.verdict for said in words}
    if len(verdicts) > 1:
        return replace(now, round=words)
    if verdicts == {now.verdict}:
        return replace(now, round=())
    if len(words) > 1:
        return Standing(word.verdict, words)
    return replace(now, round=words)
