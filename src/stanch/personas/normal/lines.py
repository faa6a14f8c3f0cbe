"""Lines of resumes: parted, and folded for comparing, whole columns at once."""

import pyarrow as pa
import pyarrow.compute as pc

from stanch.model.personas.values import Values

MOST: int = 2_000  # lines of one resume
LEAST_LETTERS: int = 4
_BREAKS = r"[\r\n\x0b\x0c\x{85}\x{2028}\x{2029}]+"  # RE2
_BULLET = r"^[\s\-–—•·∙◦▪■●○*➢➤✓>#]+|[\s.;,]+$"


def parted(values: Values) -> Values:
    """Texts to their lines, as written, without those that say nothing."""
    lists = pc.split_pattern_regex(values.text, _BREAKS, max_splits=MOST)
    at = pc.list_parent_indices(lists)
    owner = values.owner[at.to_numpy(zero_copy_only=False)]
    time = values.time[at.to_numpy(zero_copy_only=False)]
    text = pc.utf8_trim_whitespace(pc.list_flatten(lists))
    full = pc.greater_equal(pc.utf8_length(text), LEAST_LETTERS)
    return Values(owner, text, time).where(full.to_numpy(zero_copy_only=False))


def folded_lines(text: pa.Array) -> pa.Array:
    """Each line in lower case, NFKC, without bullets and with one space between words.

    >>> folded_lines(pa.array(["•  Led the  CI pipeline."])).to_pylist()
    ['led the ci pipeline']
    """
    plain = pc.utf8_lower(pc.utf8_normalize(text, "NFKC"))
    bare = pc.replace_substring_regex(plain, _BULLET, "")
    return pc.replace_substring_regex(bare, r"\s+", " ")
