"""Watched addresses by the million, each row for its own audience, looked up in microseconds.

`Watch` is one state, which never changes; a change makes the next one beside it. `Current` holds
the newest for all who ask. What a member may not see costs the same as what is not there.
"""

from stanch.screening.watch.audiences import Audiences
from stanch.screening.watch.current import Current
from stanch.screening.watch.watch import Change, Watch

__all__ = ["Audiences", "Change", "Current", "Watch"]
