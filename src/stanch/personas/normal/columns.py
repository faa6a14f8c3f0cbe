"""A column of values to their one form: each different value is looked at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from stanch.model.personas import kinds
from stanch.model.personas.values import Ints, Values
from stanch.personas.normal.address import address
from stanch.personas.normal.email import email
from stanch.personas.normal.handle import handle
from stanch.personas.normal.identity import document, employed, photo, words
from stanch.personas.normal.ids import bank, device, git_key
from stanch.personas.normal.network import ip
from stanch.personas.normal.phone import phone
from stanch.personas.normal.times import commit, login, offset_hours

Form = Callable[[str], str]
Missing = tuple[int, str]  # whose, and why

_FORMS: Final[dict[str, Form]] = {
    kinds.EMAIL: email,
    kinds.GIT_EMAIL: email,
    kinds.ADDRESS: address,
    kinds.DEVICE: device,
    kinds.BANK: bank,
    kinds.DOCUMENT: document,
    kinds.IP: ip,
    kinds.EMPLOYER: words,
    kinds.EMPLOYED: employed,
    kinds.GIT_KEY: git_key,
    kinds.PHOTO: photo,
    kinds.CLAIMED_OFFSET: offset_hours,
    kinds.CLAIMED_PLACE: words,
}
_TIMED: Final = {kinds.LOGIN: login, kinds.COMMIT: commit}


@dataclass(frozen=True, slots=True)
class Normal:
    """How values are brought to their form: `country` for phone numbers, `wallet` for wallets,
    whose chains the stage does not know.
    """

    wallet: Form
    country: str | None = None

    def form(self, kind: str, service: str = "") -> Form:
        """What one value of a kind is brought to its form by."""
        if kind == kinds.PHONE:
            return lambda text: phone(text, self.country)
        if kind == kinds.WALLET:
            return self.wallet
        if kind == kinds.HANDLE:
            return lambda text: handle(text, service)
        return _FORMS.get(kind, lambda text: text)

    def __call__(
        self, kind: str, values: Values, service: str = ""
    ) -> tuple[Values, list[Missing]]:
        """The values that have a form, and of each other one whose it was and why it has none."""
        if kind in _TIMED:
            return _timed(_TIMED[kind], values)
        if kind in (kinds.NAME, kinds.NATIONALITY, kinds.LINE):
            return values, []
        return mapped(values, self.form(kind, service))


def mapped(values: Values, form: Form) -> tuple[Values, list[Missing]]:
    """Values through a form."""
    encoded = values.text.dictionary_encode()
    made: list[str | None] = []
    reasons: dict[int, str] = {}
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            made.append(form(text))
        except ValueError as error:
            made.append(None)
            reasons[place] = str(error)
    index = encoded.indices.to_numpy(zero_copy_only=False)
    missing = _missing(values, index, reasons) if reasons else []
    return values.with_text(pa.array(made, pa.string()).take(pa.array(index))), missing


def _missing(values: Values, index: Ints, reasons: dict[int, str]) -> list[Missing]:
    at = np.flatnonzero(np.isin(index, list(reasons)))
    return [(int(values.owner[each]), reasons[int(index[each])]) for each in at]


def _timed(
    form: Callable[[str, int], tuple[str, int]], values: Values
) -> tuple[Values, list[Missing]]:
    kept = np.ones(len(values), dtype=np.bool_)
    texts: list[str] = []
    at: list[int] = []
    missing: list[Missing] = []
    rows = zip(values.text.to_pylist(), values.time.tolist(), strict=True)
    for place, (text, time) in enumerate(rows):
        try:
            said, moment = form(text, time)
            texts.append(said)
            at.append(moment)
        except ValueError as error:
            kept[place] = False
            missing.append((int(values.owner[place]), str(error)))
    return Values.of(values.owner[kept], texts, at), missing
