"""Which entries of different lists are one person, organisation or vessel, with the evidence.

Nothing is merged: entries stay as they are, and a `Link` says which two are one and why.
"""

from stanch.screening.linking.clusters import clusters
from stanch.screening.linking.linked import Link, Member
from stanch.screening.linking.linker import link

__all__ = ["Link", "Member", "clusters", "link"]
