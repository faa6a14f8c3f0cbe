"""Sharing: collections, objects, their readers, partners, and what was not taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    "audience",
    "audience_to",
    "collection",
    "collection_member",
    "shared_object",
    "share",
    "share_object",
    "taxii_status",
    "partner",
    "quarantine",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "audience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_audience_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
        sa.UniqueConstraint("digest", name=op.f("uq_audience_digest")),
    )
    op.create_index(op.f("ix_audience_owner"), "audience", ["owner"], unique=False)
    op.create_table(
        "audience_to",
        sa.Column("audience", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("audience", "to", name=op.f("pk_audience_to")),
    )
    op.create_index(op.f("ix_audience_to_to"), "audience_to", ["to"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("last_added", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body"], ["body.id"], name=op.f("fk_collection_body_body")),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_collection_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
    )
    op.create_index(op.f("ix_collection_alias"), "collection", ["alias"], unique=False)
    op.create_index(op.f("ix_collection_body"), "collection", ["body"], unique=False)
    op.create_index(op.f("ix_collection_owner"), "collection", ["owner"], unique=False)
    op.create_index(op.f("ix_collection_purpose"), "collection", ["purpose"], unique=False)
    op.create_table(
        "collection_member",
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("reads", sa.Boolean(), nullable=False),
        sa.Column("writes", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection"],
            ["collection.id"],
            name=op.f("fk_collection_member_collection_collection"),
        ),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name=op.f("fk_collection_member_member_member")
        ),
        sa.PrimaryKeyConstraint("collection", "member", name=op.f("pk_collection_member")),
    )
    op.create_index(
        op.f("ix_collection_member_member"), "collection_member", ["member"], unique=False
    )
    op.create_table(
        "shared_object",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("audience", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("spec_version", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_shared_object")),
    )
    op.create_index(
        "ix_shared_object_page",
        "shared_object",
        ["collection", "audience", "added", "state"],
        unique=False,
    )
    op.create_index(
        "ix_shared_object_type",
        "shared_object",
        ["collection", "audience", "type", "added", "state"],
        unique=False,
    )
    op.create_index(
        "ix_shared_object_id",
        "shared_object",
        ["id", "collection", "audience", "version", "owner"],
        unique=True,
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("renewed", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collection"], ["collection.id"], name=op.f("fk_share_collection_collection")
        ),
        sa.ForeignKeyConstraint(["owner"], ["member.id"], name=op.f("fk_share_owner_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
    )
    op.create_index(op.f("ix_share_collection"), "share", ["collection"], unique=False)
    op.create_index(op.f("ix_share_owner"), "share", ["owner"], unique=False)
    op.create_index(op.f("ix_share_row"), "share", ["row"], unique=False)
    op.create_table(
        "share_object",
        sa.Column("share", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["share"], ["share.id"], name=op.f("fk_share_object_share_share")),
        sa.PrimaryKeyConstraint("share", "object", "digest", name=op.f("pk_share_object")),
    )
    op.create_index(op.f("ix_share_object_object"), "share_object", ["object"], unique=False)
    op.create_table(
        "taxii_status",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taxii_status")),
    )
    op.create_index(op.f("ix_taxii_status_created"), "taxii_status", ["created"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("remote", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("widens", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("pulled", sa.Text(), nullable=False),
        sa.Column("pushed", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("leased", sa.Text(), nullable=True),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection"], ["collection.id"], name=op.f("fk_partner_collection_collection")
        ),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name=op.f("fk_partner_member_member")),
        sa.ForeignKeyConstraint(["source"], ["member.id"], name=op.f("fk_partner_source_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index(op.f("ix_partner_collection"), "partner", ["collection"], unique=False)
    op.create_index("ix_partner_due", "partner", ["state", "due"], unique=False)
    op.create_index(op.f("ix_partner_member"), "partner", ["member"], unique=False)
    op.create_index(op.f("ix_partner_source"), "partner", ["source"], unique=False)
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("collection", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection"], ["collection.id"], name=op.f("fk_quarantine_collection_collection")
        ),
        sa.ForeignKeyConstraint(
            ["partner"], ["partner.id"], name=op.f("fk_quarantine_partner_partner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("partner", "digest", name=op.f("uq_quarantine_partner")),
    )
    op.create_index(op.f("ix_quarantine_collection"), "quarantine", ["collection"], unique=False)
    op.create_index(op.f("ix_quarantine_partner"), "quarantine", ["partner"], unique=False)


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(_TABLES):
        op.drop_table(table)
