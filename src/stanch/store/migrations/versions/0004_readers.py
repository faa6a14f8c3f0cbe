"""Readers: who may see each row, written down where it can be looked up by reader."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Each table whose rows are shared, and the column that names what a row lies in.
_SHARED = (
    ("case", None), ("case_item", "case"), ("judgement", "case"), ("intake", None),
    ("block_order", None), ("outcome", "order"), ("review", "order"), ("body", None),
    ("body_target", "body"), ("meeting", "body"), ("meeting_item", "body"), ("action", "body"),
    ("reading", "body"), ("common_threat", None),
)  # fmt: skip

_COLUMNS = ("kind", "row", "to", "within")
_READER = sa.table("reader", *map(sa.column, _COLUMNS))
_REPORT = sa.table("intake", *map(sa.column, ("id", "owner", "marking", "digest")))
_SAID = sa.table("intake_account", *map(sa.column, ("report", "account", "open_to")))


def upgrade() -> None:
    """Make the table, and fill it from markings and release lists."""
    op.create_table(
        "reader",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row", "to", name=op.f("pk_reader")),
    )
    op.create_index("ix_reader_to", "reader", ["to", "kind", "within", "row"], unique=False)
    for table, within in _SHARED:
        _fill(table, within)
    _fill_askers()
    _open_reports()


def downgrade() -> None:
    """What it says stands in markings and release lists."""
    op.drop_index("ix_reader_to", table_name="reader")
    op.drop_table("reader")
    op.drop_index("ix_intake_account_account", table_name="intake_account")
    report = sa.select(_REPORT.c.id).where(_REPORT.c.digest == _SAID.c.account).scalar_subquery()
    op.execute(_SAID.delete().where(_SAID.c.report == report))
    op.drop_column("intake_account", "open_to")
    op.create_index("ix_intake_account_account", "intake_account", ["account"], unique=False)


def _fill(name: str, within: str | None) -> None:
    names = ("id", "owner", "marking", *([within] if within else []))
    table = sa.table(name, *map(sa.column, names))
    release = sa.table("release", *map(sa.column, ("kind", "row", "to")))
    lies_in = sa.func.coalesce(table.c[within], "") if within else sa.literal("")
    marking, kind = table.c.marking, sa.literal(name)
    everybody = marking.in_(("TLP:CLEAR", "TLP:GREEN"))
    named = marking.in_(("TLP:AMBER", "TLP:AMBER+STRICT"))
    listed = sa.select(kind, table.c.id, release.c.to, lies_in).join_from(
        table, release, sa.and_(release.c.kind == name, release.c.row == table.c.id)
    )
    readers = sa.union(
        sa.select(kind, table.c.id, sa.literal("*"), lies_in).where(everybody),
        sa.select(kind, table.c.id, table.c.owner, lies_in).where(named),
        listed.where(sa.not_(everybody)),
    )
    op.execute(_READER.insert().from_select(list(_COLUMNS), readers))


def _fill_askers() -> None:
    """Who asked for a review reads it, whosever it is."""
    review = sa.table("review", *map(sa.column, ("id", "asked_by", "order")))
    kind = sa.literal("review")
    there = sa.exists().where(
        _READER.c.kind == "review", _READER.c.row == review.c.id, _READER.c.to == review.c.asked_by
    )
    askers = sa.select(kind, review.c.id, review.c.asked_by, review.c.order).where(~there)
    op.execute(_READER.insert().from_select(list(_COLUMNS), askers))


def _open_reports() -> None:
    """What a report says is looked up by who may look; its digest beside its accounts."""
    op.drop_index("ix_intake_account_account", table_name="intake_account")
    to_all = sa.Column("open_to", sa.Text(), nullable=False, server_default="")
    op.add_column("intake_account", to_all)
    named = ["account", "open_to"]
    op.create_index("ix_intake_account_account", "intake_account", named, unique=False)
    digests = sa.select(_REPORT.c.id, _REPORT.c.digest, sa.literal(""))
    op.execute(_SAID.insert().from_select(["report", *named], digests))
    to = sa.case(
        (_REPORT.c.marking.in_(("TLP:CLEAR", "TLP:GREEN")), sa.literal("*")),
        (_REPORT.c.marking == "TLP:RED", sa.literal("")),
        else_=_REPORT.c.owner,
    )
    whose = sa.select(to).where(_REPORT.c.id == _SAID.c.report).scalar_subquery()
    op.execute(_SAID.update().values(open_to=whose))
