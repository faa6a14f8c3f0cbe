"""What goes to a desk of the folder that `stanch personas link` wrote: what stands above the bar.

Records that nothing ties to another stay at home, and so does every value; the desk gets ids of
records, evidence, bits and wallets.
"""

import json
from pathlib import Path
from typing import Final

from stanch.app.personas.report import read_result
from stanch.formats.persona_result.document import MOST, document

_LARGEST: Final = 25 << 20  # bytes that a desk takes at once


def result_document(folder: Path) -> bytes:
    """The folder as a document `stanch-persona-result@1`, the first clusters by priority, as many
    as a desk takes. Raises UsageError where it holds no result, InputError where one is wrong.
    """
    most = MOST
    while True:
        said = document(read_result(folder, most))
        content = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
        if len(content) <= _LARGEST or most == 1:
            return content
        most = max(1, most // 2)
