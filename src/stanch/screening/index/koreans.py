"""The Korean readings of all listed names, filed by surname, and what their spellings stand for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.screening.names.korean.parse import MOST_GIVEN, KoreanReading
from stanch.screening.names.korean.syllables import Written, stands_for

Array = npt.NDArray[Any]

FIRST: Final = 0xAC00
SYLLABLES: Final = 11172
SCRIPTS: Final = ("latin", "kana", "cyrillic", "hangul")
ROLES: Final = ("surname", "given")


@dataclass(slots=True)
class Koreans:
    """Takes the readings of names one by one; `arrays` gives the whole, sorted by surname."""

    spelled: dict[str, dict[Written, int]] = field(
        default_factory=lambda: {role: {} for role in ROLES}
    )
    found: list[tuple[int, int, list[int], float, bool]] = field(default_factory=list)

    def add(self, readings: Sequence[KoreanReading], listed: int) -> None:
        """File every reading of the name `listed`."""
        for reading in readings:
            surname = self._number(reading.surname, "surname")
            given = [self._number(part, "given") for part in reading.given]
            self.found.append((surname, listed, given, reading.doubt, reading.first))

    def named(self, names: int) -> Array:
        """For each of `names` names whether it may be read as a Korean one."""
        out = np.zeros(names, np.bool_)
        out[[reading[1] for reading in self.found]] = True
        return out

    def _number(self, written: Written, role: str) -> int:
        known = self.spelled[role]
        return known.setdefault(written, len(known))

    def arrays(self) -> dict[str, Array]:
        """Readings by surname spelling, and for each Hangul syllable the spellings it may have."""
        self.found.sort(key=lambda reading: reading[0])
        syllables = np.zeros((len(self.found), MOST_GIVEN), np.int32)
        for row, (_, _, given, _, _) in enumerate(self.found):
            syllables[row, : len(given)] = given
        surnames = [reading[0] for reading in self.found]
        counts = np.bincount(np.array(surnames, np.int64), minlength=len(self.spelled["surname"]))
        return {
            "korean_start": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            "korean_name": np.array([reading[1] for reading in self.found], np.int32),
            "korean_count": np.array([len(reading[2]) for reading in self.found], np.int32),
            "korean_syllable": syllables,
            "korean_doubt": np.array([reading[3] for reading in self.found], np.float32),
            "korean_script": self._scripts(),
            "korean_first": np.array([reading[4] for reading in self.found], np.bool_),
            **{key: array for role in ROLES for key, array in self._spellings(role).items()},
        }

    def _scripts(self) -> Array:
        """The script of each reading, as its place in SCRIPTS."""
        known = [SCRIPTS.index(written.script) for written in self.spelled["surname"]]
        return np.array([known[reading[0]] for reading in self.found], np.uint8)

    def _spellings(self, role: str) -> dict[str, Array]:
        """The spellings as text, and inverted: by Hangul syllable, which and how strongly."""
        known = list(self.spelled[role])
        entries = sorted(
            (ord(syllable) - FIRST, number, weight)
            for number, written in enumerate(known)
            for syllable, weight in stands_for(written)
        )
        syllables = np.array([entry[0] for entry in entries], np.int64)
        counts = np.bincount(syllables, minlength=SYLLABLES)
        text = json.dumps([[written.script, written.spelling] for written in known])
        return {
            f"{role}_spellings": np.frombuffer(text.encode(), np.uint8),
            f"{role}_start": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            f"{role}_number": np.array([entry[1] for entry in entries], np.int32),
            f"{role}_weight": np.array([entry[2] for entry in entries], np.float32),
        }
