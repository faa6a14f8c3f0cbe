"""The desk."""

from alembic import op

from stanch.store.desk.guards import guards, unguards
from stanch.store.desk.tables import METADATA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay out every table."""
    METADATA.create_all(op.get_bind())
    for statement in guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Leave an empty database."""
    for statement in unguards(op.get_bind().dialect.name):
        op.execute(statement)
    METADATA.drop_all(op.get_bind())
