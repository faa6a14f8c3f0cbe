"""Snapshots that left the desk: a recipient's numbers only go up, so each that was used is kept."""

from typing import Final

from sqlalchemy import BigInteger, Column, Table

from stanch.store.desk.tables.meta import METADATA, text

snapshot: Final = Table(
    "snapshot",
    METADATA,
    text("recipient", "member.id", primary_key=True),
    Column(
        "number", BigInteger, primary_key=True, autoincrement=False
    ),  # a time in seconds, or one more
    text("issued"),
)
