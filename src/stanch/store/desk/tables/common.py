"""Common threats: what two or more members found that they both hold, and whether they share more.

A threat's owner is who reported it first; the release list names the others who did. Nothing here
names an indicator: `tag` is made under a secret that no desk has.
"""

from typing import Final

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from stanch.store.desk.tables.meta import METADATA, key, maybe, shared, text

common_report: Final = Table(
    "common_report",
    METADATA,
    text("digest", primary_key=True),  # of the JWS: the same one twice is one
    text("run", index=True),
    text("member", "member.id"),
    text("kid"),
    text("jws"),
    text("person"),
    text("created"),
)

common_threat: Final = Table(
    "common_threat",
    METADATA,
    key(),
    *shared(),
    text("run"),
    text("tag"),
    text("members"),  # JSON list: who took part in the run
    Column("k", Integer, nullable=False),  # at least so many of them hold it
    text("created"),
    maybe("met"),  # when a second holder reported it
    UniqueConstraint("run", "tag"),
)

common_holder: Final = Table(
    "common_holder",
    METADATA,
    text("threat", "common_threat.id", primary_key=True),
    text("member", "member.id", primary_key=True, index=True),
    Column("n", Integer, nullable=False),  # from 1, in the order in which they reported
    text("report", "common_report.digest"),
    text("created"),
)

# Rows are never changed but for `opened`; of those of one threat and member the newest counts.
common_answer: Final = Table(
    "common_answer",
    METADATA,
    key(),
    text("threat", "common_threat.id"),
    text("member", "member.id"),
    Column("n", Integer, nullable=False),  # from 1, in the order in which the member answered
    text("answer"),  # yes, no, later
    text("said"),  # JSON: the answer, what is offered, and to whom
    text("person"),
    text("created"),
    UniqueConstraint("threat", "member", "n"),
)

# What was opened to whom because both had said yes, or why it could not be.
common_opening: Final = Table(
    "common_opening",
    METADATA,
    text("answer", "common_answer.id", primary_key=True),
    text("row", primary_key=True),  # of a case or an item
    text("to", "member.id", primary_key=True),
    maybe("problem"),
    text("created"),
)
