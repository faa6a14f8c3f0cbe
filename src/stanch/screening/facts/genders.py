"""Gender: nearly nothing for, something against.

Records of one person disagree in about three of a hundred cases, two people of one name that is
used for both in one of three: 10 log10(0.03 / 0.33) = -10. Agreement is worth 10 log10(0.97 / 0.75)
= 1: four of five listed persons are men, and a name mostly tells the gender already.
"""

from typing import Final

from stanch.model.hits import Evidence

SAME: Final = 1.0
CONTRADICTS: Final = -10.0

_MALE: Final = frozenset({"male", "m", "man", "남", "남성", "남자", "男", "男性", "мужской"})
_FEMALE: Final = frozenset({"female", "f", "woman", "여", "여성", "여자", "女", "女性", "женский"})


def evidence(subject: tuple[str, ...], listed: tuple[str, ...]) -> list[Evidence]:
    """What the genders of both sides say; words that are neither male nor female say nothing."""
    mine = {gender for said in subject if (gender := _gender(said))}
    theirs = {gender for said in listed if (gender := _gender(said))}
    if not mine or not theirs:
        return []
    said = (", ".join(subject), ", ".join(listed))
    if mine & theirs:
        return [Evidence("gender.same", SAME, *said)]
    return [Evidence("gender.contradicts", CONTRADICTS, *said)]


def _gender(said: str) -> str:
    word = said.strip().casefold()
    return "male" if word in _MALE else "female" if word in _FEMALE else ""
