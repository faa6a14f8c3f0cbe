"""E-mail addresses: many spellings reach one mailbox.

Case never matters to a provider of weight. What stands behind a plus is a folder (RFC 5233), for
practically all who allow the sign. Dots mean nothing at Gmail alone; there they go, and
googlemail.com is gmail.com.
"""

from typing import Final

from stanch.screening.identifiers import email
from stanch.sharing.common.indicators.network import domain

_GMAIL: Final = ("gmail.com", "googlemail.com")


def mailbox(value: str) -> str:
    """The mailbox that an address reaches. Raises ValueError.

    >>> mailbox("Kim.Su+upwork@GoogleMail.com"), mailbox("mailto:kim(at)bücher[.]example")
    ('kimsu@gmail.com', 'kim@xn--bcher-kva.example')
    """
    local, _, host = email.normalize(value).rpartition("@")
    if not local:
        raise ValueError("is no e-mail address")
    host = domain(host)
    local = local.partition("+")[0]
    if host in _GMAIL:
        host, local = _GMAIL[0], local.replace(".", "")
    if not local:
        raise ValueError("is an e-mail address without a mailbox before the plus")
    return f"{local}@{host}"
