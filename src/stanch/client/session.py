"""A person's session at a desk: what a browser keeps in a cookie, for who works at a terminal.

A key makes no other key, lets nobody in and moves no webhook; a person does, who came by a one-time
link. The session ends after 30 idle minutes, after 12 hours in any case, or when they sign out.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self

FORMAT: Final = "stanch-session@1"
COOKIES: Final = ("__Host-stanch", "stanch")  # with TLS, and without it on this machine
_SECRET: Final = re.compile(r"[-_A-Za-z0-9]{16,200}")
_SHORT: Final = 500  # characters of an address or a time


@dataclass(frozen=True, slots=True)
class Session:
    """Who has it is that person at the desk at `server`, and nowhere else."""

    server: str
    cookie: str
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    expires: str

    def __post_init__(self) -> None:
        """Raise ValueError where it can be none."""
        texts = (self.server, self.expires)
        if self.cookie not in COOKIES or not all(map(_SECRET.fullmatch, (self.token, self.csrf))):
            raise ValueError("is no session")
        if not all(0 < len(each) <= _SHORT and each.isprintable() for each in texts):
            raise ValueError("is no session")

    def headers(self) -> dict[str, str]:
        """What each request carries; the second is what lets it change something."""
        return {"Cookie": f"{self.cookie}={self.token}", "X-CSRF-Token": self.csrf}

    def text(self) -> bytes:
        """As a file has it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"

    @classmethod
    def of(cls, data: bytes) -> Self:
        """What a file has. Raises ValueError."""
        said: Any = json.loads(data)
        if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
            raise ValueError("is no session")
        if not all(isinstance(each, str) for each in said.values()):
            raise ValueError("is no session")
        try:
            return cls(**said)
        except TypeError:
            raise ValueError("is no session") from None
