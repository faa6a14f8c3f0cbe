"""Whether an error says that the database is away or busy, and the same request may work later."""

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection


def is_outage(error: BaseException) -> bool:
    """True for a database that cannot be reached, ended the connection, or had no time."""
    return isinstance(error, OperationalError | InterfaceError | NoConnection)
