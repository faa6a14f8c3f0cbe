"""What linking of applications found, as questions for people, and what people said to them.

Rows hold record ids, evidence and bits; nothing that an application says of somebody.
"""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, shared, text

persona_result: Final = Table(
    "persona_result",
    METADATA,
    key(),
    *shared(),
    text("title"),
    text("manifest"),  # hash of what the linking says of itself
    text("methods"),  # JSON list
    Column("records", Integer, nullable=False),  # how many were looked at
    Column("clusters", Integer, nullable=False),  # how many were queued
    Column("left_out", Integer, nullable=False),  # how many stayed at home
    text("person"),
    text("created"),
)

persona_cluster: Final = Table(
    "persona_cluster",
    METADATA,
    key(),
    text("result", "persona_result.id"),
    *shared(),
    text("level"),  # operator, farm
    text("name"),  # as the result has it
    text("farm"),  # the farm's name, or empty
    text("rank"),  # sorts as priority, then bits
    Column("priority", Integer, nullable=False),
    Column("microbits", BigInteger, nullable=False),
    Column("people", Integer, nullable=False),  # records
    text("said"),  # JSON: formats.persona_result.cluster
    text("state"),
    Column("round", Integer, nullable=False),  # from 1: words of earlier ones count no more
    maybe("case", "case.id"),  # opened when it was confirmed
    text("created"),
)

persona_record: Final = Table(
    "persona_record",
    METADATA,
    text("cluster", "persona_cluster.id", primary_key=True),
    text("record", primary_key=True, index=True),
)

# What people said, one row each time; never changed.
persona_word: Final = Table(
    "persona_word",
    METADATA,
    key(),
    text("cluster", "persona_cluster.id"),
    Column("round", Integer, nullable=False),
    Column("n", Integer, nullable=False),  # from 1, in the order in which they were said
    text("act"),  # read, decide, take_back
    maybe("verdict"),  # same, different, unclear
    text("reason"),  # commitment: the words stand in `erasable`
    text("person"),
    text("created"),
)

# A confirmed operator's identifiers under a group's key, which no desk has.
persona_indicator: Final = Table(
    "persona_indicator",
    METADATA,
    key(),
    text("cluster", "persona_cluster.id"),
    *shared(),
    text("group"),
    text("identifiers"),  # JSON list of kind and hmac
    text("person"),
    text("created"),
)
