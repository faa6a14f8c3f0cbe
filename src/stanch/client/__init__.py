"""What an exchange or a partner installs: a typed client of a desk, that believes no server.

`Desk` is the door. Orders are proved from the pin, webhooks and heads by the desk's key, and what
was seen once cannot be taken back unseen. It imports of Stanch only `model`, `formats` and
`errors`, and needs httpx beside what these need.
"""

from stanch.client.answers import Reply, hashed, proof_in
from stanch.client.changes import Changed
from stanch.client.deliveries import Delivery
from stanch.client.desk import Desk
from stanch.client.feed import Feed
from stanch.client.line import Settings
from stanch.client.local import Local
from stanch.client.orders import Proved
from stanch.client.trust import Pin
from stanch.formats.chain_event import Event
from stanch.model.desk.orders import Answer

__all__ = [
    "Answer", "Changed", "Delivery", "Desk", "Event", "Feed", "Local", "Pin", "Proved", "Reply",
    "Settings", "hashed", "proof_in",
]  # fmt: skip
