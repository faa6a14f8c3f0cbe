"""Organisations at the desk and the people in them, as words."""

from dataclasses import dataclass
from enum import StrEnum


class MemberKind(StrEnum):
    """What a member is."""

    GOVERNMENT = "government"
    EXCHANGE = "exchange"
    ISSUER = "issuer"
    PLATFORM = "platform"
    RESEARCHER = "researcher"


class Role(StrEnum):
    """What a person may do for their member."""

    ANALYST = "analyst"  # cases, traces, drafts of orders, replies
    APPROVER = "approver"  # signs with a key of their own
    ADMINISTRATOR = "administrator"  # people, API keys, webhooks of their own member
    AUDITOR = "auditor"  # reads the log and exports it
    READER = "reader"


class Scope(StrEnum):
    """What an API key may be used for; the roles of its person count beside it."""

    READ = "read"
    CASES = "cases"
    ORDERS = "orders"
    REPLIES = "replies"
    SCREEN = "screen"
    SHARE = "share"  # what lies in collections, by TAXII too
    AUDIT = "audit"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation. `country` is ISO 3166-1 alpha-2; `key` its offline key's kid."""

    id: str
    name: str
    kind: MemberKind
    country: str
    founding: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: one person of one member, through a session or an API key.

    `scopes` narrow what a program may do with an API key; a person in a session has all.
    """

    person: str
    member: Member
    roles: frozenset[Role]
    scopes: frozenset[str] = frozenset({"*"})
