"""The words in which faces speak with the desk's use cases, gathered from the folders below.

A face may import the use cases and nothing of what they rest on.
"""

from typing import Final

from stanch.body.actions import NewAction
from stanch.body.bodies import LISTING as _BODIES
from stanch.body.filling import AskedBody, AskedSeat
from stanch.body.items import NewPaper
from stanch.body.meetings import LISTING as _MEETINGS
from stanch.body.meetings import NewMeeting
from stanch.body.recurrence import LONGEST as LONGEST_RULE
from stanch.body.schedule import by_clock
from stanch.body.seats import LISTING as _SEATS
from stanch.body.seats import NewSeat
from stanch.body.targets import LISTING as _TARGETS
from stanch.body.targets import NewReading, NewTarget
from stanch.body.words import ActionState, SeatRole, Topic
from stanch.cases.cases import LISTING as _CASES
from stanch.cases.cases import Shared
from stanch.cases.files import LARGEST as LARGEST_FILE
from stanch.cases.intake import LISTING as _REPORTS
from stanch.cases.intake import NewReport, Source, Triage, Verdict
from stanch.cases.items import LISTING as _ITEMS
from stanch.cases.items import NewItem
from stanch.cases.judgements import JUDGES, NewJudgement
from stanch.cases.judgements import LISTING as _JUDGEMENTS
from stanch.cases.personas.indicators import LISTING as _INDICATORS
from stanch.cases.personas.indicators import NewIndicators
from stanch.cases.personas.queue import LISTING as _CLUSTERS
from stanch.cases.personas.reading import Said as SaidOf
from stanch.cases.personas.results import LISTING as _RESULTS
from stanch.members.access.api_keys import LISTING as _KEYS
from stanch.members.access.api_keys import MadeKey, NewKey
from stanch.members.access.oidc import Identity
from stanch.members.access.sessions import Opened, Session
from stanch.members.contacts import LISTING as _CONTACTS
from stanch.members.contacts import Contact
from stanch.members.directory import Stored
from stanch.members.organisations import LISTING as _MEMBERS
from stanch.members.organisations import NewMember
from stanch.members.people import LISTING as _PEOPLE
from stanch.members.people import NewPerson
from stanch.model.desk.confidence import Confidence
from stanch.sharing.partners.links import LISTING as _PARTNERS
from stanch.sharing.partners.quarantine import LISTING as _QUARANTINE
from stanch.sharing.partners.words import Direction, HeldState, NewLink
from stanch.sharing.shares.listing import LISTING as _SHARES
from stanch.sharing.threats.answers import NewAnswer
from stanch.sharing.threats.records import LISTING as _THREATS
from stanch.store.desk.page import MOST as MOST_ROWS
from stanch.store.desk.page import Asked, Listing, Page

__all__ = [
    "JUDGES",
    "LARGEST_FILE",
    "LISTINGS",
    "LONGEST_RULE",
    "MOST_ROWS",
    "ActionState",
    "Asked",
    "AskedBody",
    "AskedSeat",
    "Confidence",
    "Contact",
    "Direction",
    "HeldState",
    "Identity",
    "Listing",
    "MadeKey",
    "NewAction",
    "NewAnswer",
    "NewIndicators",
    "NewItem",
    "NewJudgement",
    "NewKey",
    "NewLink",
    "NewMeeting",
    "NewMember",
    "NewPaper",
    "NewPerson",
    "NewReading",
    "NewReport",
    "NewSeat",
    "NewTarget",
    "Opened",
    "Page",
    "SaidOf",
    "SeatRole",
    "Session",
    "Shared",
    "Source",
    "Stored",
    "Topic",
    "Triage",
    "Verdict",
    "by_clock",
]

# By what each list is sorted and filtered: what a face may offer.
LISTINGS: Final = {
    "bodies": _BODIES,
    "cases": _CASES,
    "contacts": _CONTACTS,
    "items": _ITEMS,
    "judgements": _JUDGEMENTS,
    "keys": _KEYS,
    "meetings": _MEETINGS,
    "members": _MEMBERS,
    "partners": _PARTNERS,
    "people": _PEOPLE,
    "quarantine": _QUARANTINE,
    "persona_clusters": _CLUSTERS,
    "persona_indicators": _INDICATORS,
    "persona_results": _RESULTS,
    "reports": _REPORTS,
    "seats": _SEATS,
    "shares": _SHARES,
    "targets": _TARGETS,
    "threats": _THREATS,
}
