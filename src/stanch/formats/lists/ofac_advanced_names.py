"""Names in OFAC's advanced XML: an identity's aliases, each documented in one or more scripts."""

from typing import Final
from xml.etree.ElementTree import Element

from stanch.formats.lists.draft import Draft
from stanch.formats.lists.ofac_advanced_words import Words
from stanch.formats.lists.unknown import Unknown
from stanch.model.listed import ALIAS, FORMER, PERSON, PRIMARY, WEAK, ListedName

_KINDS: Final = {"Name": ALIAS, "A.K.A.": ALIAS, "F.K.A.": FORMER, "N.K.A.": ALIAS}
_ROLES: Final = {
    "Last Name": "family",
    "First Name": "given",
    "Middle Name": "middle",
    "Maiden Name": "maiden",
    "Patronymic": "patronymic",
    "Matronymic": "matronymic",
    "Nickname": "nickname",
}


def add_identity(draft: Draft, identity: Element, words: Words, unknown: Unknown) -> None:
    """Every alias in every script. The primary one's first is the entry's main name."""
    types = {
        group.get("ID", ""): words.of("NamePartType", group.get("NamePartTypeID", ""))
        for group in identity.iterfind("NamePartGroups/MasterNamePartGroup/NamePartGroup")
    }
    for alias in identity.iterfind("Alias"):
        kind = _kind(alias, words, unknown)
        for name in alias.iterfind("DocumentedName"):
            listed = _name(draft, name, kind, types, words)
            draft.names.append(listed)
            if kind == PRIMARY and listed.text:
                kind = ALIAS  # the same name in other scripts


def _kind(alias: Element, words: Words, unknown: Unknown) -> str:
    if alias.get("Primary", "").casefold() == "true":
        return PRIMARY
    word = words.of("AliasType", alias.get("AliasTypeID", ""))
    if word not in _KINDS:
        unknown.note(f"AliasType {word}")
    kind = _KINDS.get(word, ALIAS)
    weak = alias.get("LowQuality", "").casefold() == "true"
    return WEAK if weak and kind == ALIAS else kind


def _name(
    draft: Draft, element: Element, kind: str, types: dict[str, str], words: Words
) -> ListedName:
    """Family name first and a comma, as the other files of OFAC write the names of persons."""
    values = list(element.iterfind("DocumentedNamePart/NamePartValue"))
    parts = [
        (_role(types.get(value.get("NamePartGroupID", ""), "")), text)
        for value in values
        if (text := (value.text or "").strip())
    ]
    scripts = {words.of("Script", value.get("ScriptID", "")) for value in values} - {""}
    script = scripts.pop() if len(scripts) == 1 else ""
    if draft.schema != PERSON:
        return ListedName(" ".join(text for _, text in parts), kind, script=script)
    family = " ".join(text for role, text in parts if role == "family")
    rest = " ".join(text for role, text in parts if role != "family")
    comma = ", " if script in ("", "Latin") else " "
    text = comma.join(filter(None, (family, rest)))
    return ListedName(text, kind, tuple(parts), script)


def _role(word: str) -> str:
    return _ROLES.get(word, word.casefold() or "whole")
