"""The dialects by name."""

from typing import Final

from stanch.formats.wallets.dialect import Dialect
from stanch.formats.wallets.ftm import FollowTheMoney
from stanch.formats.wallets.misp import Misp, MispBitcoin
from stanch.formats.wallets.opencti import OpenCti
from stanch.formats.wallets.stix import Stix
from stanch.formats.wallets.tagpack import TagPack

DIALECTS: Final[dict[str, Dialect]] = {
    each.name: each
    for each in (Stix(), OpenCti(), Misp(), MispBitcoin(), TagPack(), FollowTheMoney())
}
