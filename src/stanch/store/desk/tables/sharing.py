"""Collections, the objects in them, who reads them, and the partners whose servers are polled.

`docs/design/taxii.md` says what each is for. An object is never changed; one that was deleted
leaves its row without bytes, so that a partner that still has it does not bring it back.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from stanch.store.desk.tables.meta import METADATA, key, maybe, text

collection: Final = Table(
    "collection",
    METADATA,
    key(),  # a UUID, as TAXII asks
    text("owner", "member.id"),
    text("title"),
    text("description"),
    maybe("alias", index=True),  # one of each among those of an owner: others may not be known
    text("purpose", index=True),  # body, member, purpose, inbox
    maybe("body", "body.id"),
    Column("revision", BigInteger, nullable=False),  # one up with each change of what lies in it
    text("last_added"),  # the newest `added` that was given; empty before the first
    text("created"),
)

collection_member: Final = Table(
    "collection_member",
    METADATA,
    text("collection", "collection.id", primary_key=True),
    text("member", "member.id", primary_key=True, index=True),
    Column("reads", Boolean, nullable=False),
    Column("writes", Boolean, nullable=False),
    text("since"),
)

# One row for one set of readers, whatever the number of objects that have them.
audience: Final = Table(
    "audience",
    METADATA,
    Column("id", Integer, primary_key=True),
    text("digest", unique=True),  # of reach, owner and list: one set is one row
    maybe("owner", "member.id"),  # none: all readers of the collection, whoever owns it
    text("reach"),  # collection (all its readers), members, people
)

audience_to: Final = Table(
    "audience_to",
    METADATA,
    Column("audience", Integer, primary_key=True, autoincrement=False),
    text("to", primary_key=True, index=True),
)

shared_object: Final = Table(
    "shared_object",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    text("collection"),
    Column("audience", Integer, nullable=False),
    text("id"),
    text("version"),  # `modified`, else `created`, else when it was added: sorts as it passes
    text("type"),
    text("spec_version"),
    text("added"),  # rises strictly within a collection; pages are read in its order
    text("owner"),
    text("marking"),  # TLP label; empty where the object has none
    text("digest"),  # sha256 of the bytes, in hex
    # 0: the newest for whoever sees it. 1: a newer one is there for somebody else. 2: a newer one
    # is there for the same audience. 3: deleted.
    Column("state", SmallInteger, nullable=False),
    Column("contested", Boolean, nullable=False),  # this version was there before, of another owner
    Column("bytes", LargeBinary, nullable=True),  # none: deleted
    Index("ix_shared_object_page", "collection", "audience", "added", "state"),
    Index("ix_shared_object_type", "collection", "audience", "type", "added", "state"),
    # By its id too a reader is led to what is theirs alone: hidden rows of it take no time. One
    # owner has a version once, whichever its audience: that is settled where objects are put. Ids
    # come first, so that who puts a thousand can ask for a key that no other index serves.
    Index("ix_shared_object_id", "id", "collection", "audience", "version", "owner", unique=True),
)

# Why something of the desk lies in a collection: who decided it, when, for what reason.
share: Final = Table(
    "share",
    METADATA,
    key(),
    text("collection", "collection.id"),
    text("kind"),  # case, item, judgement, order, report, paper, incident
    text("row", index=True),
    text("owner", "member.id"),
    text("marking"),
    text("title"),
    text("to"),  # JSON list of the members that may have it; empty: whoever reads the collection
    text("why"),
    text("terms"),  # JSON: PAP, IEP, Admiralty code, confidence, as far as said; else empty
    text("person"),
    text("created"),
    text("renewed"),  # when it last brought something other than before
    maybe("ended"),
    maybe("reason"),  # why it ended
)

# What each share brought, as it is now: two may bring one object, for the same readers or others.
share_object: Final = Table(
    "share_object",
    METADATA,
    text("share", "share.id", primary_key=True),
    text("object", primary_key=True, index=True),  # its STIX id
    text("digest", primary_key=True),  # sha256 of the bytes, in hex
    text("plain"),  # sha256 of what it says, whatever its version
    text("modified"),  # as the object has it; empty where it has none
    text("to"),  # as of the share
)

taxii_status: Final = Table(
    "taxii_status",
    METADATA,
    key(),  # a UUID
    text("collection"),
    text("member"),
    text("body"),  # JSON: the status resource as it is answered
    text("created", index=True),  # after a month it is forgotten
)

partner: Final = Table(
    "partner",
    METADATA,
    key(),
    text("member", "member.id"),  # whose link it is
    text("source", "member.id"),  # who is at the other end: owner of what comes
    text("title"),
    text("root"),  # URL of the API root
    text("remote"),  # id of the collection there
    text("collection", "collection.id"),  # and here
    text("direction"),  # pull, push, both
    Column("widens", Boolean, nullable=False),  # AMBER goes to the collections' readers
    Column("secret", LargeBinary, nullable=True),  # sealed: only this desk can read it
    Column("every", Integer, nullable=False),  # seconds between two polls
    text("pulled"),  # JSON: where the last poll ended
    text("pushed"),  # JSON: where the last push ended
    text("told"),  # JSON: how many objects came, were known, were laid aside, went out
    text("state"),  # active, stopped, removed
    maybe("failure"),
    Column("tries", Integer, nullable=False),  # failures in a row
    text("due"),  # when it is polled next
    maybe("lease"),  # of the worker that polls it now
    maybe("leased"),  # until when
    maybe("ended"),  # when a poll last came to its end
    text("created"),
    Index("ix_partner_due", "state", "due"),
)

# What came and was not taken in, byte for byte, with the reason.
quarantine: Final = Table(
    "quarantine",
    METADATA,
    key(),
    text("partner", "partner.id"),
    text("collection", "collection.id"),
    text("object"),  # its id where it has one, else empty
    text("reason"),
    text("digest"),
    Column("bytes", LargeBinary, nullable=False),
    text("state"),  # held, taken, dropped
    maybe("person"),
    maybe("settled"),
    text("created"),
    UniqueConstraint("partner", "digest"),
)
