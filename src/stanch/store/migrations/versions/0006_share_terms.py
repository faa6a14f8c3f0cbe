"""Under which terms a share goes out: PAP, IEP, Admiralty code, confidence."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Shares that are there say nothing of it."""
    op.add_column("share", sa.Column("terms", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """What was said of them is forgotten; what lies in collections stays as it is."""
    op.drop_column("share", "terms")
