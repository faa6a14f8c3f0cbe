"""Whether a STIX pattern can be read, and none of its regular expressions explodes.

Nobody here evaluates a pattern; whoever it is passed on to does. So what would hold them up is
refused: a pattern that is open somewhere, nested without end, or whose MATCHES repeats what repeats
already, as `(a+)+` does: on some texts such an expression takes time without bound.
Source: STIX 2.1, section 9. One pass over the text, and no recursion.
"""

import re
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 1 << 16  # characters
DEEPEST: Final = 64
_MOST_TIMES: Final = 1000
_TOKEN: Final = re.compile(
    r"(?P<text>'[^'\\]*+(?:\\.[^'\\]*+)*+(?:'|\\?\Z))"
    r"|(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\r\n]*+)"
    r"|(?P<bracket>[][()])|(?P<matches>\bMATCHES\b)",
    re.DOTALL | re.IGNORECASE,
)
_REPEAT: Final = re.compile(r"[*+?]|\{(?P<least>\d{0,9}+)(?P<to>,)?(?P<most>\d{0,9}+)\}")
_KIND: Final = re.compile(r"\?(?:[:=!>|]|<[=!]|P?<\w{1,40}>|P=\w{1,40}|[a-zA-Z-]{1,10}:?)")
_CLOSES: Final = {"]": "[", ")": "("}
_OPEN: Final = "a pattern that is open at its end"


def fault_in_pattern(pattern: str) -> str:
    """Why a pattern of type `stix` is refused; empty where it is not."""
    if len(pattern) > LONGEST:
        return f"its pattern is longer than {LONGEST:,} characters"
    stack: list[str] = []
    observations, matches = 0, False
    for token in _TOKEN.finditer(pattern):
        kind, found = token.lastgroup, token[0]
        if kind == "text":
            if len(found) < 2 or not _closed(found):
                return f"is {_OPEN}: a text has no end"
            if matches and (reason := fault_in_regex(_plain(found[1:-1]))):
                return f"its pattern's MATCHES {reason}"
        elif kind == "bracket":
            if found in "[(":
                stack.append(found)
                observations += found == "["
            elif not stack or stack.pop() != _CLOSES[found]:
                return f"its pattern closes {found!r}, which is not open"
            if len(stack) > DEEPEST:
                return f"its pattern is nested more than {DEEPEST} levels deep"
        matches = kind == "matches" or (matches and kind == "comment")
    if stack:
        return f"is {_OPEN}: {stack[-1]!r} is not closed"
    return "" if observations else "its pattern has no observation, as [url:value = '...'] is one"


@dataclass(slots=True)
class _Branch:
    """One way through a group: how many parts it cannot do without, and of these how many repeat
    without end.
    """

    needed: int = 0
    endless: int = 0
    text: list[str] = field(default_factory=list)

    def ambiguous(self) -> bool:
        """Whether to repeat it is to repeat one thing in more than one way."""
        return self.needed == self.endless <= 1


def fault_in_regex(text: str) -> str:
    """Why a regular expression is refused: it is open, or repeats what repeats already."""
    groups: list[list[_Branch]] = [[_Branch()]]
    at = 0
    while at < len(text):
        part, at, inner = _part(text, at, groups)
        if part is None:
            continue
        repeat = _REPEAT.match(text, at)
        if repeat is not None:
            at = repeat.end()
            at += text[at : at + 1] in ("?", "+")  # lazy, possessive
        least, endless, reason = _times(repeat)
        if reason:
            return reason
        if endless and inner and _explodes(inner):
            return "repeats what repeats already: on some texts it would never end"
        if inner:  # a group that may be empty, or repeats within, is as if it said so itself
            least = least and all(each.needed for each in inner)
            endless = endless or _explodes(inner)
        branch = groups[-1][-1]
        branch.needed += least
        branch.endless += least and endless
        branch.text.append(part + (repeat[0] if repeat else ""))
        if len(groups) > DEEPEST:
            return f"is nested more than {DEEPEST} levels deep"
    return "" if len(groups) == 1 else "has a group that is not closed"


def _part(
    text: str, at: int, groups: list[list[_Branch]]
) -> tuple[str | None, int, list[_Branch] | None]:
    """The next part, where it ends, and its branches where it is a group; None where it is none."""
    sign = text[at]
    if sign == "(":
        groups.append([_Branch()])
        found = _KIND.match(text, at + 1)
        return None, found.end() if found else at + 1, None
    if sign == "|":
        groups[-1].append(_Branch())
        return None, at + 1, None
    if sign == ")" and len(groups) > 1:
        inner = groups.pop()
        return "(" + "|".join("".join(each.text) for each in inner) + ")", at + 1, inner
    if sign in "^$":
        return None, at + 1, None
    if sign == "\\":
        return text[at : at + 2], at + 2, None
    if sign == "[":
        end = text.find("]", at + 2)
        end = len(text) if end < 0 else end + 1
        return text[at:end], end, None
    return sign, at + 1, None


def _times(repeat: re.Match[str] | None) -> tuple[bool, bool, str]:
    """Whether it must be there, whether it repeats without end, and why it may not."""
    if repeat is None:
        return True, False, ""
    if repeat[0] in "*+?":
        return repeat[0] == "+", repeat[0] != "?", ""
    least, most = int(repeat["least"] or 0), int(repeat["most"] or 0)
    if max(least, most) > _MOST_TIMES:
        return True, True, f"repeats more than {_MOST_TIMES} times"
    return least > 0, repeat["to"] is not None and not repeat["most"], ""


def _explodes(branches: list[_Branch]) -> bool:
    texts = ["".join(each.text) for each in branches]
    return len(set(texts)) < len(texts) or any(each.ambiguous() for each in branches)


def _closed(text: str) -> bool:
    """Whether the last sign of a text's token is the one that ends it."""
    body = text[1:-1]
    return text[-1] == "'" and (len(body) - len(body.rstrip("\\"))) % 2 == 0


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
