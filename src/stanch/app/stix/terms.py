"""What a user says of all that goes out: PAP, IEP, Admiralty code, a word of a scale."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.app.stix.files import whole
from stanch.errors import InputError, UsageError
from stanch.formats.stix.grading import SCALES, Grade
from stanch.formats.stix.handling import Handling, Policy
from stanch.formats.stix.markings import label_of, policy_in
from stanch.formats.stix.terms import Terms
from stanch.model.desk.marking import Marking, Pap


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
    policy = None
    if said.iep is not None:
        try:
            policy = policy_in(json.loads(whole(said.iep)))
        except RecursionError:
            raise InputError(said.iep.name, "is nested too deep") from None
        except ValueError as error:
            raise InputError(said.iep.name, f"is no IEP 2.0 policy: {error}") from None
    return agreed(said, policy)


def agreed(said: Said, policy: Policy | None) -> Terms:
    """The same with a policy that is at hand. Raises UsageError."""
    if said.pap and said.pap not in set(Pap):
        raise UsageError(f"pap: {said.pap[:40]!r} is none of {', '.join(Pap)}")
    policies = frozenset([policy] if policy else [])
    label = label_of(policy) if policy else Marking.CLEAR
    handling = Handling(label, Pap(said.pap) if said.pap else None, policies)
    scale, colon, word = said.confidence.partition(":")
    if said.confidence and not (colon and scale in SCALES):
        raise UsageError(f"confidence: say SCALE:WORD, with one of {', '.join(SCALES)}")
    try:
        return Terms(handling, Grade(said.reliability, said.credibility), scale, word)
    except ValueError as error:
        raise UsageError(str(error)) from None
