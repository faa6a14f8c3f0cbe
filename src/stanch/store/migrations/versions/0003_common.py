"""Common threats: reports of runs, who holds what, and the answers whether to share more."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("common_report", "common_threat", "common_holder", "common_answer", "common_opening")
_INDEXES = (
    ("common_report", "run"),
    ("common_report", "member"),
    ("common_threat", "owner"),
    ("common_holder", "member"),
    ("common_holder", "report"),
    ("common_answer", "threat"),
    ("common_answer", "member"),
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "common_report",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        _names("common_report", "member", "member.id"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_common_report")),
    )
    op.create_table(
        "common_threat",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("met", sa.Text(), nullable=True),
        _names("common_threat", "owner", "member.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_common_threat")),
        sa.UniqueConstraint("run", "tag", name=op.f("uq_common_threat_run")),
    )
    op.create_table(
        "common_holder",
        sa.Column("threat", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        _names("common_holder", "threat", "common_threat.id"),
        _names("common_holder", "member", "member.id"),
        _names("common_holder", "report", "common_report.digest"),
        sa.PrimaryKeyConstraint("threat", "member", name=op.f("pk_common_holder")),
    )
    op.create_table(
        "common_answer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("threat", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        _names("common_answer", "threat", "common_threat.id"),
        _names("common_answer", "member", "member.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_common_answer")),
        sa.UniqueConstraint("threat", "member", "n", name=op.f("uq_common_answer_threat")),
    )
    op.create_table(
        "common_opening",
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=False),
        _names("common_opening", "answer", "common_answer.id"),
        _names("common_opening", "to", "member.id"),
        sa.PrimaryKeyConstraint("answer", "row", "to", name=op.f("pk_common_opening")),
    )
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take them away again."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _names(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to.partition('.')[0]}")
    return sa.ForeignKeyConstraint([column], [to], name=name)
