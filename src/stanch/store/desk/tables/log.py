"""The append-only log and its Merkle tree (RFC 9162)."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

from stanch.store.desk.tables.meta import METADATA, maybe, text

log: Final = Table(
    "log",
    METADATA,
    Column("n", BigInteger, primary_key=True, autoincrement=False),  # from 1
    text("at"),
    maybe("person"),
    maybe("member"),
    text("verb", index=True),
    text("subject", index=True),
    text("said"),  # canonical JSON
    Column("leaf", LargeBinary(32), nullable=False),
)

# Whole subtrees: level 0 are leaves; a node covers 2**level entries from place * 2**level on.
log_node: Final = Table(
    "log_node",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False),
)

# One row, locked by whoever writes: how many entries, and the latest time.
log_head: Final = Table(
    "log_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", BigInteger, nullable=False),
    text("at"),
)

tree_head: Final = Table(
    "tree_head",
    METADATA,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    text("jws"),
)

# What the log says of people, behind its commitment; a row may be erased, the log stays whole.
erasable: Final = Table(
    "erasable",
    METADATA,
    text("commitment", primary_key=True),
    text("salt"),
    text("text"),
)
