"""Ids of devices, accounts, keys and documents, which are compared letter by letter."""

import re
from typing import Final

_APART = re.compile(r"[\s:.\-_/]+")
_FILLERS: Final = """none null nil unknown undefined test default tobefilledbyoem
systemserialnumber notspecified notapplicable"""
_NOBODY: Final = frozenset(_FILLERS.split())
_IBAN = re.compile(r"[a-z]{2}\d{2}[a-z0-9]{11,30}")
_FINGERPRINT = re.compile(r"(?:0x)?([0-9a-f]{40}|[0-9a-f]{64})")


def device(text: str) -> str:
    """A device's id, without what parts its digits. Raises ValueError for a filler."""
    return _id(text, "id of a device")


def bank(text: str) -> str:
    """An account: an IBAN whose check digits hold, a pay address, or a number as it is used there.

    Raises ValueError.
    """
    if "@" in text:
        return text.strip().lower()
    found = _id(text, "account")
    if _IBAN.fullmatch(found) and found[:2].isalpha() and len(found) >= 15 and not _iban(found):
        raise ValueError("is an IBAN whose check digits are wrong")
    return found


def git_key(text: str) -> str:
    """A key that signs commits: a fingerprint, or an OpenSSH public key. Raises ValueError."""
    parts = text.split()
    if len(parts) >= 2 and parts[0].startswith(("ssh-", "ecdsa-", "sk-")):
        return f"{parts[0]} {parts[1]}"
    bare = _APART.sub("", text).lower()
    if match := _FINGERPRINT.fullmatch(bare):
        return match[1]
    if text.startswith("SHA256:"):
        return text
    raise ValueError("is no fingerprint of 40 or 64 hex digits, and no OpenSSH key")


def _id(text: str, what: str) -> str:
    bare = _APART.sub("", text).lower()
    if len(bare) < 4 or bare in _NOBODY or len(set(bare)) == 1:
        raise ValueError(f"is no {what}: too short, or a filler")
    return bare


def _iban(text: str) -> bool:
    turned = text[4:] + text[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1
