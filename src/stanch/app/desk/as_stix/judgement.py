"""A judgement as a `note` and an `opinion` about its case."""

import json

from sqlalchemy import select

from stanch.app.desk.as_stix.case import case_object
from stanch.app.desk.as_stix.made import Looking, Made, handling_of
from stanch.cases import cases
from stanch.cases.judgements import seen
from stanch.errors import NotFoundError
from stanch.formats.stix.judgement import Judged, judgement_items
from stanch.formats.stix.times import of_text
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.marking import Marking
from stanch.model.registry.words import Stance
from stanch.store.desk.tables import judgement, member


def judgement_made(looking: Looking, id: str) -> Made:
    """A judgement, and the case that it is on. Raises NotFoundError, RefusedError."""
    query = select(judgement, member.c.name).join(member, judgement.c.owner == member.c.id)
    here = query.where(judgement.c.id == id)
    row = looking.connection.execute(here.where(seen(looking.caller))).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no judgement {id}")
    main = case_object(looking, cases.one(looking.connection, looking.caller, row["case"]))
    handling = handling_of(looking, select(judgement.c.id).where(judgement.c.id == id), row, seen)
    said = Judged(
        id, row["name"], row["country"], Stance(row["stance"]), row["actor"],
        Confidence(row["confidence"]), json.loads(row["sources"]), of_text(row["created"]),
        Marking(row["marking"]),
    )  # fmt: skip
    items = (main, *judgement_items(said, [main], handling))
    return Made(row["owner"], f"{said.by} {said.stance} it: {said.actor}", handling, items)
