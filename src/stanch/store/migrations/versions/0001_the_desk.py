"""The desk: all its tables, and the guards of what only grows."""

import sqlalchemy as sa
from alembic import op

from stanch.store.desk.guards import guards, unguards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "desk",
    "directory",
    "erasable",
    "failure",
    "file",
    "log",
    "log_head",
    "log_node",
    "member",
    "release",
    "reporter",
    "tree_head",
    "attempt",
    "case",
    "contact",
    "feed",
    "person",
    "snapshot",
    "webhook",
    "api_key",
    "approver_key",
    "block_order",
    "case_item",
    "intake",
    "judgement",
    "link",
    "mail",
    "notice",
    "session",
    "delivery",
    "exposure",
    "intake_account",
    "legal_effect",
    "order_target",
    "outcome",
    "review",
    "statement",
    "reply",
    "body",
    "body_target",
    "meeting",
    "seat",
    "action",
    "meeting_item",
    "reading",
)


def upgrade() -> None:
    """Lay out every table, then guard the log."""
    op.create_table(
        "desk",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("pepper", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
    )
    op.create_table(
        "directory",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("signatures", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_directory")),
        sa.UniqueConstraint("hash", name=op.f("uq_directory_hash")),
    )
    op.create_table(
        "erasable",
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_erasable")),
    )
    op.create_table(
        "failure",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_failure")),
    )
    op.create_index(op.f("ix_failure_who"), "failure", ["who"], unique=False)
    op.create_table(
        "file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file")),
    )
    op.create_table(
        "log",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("member", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_log")),
    )
    op.create_index(op.f("ix_log_subject"), "log", ["subject"], unique=False)
    op.create_index(op.f("ix_log_verb"), "log", ["verb"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_log_node")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("founding", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_table(
        "release",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row", "to", name=op.f("pk_release")),
    )
    op.create_index("ix_release_to", "release", ["to", "kind"], unique=False)
    op.create_table(
        "reporter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporter")),
        sa.UniqueConstraint("contact", name=op.f("uq_reporter_contact")),
    )
    op.create_table(
        "tree_head",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_tree_head")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_attempt_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_member"), "attempt", ["member"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reported", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_case_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_owner"), "case", ["owner"], unique=False)
    op.create_table(
        "contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("jurisdictions", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_contact_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_member"), "contact", ["member"], unique=False)
    op.create_table(
        "feed",
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_feed_member_member")),
        sa.PrimaryKeyConstraint("member", "n", name=op.f("pk_feed")),
    )
    op.create_index(op.f("ix_feed_next_try"), "feed", ["next_try"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_person_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_member"), "person", ["member"], unique=False)
    op.create_index("uq_person_issuer_subject", "person", ["issuer", "subject"], unique=True)
    op.create_table(
        "snapshot",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recipient"], ["member.id"], name=op.f("fk_snapshot_recipient_member")
        ),
        sa.PrimaryKeyConstraint("recipient", "number", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_webhook_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_index(op.f("ix_webhook_member"), "webhook", ["member"], unique=False)
    op.create_table(
        "api_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.Column("used", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_api_key_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
    )
    op.create_index(op.f("ix_api_key_person"), "api_key", ["person"], unique=False)
    op.create_table(
        "approver_key",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_approver_key_person_person")
        ),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_approver_key")),
    )
    op.create_index(op.f("ix_approver_key_person"), "approver_key", ["person"], unique=False)
    op.create_table(
        "block_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("in_force", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("lapses", sa.Text(), nullable=True),
        sa.Column("confirmed", sa.Text(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("release_due", sa.Text(), nullable=True),
        sa.Column("review_due", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_block_order_case_case")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_block_order_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block_order")),
    )
    op.create_index(op.f("ix_block_order_case"), "block_order", ["case"], unique=False)
    op.create_index(op.f("ix_block_order_expires"), "block_order", ["expires"], unique=False)
    op.create_index(op.f("ix_block_order_lapses"), "block_order", ["lapses"], unique=False)
    op.create_index(op.f("ix_block_order_owner"), "block_order", ["owner"], unique=False)
    op.create_index(op.f("ix_block_order_state"), "block_order", ["state"], unique=False)
    op.create_table(
        "case_item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_case_item_case_case")),
        sa.ForeignKeyConstraint(["file"], ["file.sha256"], name=op.f("fk_case_item_file_file")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_case_item_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_item")),
    )
    op.create_index(op.f("ix_case_item_account"), "case_item", ["account"], unique=False)
    op.create_index(op.f("ix_case_item_case"), "case_item", ["case"], unique=False)
    op.create_index(op.f("ix_case_item_file"), "case_item", ["file"], unique=False)
    op.create_index(op.f("ix_case_item_incident"), "case_item", ["incident"], unique=False)
    op.create_index(op.f("ix_case_item_owner"), "case_item", ["owner"], unique=False)
    op.create_table(
        "intake",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("reporter", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_intake_case_case")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_intake_owner_member")),
        sa.ForeignKeyConstraint(
            ["reporter"], ["reporter.id"], name=op.f("fk_intake_reporter_reporter")
        ),
        sa.ForeignKeyConstraint(["same_as"], ["intake.id"], name=op.f("fk_intake_same_as_intake")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_case"), "intake", ["case"], unique=False)
    op.create_index(op.f("ix_intake_digest"), "intake", ["digest"], unique=False)
    op.create_index(op.f("ix_intake_owner"), "intake", ["owner"], unique=False)
    op.create_index(op.f("ix_intake_reporter"), "intake", ["reporter"], unique=False)
    op.create_index(op.f("ix_intake_same_as"), "intake", ["same_as"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_judgement_case_case")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_judgement_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index(op.f("ix_judgement_case"), "judgement", ["case"], unique=False)
    op.create_index(op.f("ix_judgement_owner"), "judgement", ["owner"], unique=False)
    op.create_table(
        "link",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("used", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_link_person_person")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_person"), "link", ["person"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_mail_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
    )
    op.create_index(op.f("ix_mail_next_try"), "mail", ["next_try"], unique=False)
    op.create_index(op.f("ix_mail_person"), "mail", ["person"], unique=False)
    op.create_index("uq_mail_person_kind", "mail", ["person", "kind"], unique=True)
    op.create_table(
        "notice",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("commitment", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=True),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_expires", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("codes", sa.Integer(), nullable=False),
        sa.Column("codes_since", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_notice_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_notice")),
    )
    op.create_table(
        "session",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("expires", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_session_person_person")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_person"), "session", ["person"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("delivered", sa.Text(), nullable=True),
        sa.Column("acknowledged", sa.Text(), nullable=True),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_delivery_member_member")),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_delivery_order_block_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_member"), "delivery", ["member"], unique=False)
    op.create_index(op.f("ix_delivery_order"), "delivery", ["order"], unique=False)
    op.create_index(op.f("ix_delivery_state"), "delivery", ["state"], unique=False)
    op.create_index("uq_delivery_order_member", "delivery", ["order", "member"], unique=True)
    op.create_table(
        "exposure",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("hop", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item"], ["case_item.id"], name=op.f("fk_exposure_item_case_item")
        ),
        sa.PrimaryKeyConstraint("item", "place", name=op.f("pk_exposure")),
    )
    op.create_table(
        "intake_account",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["intake.id"], name=op.f("fk_intake_account_report_intake")
        ),
        sa.PrimaryKeyConstraint("report", "account", name=op.f("pk_intake_account")),
    )
    op.create_index(op.f("ix_intake_account_account"), "intake_account", ["account"], unique=False)
    op.create_table(
        "legal_effect",
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("jurisdiction", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_legal_effect_order_block_order")
        ),
        sa.PrimaryKeyConstraint("order", "jurisdiction", name=op.f("pk_legal_effect")),
    )
    op.create_table(
        "order_target",
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_order_target_order_block_order")
        ),
        sa.PrimaryKeyConstraint("order", "place", name=op.f("pk_order_target")),
    )
    op.create_index(op.f("ix_order_target_account"), "order_target", ["account"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_outcome_order_block_order")
        ),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_outcome_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_order"), "outcome", ["order"], unique=False)
    op.create_index(op.f("ix_outcome_owner"), "outcome", ["owner"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["member.id"], name=op.f("fk_review_asked_by_member")
        ),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_review_order_block_order")
        ),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_review_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_asked_by"), "review", ["asked_by"], unique=False)
    op.create_index(op.f("ix_review_order"), "review", ["order"], unique=False)
    op.create_index(op.f("ix_review_owner"), "review", ["owner"], unique=False)
    op.create_table(
        "statement",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("order", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_statement_member_member")),
        sa.ForeignKeyConstraint(
            ["order"], ["block_order.id"], name=op.f("fk_statement_order_block_order")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_member"), "statement", ["member"], unique=False)
    op.create_index(op.f("ix_statement_order"), "statement", ["order"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("asset", sa.Text(), nullable=True),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("gone_to", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("transaction", sa.Text(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("once", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery"], ["delivery.id"], name=op.f("fk_reply_delivery_delivery")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index(op.f("ix_reply_delivery"), "reply", ["delivery"], unique=False)
    op.create_index("uq_reply_delivery_n", "reply", ["delivery", "n"], unique=True)
    op.create_index("uq_reply_delivery_once", "reply", ["delivery", "once"], unique=True)
    op.create_index("uq_reply_replaces", "reply", ["replaces"], unique=True)
    op.create_table(
        "body",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_body_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )
    op.create_index(op.f("ix_body_owner"), "body", ["owner"], unique=False)
    op.create_table(
        "body_target",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_body_target_body_body")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_body_target_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_target")),
    )
    op.create_index(op.f("ix_body_target_body"), "body_target", ["body"], unique=False)
    op.create_index(op.f("ix_body_target_owner"), "body_target", ["owner"], unique=False)
    op.create_index("ix_body_target_body_created", "body_target", ["body", "created"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_meeting_body_body")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_meeting_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(op.f("ix_meeting_body"), "meeting", ["body"], unique=False)
    op.create_index(op.f("ix_meeting_owner"), "meeting", ["owner"], unique=False)
    op.create_index("ix_meeting_body_at", "meeting", ["body", "at"], unique=False)
    op.create_index("uq_meeting_body_number", "meeting", ["body", "number"], unique=True)
    op.create_table(
        "seat",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_seat_body_body")),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_seat_member_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_body"), "seat", ["body"], unique=False)
    op.create_index(op.f("ix_seat_member"), "seat", ["member"], unique=False)
    op.create_index("ix_seat_member_body", "seat", ["member", "body"], unique=False)
    op.create_table(
        "action",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_action_body_body")),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.id"], name=op.f("fk_action_meeting_meeting")
        ),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_action_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_body"), "action", ["body"], unique=False)
    op.create_index(op.f("ix_action_meeting"), "action", ["meeting"], unique=False)
    op.create_index(op.f("ix_action_owner"), "action", ["owner"], unique=False)
    op.create_index("ix_action_meeting_due", "action", ["meeting", "due"], unique=False)
    op.create_table(
        "meeting_item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_meeting_item_body_body")),
        sa.ForeignKeyConstraint(["file"], ["file.sha256"], name=op.f("fk_meeting_item_file_file")),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.id"], name=op.f("fk_meeting_item_meeting_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["member.id"], name=op.f("fk_meeting_item_owner_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_item")),
    )
    op.create_index(op.f("ix_meeting_item_body"), "meeting_item", ["body"], unique=False)
    op.create_index(op.f("ix_meeting_item_file"), "meeting_item", ["file"], unique=False)
    op.create_index(op.f("ix_meeting_item_meeting"), "meeting_item", ["meeting"], unique=False)
    op.create_index(op.f("ix_meeting_item_owner"), "meeting_item", ["owner"], unique=False)
    op.create_index(
        "ix_meeting_item_meeting_kind", "meeting_item", ["meeting", "kind", "place"], unique=False
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_reading_body_body")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_reading_owner_member")),
        sa.ForeignKeyConstraint(
            ["target"], ["body_target.id"], name=op.f("fk_reading_target_body_target")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_body"), "reading", ["body"], unique=False)
    op.create_index(op.f("ix_reading_owner"), "reading", ["owner"], unique=False)
    op.create_index("ix_reading_target_day", "reading", ["target", "day"], unique=False)
    op.create_index(op.f("ix_reading_target"), "reading", ["target"], unique=False)
    for statement in guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Leave an empty database."""
    for statement in unguards(op.get_bind().dialect.name):
        op.execute(statement)
    for table in reversed(_TABLES):
        op.drop_table(table)
