"""The code by which a person proves that an address is theirs: 59 bits, read off a screen.

Long for a code that is typed, so that its plain hash says nothing to whoever reads the database
while it holds.
"""

import secrets
from typing import Final

from stanch.members.access.secrets import digest as plain

MINUTES: Final = 30  # some mail servers let a stranger's first e-mail wait for a quarter of an hour
_SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that are taken for others
_GROUPS: Final = (4, 4, 4)


def make() -> str:
    """A new code: `7KQ2-XH4M-9TPA`."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(size)) for size in _GROUPS)


def digest(person: str, code: str) -> str:
    """What is stored of a person's code; blanks, hyphens and small letters make no difference."""
    return plain(f"{person}:{''.join(code.split()).replace('-', '').upper()}")
