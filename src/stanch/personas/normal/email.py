"""Mailboxes: one form for all spellings that reach the same one.

Lower case, without `+tag`, without dots where the provider ignores them, domains in Unicode. That
case matters in a local part is allowed by RFC 5321 and done by nobody who runs mail at scale.
"""

from functools import lru_cache
from typing import Final

from email_validator import EmailNotValidError, validate_email

_DOTLESS: Final = frozenset({"gmail.com"})
_ALIASES: Final = {
    "googlemail.com": "gmail.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
}


def email(text: str) -> str:
    """The mailbox. Raises ValueError where it is none.

    >>> email("Mary.Glass+jobs@GoogleMail.com")
    'maryglass@gmail.com'
    """
    if len(text) > 320:
        raise ValueError("is longer than an e-mail address may be")
    local, _, domain = text.rpartition("@")
    if not local:
        raise ValueError("is no e-mail address")
    domain = _domain(domain)
    if not _is_plain(local):
        local = _checked(local)
    local = local.lower().partition("+")[0] or local.lower()
    if domain in _DOTLESS:
        local = local.replace(".", "") or local
    return f"{local}@{domain}"


def _is_plain(local: str) -> bool:
    """Whether a local part is one beyond doubt: most are, and the library takes its time."""
    bare = local.replace(".", "a").replace("_", "a").replace("-", "a").replace("+", "a")
    dots = ".." in local or local[0] == "." or local[-1] == "."
    return bare.isascii() and bare.isalnum() and not dots and len(local) <= 64


def _checked(local: str) -> str:
    try:
        return str(validate_email(f"{local}@example.org", check_deliverability=False,
                                  test_environment=True).local_part)  # fmt: skip
    except (EmailNotValidError, UnicodeError):
        raise ValueError("is no e-mail address") from None


@lru_cache(maxsize=1 << 14)
def _domain(text: str) -> str:
    try:
        found = validate_email(f"a@{text}", check_deliverability=False, test_environment=True)
    except (EmailNotValidError, UnicodeError):
        raise ValueError("is no e-mail address") from None
    domain = str(found.domain).lower()
    return _ALIASES.get(domain, domain)
