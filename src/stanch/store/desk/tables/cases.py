"""Cases, what lies in them, judgements, and what comes in from outside."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, shared, text

case: Final = Table(
    "case",
    METADATA,
    key(),
    *shared(),
    text("title"),
    text("state"),  # open, closed
    text("reported"),  # when the theft was reported: from here the clock runs
    text("created"),
)

case_item: Final = Table(
    "case_item",
    METADATA,
    key(),
    text("case", "case.id"),
    *shared(),
    text("kind"),  # incident, trace, tag, file, note, account, sighting
    text("body"),  # JSON; of a trace its manifest and the hashes of its files
    maybe("account", index=True),  # CAIP-10, where the item is about one: for deconfliction
    maybe("incident", index=True),  # of the registry, by its id, where an incident's item names it
    maybe("file", "file.sha256"),
    text("person"),
    text("created"),
)

file: Final = Table(
    "file",
    METADATA,
    text("sha256", primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Accounts that a trace went through: what exchanges are told of, one question at a time.
exposure: Final = Table(
    "exposure",
    METADATA,
    text("item", "case_item.id", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    text("incident"),
    text("account"),
    text("asset"),
    Column("hop", Integer, nullable=False),
    text("amount"),
)

judgement: Final = Table(
    "judgement",
    METADATA,
    key(),
    text("case", "case.id"),
    *shared(),
    text("country"),  # empty where the judge is no country's
    text("stance"),  # attributes, suspects, disputes
    text("actor"),
    text("confidence"),  # low, moderate, high
    text("sources"),  # JSON list
    text("person"),
    text("created"),
)

reporter: Final = Table(
    "reporter",
    METADATA,
    key(),
    text("contact", unique=True),  # commitment: who it is stands in `erasable`
    Column("valid", Integer, nullable=False),
    Column("invalid", Integer, nullable=False),
    text("created"),
)

intake: Final = Table(
    "intake",
    METADATA,
    key(),
    *shared(),
    text("reporter", "reporter.id"),
    text("kind"),  # victim, bounty, exchange, other
    text("body"),  # JSON: text, accounts, transactions
    text("digest", index=True),  # of what it says, without blanks and case: duplicates
    text("state"),  # new, duplicate, valid, invalid
    maybe("same_as", "intake.id"),
    maybe("case", "case.id"),
    maybe("reason"),
    text("created"),
)

# The accounts of each report once more: by them one finds what came in before.
intake_account: Final = Table(
    "intake_account",
    METADATA,
    text("report", "intake.id", primary_key=True),
    text("account", primary_key=True),  # or the digest of its words
    text("open_to"),  # its owner, or `*` for every member; empty where neither reads it as such
    Index("ix_intake_account_account", "account", "open_to"),
)
