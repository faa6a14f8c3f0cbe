"""The desk."""

from alembic import op

from stanch.store.desk.tables import METADATA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay out every table."""
    METADATA.create_all(op.get_bind())


def downgrade() -> None:
    """Leave an empty database."""
    METADATA.drop_all(op.get_bind())
