"""Who is told by e-mail that something waits, and the e-mails that are still to be sent."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, text

# One row a person who ever chose. It stays, without its address, when they choose otherwise: the
# codes of a day are counted in it.
notice: Final = Table(
    "notice",
    METADATA,
    text("person", "person.id", primary_key=True),
    maybe("address"),
    maybe("commitment"),  # what stands for the address in the log
    Column("wanted", Boolean, nullable=False),
    maybe("verified"),  # when they proved that the address is theirs
    Column("seen", BigInteger, nullable=False),  # up to here in the feed they know
    maybe("told"),  # when the last notice left
    maybe("code"),  # SHA-256 of person and code: it cannot be guessed, so no slow hash
    maybe("code_expires"),
    Column("tries", Integer, nullable=False),  # of this code
    Column("codes", Integer, nullable=False),  # asked for since `codes_since`
    maybe("codes_since"),
)

# An outbox: a row is there until the mail server has taken it. What a notice says is settled when
# it is written, so that one sent again, under its id, says the same.
mail: Final = Table(
    "mail",
    METADATA,
    key(),
    text("person", "person.id"),
    text("kind"),  # code, notice
    Column("upto", BigInteger),  # of a notice: the last place in the feed of which it tells
    Column("count", Integer),
    maybe("since"),
    text("created"),
    Column("tries", Integer, nullable=False),
    text("next_try", index=True),
    maybe("problem"),  # of the last try
    Index("uq_mail_person_kind", "person", "kind", unique=True),
)
