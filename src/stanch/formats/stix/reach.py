"""How far an object of somebody else may go: the narrowest TLP that marks it or a part of it.

TLP 2.0 and 1.0 are known by their ids (`markings`); what else names a label is known by the
definition itself, where it is at hand.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from stanch.formats.stix.markings import IEP_EXTENSION, TLP_EXTENSION, handling_of
from stanch.model.desk.marking import Marking, narrowest

Object = Mapping[str, Any]

_WORDS: Final = {each.removeprefix("TLP:").lower(): each for each in Marking} | {
    "white": Marking.CLEAR
}


def refs_of(data: Object) -> list[str]:
    """The ids of the markings of an object and of its parts."""
    refs = data.get("object_marking_refs", ())
    parts = data.get("granular_markings", ())
    found = [each for each in refs if isinstance(each, str)] if isinstance(refs, list) else []
    for part in parts if isinstance(parts, list) else ():
        ref = part.get("marking_ref") if isinstance(part, dict) else None
        found += [ref] if isinstance(ref, str) else []
    return found


def reach_of(data: Object, definitions: Mapping[str, Object]) -> Marking | None:
    """The narrowest label of an object; None where nothing says one.

    `definitions` are the marking-definitions at hand, by id.
    """
    refs = refs_of(data)
    if not refs:
        return None
    known = handling_of(refs, {})
    said = [known.tlp] if known else []
    said += [each for ref in refs for each in _told(definitions.get(ref, {}))]
    return narrowest(said) if said else None


def _told(definition: Object) -> Iterable[Marking]:
    """The labels that a definition names: as TLP of either version, or as the TLP of a policy."""
    extensions = definition.get("extensions")
    extensions = extensions if isinstance(extensions, dict) else {}
    for part, name in (
        (definition.get("definition"), "tlp"),
        (extensions.get(TLP_EXTENSION), "tlp_2_0"),
        (extensions.get(IEP_EXTENSION), "tlp"),
    ):
        word = part.get(name) if isinstance(part, dict) else None
        if isinstance(word, str) and word.lower() in _WORDS:
            yield _WORDS[word.lower()]
