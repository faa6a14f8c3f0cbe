"""What a caller may do: the one place that says no for want of a role or a scope."""

from stanch.errors import ForbiddenError, StrangerError
from stanch.model.desk.people import Caller, MemberKind, Role, Scope

_EVERYTHING = "*"  # the scope of a session


def require(caller: Caller, *roles: Role, scope: Scope) -> None:
    """Pass who has one of the roles (any role where none is named) and, with a key, the scope.

    Raises ForbiddenError.
    """
    if not caller.roles & frozenset(roles or Role):
        needed = " or ".join(sorted(roles)) or "any"
        raise ForbiddenError(f"this needs the role {needed}")
    if _EVERYTHING not in caller.scopes and scope not in caller.scopes:
        raise ForbiddenError(f"this needs a key with the scope {scope}")


def require_session(caller: Caller) -> None:
    """Pass a person who signed in. A key makes no other key and lets nobody in: one that was
    stolen must end when it is revoked. Raises ForbiddenError.
    """
    if _EVERYTHING not in caller.scopes:
        raise ForbiddenError("this is done by a person who has signed in, not with an API key")


def founds(caller: Caller) -> bool:
    """Whether the caller is of a founding government."""
    return caller.member.founding and caller.member.kind == MemberKind.GOVERNMENT


def require_founding(caller: Caller, *roles: Role, scope: Scope) -> None:
    """As `require`, and of a founding government. Raises ForbiddenError."""
    require(caller, *roles, scope=scope)
    if not founds(caller):
        raise ForbiddenError("this is for the founding governments")


def stranger() -> StrangerError:
    """What everybody hears whom nobody knows: not which of the reasons it was."""
    return StrangerError("not known here: a key, link or session that is wrong, used up or over")
