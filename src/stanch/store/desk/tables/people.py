"""The desk itself, its members, the people in them, their keys, and how they come in."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, text

desk: Final = Table(
    "desk",
    METADATA,
    key(),
    text("name"),
    text("created"),
    text("key"),  # public key of the desk, base64url; the private one is a file, never here
    maybe("pepper"),  # 32 random bytes in hex, to key digests with; made when first needed
)

member: Final = Table(
    "member",
    METADATA,
    key(),
    text("name"),
    text("kind"),
    text("country"),
    Column("founding", Boolean, nullable=False),
    maybe("key"),  # kid of the offline key, once a directory names it
    text("created"),
)

person: Final = Table(
    "person",
    METADATA,
    key(),
    text("member", "member.id"),
    text("name"),
    maybe("email"),
    text("roles"),  # blank-separated
    maybe("issuer"),  # OpenID Connect: who vouches for the person, and under what subject
    maybe("subject"),
    Column("active", Boolean, nullable=False),
    text("created"),
    Index("uq_person_issuer_subject", "issuer", "subject", unique=True),
)

approver_key: Final = Table(
    "approver_key",
    METADATA,
    text("kid", primary_key=True),
    text("person", "person.id"),
    text("public"),  # base64url
    text("certificate"),  # JWS of the member's offline key
    text("created"),
    maybe("revoked"),
)

directory: Final = Table(
    "directory",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    text("hash", unique=True),
    Column("document", LargeBinary, nullable=False),  # canonical JSON
    text("signatures"),  # JSON list of JWS
    text("created"),
)

contact: Final = Table(
    "contact",
    METADATA,
    key(),
    text("member", "member.id"),
    text("name"),
    text("role"),
    text("channel"),
    text("hours"),  # in words and with a time zone: 24/7; Mon-Fri 09:00-18:00 Asia/Seoul
    text("languages"),
    text("requirements"),  # what the law or the house asks for with a request
    text("jurisdictions"),  # ISO 3166-1, blank-separated
    text("changed"),
)

api_key: Final = Table(
    "api_key",
    METADATA,
    key(),
    text("person", "person.id"),
    text("label"),
    text("digest", unique=True),  # SHA-256 of 256 random bits: nothing to guess, so no slow hash
    text("scopes"),
    text("created"),
    text("expires"),
    maybe("revoked"),
    maybe("used"),
)

link: Final = Table(
    "link",
    METADATA,
    text("digest", primary_key=True),
    text("person", "person.id"),
    text("created"),
    text("expires"),
    maybe("used"),
)

session: Final = Table(
    "session",
    METADATA,
    text("digest", primary_key=True),
    text("person", "person.id"),
    text("csrf"),
    text("created"),
    text("expires"),
    text("seen"),
)

failure: Final = Table(
    "failure",
    METADATA,
    Column("n", Integer, primary_key=True),
    text("who", index=True),  # what was tried, or from where, hashed
    text("at"),
)

release: Final = Table(
    "release",
    METADATA,
    text("kind", primary_key=True),  # the table of the row that is released
    text("row", primary_key=True),
    text("to", primary_key=True),  # a member's id, or a person's
    Index("ix_release_to", "to", "kind"),
)

# Who may see a row, one row for each who may: what is asked by reader takes no longer for all that
# others have here. `within` is the case, order or body in which it lies, empty where there is none.
reader: Final = Table(
    "reader",
    METADATA,
    text("kind", primary_key=True),  # the table of the row
    text("row", primary_key=True),
    text("to", primary_key=True),  # a member's id, or a person's; `*` is every member
    text("within"),
    Index("ix_reader_to", "to", "kind", "within", "row"),
)
