"""All tables of the desk, one file for each folder that writes them.

Times are texts, `2026-11-26T19:03:00.000000Z`, so that they sort alike on every engine. Amounts are
texts of decimal digits: they outgrow 64 bits. Ids are texts with a prefix that names the kind.
JSON is canonical (RFC 8785) where it is hashed.
"""

from stanch.store.desk.tables.body import (
    action,
    body,
    body_target,
    meeting,
    meeting_item,
    reading,
    seat,
)
from stanch.store.desk.tables.cases import (
    case,
    case_item,
    exposure,
    file,
    intake,
    intake_account,
    judgement,
    reporter,
)
from stanch.store.desk.tables.log import erasable, log, log_head, log_node, tree_head
from stanch.store.desk.tables.meta import METADATA
from stanch.store.desk.tables.notices import mail, notice
from stanch.store.desk.tables.orders import (
    attempt,
    delivery,
    effect,
    feed,
    order,
    outcome,
    reply,
    review,
    statement,
    target,
    webhook,
)
from stanch.store.desk.tables.people import (
    api_key,
    approver_key,
    contact,
    desk,
    directory,
    failure,
    link,
    member,
    person,
    release,
    session,
)
from stanch.store.desk.tables.snapshots import snapshot

__all__ = [
    "METADATA",
    "action",
    "api_key",
    "approver_key",
    "attempt",
    "body",
    "body_target",
    "case",
    "case_item",
    "contact",
    "delivery",
    "desk",
    "directory",
    "effect",
    "erasable",
    "exposure",
    "failure",
    "feed",
    "file",
    "intake",
    "intake_account",
    "judgement",
    "link",
    "log",
    "log_head",
    "log_node",
    "mail",
    "meeting",
    "meeting_item",
    "member",
    "notice",
    "order",
    "outcome",
    "person",
    "reading",
    "release",
    "reply",
    "reporter",
    "review",
    "seat",
    "session",
    "snapshot",
    "statement",
    "target",
    "tree_head",
    "webhook",
]
