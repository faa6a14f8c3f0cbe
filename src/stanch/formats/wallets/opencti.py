"""OpenCTI's dialect of STIX: `cryptocurrency-wallet` with its own extension, and no transaction.

Source: OpenCTI-Platform/opencti, stix-2-1-converter.ts, and pycti, utils/constants.py. A wallet has
`value`; labels and a description stand in OpenCTI's extension f93e2c80-4231-4f9a-af8b-95c9bd566a82.
OpenCTI drops extensions that it does not know: what goes along in ours lives in files, and not in
its database.
"""

from dataclasses import replace
from typing import Final

from stanch.formats.stix.extensions import OPENCTI_EXTENSION
from stanch.formats.stix.wallet import WALLET, wallet_id
from stanch.formats.wallets.dialect import Native, Rest
from stanch.formats.wallets.stix import Stix, marked
from stanch.model.shared import Shared, SharedWallet

_STIX: Final = Stix()


class OpenCti:
    """Wallets as OpenCTI exports and takes them."""

    name = "opencti"

    def plain(self, thing: Shared) -> Native:
        """The observable. Raises ValueError for a transaction."""
        if not isinstance(thing, SharedWallet):
            raise ValueError("OpenCTI has no object for a transaction")
        own = {"extension_type": "new-sco"}
        if thing.note:
            own["description"] = thing.note
        return {
            "type": WALLET,
            "spec_version": "2.1",
            "id": wallet_id(thing.address),
            "value": thing.address,
            "extensions": {OPENCTI_EXTENSION: own},
        } | marked(thing)

    def said(self, native: Native) -> Shared | None:
        """What the observable says; older exports have `x_opencti_description`."""
        found = _STIX.said(native)
        if not isinstance(found, SharedWallet):
            return None
        extensions = native.get("extensions")
        own = extensions.get(OPENCTI_EXTENSION) if isinstance(extensions, dict) else None
        note = own.get("description") if isinstance(own, dict) else None
        note = note if note is not None else native.get("x_opencti_description")
        return replace(found, note=note if isinstance(note, str) else "")

    def attach(self, native: Native, rest: Rest) -> Native:
        """With our extension beside OpenCTI's."""
        return _STIX.attach(native, rest)

    def detach(self, native: Native) -> tuple[Native, Rest]:
        """Without our extension."""
        return _STIX.detach(native)
