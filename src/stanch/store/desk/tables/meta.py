"""What tables share: the metadata, columns of one make, the columns of a row that leaves."""

from typing import Any, Final

from sqlalchemy import Column, ForeignKey, MetaData, Text

# Named constraints: a migration must be able to name what it drops.
METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[Any]:
    """The id."""
    return Column("id", Text, primary_key=True)


def text(name: str, to: str | None = None, **more: Any) -> Column[Any]:
    """A text that must be there; `to` is the column of another table that it names."""
    more = {"nullable": False, "index": to is not None and not more.get("primary_key"), **more}
    return Column(name, Text, *([ForeignKey(to)] if to else []), **more)


def maybe(name: str, to: str | None = None, **more: Any) -> Column[Any]:
    """A text that may be missing."""
    return text(name, to, nullable=True, **more)


def shared() -> tuple[Column[Any], Column[Any]]:
    """Owner and marking; the release list stands in `release`."""
    return text("owner", "member.id"), text("marking")
