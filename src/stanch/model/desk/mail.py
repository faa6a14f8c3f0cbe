"""E-mail addresses as the desk takes them: the plain kind, which no mail server reads twice. Pure.

RFC 5321 allows more: quoted names, which may hold blanks and signs that other programs split at,
`%` and `!`, by which a server was once asked to send on, and addresses of machines in brackets.
Nobody's mailbox needs them, and each was once a way in. Other scripts are written as `xn--...`.
"""

import re
from typing import Final

LONGEST: Final = 254  # characters; RFC 5321, erratum 1690
_NAME: Final = r"[A-Za-z0-9_+='/&#*?^{}~$-]+(?:\.[A-Za-z0-9_+='/&#*?^{}~$-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"({_NAME})@(?:{_LABEL}\.)+(?![0-9]+\Z){_LABEL}")


def is_address(text: str) -> bool:
    """Whether the text is an address that e-mail may be sent to or from."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST else None
    return found is not None and len(found.group(1)) <= 64
