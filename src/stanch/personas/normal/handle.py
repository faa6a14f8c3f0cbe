"""Names that people have at services: service:name, from a name or the address of a profile."""

import re
from typing import Final
from urllib.parse import urlsplit

from tldextract import TLDExtract

_EXTRACT: Final = TLDExtract(cache_dir=None, suffix_list_urls=())  # the library's own list
_NAME = re.compile(r"[\w][\w.\-]{0,99}")
_SERVICES: Final = {
    "github": "github", "gitlab": "gitlab", "bitbucket": "bitbucket", "t": "telegram",
    "telegram": "telegram", "linkedin": "linkedin", "x": "twitter", "twitter": "twitter",
    "upwork": "upwork", "fiverr": "fiverr", "freelancer": "freelancer", "discord": "discord",
    "stackoverflow": "stackoverflow",
}  # fmt: skip
_HOMES: Final = {
    "t": "t.me", "x": "x.com",
}  # fmt: skip
_BEFORE: Final = frozenset({"in", "u", "users", "user", "freelancers", "profile"})
_NOBODY: Final = frozenset({"none", "null", "na", "unknown", "test", "admin", "user"})


def handle(text: str, service: str = "") -> str:
    """The name, with its service. A site of one's own is `web:` and its registrable domain.

    Raises ValueError where it names nobody.

    >>> handle("https://github.com/MaryG/", ""), handle("@maryg", "telegram")
    ('github:maryg', 'telegram:maryg')
    >>> handle("https://www.mary-glass.dev/about")
    'web:mary-glass.dev'
    """
    text = text.strip()
    if "/" in text:
        return _of_url(text)
    if not service:
        service, _, text = text.rpartition(":")
        service = service.strip().lower()
    name = text.strip().lstrip("@").lower()
    if not service:
        raise ValueError("names no service: write it as github:name")
    if not _NAME.fullmatch(name) or name in _NOBODY:
        raise ValueError("is no name at a service")
    return f"{service}:{name}"


def _of_url(text: str) -> str:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        found = _EXTRACT(parts.hostname or "")
    except ValueError:
        raise ValueError("is no address of a profile") from None
    site = f"{found.domain}.{found.suffix}".lower()
    if not found.domain or not found.suffix:
        raise ValueError("is no address of a profile")
    steps = [step for step in parts.path.split("/") if step]
    service = _SERVICES.get(found.domain) if site == _HOMES.get(found.domain, site) else None
    if service is None:
        return f"web:{site}"
    if steps and steps[0].lower() in _BEFORE:
        steps = steps[1:]
    if not steps or not _NAME.fullmatch(steps[0].lstrip("@~")):
        raise ValueError("is no address of a profile")
    return f"{service}:{steps[0].lstrip('@~').lower()}"
