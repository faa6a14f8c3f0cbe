"""The desk's schema from one version to the next, with Alembic, up and down with data in place."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up to a version: all of it, or nothing where a step fails."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), to)


def downgrade(engine: Engine, to: str) -> None:
    """Bring the database back to an earlier version; `base` is empty."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), to)


def version(engine: Engine) -> str | None:
    """The version the database is at, None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def latest() -> str:
    """The version this program knows last."""
    head = ScriptDirectory(str(Path(__file__).parent)).get_current_head()
    assert head is not None
    return head


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
