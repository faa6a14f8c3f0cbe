"""What a user says of all that goes out: PAP, IEP, Admiralty code, a word of a scale."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.stix.files import whole
from stanch.errors import InputError, UsageError
from stanch.formats.stix.markings import policy_in
from stanch.formats.stix.terms import Terms, terms_in


@dataclass(frozen=True, slots=True)
class Said:
    """As people say it: a PAP label, the file of an IEP 2.0 policy (JSON), A to F for the source,
    1 to 6 for what it says, and `scale:word`. What is left empty is not said.
    """

    pap: str = ""
    iep: Path | None = None
    reliability: str = ""
    credibility: str = ""
    confidence: str = ""


NOTHING: Final = Said()


def terms(said: Said) -> Terms:
    """What is meant. Raises UsageError, InputError for the file."""
    words = {
        "pap": said.pap, "reliability": said.reliability, "credibility": said.credibility,
        "confidence": said.confidence,
    }  # fmt: skip
    iep = None if said.iep is None else policy_file(said.iep)
    try:
        return terms_in(words | {"iep": iep})
    except ValueError as error:
        raise UsageError(str(error)) from None


def policy_file(file: Path) -> object:
    """The JSON of a file that holds an IEP 2.0 policy. Raises UsageError, InputError."""
    try:
        value: object = json.loads(whole(file))
        policy_in(value)
    except RecursionError:
        raise InputError(file.name, "is nested too deep") from None
    except ValueError as error:
        raise InputError(file.name, f"is no IEP 2.0 policy: {error}") from None
    return value
