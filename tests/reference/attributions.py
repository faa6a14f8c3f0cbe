"""Who may see which judgement as a statement on an incident: the plain twin of
`stanch.cases.attributions`, with dictionaries for rows, one pair after another.

A row has `owner`, `marking` and `release` (ids of members, or of people in red).
"""

OPEN = ("TLP:CLEAR", "TLP:GREEN")
ORDER = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
BARS = {"government": "A", "researcher": "D", "police": "A", "firm": "C"}


def may(row, member, person):
    """Whether a person of a member may see a row."""
    if row["marking"] in OPEN:
        return True
    if row["marking"] == "TLP:RED":
        return person in row["release"]
    return member == row["owner"] or member in row["release"]


def names(case, item, judgement):
    """Whether an item says which incident a judgement is about."""
    if not item["incident"] or not item["case"] == judgement["case"] == case["id"]:
        return False
    if item["owner"] == judgement["owner"]:
        return True
    known = may(item, judgement["owner"], judgement["person"])
    return item["owner"] == case["owner"] and item["at"] <= judgement["at"] and known


def statements(desk, member, person):
    """What the reader sees, (incident, judgement) -> marking, and how many more each incident has.

    `desk` has lists of `cases`, `items`, `judgements`.
    """
    seen, others = {}, {}
    for judgement in desk["judgements"]:
        (case,) = (each for each in desk["cases"] if each["id"] == judgement["case"])
        naming = [each for each in desk["items"] if names(case, each, judgement)]
        for incident in {each["incident"] for each in naming}:
            marks = [
                each["marking"]
                for each in naming
                if each["incident"] == incident and may(each, member, person)
            ]
            if marks and may(case, member, person) and may(judgement, member, person):
                widest = min(marks, key=ORDER.index)
                all_three = (widest, case["marking"], judgement["marking"])
                seen[incident, judgement["id"]] = max(all_three, key=ORDER.index)
            else:
                others[incident] = others.get(incident, 0) + 1
    return seen, others


def bar(said):
    """The bar of an incident by (kind of body, stance) of all that is said of it, and whether it is
    disputed.
    """
    reached = ["X"]
    for kind, stance in said:
        if stance == "attributes":
            reached.append(BARS[kind])
        if stance == "suspects":
            reached.append("D")
    stances = [stance for _, stance in said]
    return min(reached), "disputes" in stances or "attributes" not in stances
