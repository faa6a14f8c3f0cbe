"""Evidence and sources of a designation file in a line of words."""

from collections.abc import Iterable

from stanch.model.designation import Designation, Evidence, EvidenceKind, Source, Statement


def cited(copy: Designation, statements: Iterable[Statement]) -> tuple[Source, ...]:
    """The sources that these statements cite, in the order of the file."""
    ids = {one.source for each in statements for one in each.evidence}
    return tuple(source for source in copy.sources if source.id in ids)


def source_line(source: Source) -> str:
    """As `Panel: Report S/2024/215, 2024-03-07 (https://…)`."""
    where = f" ({source.where})" if source.where else ""
    return f"{source.publisher}: {source.title}, {source.date.text}{where}"


def evidence_line(copy: Designation, one: Evidence) -> str:
    """What one piece of evidence is, and where it stands."""
    sources = {each.id: each for each in copy.sources}
    source = sources.get(one.source)
    where = f", {one.where}" if one.where else ""
    note = f"; {one.note}" if one.note else ""
    behind = f" [{source_line(source)}{where}]" if source else ""
    if one.kind is EvidenceKind.SOURCE:
        return f"{source_line(source)}{where}{note}" if source else f"source{where}{note}"
    if one.kind is EvidenceKind.QUOTATION:
        return f"“{one.value}”{behind}{note}"
    value = f"{one.chain}:{one.value}" if one.chain else one.value
    word = "trace with manifest" if one.kind is EvidenceKind.TRACE else str(one.kind)
    return f"{word} {value}{behind}{note}"
