"""What an exchange or a partner installs: a typed client of a desk, that believes no server.

`Desk` is the door. Orders are proved from the pin, webhooks and heads by the desk's key, and what
was seen once cannot be taken back unseen. It imports of Stanch only `model`, `formats` and
`errors`, and needs httpx beside what these need. numpy is loaded by whoever opens a snapshot, and
by nobody else.
"""

from typing import TYPE_CHECKING, Any

from stanch.client.answers import Reply, hashed, proof_in
from stanch.client.changes import Changed
from stanch.client.deliveries import Delivery
from stanch.client.desk import Desk
from stanch.client.feed import Feed
from stanch.client.line import Settings
from stanch.client.orders import Proved
from stanch.client.trust import Pin
from stanch.formats.chain_event import Event
from stanch.model.desk.orders import Answer

if TYPE_CHECKING:
    from stanch.client.local import Local

__all__ = [
    "Answer", "Changed", "Delivery", "Desk", "Event", "Feed", "Local", "Pin", "Proved", "Reply",
    "Settings", "hashed", "proof_in",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`Local`, once somebody asks for it."""
    if name != "Local":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stanch.client.local import Local

    return Local
