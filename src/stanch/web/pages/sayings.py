"""What an approver may say about an order next. Whether it counts, the rules say when it comes."""

from collections.abc import Mapping
from typing import Any, Final

from stanch.model.desk.orders import Rule, Said
from stanch.model.desk.people import Role
from stanch.model.desk.states import OrderState
from stanch.web.pages.visit import Visit

NAMES: Final = {
    Said.PROPOSE: "Propose",
    Said.CONCUR: "Concur",
    Said.RELEASE: "Release",
    Said.REFUSE: "Refuse",
}


def sayings(by: Visit, row: Mapping[str, Any], rule: Rule) -> tuple[Said, ...]:
    """By the order's state, and by whether it is the caller's own; nothing to who is no approver of
    a member that the order's rule counts.
    """
    if not (by.may(Role.APPROVER) and rule.counts(by.caller.member)):
        return ()
    own = row["owner"] == by.caller.member.id
    state = row["state"]
    if state == OrderState.DRAFT:
        return (Said.PROPOSE,) if own else ()
    if state == OrderState.PROPOSED:
        return () if own else (Said.CONCUR, Said.REFUSE)
    if state != OrderState.IN_FORCE:
        return ()
    waits = row["lapses"] is not None and not own
    return (Said.CONCUR, Said.REFUSE, Said.RELEASE) if waits else (Said.RELEASE, Said.REFUSE)
