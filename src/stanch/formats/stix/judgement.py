"""A judgement on a case: a `note` with what it rests on, and an `opinion` with its stance.

Both are about what was judged, and carry at least its marking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stanch.formats.stix.extensions import extended
from stanch.formats.stix.grading import sure
from stanch.formats.stix.handling import PUBLIC, Handling, strictest
from stanch.formats.stix.ids import named
from stanch.formats.stix.incident import OPINIONS
from stanch.formats.stix.item import Item, first_hand, make
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Stance


@dataclass(frozen=True, slots=True)
class Judged:
    """What one body says: its id at the desk, who says it, of which actor, how sure, and on what.

    `at` is a STIX timestamp.
    """

    id: str
    by: str
    country: str
    stance: Stance
    actor: str
    confidence: Confidence
    sources: Sequence[str]
    at: str
    marking: Marking


def judgement_items(said: Judged, about: Sequence[Item], within: Handling = PUBLIC) -> list[Item]:
    """The note and the opinion on some objects; `within` is how its row is handled beside its
    marking. Raises ValueError where it is about none.
    """
    if not about:
        raise ValueError("a judgement is about something")
    of = first_hand(strictest((Handling(said.marking), within)))
    surely = sure(said.confidence)
    own = {
        "created": said.at,
        "modified": said.at,
        "authors": [said.by],
        "object_refs": list(about),
        "confidence": surely["confidence"],
        "extensions": surely["extensions"]
        | extended(
            "attribution",
            body_name=said.by,
            country=said.country,
            stance=said.stance.value,
            actor=said.actor,
            confidence=said.confidence.value,
            sources=list(said.sources),
            marking=said.marking.value,
        ),
    }
    text = f"{said.by} {said.stance} it: {said.actor}, with {said.confidence} confidence."
    rests = "\n".join(f"- {each}" for each in said.sources)
    note = own | {"abstract": text, "content": f"{text}\n\nIt rests on:\n{rests}"}
    opinion = own | {"explanation": text, "opinion": OPINIONS[said.stance]}
    return [
        make(named("note", "judgement", said.id), note, of),
        make(named("opinion", "judgement", said.id), opinion, of),
    ]
