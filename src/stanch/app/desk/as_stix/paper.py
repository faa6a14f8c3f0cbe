"""A designation file that lies before a meeting, for those who may see the paper."""

from sqlalchemy import ColumnElement, select

from stanch.app.desk.as_stix.made import Looking, Made, handling_of
from stanch.app.desk.paper_files import ENDING, told
from stanch.body import items
from stanch.errors import RefusedError
from stanch.formats.stix.designation import designation_items
from stanch.model.desk.people import Caller
from stanch.store.desk.seated import Reader, of_meetings
from stanch.store.desk.tables import meeting_item


def paper_made(looking: Looking, id: str) -> Made:
    """The copy for the paper's own marking. Raises NotFoundError, RefusedError."""
    file = items.read_file(looking.connection, looking.reader, id)
    if not file.name.endswith(ENDING):
        raise RefusedError(f"{id} is {file.name}, which is no designation file ({ENDING})")

    def seen(caller: Caller) -> ColumnElement[bool]:
        return of_meetings(meeting_item, Reader(caller, looking.reader.now))

    query = select(meeting_item.c.id).where(meeting_item.c.id == id)
    row = {"id": id, "marking": file.marking}
    handling = handling_of(looking, query, row, seen)
    incidents = looking.registry().incidents if looking.registry else {}
    copy, why = told(file.name, file.content, file.marking, incidents)
    if copy is None:
        raise RefusedError(why)
    return Made(file.owner, copy.title, handling, tuple(designation_items(copy, handling)))
