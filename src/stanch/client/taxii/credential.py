"""How a partner's server is told who asks: HTTP Basic, or a bearer token."""

import base64
import re
from dataclasses import dataclass, field
from typing import Final

from stanch.errors import UsageError

MOST: Final = 4096  # characters
_TOKEN: Final = re.compile(r"[-A-Za-z0-9._~+/]+=*")  # RFC 6750, section 2.1


@dataclass(frozen=True, slots=True)
class Credential:
    """What a partner gave us. It is never shown: `repr` leaves it out."""

    header: str = field(repr=False)

    @classmethod
    def of(cls, text: str) -> "Credential":
        """`user:password` is HTTP Basic, a text without a colon a bearer token.

        Raises UsageError for what is neither; the message does not repeat it.
        """
        text = text.strip()
        if not text or len(text) > MOST or not text.isprintable():
            raise UsageError("a credential is one line: user:password, or a token")
        if ":" in text:
            return cls("Basic " + base64.b64encode(text.encode()).decode())
        if not _TOKEN.fullmatch(text):
            raise UsageError("that is no token (RFC 6750), nor user:password")
        return cls(f"Bearer {text}")
