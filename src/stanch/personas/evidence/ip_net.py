"""Logins from one small network (indicators 15, 16, 28).

Reads the /24 or /48 about an IP address, with the same rule of rarity and time as `ip`, and says
nothing where the address itself is shared. Weight as for `device`; one in four thousand before the
intake says anything.

False positives: neighbours behind one provider, hosting and VPN exits. Country and provider are not
looked at.
"""

from typing import Final

import numpy as np

from stanch.model.personas import kinds
from stanch.personas.evidence import ip
from stanch.personas.evidence.indicator import FARM, HOUSEHOLD, Found, Indicator
from stanch.personas.evidence.ip import near_in_time
from stanch.personas.evidence.sight import Sight

INDICATOR: Final = Indicator("ip_net@1", HOUSEHOLD, FARM, stated=12)


def find(sight: Sight) -> Found:
    """Pairs that share one, in time."""
    net, address = near_in_time(sight, kinds.IP_NET, INDICATOR), ip.find(sight)
    of_net, of_address = ((each.a.astype(np.int64) << 32) | each.b for each in (net, address))
    return net.where(~np.isin(of_net, of_address))
