"""Personas: results of linking, clusters on the queue, words of people, identifiers of groups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = (
    "persona_result", "persona_cluster", "persona_record", "persona_word", "persona_indicator",
)  # fmt: skip
_INDEXES = (
    ("persona_result", "owner"),
    ("persona_cluster", "result"),
    ("persona_cluster", "owner"),
    ("persona_cluster", "case"),
    ("persona_record", "record"),
    ("persona_word", "cluster"),
    ("persona_indicator", "cluster"),
    ("persona_indicator", "owner"),
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "persona_result",
        *_texts("id", "owner", "marking", "title", "manifest", "methods"),
        *_numbers("records", "clusters", "left_out"),
        *_texts("person", "created"),
        _names("persona_result", "owner", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persona_result")),
    )
    op.create_table(
        "persona_cluster",
        *_texts("id", "result", "owner", "marking", "level", "name", "farm", "rank"),
        *_numbers("priority"),
        sa.Column("microbits", sa.BigInteger(), nullable=False),
        *_numbers("people"),
        *_texts("said", "state"),
        *_numbers("round"),
        sa.Column("case", sa.Text(), nullable=True),
        *_texts("created"),
        _names("persona_cluster", "result", "persona_result"),
        _names("persona_cluster", "owner", "member"),
        _names("persona_cluster", "case", "case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persona_cluster")),
    )
    op.create_table(
        "persona_record",
        *_texts("cluster", "record"),
        _names("persona_record", "cluster", "persona_cluster"),
        sa.PrimaryKeyConstraint("cluster", "record", name=op.f("pk_persona_record")),
    )
    op.create_table(
        "persona_word",
        *_texts("id", "cluster"),
        *_numbers("round", "n"),
        *_texts("act"),
        sa.Column("verdict", sa.Text(), nullable=True),
        *_texts("reason", "person", "created"),
        _names("persona_word", "cluster", "persona_cluster"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persona_word")),
    )
    op.create_table(
        "persona_indicator",
        *_texts("id", "cluster", "owner", "marking", "group", "identifiers", "person", "created"),
        _names("persona_indicator", "cluster", "persona_cluster"),
        _names("persona_indicator", "owner", "member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persona_indicator")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take them away again, and who may read what stood in them."""
    for name in ("reader", "release"):
        rows = sa.table(name, sa.column("kind"))
        op.execute(rows.delete().where(rows.c.kind.in_(_TABLES)))
    for table in reversed(_TABLES):
        op.drop_table(table)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _names(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name)
