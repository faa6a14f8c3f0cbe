"""Which fonts a PDF is set in, and where they are: none of the system's but those said here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typst

from stanch.errors import UsageError

# Where packages put Noto Sans CJK: Debian, Fedora, Arch.
PLACES: Final = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/share/fonts/noto-cjk",
)
# Each has all of Hangul, Kanji and Latin; the first of a language has its own forms of Kanji.
FAMILIES: Final = {
    "en": ("Noto Sans CJK KR", "Noto Sans CJK JP"),
    "ko": ("Noto Sans CJK KR", "Noto Sans CJK JP"),
    "ja": ("Noto Sans CJK JP", "Noto Sans CJK KR"),
}
_HOW: Final = (
    "install Debian's fonts-noto-cjk, or name a folder that has Noto Sans CJK: --fonts DIR"
)


def found(folders: Sequence[Path], language: str) -> typst.Fonts:
    """The fonts of folders, or of the usual place.

    Raises UsageError where a folder is not there, or has no font with the language's letters.
    """
    for each in folders:
        if not each.is_dir():
            raise UsageError(f"--fonts {each}: is no folder")
    usual = [Path(each) for each in PLACES if Path(each).is_dir()][:1]
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(each) for each in folders or usual],
    )
    missing = [each for each in FAMILIES[language] if each not in fonts.families()]
    if missing:
        raise UsageError(f"there is no font {missing[0]}: {_HOW}")
    return fonts
