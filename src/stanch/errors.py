"""Every way in which Stanch breaks a promise, one exception each.

Each carries what a user needs to mend it. Faces turn them into one line and an exit code:
2 where the command was wrong, 1 where the input or the machine was.
"""


class StanchError(Exception):
    """Base of all errors a user may meet; `str(error)` is the one clear line."""

    exit_code = 1


class UsageError(StanchError):
    """The command itself was wrong: an unknown method, a bad option, a file that is not there."""

    exit_code = 2


class InputError(StanchError):
    """A file could not be used as a whole. `file` names it, `reason` says why, `row` where."""

    def __init__(self, file: str, reason: str, row: int | None = None) -> None:
        """Keep the parts and compose the line `file, row N: reason`."""
        self.file, self.reason, self.row = file, reason, row
        place = file if row is None else f"{file}, row {row}"
        super().__init__(f"{place}: {reason}")


class OutputError(StanchError):
    """The result could not be written whole; nothing that looks whole was left behind."""


class InvariantError(StanchError):
    """Stanch found its own books out of balance. Always a defect of Stanch, never of the input."""


class RefusedError(StanchError):
    """A rule does not allow it: a move that may not follow, a hand too few, a time not yet over."""


class NotFoundError(StanchError):
    """There is no such thing, or none that the caller may see: the two are told apart nowhere."""


class ForbiddenError(StanchError):
    """The caller may see the thing, but their role or scope does not allow this of it."""


class SignatureError(StanchError):
    """A signature, a certificate or a chain of directories does not hold. The line says which."""


class StrangerError(StanchError):
    """Nobody knows who asks: no key, link or session, or one that is wrong, used up or over."""


class TooManyError(StanchError):
    """Asked too often. `wait` says in how many seconds to ask again."""

    def __init__(self, what: str, wait: int) -> None:
        """Keep the wait and compose the line."""
        self.wait = wait
        super().__init__(f"{what}: too many; try again in {wait} s")


class UnreachableError(StanchError):
    """A desk did not answer, or answered what no desk says. Nothing is known of what was asked."""


class NodeError(StanchError):
    """A chain's node did not answer, or answered what cannot be used. `node` names it."""

    def __init__(self, node: str, reason: str) -> None:
        """Keep the parts and compose the line `node: reason`."""
        super().__init__(f"{node}: {reason}")
        self.node = node
        self.reason = reason
