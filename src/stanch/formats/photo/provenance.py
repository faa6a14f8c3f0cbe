"""What a picture's own record says of how it was made: C2PA content credentials, or its software.

Context and never evidence alone: filters of phones write such records, and most tools strip them.
That there is none says nothing.
"""

import io
import json
from typing import Any, Final

from c2pa import C2paError, Context, Reader, Settings

_GENERATED: Final = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
_EDITED: Final = ("c2pa.edited", "c2pa.placed", "c2pa.filtered", "c2pa.drawing", "c2pa.cropped")
# Nothing is fetched: a picture could name any address, and whoever answers there learns of us.
_OFFLINE: Final = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}


def of(data: bytes, mime: str, software: str) -> str | None:
    """A JSON object: `record` (c2pa or exif), `by`, `generated`, `edited`, `holds`; None where
    the picture says nothing. `holds` tells whether the record fits the bytes, not who signed it.
    """
    said = _credentials(data, mime) or _software(software)
    return None if said is None else json.dumps(said, sort_keys=True, ensure_ascii=False)


def _credentials(data: bytes, mime: str) -> dict[str, Any] | None:
    try:
        context = Context(settings=Settings.from_dict(_OFFLINE))
        with Reader(mime, io.BytesIO(data), context=context) as reader:
            found = json.loads(reader.json())
            state = reader.get_validation_state()
    except (C2paError, ValueError):
        return None
    manifest = found.get("manifests", {}).get(found.get("active_manifest"), {})
    actions = [each for one in manifest.get("assertions", ()) for each in _actions(one)]
    kinds = [str(each.get("digitalSourceType", "")) for each in actions]
    return {
        "record": "c2pa",
        "by": _generator(manifest)[:200],
        "generated": any(kind.endswith(_GENERATED) for kind in kinds),
        "edited": any(each.get("action") in _EDITED for each in actions),
        "holds": state in ("Valid", "Trusted"),
    }


def _actions(assertion: dict[str, Any]) -> list[dict[str, Any]]:
    if not str(assertion.get("label", "")).startswith("c2pa.actions"):
        return []
    found = assertion.get("data", {}).get("actions", [])
    return [each for each in found if isinstance(each, dict)]


def _generator(manifest: dict[str, Any]) -> str:
    told = manifest.get("claim_generator_info") or [{}]
    return str(told[0].get("name") or manifest.get("claim_generator") or "")


def _software(software: str) -> dict[str, Any] | None:
    plain = "".join(each for each in software if each.isprintable()).strip()[:200]
    if not plain:
        return None
    return {"record": "exif", "by": plain, "generated": False, "edited": False, "holds": False}
