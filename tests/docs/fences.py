"""Fenced blocks of a Markdown page: ```LANGUAGE [FILE]."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_FENCE = re.compile(r"^```(\S*)[ ]?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    language: str
    file: str  # a block with a file name is that file
    text: str
    line: int


@dataclass(frozen=True)
class Step:
    """A command of a console block and what the page says that it prints."""

    command: str
    output: str
    line: int


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Block(match[1], match[2].strip(), match[3], line)


def steps(block: Block) -> Iterator[Step]:
    """Commands stand behind `$ `, go on after a backslash, and end where output begins."""
    command, output, begun, open_ = "", "", 0, False
    for at, line in enumerate(block.text.splitlines(), start=block.line + 1):
        if line.startswith("$ "):
            if command:
                yield Step(command, output, begun)
            command, output, begun = line[2:], "", at
        elif open_:
            command += "\n" + line
        else:
            output += line + "\n"
        open_ = (line.startswith("$ ") or open_) and line.endswith("\\")
    if command:
        yield Step(command, output, begun)
