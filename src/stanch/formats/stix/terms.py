"""What whoever passes things on says of all of them: PAP, policies, how good they are.

Terms narrow and never widen. They bind whatever is made of what they are said of, wallets and
relationships too. What describes the world and is public by itself, an organisation or a group of
attackers, is the same object for everybody and stays as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stanch.formats.stix.extensions import extended, said_by
from stanch.formats.stix.grading import SCALES, UNGRADED, Grade, confidence, graded
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.item import Item, first_hand, narrowed
from stanch.formats.stix.markings import label_of, policy_in, policy_said
from stanch.model.desk.marking import Marking, Pap

# What can be right or wrong. An order is what was signed, a wallet is there or is not.
_GRADED: Final = frozenset(
    ("grouping", "incident", "indicator", "note", "observed-data", "opinion", "relationship",
     "report", "sighting", "threat-actor")
)  # fmt: skip
_GRADE: Final = ("reliability", "credibility")
_KNOWN: Final = frozenset(("identity", "intrusion-set"))


@dataclass(frozen=True, slots=True)
class Terms:
    """A handling that all is held to; the Admiralty code and a word of a scale of confidence, for
    what does not say how sure it is. `scale` and `word` are empty together.

    Raises ValueError where the scale has no such word.
    """

    handling: Handling = PUBLIC
    grade: Grade = UNGRADED
    scale: str = ""
    word: str = ""

    def __post_init__(self) -> None:
        """Hold the word to its scale."""
        if self.scale or self.word:
            confidence(self.scale, self.word)

    def says(self) -> dict[str, Any]:
        """The properties that an object gets which says nothing of its own."""
        said = graded(self.grade) if self.grade != UNGRADED else {}
        if self.scale:
            said["confidence"] = confidence(self.scale, self.word)
            said["extensions"] = extended(
                "grading", reliability=self.grade.reliability, scale=self.scale, word=self.word,
                credibility=self.grade.credibility,
            )  # fmt: skip
        return said

    def over(self, before: "Terms") -> "Terms":
        """These, and of those before what these leave unsaid."""
        own, known = self.handling, before.handling
        policies = own.policies or known.policies
        label = own.tlp if own.policies else known.tlp
        grade = Grade(
            self.grade.reliability or before.grade.reliability,
            self.grade.credibility or before.grade.credibility,
        )
        sure = self if self.scale else before
        handling = Handling(label, own.pap or known.pap, policies)
        return Terms(handling, grade, sure.scale, sure.word)


UNSAID: Final = Terms()


def told(terms: Terms) -> dict[str, Any]:
    """Terms as JSON has them, without what is not said: `pap`, `iep` (as its extension names it),
    `reliability`, `credibility`, `confidence` (scale and word).
    """
    (policy,) = terms.handling.policies or (None,)
    said = {
        "pap": terms.handling.pap and terms.handling.pap.value,
        "iep": policy and policy_said(policy),
        "reliability": terms.grade.reliability,
        "credibility": terms.grade.credibility,
        "confidence": terms.scale and f"{terms.scale}:{terms.word}",
    }
    return {name: value for name, value in said.items() if value}


def terms_in(said: Mapping[str, Any]) -> Terms:
    """What `told` told, or somebody wrote so. Raises ValueError, with the name of what is none."""
    texts = {name: said.get(name) or "" for name in ("pap", *_GRADE, "confidence")}
    for name, text in texts.items():
        if not isinstance(text, str):
            raise ValueError(f"{name}: is no text")
    pap, confidence_ = texts["pap"], texts["confidence"]
    if pap and pap not in set(Pap):
        raise ValueError(f"pap: {pap[:40]!r} is none of {', '.join(Pap)}")
    scale, colon, word = confidence_.partition(":")
    if confidence_ and not (colon and scale in SCALES):
        raise ValueError(f"confidence: say SCALE:WORD, with one of {', '.join(SCALES)}")
    policy = policy_in(said["iep"]) if said.get("iep") else None
    label = label_of(policy) if policy else Marking.CLEAR
    handling = Handling(
        label, Pap(pap) if pap else None, frozenset([policy] if policy else [])
    )  # fmt: skip
    return Terms(handling, Grade(*(texts[name] for name in _GRADE)), scale, word)


def under(items: Iterable[Item], terms: Terms) -> list[Item]:
    """The same items, and all that they refer to, under terms. Ids stay.

    Raises ValueError where a policy of theirs reaches fewer than a label of the terms.
    """
    if terms == UNSAID:
        return list(items)
    said, done = terms.says(), dict[int, tuple[Item, Item]]()  # an id() holds while its item lives
    return [_under(each, terms.handling, said, done) for each in items]


def _under(
    item: Item, handling: Handling, said: Mapping[str, Any], done: dict[int, tuple[Item, Item]]
) -> Item:
    if id(item) not in done:
        parts = tuple(_under(each, handling, said, done) for each in item.parts)
        known = item.data["type"] in _KNOWN and item.handling == PUBLIC
        of = first_hand(PUBLIC if known else handling)
        done[id(item)] = (item, narrowed(item, of, parts, _more(item, said)))
    return done[id(item)][1]


def _more(item: Item, said: Mapping[str, Any]) -> dict[str, Any]:
    """What of it an object gets: its own word stands, and its labels and extensions stay."""
    data = item.data
    own = "confidence" in data or said_by(data, "grading") is not None
    if not said or own or data["type"] not in _GRADED:
        return {}
    labels = [*data.get("labels", ()), *said.get("labels", ())]
    more = {**said, "extensions": {**data.get("extensions", {}), **said["extensions"]}}
    more.pop("labels", None)
    return more | ({"labels": labels} if labels else {})
