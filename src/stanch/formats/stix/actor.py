"""Groups as `intrusion-set`, each linked to the group of MITRE ATT&CK that it is, by its real id.

The ids stand in attack_groups.tsv. An actor of ours stays an object of ours: what ATT&CK says of
its group is MITRE's to say.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from stanch.formats.stix.ids import named
from stanch.formats.stix.item import Item, Origin, Outside, make
from stanch.model.registry.incident import Actor

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


@cache
def attack_ids() -> Mapping[str, str]:
    """The STIX id of each group of ATT&CK, by its number such as G0032."""
    text = files("stanch.formats.stix").joinpath("attack_groups.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return dict(rows)


def actor(found: Actor, of: Origin, at: str) -> Item:
    """A group, in the version of a time. Its links to other objects are `links`."""
    refs = []
    if found.attack:
        refs = [{"source_name": "mitre-attack", "external_id": found.attack}]
    said = {
        "created": at,
        "modified": at,
        "name": found.name,
        "description": f"{found.name}, a group as those who track it name it.",
        "aliases": list(found.aliases),
        "external_references": refs,
    }
    return make(named("intrusion-set", "registry", found.id), said, of)


def links(found: Actor, item: Item, of: Origin, larger: Item | None = None) -> list[Item]:
    """That it is a group of ATT&CK, and that it is part of a larger one."""
    made = []
    attack = attack_ids().get(found.attack)
    if attack is not None:
        made.append(relationship("duplicate-of", item, Outside(attack), of))
    if larger is not None:
        said = {"description": f"{found.name} is part of {larger.data['name']}."}
        made.append(relationship("related-to", item, larger, of, said))
    return made


def relationship(
    kind: str,
    source: Item,
    target: Item | Outside,
    of: Origin,
    said: Mapping[str, object] = NOTHING,
) -> Item:
    """A relationship between two objects, as old as what it is about."""
    at = max(
        str(each.data.get("modified", ""))
        for each in (source, target)
        if isinstance(each, Item)
    )  # fmt: skip
    own = {
        "created": at,
        "modified": at,
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
        **said,
    }
    return make(named("relationship", kind, source.id, target.id), own, of)
