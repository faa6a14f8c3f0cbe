"""A proposed designation before a meeting: told as its paper is marked, asked about in the lists in
force elsewhere, and exported.

All is done with the copy for the paper's own marking, so nothing here can tell what is left out.
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from stanch.app.designation.crosscheck import cross_check
from stanch.app.designation.export import incident_lines
from stanch.app.desk import meetings
from stanch.app.desk.bodies import reader
from stanch.app.desk.desk import Desk
from stanch.app.desk.paper_files import ENDING, told
from stanch.body import items
from stanch.errors import NotFoundError, RefusedError, StanchError
from stanch.formats.designation import ftm
from stanch.formats.stix import designation as stix
from stanch.model.crosscheck import CrossCheck
from stanch.model.designation import Designation
from stanch.model.desk.marking import Marking
from stanch.model.desk.people import Caller
from stanch.model.registry.incident import Incident
from stanch.reports.designation import page


class Form(StrEnum):
    """As what a proposal is exported."""

    FTM = "ftm"
    STIX = "stix"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paper of which meeting; incidents of the desk's registry, and its home with lists."""

    meeting: str
    paper: str
    incidents: Mapping[str, Incident]
    home: Path | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paper's file, as whoever may see the paper may see it; `copy` is None where `why` says
    why nobody is told it.
    """

    meeting: Mapping[str, Any]
    paper: Mapping[str, Any]
    copy: Designation | None
    why: str = ""

    @property
    def level(self) -> Marking:
        """For readers of which level its copy is."""
        return Marking(self.paper["marking"])


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the lists in force say of a copy; None where `why` says why they were not asked."""

    found: CrossCheck | None
    why: str = ""


def one(desk: Desk, caller: Caller, asked: Asked) -> Proposal:
    """The proposal in a paper. Raises NotFoundError where the caller may not see the paper, or its
    file is not of the kind that a designation is.
    """
    meeting = meetings.one(desk, caller, asked.meeting)
    for paper in meeting["papers"]:
        if paper["id"] == asked.paper and str(paper.get("name", "")).endswith(ENDING):
            with desk.database.read() as connection:
                file = items.read_file(connection, reader(desk, caller), paper["id"])
            copy, why = told(file.name, file.content, file.marking, asked.incidents)
            return Proposal(meeting, paper, copy, why)
    raise NotFoundError(f"no designation file {asked.paper} before {asked.meeting}")


def elsewhere(copy: Designation, home: Path | None) -> Elsewhere:
    """Ask the lists of the desk's home. What is wrong with them is told to who keeps the desk."""
    if home is None:
        return Elsewhere(None, "this desk keeps no lists")
    try:
        return Elsewhere(cross_check(copy, home))
    except StanchError as error:
        with suppress(OSError):
            print(json.dumps({"lists": str(error)}), file=sys.stderr, flush=True)
        return Elsewhere(None, "the lists of this desk cannot be asked now; its keeper finds why")


def view(proposal: Proposal, asked: Asked) -> dict[str, Any]:
    """What a page shows of a proposal that is told: as the document to print has it; and `under`
    each subject, or wallet of nobody, the statements about it, `beside` them those about none.
    """
    copy = proposal.copy
    assert copy is not None, proposal.why
    said = elsewhere(copy, asked.home)
    shown = page.view(
        copy, said.found, incident_lines(asked.incidents, proposal.level), proposal.level
    )
    numbered = {each["number"]: each for each in shown["statements"]}
    ids = [each.entry.id for each in copy.subjects] + [each.id for each in shown["loose"]]
    under = {id: [numbered[number] for number in _numbers(copy, id)] for id in ids}
    told = {each["number"] for row in under.values() for each in row}
    beside = [each for number, each in numbered.items() if number not in told]
    checked = {} if said.found is None else {each.id: each for each in said.found.subjects}
    return {**shown, "under": under, "beside": beside, "checked": checked, "unasked": said.why}


def export(desk: Desk, caller: Caller, asked: Asked, form: Form) -> bytes:
    """The proposal as data, or as a document. Raises as `one`, RefusedError for a file with a
    fault.
    """
    proposal = one(desk, caller, asked)
    copy = proposal.copy
    if copy is None:
        raise RefusedError(proposal.why)
    if form is Form.FTM:
        return ftm.write(copy)
    if form is Form.STIX:
        return stix.write(copy)
    found = elsewhere(copy, asked.home).found
    return page.render(
        copy, found, incident_lines(asked.incidents, proposal.level), proposal.level
    ).encode()


def _numbers(copy: Designation, id: str) -> list[int]:
    """The statements about a subject or a wallet of theirs, each once, in their order."""
    ids = (id, *(wallet.id for wallet in copy.held_by(id)))
    return sorted({each.number for one in ids for each in copy.reasons(one)})
