"""Machine-readable zones of identity documents (ICAO Doc 9303), and their check digits.

Lines that are not wholly readable have no value at all: readers of characters fail on honest
documents, so a failure must not count against anybody. Check digits cover neither name nor
nationality.
"""

import json
import re
from dataclasses import dataclass
from typing import Final

_WEIGHTS: Final = (7, 3, 1)
_LINE: Final = re.compile(r"[A-Z0-9<]+")
_KINDS: Final = {"P": "passport", "V": "visa", "I": "id", "A": "id", "C": "id"}


@dataclass(frozen=True, slots=True)
class Mrz:
    """What the lines say. `wrong` names the fields whose check digit does not hold, of `checked`.

    Dates are as printed, YYMMDD; `number` and `state` have no fillers.
    """

    form: str
    kind: str
    state: str
    number: str
    nationality: str
    birth: str
    expires: str
    checked: int
    wrong: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def document(self) -> str | None:
        """kind|state|number, where the number's own check digit holds."""
        if "number" in self.wrong or not self.number:
            return None
        return f"{self.kind}|{self.state}|{self.number}"

    def as_json(self) -> str:
        """All of it as one JSON object."""
        said = {name: getattr(self, name) for name in (*self.__slots__, "document")}
        return json.dumps(said, sort_keys=True)


def check_digit(text: str) -> str:
    """The digit for a field.

    >>> check_digit("L898902C3"), check_digit("740812"), check_digit("<<<<<<<<<<<<<<")
    ('6', '2', '0')
    """
    values = (0 if each == "<" else int(each, 36) for each in text)
    return str(sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def parse(text: str) -> Mrz:
    """The zone in a text of two or three lines. Raises ValueError where it cannot be read.

    >>> zone = parse("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\\n"
    ...              "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    >>> zone.document, zone.wrong, zone.checked
    ('passport|UTO|L898902C3', (), 5)
    """
    lines = tuple("".join(line.split()).upper() for line in text.splitlines() if line.strip())
    if len(lines) == 1 and len(lines[0]) in (72, 88, 90):
        lines = _broken(lines[0])
    form = _FORMS.get((len(lines), *{len(line) for line in lines}))
    if form is None or not all(_LINE.fullmatch(line) for line in lines):
        raise ValueError("cannot be read")
    name, fields = form
    if lines[0][0] == "V" and name != "TD1":
        name, fields = f"MRV-{'A' if name == 'TD3' else 'B'}", _VISA
    cut = {field: _cut(lines, place) for field, place in fields.items()}
    return _made(name, lines, cut, {"TD1": _TD1_ALL, "TD2": _TD2_ALL, "TD3": _TD3_ALL}.get(name))


_Place = tuple[int, int, int]  # line, from, to
_Fields = dict[str, _Place]
_TWO: Final[_Fields] = {
    "state": (0, 2, 5), "number": (1, 0, 10), "nationality": (1, 10, 13), "birth": (1, 13, 20),
    "expires": (1, 21, 28),
}  # fmt: skip
_VISA: Final = _TWO
_TD3: Final[_Fields] = {**_TWO, "personal": (1, 28, 43)}
_TD1: Final[_Fields] = {
    "state": (0, 2, 5), "number": (0, 5, 15), "birth": (1, 0, 7), "expires": (1, 8, 15),
    "nationality": (1, 15, 18),
}  # fmt: skip
_TD3_ALL: Final = ((1, 0, 10), (1, 13, 20), (1, 21, 43))
_TD2_ALL: Final = ((1, 0, 10), (1, 13, 20), (1, 21, 35))
_TD1_ALL: Final = ((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29))
_FORMS: Final[dict[tuple[int, ...], tuple[str, _Fields]]] = {
    (2, 44): ("TD3", _TD3), (2, 36): ("TD2", _TWO), (3, 30): ("TD1", _TD1),
}  # fmt: skip
_CHECKED: Final = ("number", "birth", "expires", "personal")


def _broken(line: str) -> tuple[str, ...]:
    count = 3 if len(line) == 90 else 2
    size = len(line) // count
    return tuple(line[at : at + size] for at in range(0, len(line), size))


def _cut(lines: tuple[str, ...], place: _Place) -> str:
    line, begin, end = place
    return lines[line][begin:end]


def _made(
    form: str, lines: tuple[str, ...], cut: dict[str, str], whole: tuple[_Place, ...] | None
) -> Mrz:
    wrong: list[str] = []
    checked = 0
    for field in _CHECKED:
        if field in cut and (verdict := _verdict(field, cut[field])) is not None:
            checked += 1
            wrong += [] if verdict else [field]
    # A number of more than nine characters goes on elsewhere in its line; then nothing is said.
    long = cut["number"].endswith("<") and cut["number"] != "<" * 10
    if long:
        wrong, checked = [each for each in wrong if each != "number"], checked - 1
    if whole is not None and not long:
        checked += 1
        said = check_digit("".join(_cut(lines, place) for place in whole))
        wrong += [] if said == lines[1][-1] else ["all"]
    number = "" if long else cut["number"][:-1].replace("<", "")
    return Mrz(
        form, _KINDS.get(lines[0][0], ""), cut["state"].replace("<", ""), number,
        cut["nationality"].replace("<", ""), cut["birth"][:-1], cut["expires"][:-1], checked,
        tuple(wrong), lines,
    )  # fmt: skip


def _verdict(field: str, text: str) -> bool | None:
    """Whether a field's last character is its check digit; None where the field may be empty."""
    body, digit = text[:-1], text[-1]
    if field == "personal" and not body.strip("<"):
        return digit in "<0"
    return digit == check_digit(body)
