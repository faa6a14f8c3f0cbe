"""Block orders: what was signed, what it is in law, who got it, what they answered, what came."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, Table

from stanch.store.desk.tables.meta import METADATA, key, maybe, shared, text

order: Final = Table(
    "block_order",
    METADATA,
    key(),
    *shared(),  # the owner is the requesting authority
    text("kind"),
    text("state", index=True),
    text("case", "case.id"),
    Column("version", Integer, nullable=False),
    text("hash"),
    Column("document", LargeBinary, nullable=False),  # canonical JSON of model.desk.orders.Order
    text("created"),
    maybe("proposed"),
    maybe("in_force"),
    text("expires", index=True),
    maybe("lapses", index=True),  # of an emergency hold without a second member
    maybe("confirmed"),  # when it had all hands; an emergency hold without it is used up
    maybe("seen"),  # up to here what time did to it is written down
    maybe("ended"),
    maybe("release_due"),  # when a release that has all its hands takes effect
    maybe("review_due"),
)

# One row an account that an order in force still holds; a partial release ends some.
target: Final = Table(
    "order_target",
    METADATA,
    text("order", "block_order.id", primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    text("account", index=True),
    maybe("asset"),
    maybe("amount"),
    maybe("ended"),
)

statement: Final = Table(
    "statement",
    METADATA,
    text("digest", primary_key=True),  # of the JWS: the same one twice is one
    text("order", "block_order.id", index=True),
    text("said"),
    text("member", "member.id"),
    text("person"),
    text("kid"),
    text("jws"),
    text("created"),
)

effect: Final = Table(
    "legal_effect",
    METADATA,
    text("order", "block_order.id", primary_key=True),
    text("jurisdiction", primary_key=True),
    text("state"),
    maybe("reference"),
    text("changed"),
)

delivery: Final = Table(
    "delivery",
    METADATA,
    key(),  # the idempotency key of what is sent
    text("order", "block_order.id"),
    text("member", "member.id"),
    text("state", index=True),
    Column("late", Boolean, nullable=False),
    text("created"),
    maybe("delivered"),
    maybe("acknowledged"),
    maybe("answered"),
    text("due"),  # by when it must be acknowledged, then answered
    Index("uq_delivery_order_member", "order", "member", unique=True),
)

# Rows are never changed: of those for one account and asset the newest counts, which is the one
# that no other replaces.
reply: Final = Table(
    "reply",
    METADATA,
    key(),
    text("delivery", "delivery.id"),
    Column("n", Integer, nullable=False),  # from 1, in the order in which they came
    text("answer"),
    maybe("account"),
    maybe("asset"),
    maybe("amount"),
    maybe("reference"),  # of the customer's account, hashed by the exchange
    maybe("gone_to"),  # an account, where the money had left already
    maybe("reason"),
    maybe("transaction"),  # where it happened, on the chain
    maybe("proof"),  # JSON: the event by which an issuer froze the account
    maybe("replaces"),  # the answer that counted before
    maybe("once"),  # the idempotency key that the addressee sent it under
    text("person"),
    text("created"),
    Index("uq_reply_delivery_once", "delivery", "once", unique=True),
    Index("uq_reply_delivery_n", "delivery", "n", unique=True),
    Index("uq_reply_replaces", "replaces", unique=True),
)

outcome: Final = Table(
    "outcome",
    METADATA,
    key(),
    text("order", "block_order.id"),
    *shared(),
    text("stage"),  # seizure, assistance, forfeiture, return
    maybe("asset"),
    maybe("amount"),
    text("happened"),
    text("body"),  # JSON: court, reference, note
    text("person"),
    text("created"),
)

# Somebody says that they were blocked wrongly; the owner is the authority, which must answer.
review: Final = Table(
    "review",
    METADATA,
    key(),
    text("order", "block_order.id"),
    *shared(),
    text("asked_by", "member.id"),  # who hands it in
    text("requester"),  # commitment: who it is stands in `erasable`
    text("says"),  # commitment
    text("due"),
    maybe("answered"),
    maybe("answer"),  # commitment
    Column("upheld", Boolean),
    text("person"),
    text("created"),
)

webhook: Final = Table(
    "webhook",
    METADATA,
    key(),
    text("member", "member.id"),
    text("url"),
    text("state"),  # proposed, active, replaced
    text("proposed_by"),
    maybe("agreed_by"),
    text("created"),
    maybe("changed"),
)

# What each member is told, in their own order: the pull feed, and the outbox of the webhooks.
feed: Final = Table(
    "feed",
    METADATA,
    text("member", "member.id", primary_key=True),
    Column("n", BigInteger, primary_key=True, autoincrement=False),  # from 1, without gaps
    text("kind"),
    text("subject"),
    text("body"),  # JSON
    maybe("head"),  # the log's latest signed one when it was told: the same in every retry
    text("created"),
    maybe("sent"),
    Column("tries", Integer, nullable=False),
    maybe("next_try", index=True),
)

attempt: Final = Table(
    "attempt",
    METADATA,
    Column("id", Integer, primary_key=True),
    text("member", "member.id"),
    Column("n", BigInteger, nullable=False),
    text("at"),
    Column("status", Integer),  # of HTTP; none where nothing answered
    maybe("problem"),
)
