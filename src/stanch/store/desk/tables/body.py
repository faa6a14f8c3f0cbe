"""Bodies of several members: who sits in them, what they aim at, their meetings, what came of it.

A row belongs to a time (`at`): of a meeting its start, of a target when it was set, of a reading
its day. Who may see it had a seat then (`store.desk.seated`).
"""

from typing import Final

from sqlalchemy import Column, Index, Integer, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, shared, text

body: Final = Table(
    "body",
    METADATA,
    key(),
    *shared(),
    text("name"),
    text("basis"),  # the legal basis, in words
    text("scope"),
    text("rule"),  # RRULE of RFC 5545, without the name of the property
    text("first"),  # the first time that the rule counts from, by the clocks of `zone`
    text("zone"),  # IANA
    Column("minutes", Integer, nullable=False),
    text("agenda"),  # JSON list of {topic, title}: of such meetings
    text("created"),
)

seat: Final = Table(
    "seat",
    METADATA,
    key(),
    text("body", "body.id"),
    text("member", "member.id"),
    text("agency"),
    text("role"),  # co-chair, member, observer
    text("since"),
    maybe("until"),
    text("created"),
    Index("ix_seat_member_body", "member", "body"),
)

body_target: Final = Table(
    "body_target",
    METADATA,
    key(),
    text("body", "body.id"),
    *shared(),
    text("measure"),
    text("unit"),
    text("baseline"),  # decimal digits, as typed
    text("target"),
    text("due"),  # a day
    text("at"),
    text("created"),
    Index("ix_body_target_body_created", "body", "created"),
)

reading: Final = Table(
    "reading",
    METADATA,
    key(),
    text("body", "body.id"),
    text("target", "body_target.id"),
    *shared(),
    text("value"),
    text("day"),
    text("at"),  # the start of that day by the body's clocks, or when the target was set
    text("created"),
    Index("ix_reading_target_day", "target", "day"),
)

meeting: Final = Table(
    "meeting",
    METADATA,
    key(),
    text("body", "body.id"),
    *shared(),
    Column("number", Integer, nullable=False),
    text("at"),  # the start
    text("slot"),  # the start by the schedule, which the next one follows, moved or not
    Column("minutes", Integer, nullable=False),
    text("zone"),
    text("place"),
    text("state"),  # called, cancelled
    Column("sequence", Integer, nullable=False),  # of RFC 5545: how often it was changed
    text("changed"),
    text("created"),
    Index("ix_meeting_body_at", "body", "at"),
    Index("uq_meeting_body_number", "body", "number", unique=True),
)

meeting_item: Final = Table(
    "meeting_item",
    METADATA,
    key(),
    text("body", "body.id"),
    text("meeting", "meeting.id"),
    *shared(),
    text("kind"),  # agenda, paper, decision
    Column("place", Integer, nullable=False),  # within its kind
    text("said"),  # JSON: title; text, or name, size and sha256 of a file
    maybe("file", "file.sha256"),
    text("created"),
    Index("ix_meeting_item_meeting_kind", "meeting", "kind", "place"),
)

action: Final = Table(
    "action",
    METADATA,
    key(),
    text("body", "body.id"),
    text("meeting", "meeting.id"),
    *shared(),
    text("by"),  # the member that is to do it
    text("what"),
    text("due"),  # a day
    text("state"),  # open, done, dropped
    maybe("reason"),
    maybe("ended"),
    text("created"),
    Index("ix_action_meeting_due", "meeting", "due"),
)
