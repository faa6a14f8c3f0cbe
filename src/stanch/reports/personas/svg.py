"""The picture of a cluster as SVG text that stands alone: no style from outside, no script.

What a line or a box means is told by words, shape and stroke, and by colour beside them: a farm's
tie is dashed, where pay meets has a double border, who is sanctioned is black.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from stanch.i18n import personas as words
from stanch.reports.names import clean, short_account, squeezed
from stanch.reports.personas.drawing import Account, Drawing, Tie, drawing
from stanch.reports.personas.layout import WIDE, Box, Placed, Size, placed

_INK, _FAINT, _TIE, _FARM, _PAY = "#16202c", "#4d5966", "#0b5c92", "#8a5200", "#4d5966"
_FONT: Final = "system-ui,'Noto Sans CJK KR','Noto Sans CJK JP','Liberation Sans',Arial,sans-serif"
_SMALL, _BOLD = 6.4, 8.2  # how wide a letter of these is, on the safe side


def svg(cluster: Mapping[str, Any], language: str = "en", size: Size = WIDE) -> str:
    """Draw a cluster; a size without room for it leaves out where the pay went."""
    told = drawing(cluster)
    if not size.pay:
        told = replace(told, accounts=(), flows=())
    at = placed(told, size)
    alt = words.say(
        "picture.alt", language, level=words.say(f"level.{cluster['level']}", language),
        name=clean(cluster["name"]), records=told.all_records, links=told.all_links,
        accounts=len(told.accounts),
    )  # fmt: skip
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at.width} {at.height}" '
        f'width="{at.width}" height="{at.height}" role="img" aria-label={quoteattr(alt)} '
        f'font-family="{_FONT}" font-size="12">',
        f"<title>{escape(alt)}</title>",
        f'<rect width="{at.width}" height="{at.height}" fill="#fff"/>',
        f'<defs><marker id="to" markerWidth="9" markerHeight="9" refX="8" refY="4" orient="auto">'
        f'<path d="M0 0L8 4L0 8Z" fill="{_PAY}"/></marker></defs>',
        *(_head(name, x, language) for name, x in at.heads),
        *_flows(told, at),
        *(_lines(each, box, at) for each, box in zip(told.ties, at.ties, strict=True)),
        *(_tie(each, box, language) for each, box in zip(told.ties, at.ties, strict=True)),
        *(_record(each, box) for each, box in zip(told.records, at.records, strict=True)),
        *(
            _account(each, box, language)
            for each, box in zip(told.accounts, at.accounts, strict=True)
        ),
        "</svg>",
    ]
    return "\n".join(parts)


def bits(microbits: int) -> str:
    """Millionths of a bit as bits, without noughts at the end.

    >>> bits(35_750_000), bits(-1)
    ('35.75', '-0.000001')
    """
    whole, rest = divmod(abs(microbits), 1_000_000)
    shown = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{shown}" if microbits < 0 else shown


def left_out(cluster: Mapping[str, Any], language: str = "en") -> str:
    """What the picture leaves out, in a sentence; empty where it has all."""
    told = drawing(cluster)
    if len(told.records) == told.all_records and len(told.ties) == told.all_links:
        return ""
    return words.say(
        "picture.left_out", language, records=len(told.records), all_records=told.all_records,
        links=len(told.ties), all_links=told.all_links,
    )  # fmt: skip


def _head(name: str, x: float, language: str) -> str:
    said = escape(words.say(f"picture.{name}", language))
    return f'<text x="{_px(x)}" y="22" fill="{_FAINT}">{said}</text>'


def _lines(tie: Tie, label: Box, at: Placed) -> str:
    """From the label to the two records that it ties, as thick as the bits are many."""
    thick = min(1.2 + tie.microbits / 15_000_000, 6)
    colour, dash = (_TIE, "") if tie.of_operator else (_FARM, ' stroke-dasharray="6 4"')
    return "".join(
        f'<path d="{_curve(label.right, label.middle, box.x, box.middle)}" fill="none" '
        f'stroke="{colour}" stroke-width="{_px(max(thick, 1.2))}"{dash} stroke-opacity=".75"/>'
        for box in (at.records[tie.a], at.records[tie.b])
    )


def _tie(tie: Tie, box: Box, language: str) -> str:
    score = words.say("picture.bits", language, bits=bits(round(tie.microbits, -4)))
    kind = words.say("picture.operator_link" if tie.of_operator else "picture.farm_link", language)
    every = ", ".join(words.evidence(each, language) for each in tie.evidence)
    colour = _TIE if tie.of_operator else _FARM
    dash = "" if tie.of_operator else ' stroke-dasharray="6 4"'
    return (
        f"<g><title>{escape(f'{score}: {every}. {kind}')}</title>"
        f'<rect x="{_px(box.x)}" y="{_px(box.y)}" width="{box.width}" height="{box.height}" rx="3" '
        f'fill="#fff" stroke="{colour}"{dash}/>'
        f'<text x="{_px(box.x + 9)}" y="{_px(box.y + 16)}" font-weight="650" fill="{_INK}">'
        f"{escape(score)}</text>"
        f'<text x="{_px(box.x + 9)}" y="{_px(box.y + 32)}" font-size="11" fill="{_INK}">'
        f"{escape(_some(tie.evidence, language, int(box.width / _SMALL)))}</text></g>"
    )


def _some(evidence: Sequence[str], language: str, room: int) -> str:
    """As many names as there is room for, and how many more there are."""
    names = [words.evidence(each, language) for each in evidence]
    for count in range(len(names), 0, -1):
        more = len(names) - count
        said = [*names[:count], *([words.say("picture.more", language, n=more)] if more else [])]
        line = ", ".join(said)
        if _width(line) <= room:
            return line
    return squeezed(line, room if line.isascii() else room // 2)


def _width(text: str) -> int:
    """In letters of the Latin script; those of East Asia are twice as wide."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def _record(name: str, box: Box) -> str:
    shown = escape(squeezed(name, int(box.width / _BOLD)))
    return (
        f"<g><title>{escape(clean(name))}</title>"
        f'<rect x="{_px(box.x)}" y="{_px(box.y)}" width="{box.width}" height="{box.height}" '
        f'rx="17" fill="#eef2f6" stroke="{_INK}"/>'
        f'<text x="{_px(box.x + box.width / 2)}" y="{_px(box.middle + 4)}" text-anchor="middle" '
        f'font-weight="650" fill="{_INK}">{shown}</text></g>'
    )


def _account(account: Account, box: Box, language: str) -> str:
    exposed = account.role == "exposed"
    part = words.say(f"role.{account.role}", language)
    fill, ink = (_INK, "#fff") if exposed else ("#fff", _INK)
    inner = ""
    if account.role == "collector":
        inner = (
            f'<rect x="{_px(box.x + 3)}" y="{_px(box.y + 3)}" width="{box.width - 6}" '
            f'height="{box.height - 6}" fill="none" stroke="{_INK}"/>'
        )
    return (
        f"<g><title>{escape(f'{clean(account.account, 200)}: {part}')}</title>"
        f'<rect x="{_px(box.x)}" y="{_px(box.y)}" width="{box.width}" height="{box.height}" '
        f'fill="{fill}" stroke="{_INK}"/>{inner}'
        f'<text x="{_px(box.x + 10)}" y="{_px(box.y + 19)}" font-weight="650" fill="{ink}">'
        f"{escape(short_account(account.account))}</text>"
        f'<text x="{_px(box.x + 10)}" y="{_px(box.y + 34)}" font-size="11" fill="{ink}">'
        f"{escape(squeezed(part, 26))}</text></g>"
    )


def _flows(told: Drawing, at: Placed) -> list[str]:
    found = []
    for each in told.flows:
        src = at.records[each.src] if each.of_record else at.accounts[each.src]
        dst = at.accounts[each.dst]
        found.append(
            f'<path d="{_curve(src.right, src.middle, dst.x, dst.middle)}" fill="none" '
            f'stroke="{_PAY}" stroke-width="1.6" marker-end="url(#to)"/>'
        )
    return found


def _curve(x0: float, y0: float, x1: float, y1: float) -> str:
    half = _px((x0 + x1) / 2)
    return f"M{_px(x0)} {_px(y0)}C{half} {_px(y0)} {half} {_px(y1)} {_px(x1)} {_px(y1)}"


def _px(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")
